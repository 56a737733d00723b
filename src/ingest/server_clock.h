/*
 * The running time of a site server's logs. A server's clock is set now and then: by NTP, when a virtual machine goes on,
 * at the ends of summer time where records have no bias. Running time goes on by what has passed between two records all
 * the same, so that durations and rates hold.
 *
 * A record's own time and a shift make its running time. A stretch of records with one shift is a line; where the clock
 * is set, the next line begins. The logs of one server have the lines in common, and each is on one of them.
 */
#ifndef INGEST_SERVER_CLOCK_H
#define INGEST_SERVER_CLOCK_H

#include "cmtop/event.h"

#define LINES_KEPT  32 /* a power of two */
#define ZONES_KEPT  16
#define RECENT_KEPT 256 /* a power of two */
#define AHEAD_MOST  256 /* records that are looked at before one is placed */

#define CLOCK_SLACK   (5 * WHEN_SECOND)  /* records of several threads may be so much out of order */
#define CLOCK_PATIENT (60 * WHEN_SECOND) /* a longer silence may be a step of the clock */

/* A stretch of records between two steps of the clock. */
struct clock_line {
	int64_t shift; /* from a record's own time to the running time */
	int64_t begin; /* own time of its first record */

	/* Of the step that ends it; without a meaning in the newest. Own times: surely after `last`, hardly after `end`. */
	int64_t last, end;
};

/* What is added to the own times of a zone, so that they compare with those of the first one. */
struct clock_zone {
	bool zoned; /* records with a bias: their time is UTC already */
	char name[64];
	size_t size;
	int64_t offset;
};

struct server_clock {
	struct log_clock *logs;             /* by `next` */
	struct clock_line line[LINES_KEPT]; /* by number */
	unsigned newest;                    /* number of the newest line */
	struct clock_zone zone[ZONES_KEPT];
	size_t zones;
	int16_t bias; /* of the newest record with one */
	int64_t ahead; /* running time less our monotonic clock: the most of late, so of the records that came at once; WHEN_NONE */
	int64_t found; /* when that was, by the monotonic clock */
};

/* A record as far as time goes: its running time, or its own time, zones levelled, if it is not placed yet. */
struct clock_record {
	int64_t at;
	uint32_t thread;
	uint16_t line; /* of one that was placed: the number of its line, as far as it goes in */
	uint8_t kind;  /* enum event_kind; what announces a block is one, too */
};

static inline struct clock_record
clock_record(const struct event *event, int64_t at, unsigned line)
{
	uint8_t kind = event->kind == EVENT_WRITING ? EVENT_WROTE : event->kind;

	return (struct clock_record){ at, event->thread, (uint16_t)line, kind };
}

/* Where one log stands. */
struct log_clock {
	struct server_clock *server;
	struct log_clock *next; /* of the same server */
	unsigned line;          /* the number of the line that it is on */
	unsigned zone;          /* index of the zone of its newest record */
	int64_t own;            /* of the newest record, zones levelled; WHEN_NONE: none yet */
	int64_t before;         /* of the one before it */
	int64_t at;             /* the running time that has been reached; WHEN_NONE */
	int64_t pause;          /* what is longer than this between two records is no gap that is usual, */
	int64_t since;          /* … and the running time since when there was none */
	int64_t passed;         /* own time of a record: what passed before it is known to be no step */
	struct clock_record recent[RECENT_KEPT];
	unsigned taken;   /* records, ever, */
	unsigned read;    /* … and when it was read last */
	unsigned strays;  /* so many of the next records are strays */
	bool live;        /* its records are new when they are read: then our monotonic clock tells what has passed */
	int64_t arrived;  /* when its newest record did, by the monotonic clock; WHEN_NONE: long ago, or not known */
	int64_t arriving; /* the same of what is being read now */
	struct written_time newest; /* of its newest record */
};

/* The line that a log is on. */
static inline struct clock_line *
log_clock_line(const struct log_clock *log)
{
	return &log->server->line[log->line % LINES_KEPT];
}

void server_clock_init(struct server_clock *clock);
void log_clock_init(struct log_clock *log, struct server_clock *clock);

/* Levels the zone of a record that is not in the zone of the one before it. Part of what follows. */
int64_t log_clock_other_zone(struct log_clock *log, const struct event *event);

/* Its own time, zones levelled. */
static inline int64_t
log_clock_own(struct log_clock *log, const struct event *event)
{
	const struct clock_zone *zone = &log->server->zone[log->zone];

	if (event->zoned == zone->zoned
	    && (event->zoned || (event->zone.size == zone->size && bytes_are(event->zone.at, zone->name, zone->size))))
		return event->at + zone->offset;
	return log_clock_other_zone(log, event);
}

/* The same of a record that is not placed yet: where its zone is not known, it is taken for that of the one before. */
int64_t log_clock_level(const struct log_clock *log, const struct event *event);

void log_clock_learn(struct log_clock *log); /* what is usual of late */

#define LEARN_EVERY 1024 /* records; a power of two */

/* The record is the next one of the log, and this is its running time. */
static inline void
log_clock_put(struct log_clock *log, struct event *event, int64_t own, int64_t at)
{
	log->before = log->own;
	log->own = own;
	log->recent[log->taken++ % RECENT_KEPT] = clock_record(event, at, log->line);
	if (log->taken % LEARN_EVERY == 0)
		log_clock_learn(log);
	if (at - log->at > log->pause)
		log->since = at;
	event->shift = at - event->at;
	if (at >= log->at) {
		log->at = at;
		log->newest = (struct written_time){ event->at, event->bias, event->zoned };
	}
	event->at = at;
}

/*
 * Sets the running time of a record that follows the one before it closely, as nearly all do. False: it does not, and
 * log_clock_place() must find out why.
 */
static inline bool
log_clock_follows(struct log_clock *log, struct event *event, int64_t own)
{
	struct server_clock *clock = log->server;
	const struct clock_line *line = log_clock_line(log);
	int64_t passed = own - log->own, most = log->live ? CLOCK_SLACK : CLOCK_PATIENT;

	if (log->own == WHEN_NONE || log->strays > 0 || passed < -CLOCK_SLACK || passed > most
	    || (log->line != clock->newest && (log->live || own > line->end)))
		return false;
	log_clock_put(log, event, own, own + line->shift);
	return true;
}

/*
 * From now on records are new when they are read. The newest so far arrived at `arrived` by our monotonic clock,
 * WHEN_NONE: long ago, so that nothing of it goes on.
 */
void log_clock_go_live(struct log_clock *log, int64_t arrived);

/* What was read since log->arriving was set has been placed. */
void log_clock_read(struct log_clock *log);

/* Running time now, by what passed since the newest record of the log arrived; WHEN_NONE: no record yet. */
int64_t log_clock_now(const struct log_clock *log, int64_t monotonic);

/* The running time of a server leaps: another server's clock is that much further on. */
void server_clock_raise(struct server_clock *clock, int64_t by);

/* How many of the records behind it must be known to place one; 0: it can be placed without. */
size_t log_clock_wants(const struct log_clock *log, int64_t own);

/*
 * Sets the running time of any record. `behind` are the records after it, as many as log_clock_wants() said, or all that
 * there are. `changed` is the file's time of change, as its records would write it, WHEN_NONE: not known. Answers whether
 * the lines of the server have changed.
 */
bool log_clock_place(struct log_clock *log, struct event *event, int64_t own, const struct clock_record *behind,
                     size_t count, int64_t changed);

/*
 * The lines have changed by another log: the record placed last, which nobody has used yet, is to be placed again. False:
 * it stays where it is.
 */
bool log_clock_take_back(struct log_clock *log, struct event *event);

#endif
