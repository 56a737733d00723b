/*
 * The one path from the bytes of logs to what is known of a site: they are parsed,
 * merged by time, freed of names where that is wanted, applied to a model, and
 * their lines are kept. Whoever reads logs, once or as they grow, brings bytes:
 *
 *	ingest_bytes(ingest, log, 0, offset, bytes, size);
 *	ingest_pump(ingest);
 *
 * Logs have numbers from 0. Each has two generations: 0 is the log, 1 the one before
 * it, to which a writer that has not noticed the roll-over may still add something.
 */
#ifndef CMTOP_INGEST_H
#define CMTOP_INGEST_H

#include "cmtop/logstore.h"
#include "cmtop/model.h"
#include "cmtop/parser.h"

struct ingest;

struct ingest_options {
	size_t logs;   /* how many; 255 at most */
	bool model;    /* events are applied to a model; false: they are told and forgotten */
	bool redact;   /* names are hidden before anything is kept */
	bool logstore; /* lines are kept, which needs the model */

	/* NULL, or the server's code page, which must stay; see cmtop/text/server_text.h. */
	struct server_text *text;

	/* For each log a number below `logs`: the same one where they are of the same site server. NULL: all are. */
	const uint8_t *servers;
};

/* What whoever brings the bytes is asked and told. All but `more` may be NULL. */
struct ingest_events {
	/* All bytes given of the log are done with: the next may be given, from here or later. */
	void (*more)(void *payload, size_t log);

	/*
	 * Bytes of the log are still to come that may belong before what others have
	 * given: nothing is applied until they are there. NULL: there never are.
	 */
	bool (*behind)(void *payload, size_t log);

	/* Before and after each event: as it is applied, and as the log has it. Both borrowed until this returns. */
	void (*before)(void *payload, const struct event *event, const struct event *logged);
	void (*applied)(void *payload, const struct event *event, const struct event *logged);
	void *payload;
};

struct ingest *ingest_new(const struct ingest_options *options,
                          const struct ingest_events *events); /* NULL: no memory */
void ingest_free(struct ingest *ingest);                       /* NULL is fine */

/* parser_changed(), by the clock of the file system, and parser_survey(), for the file whose bytes come next. */
void ingest_written(struct ingest *ingest, size_t log, unsigned generation, int64_t at);
bool ingest_survey(struct ingest *ingest, size_t log, const char *bytes, size_t size);

/*
 * Lends bytes, which must stay until `more` is called for the log; no others may be
 * given before. Where `offset`, of their first in the file, is not that after the
 * bytes given last, what was begun is dropped, and a piece of a line is passed over.
 */
void ingest_bytes(struct ingest *ingest, size_t log, unsigned generation, uint64_t offset, const char *bytes,
                  size_t size);

/* The same with those that follow the ones given last of generation 0. */
void ingest_append(struct ingest *ingest, size_t log, const char *bytes, size_t size);

/*
 * From now on bytes of the log are new when they are given, and our own monotonic clock tells what has passed between two
 * records. Its newest record so far arrived at `arrived` by that clock; WHEN_NONE: so long ago that nothing of it goes on.
 */
void ingest_live(struct ingest *ingest, size_t log, int64_t arrived);

/* The bytes of the log that are given next arrive at this time of our monotonic clock, in milliseconds. */
void ingest_arriving(struct ingest *ingest, size_t log, int64_t monotonic);

/*
 * Generation 0 is at its end: a last line without its newline counts. Bytes may be
 * given again after the next `more`; they begin another file.
 */
void ingest_end(struct ingest *ingest, size_t log);

/*
 * The log begins anew: generation 0 is generation 1 from now on. With a gap the end
 * of the old file was lost, `missed` bytes at least. No bytes may be lent.
 */
void ingest_rolled(struct ingest *ingest, size_t log, bool gap, uint64_t missed);

/* Applies whatever may be applied now. False: it does so already, or is held. */
bool ingest_pump(struct ingest *ingest);

/* Nothing is applied until it goes on; ingest_pump() is to be called then. */
void ingest_hold(struct ingest *ingest, bool hold);

bool ingest_at_end(const struct ingest *ingest);    /* all bytes given are applied, and no log is behind */
bool ingest_caught_up(const struct ingest *ingest); /* that has been so once after a pump */

/* Samples of an earlier run, newest first, join the model's own. */
void ingest_restore(struct ingest *ingest, const struct sample *samples, size_t count);

/* An event that stands in no log, such as the size of a file: for the model alone. */
void ingest_look(struct ingest *ingest, const struct event *event);

const struct model *ingest_model(const struct ingest *ingest);       /* NULL: none */
const struct logstore *ingest_logstore(const struct ingest *ingest); /* NULL: none is kept */

struct parser_counts ingest_counts(const struct ingest *ingest, size_t log); /* of both generations together */

/* Of the record that is furthest on in running time: as its line says, and that time; WHEN_NONE: there is none. */
struct written_time ingest_newest(const struct ingest *ingest, size_t log);
int64_t ingest_reached(const struct ingest *ingest, size_t log);

/*
 * The running time now: that of the newest record, and what has passed by our monotonic clock since it arrived. WHEN_NONE:
 * there is no record.
 */
int64_t ingest_now(const struct ingest *ingest, int64_t monotonic);

/* "sender", as the records tell; NULL: not known yet. */
const char *ingest_log_name(const struct ingest *ingest, size_t log);

#endif
