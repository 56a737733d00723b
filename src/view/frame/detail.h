/*
 * Pages of lines over the panes: what Enter shows, and the help.
 */
#ifndef VIEW_FRAME_DETAIL_H
#define VIEW_FRAME_DETAIL_H

#include "view/frame/paint.h"

struct line {
	const char *label; /* NULL: the text begins the line */
	const char *text;
	uint8_t style;
};

struct detail {
	struct view *view;
	const char *title;
	struct line *lines;
	size_t count, capacity;
};

/* A line of the page; nothing is added when out of memory. */
void detail_line(struct detail *detail, const char *label, const char *text);
void detail_styled(struct detail *detail, const char *label, const char *text, uint8_t style);

/* The page in the area, from ui->scroll on. */
void detail_paint(struct detail *detail, const struct area *area);

#endif
