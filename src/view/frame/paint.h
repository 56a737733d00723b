/*
 * Text into an area of the grid: cut, put to one side, drawn as a line or a bar.
 */
#ifndef VIEW_FRAME_PAINT_H
#define VIEW_FRAME_PAINT_H

#include "view/frame/frame.h"

enum align { ALIGN_LEFT, ALIGN_RIGHT };
enum cut { CUT_END, CUT_MIDDLE };

/* Columns used. */
int paint(struct view *view, const struct area *area, int x, int y, const char *text, uint8_t style);

/* Into `width` columns from x on, cut or filled with blanks. */
void paint_field(struct view *view, const struct area *area, int x, int y, int width, const char *text,
                 enum align align, enum cut cut, uint8_t style);

/* Any text, not NUL-terminated, cut at the end. */
void paint_text(struct view *view, const struct area *area, int x, int y, int width, struct span text, uint8_t style);

/* The longest start of the text that takes no more than `width` columns. */
struct span paint_head(struct span text, int width);

/* `sign` all along the row, `width` columns. */
void paint_line(struct view *view, const struct area *area, int x, int y, int width, const char *sign, uint8_t style);

/* "####...." */
const char *paint_bar(struct view *view, int width, double part);

int paint_width(const char *text);

/* A word of a line that is filled from the left, by importance, until it is full. */
struct fact {
	const char *text;
	uint8_t style;
	bool right; /* stands at the right end */
	int gap;    /* columns before it, at least; of right ones after it */
};

int facts_width(const struct fact *facts, size_t count);

/* Facts in order of importance, painted in order of place: those that fit. */
void paint_facts(struct view *view, const struct area *area, int y, const struct fact *facts, size_t count);

#endif
