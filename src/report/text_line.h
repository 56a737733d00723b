/*
 * One line of a page: cells made harmless, cut and padded to their columns.
 * All-zero is an empty line.
 */
#ifndef REPORT_TEXT_LINE_H
#define REPORT_TEXT_LINE_H

#include "cmtop/model.h"
#include "cmtop/sink.h"

#define PAGE_WIDTH 80

struct line {
	char text[1024];
	size_t size;
	int columns; /* taken so far */
};

/* A cell of `width` columns after a blank, on the left of it; negative: on the right. */
void line_cell(struct line *line, int width, const char *text);

void line_cell_count(struct line *line, int width, uint64_t count); /* "2,914" */

/* Text of any width, right behind what is there. */
void line_add(struct line *line, const char *text);

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
line_format(struct line *line, const char *format, ...);

/* "2026-07-30 12:03:00", the server's own time. */
void line_time(struct line *line, struct written_time time);

/* Puts it, cut at `most` columns (0: whole), without blanks at its end, and empties it. */
void line_put(struct line *line, int most, const struct sink *sink);

/* Text of any length below an indent, broken at its blanks to fit the page. */
void lines_put(int indent, const char *text, const struct sink *sink);

/* A transition: when, what, where, how much; its text is left to the caller. */
void line_transition(struct line *line, const struct model *model, const struct transition *transition);

#endif
