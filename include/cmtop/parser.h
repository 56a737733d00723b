/*
 * One log being read: bytes in, events out, however the bytes were cut.
 *
 *	source_feed(source, bytes, size);
 *	while (source_next(source, &event))
 *		model_apply(model, &event);
 *
 * The component in a record decides how its message is understood, not the
 * file's name. Sources are pulled, so that several logs can be merged by time.
 */
#ifndef CMTOP_SOURCE_H
#define CMTOP_SOURCE_H

#include "cmtop/event.h"

#define SOURCE_RECORD_MOST (64 * 1024)  /* bytes; a longer record is damaged and passed over */

struct source;

struct source_counts {
	uint64_t bytes;    /* fed */
	uint64_t records;  /* with a frame, whole */
	uint64_t unknown;  /* of these: no template knows the message */
	uint64_t damaged;  /* pieces that are no record: broken frames, noise, overlong lines */
	int64_t  newest;   /* time of the newest record, WHEN_NONE: none had one */
	bool     zoned;    /* the newest time is UTC */
	int16_t  bias;     /* of the newest record that had one, in minutes */
};

/* `log` is handed on in event->log. NULL: out of memory. */
struct source *source_new(uint8_t log);
void           source_free(struct source *source);

/*
 * Lends bytes that follow those fed before. They must stay until source_next()
 * has said false; feeding again before that is a mistake of the caller.
 */
void source_feed(struct source *source, const char *bytes, size_t size);

/*
 * The next event, or false: nothing whole is left and the source wants bytes.
 * The event's spans are valid until the next call with this source.
 */
bool source_next(struct source *source, struct event *event);

/*
 * The file is over (rolled, truncated, end of input): a last line without its
 * newline is taken as whole, the rest is given up as damaged. Call source_next()
 * until false, then the source is ready for a new file at offset 0.
 */
void source_end(struct source *source);

/*
 * Like source_end(), but what was begun is dropped, and the next byte fed is at
 * `offset`; a piece of a line up to the first newline is skipped when `midline`.
 */
void source_restart(struct source *source, uint64_t offset, bool midline);

const struct source_counts *source_counts(const struct source *source);

/* "sender", "distmgr", …: the log that the records read so far belong to; NULL: not known yet. */
const char *source_log_name(const struct source *source);

/*
 * The known logs, in their fixed order: name, and file name without its end
 * ("sender" for sender.log and sender.lo_). NULL past the last.
 */
const char *source_known_log(size_t i);

#endif
