/*
 * Looks through bytes for frames whose dates have names, without making records of them.
 */
#ifndef PARSE_DATES_FRAMES_AHEAD_H
#define PARSE_DATES_FRAMES_AHEAD_H

#include "parse/dates/named_dates.h"

/* Bytes; what is longer is no frame. */
#define COMPONENT_MOST  128
#define FRAME_TIME_MOST 384 /* names of a day, a month and a zone in any script, and numbers */

/* The next frame of the bytes, moved past it: its time. False: there is none left. */
bool frame_ahead(struct span *bytes, struct span *time);

/*
 * Makes a piece of the bytes the text that its line will be. What is answered is valid until the next call. `read`
 * NULL: they are as they are.
 */
struct piece_reader {
	struct span (*read)(void *payload, struct span piece);
	void *payload;
};

static inline struct span
piece_text(const struct piece_reader *reader, struct span piece)
{
	return reader->read ? reader->read(reader->payload, piece) : piece;
}

/* Shows the dates of the frames to dates_see(). */
void dates_ahead(struct named_dates *dates, struct span bytes, const struct piece_reader *reader);

#endif
