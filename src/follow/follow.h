/*
 * Follows one log: gives a rotation the files that it asks for, on libuv's loop. All file work is done off the loop's thread.
 */
#ifndef FOLLOW_FOLLOW_H
#define FOLLOW_FOLLOW_H

#include <uv.h>

#include "cmtop/log.h"

struct follow;

struct follow_options {
	double poll;      /* seconds between looks; 0: found out by the file system */
	bool previous;    /* read X.lo_ before X.log at the start */
	uint64_t context; /* … and begin at most so many bytes before the end; 0: at the beginning */

	/* NULL, or one that follows the same log already: the two take turns, so that one look at most is under way. */
	struct follow *beside;
};

/* Called on the loop. */
struct follow_events {
	/*
	 * New bytes, lent until follow_more(). Stream 0 is the log; stream 1 is
	 * what was still written to the previous generation after it rolled.
	 */
	void (*bytes)(void *payload, unsigned stream, uint64_t offset, const char *bytes, size_t size);

	/*
	 * Stream 0 begins anew at offset 0. With a gap something was lost before it, or
	 * may have been: `missed` bytes are known of.
	 */
	void (*rolled)(void *payload, bool gap, uint64_t missed);

	/* State, error, progress or the end of the catch-up may have changed. */
	void (*changed)(void *payload);
	void *payload;
};

/* 0, or a negative libuv error. `path` is copied. */
int follow_open(struct follow **out, uv_loop_t *loop, const char *path, const struct follow_options *options,
                const struct follow_events *events);

void follow_more(struct follow *follow); /* the lent bytes are done with; more may come */

/* The end of the newest generation has been seen once, or there is no file. */
bool follow_caught_up(const struct follow *follow);

/* … really seen: nothing that was there at the start is left, and what was told is done with. */
bool follow_at_end(const struct follow *follow);

/* When the file whose bytes are lent was changed last, as the file system tells: milliseconds of UTC, WHEN_NONE: not known. */
int64_t follow_written(const struct follow *follow);

/* Fills path, state, error, bytes, rollovers, missed, silent, progress. */
void follow_status(const struct follow *follow, struct log_status *out);

/* No callback is called any more; memory is freed when the loop lets go of it. */
void follow_close(struct follow *follow);

#endif
