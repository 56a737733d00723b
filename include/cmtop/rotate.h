/*
 * One log followed under its name through every way of rolling over, without
 * touching a file: the rotation says what it wants to know of the file system, the
 * caller looks and answers. One look at a time, so that none can pile up.
 *
 *	rotation_poke(rotation, now);                  a timer, or a hint that something changed
 *	while (rotation_wants(rotation, &look)) {
 *		… open, see what it is, read …
 *		rotation_answer(rotation, now, &seen);
 *		while (rotation_next(rotation, &news))
 *			…
 *	}
 *
 * The log is X.log, its previous generation X.lo_. What a file is told by is its
 * first bytes and the bytes just before the place read up to; device and inode
 * are believed only where the file system is this machine's own.
 *
 * Whatever is lost is told: its bytes where they are known, else as a gap, which
 * says that there may have been more than was seen. Nothing can be known of
 *
 *	bytes that came after X.log was copied to X.lo_ and before it was emptied;
 *	a file that was written and emptied in place before any look saw a byte of it;
 *	on a share, or where creations are not counted, a generation that came and went
 *	between two looks and was deleted, when the one before it was read to its end;
 *	what came to a generation after all that was seen of it was what every other
 *	begins with as well, up to more than ROTATION_HEAD bytes or in the first one seen;
 *	on a share, one that was seen empty, and when it was looked for was gone as
 *	was the next, both empty: their inodes may be made up.
 *
 * What is cut off but not emptied is not told again; one that was emptied and has
 * got the same first ROTATION_HEAD bytes, but is not as long yet as it was, looks like that.
 */
#ifndef CMTOP_ROTATE_H
#define CMTOP_ROTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROTATION_HEAD   4096 /* bytes at the start of a file that tell it from others */
#define ROTATION_ANCHOR 64   /* bytes before the place read up to that are read again and compared */
#define ROTATION_SLOTS  8    /* files that may be held open, at most */

enum look_place {
	LOOK_LOG,      /* at X.log */
	LOOK_PREVIOUS, /* at X.lo_ */
	LOOK_HELD,     /* at the file held in `slot`, whatever its name is now */
};

/*
 * What is wanted: open, fstat, the first bytes and the bytes at `offset`, all of
 * the same opened file, so that what is answered belongs together.
 */
struct look {
	enum look_place place;
	int slot;      /* LOOK_HELD: which; else a free one to hold the file in, on a local file system */
	unsigned held; /* bit per slot that is in use: whatever is held in others is closed */
	uint64_t offset;
	size_t want; /* bytes, fewer only at the end of the file; 0: none, and those given by the look before must stay */
};

enum seen_as {
	SEEN_FILE,    /* a regular file, perhaps behind a symbolic link */
	SEEN_ABSENT,  /* there is no such name */
	SEEN_DENIED,  /* may not be read */
	SEEN_FAILED,  /* anything else; `error` says what */
	SEEN_STRANGE, /* no regular file: folder, FIFO, device, socket; `error` says which */
};

struct seen {
	enum seen_as as;
	int error;  /* the caller's own number, kept for its text; 0 when there is none */
	bool local; /* the file system is this machine's: sizes and inodes are true, files may be held */
	int slot;   /* that holds the file now, -1: not held. A file that is held already keeps its slot */
	uint64_t size;
	uint64_t device, inode;
	bool unlinked;                  /* it has no name any more */
	int64_t changed, born, written; /* its names, itself, its bytes: nanoseconds of one clock, 0: unknown */
	uint64_t creations; /* of files at X.log up to this one, since somebody counts, and one; 0: not known */
	int64_t age;        /* milliseconds since it was last written, -1: unknown */
	char head[ROTATION_HEAD];
	size_t head_size;
	const char *data; /* borrowed until a look that wants bytes is answered */
	size_t data_size;
};

enum news_kind {
	NEWS_BYTES,
	NEWS_ROLLED, /* stream 0 begins anew with the next generation */
};

struct news {
	enum news_kind kind;
	unsigned stream;   /* 0: the log; 1: what was still written to the generation before it */
	uint64_t offset;   /* of the bytes in their file */
	const char *bytes; /* valid until the next rotation_answer() */
	size_t size;
	uint64_t missed; /* NEWS_ROLLED: bytes known to be lost before it */
	bool gap;        /* NEWS_ROLLED: the end of a generation was not seen: bytes were lost or may have been */
};

struct rotation_status {
	enum seen_as as; /* what was last seen at X.log */
	int error;
	bool looked; /* anything is known at all */
	bool local;
	bool caught_up;  /* the end of the newest generation has been reached once, or there was none */
	bool restless;   /* something is unsettled: poke again soon */
	bool late_fresh; /* the log has rolled lately, and its previous generation may still be written to */
	uint64_t bytes;  /* told */
	uint64_t rollovers;
	uint64_t missed; /* bytes known to be lost */
	uint64_t gaps;   /* ends of generations that were not seen: what was lost with them is not known */
	int64_t grown;   /* `now` when the log last grew, INT64_MIN: unknown */
	int progress;    /* per cent of the catch-up */
	uint64_t left;   /* bytes of the catch-up that are known of and have not been told; 0 when it is over */
};

struct rotation;

/*
 * `previous`: begin with X.lo_, if it is there. A look wants `chunk` bytes and
 * ROTATION_ANCHOR more, at most. NULL: out of memory.
 */
struct rotation *rotation_new(bool previous, size_t chunk);
void rotation_free(struct rotation *rotation);

/* Before the first look: begin no more than `bytes` before the end, the previous generation counted. */
void rotation_begin_late(struct rotation *rotation, uint64_t bytes);

/* Time to look again. `now` is in milliseconds of a clock that is never set, here and below. */
void rotation_poke(struct rotation *rotation, int64_t now);

/* The next look, or false: nothing before the next poke, or news are still to be taken. */
bool rotation_wants(struct rotation *rotation, struct look *out);

void rotation_answer(struct rotation *rotation, int64_t now, const struct seen *seen);

bool rotation_next(struct rotation *rotation, struct news *out);

const struct rotation_status *rotation_status(const struct rotation *rotation);

#endif
