/*
 * What a rotation knows between two looks. Generations stand in a queue, oldest first:
 * the first is being read, the last is the one at X.log when it was last looked
 * at. A round begins with a look at X.log:
 *
 *	LOG    The last of the queue as it was left: read on. Another file, or the
 *	       same one begun anew: a candidate for the queue.
 *	CHECK  Nothing joins the queue before X.lo_ was looked at too: what is there
 *	       and was never seen came between. Only a look made after the one at
 *	       X.log can tell, since the log may roll at any moment.
 *	READ   A generation that has a successor is read to its end, through the
 *	       file that is held or under X.lo_; then the next one begins.
 *	LATE   What is still written to the generation before.
 */
#ifndef ROTATE_ROTATE_STATE_H
#define ROTATE_ROTATE_STATE_H

#include "rotate/generation.h"

#define QUEUE_MOST 5
#define KNOWN_MOST 8
#define NEVER      INT64_MIN

#define TIMEOUT       10000 /* ms that old sizes, NULs at the end or an unreadable X.lo_ are put up with, */
#define START_TIMEOUT 1000  /* or at the start, where somebody waits for the first screen */

enum step { STEP_REST, STEP_LOG, STEP_CHECK, STEP_READ, STEP_LATE };

/* Why X.lo_ is looked at before the look at X.log is believed. */
enum pending {
	PENDING_NONE,    /* there is no log, but perhaps a previous generation to begin with */
	PENDING_NEW,     /* another generation */
	PENDING_VAGUE,   /* the same as before, but too little of it is known to be sure */
	PENDING_MOVED,   /* the same content in another file */
	PENDING_SHORTER, /* an old size, or a log emptied: on a share it cannot be told at once */
};

struct rotation {
	struct rotation_status status;
	int64_t now;
	size_t chunk;     /* new bytes wanted by a look */
	bool previous;    /* to be read at the start */
	uint64_t context; /* … of all that is there, at most so many bytes; 0: all */
	bool began;
	bool due;      /* a round is wanted */
	size_t enough; /* bytes of a head that tell a generation from all others: what all begin with, and HEAD_ENOUGH */
	bool inodes_lie; /* this share makes up inodes as it goes */
	enum step step;
	struct look look; /* asked last */

	struct generation queue[QUEUE_MOST];
	size_t count;

	/* The look at X.log that X.lo_ is being checked for; its bytes are still borrowed. */
	enum pending pending;
	struct seen log;
	struct generation candidate;

	uint64_t creations; /* at X.log that are accounted for, 0: not counted */
	bool unseen;        /* some are not: to be told before the next of the queue */

	struct generation late; /* the generation that ended last */
	bool has_late;
	bool last_look; /* it is looked at once more before the next one takes its place */
	int64_t late_grown;
	unsigned rounds;

	struct generation known[KNOWN_MOST]; /* ended before: never read again when met as X.lo_ */
	size_t known_count;

	/* Since when something has been waited for, or NEVER. */
	int64_t grace;   /* the end of a generation lies within a line */
	int64_t failing; /* X.lo_ cannot be read */
	int64_t suspect; /* X.log is smaller than it was */
	int64_t nuls;    /* the end of the log is nothing but NULs */

	uint64_t missed; /* to be told with the next NEWS_ROLLED */
	bool gap;
	struct news news[2];
	size_t news_count, news_told;
};

/* What to do with the answer to each kind of look. */
void log_answered(struct rotation *rotation, const struct seen *seen);
void check_answered(struct rotation *rotation, const struct seen *seen);
void read_answered(struct rotation *rotation, const struct seen *seen);
void late_answered(struct rotation *rotation, const struct seen *seen);

/* Shared by them. */
void end_round(struct rotation *rotation);
void retry_soon(struct rotation *rotation); /* rests, and says that the next poke should come soon */
bool timed_out(struct rotation *rotation, int64_t *since, int64_t milliseconds);
bool read_on(struct rotation *rotation, struct generation *g, unsigned stream, const struct seen *seen);
void queue_add(struct rotation *rotation, const struct generation *g);
void record_loss(struct rotation *rotation, uint64_t bytes); /* before the next roll-over that is told */
void learn_alike(struct rotation *rotation, const struct generation *a,
                 const struct generation *b); /* two that are not the same */
void report_rollover(struct rotation *rotation);
void remember(struct rotation *rotation, const struct generation *g);
bool met_before(struct rotation *rotation, const struct seen *seen);
bool was_told(struct rotation *rotation, const struct seen *seen); /* what is seen under X.lo_ has been read already */

/* A look at X.log may bring two more. */
static inline bool
is_full(const struct rotation *rotation)
{
	return rotation->count + 2 > QUEUE_MOST;
}

static inline struct generation *
newest(struct rotation *rotation)
{
	return rotation->count ? &rotation->queue[rotation->count - 1] : NULL;
}

#endif
