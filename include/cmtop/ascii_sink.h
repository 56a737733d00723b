/*
 * What is no ASCII becomes an escape on its way into another sink: in a text "\u00FC" and "\U0001F4BB", as
 * utf8_ascii_only() has it, in JSON "\u00FC" and "\uD83D\uDCBB", which is the same text for whoever reads it.
 */
#ifndef CMTOP_ASCII_SINK_H
#define CMTOP_ASCII_SINK_H

#include <stdbool.h>

#include "cmtop/sink.h"

struct ascii_sink {
	struct sink sink; /* put into this one; it may stand nowhere else than where it was opened */
	struct sink to;
	bool json;
	char part[4]; /* the beginning of a character of which the rest has not come */
	size_t size;
};

void ascii_sink_open(struct ascii_sink *ascii, const struct sink *to, bool json);

#endif
