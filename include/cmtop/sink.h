/*
 * Where text goes when it leaves: the caller decides whether that is a file, a
 * pipe or memory, and what a failure means.
 */
#ifndef CMTOP_SINK_H
#define CMTOP_SINK_H

#include <stddef.h>

struct sink {
	void (*put)(void *payload, const char *bytes, size_t size);
	void *payload;
};

void sink_put(const struct sink *sink, const char *bytes, size_t size);
void sink_text(const struct sink *sink, const char *text);

/*
 * A text as one field of CSV (RFC 4180). One that a spreadsheet would take for a
 * formula gets an apostrophe before it, which says there that it is text. Numbers
 * do not go this way.
 */
void sink_csv(const struct sink *sink, const char *text);

/* printf() into a sink; a line longer than 4,096 bytes is cut. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
sink_format(const struct sink *sink, const char *format, ...);

#endif
