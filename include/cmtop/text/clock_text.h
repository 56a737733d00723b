/* The clock in a text: "18:05:07", "6:05", "18.05.07", "18 h 05 min 07 s". */
#ifndef CMTOP_TEXT_CLOCK_TEXT_H
#define CMTOP_TEXT_CLOCK_TEXT_H

#include "cmtop/span.h"

struct clock_text {
	size_t begin, end; /* its place in the text */
	int hour, minute, second;
	bool has_seconds;
};

/* Of a text as utf8_plain() leaves it. False: it has none, or several, or one that is not the server's local time. */
bool clock_find(struct span text, struct clock_text *out);

#endif
