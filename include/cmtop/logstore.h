/*
 * The lines behind the figures: the newest records as they stand in their files,
 * with what each belongs to.
 *
 * The store has a bound. Lines about single blocks ("Attempt to write", "Wrote")
 * and the scheduler's lists, which come again and again, are by far the most and
 * tell the least: each have a smaller bound of their own, so that they do not push
 * out the others. What is pushed out is counted.
 */
#ifndef CMTOP_LOGSTORE_H
#define CMTOP_LOGSTORE_H

#include "cmtop/arena.h"
#include "cmtop/model.h"

struct logstore;

struct logstore_line {
	uint64_t number; /* 1, 2, 3, … as they came, over all logs */
	int64_t at;      /* WHEN_NONE: the record has no time */
	int64_t shift;   /* as event.h says, and so are `bias` and `zoned` */
	uint64_t offset; /* of its first byte, in the file it came from */
	uint64_t serial; /* of the send, package thread or transfer that wrote it, 0: none */
	uint32_t thread;
	uint32_t request;       /* fingerprint of the send request it is about, 0: none */
	uint32_t site, package; /* it is about, NAME_NONE: none */
	uint32_t generation;    /* of its log: grows when that rolls over */
	int16_t bias;
	bool zoned;
	bool sends;       /* a sending thread wrote it */
	uint8_t log;      /* number of its source */
	uint8_t level;    /* enum level */
	uint8_t kind;     /* enum event_kind */
	struct span text; /* the record, without its line end */
};

/* What the record itself says. */
static inline struct written_time
line_written(const struct logstore_line *line)
{
	return (struct written_time){ line->at == WHEN_NONE ? WHEN_NONE : line->at - line->shift, line->bias,
		                      line->zoned };
}

/* Bytes for lines, and for lines of blocks and of lists each; 0: 4 MiB and 1 MiB. NULL: out of memory. */
struct logstore *logstore_new(size_t bytes, size_t many_bytes);
void logstore_free(struct logstore *logstore);

/* Right after model_apply() of the same event. */
void logstore_keep(struct logstore *logstore, const struct model *model, const struct event *event);

/* Whose lines are asked for: those that fit any of this; a site and a package given together must both fit. */
struct logstore_wish {
	uint64_t serial;        /* of a send, package thread or transfer; 0: none */
	const char *request;    /* a send request with all its tries; NULL or "": none */
	uint32_t site, package; /* with all lines of their threads; NAME_NONE: none */
	const char *word;       /* lines of no known thread that hold this word; NULL: none */
};

/* Oldest first, valid until the next logstore_keep(). NULL and none: there is none, or out of memory. */
const struct logstore_line *const *logstore_find(const struct logstore *logstore, const struct logstore_wish *wish,
                                                 struct arena *arena, size_t *count);

/* Lines pushed out so far. */
struct logstore_gone {
	uint64_t lines, blocks, lists;
};

struct logstore_gone logstore_gone(const struct logstore *logstore);

/* The oldest line kept, of blocks or of all others; NULL: none. */
const struct logstore_line *logstore_oldest(const struct logstore *logstore, bool blocks);

/* How often its log has rolled over since: 0, it is in the log; 1, in the generation before; else gone. */
uint32_t logstore_rolled(const struct logstore *logstore, const struct logstore_line *line);

#endif
