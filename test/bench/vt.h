/*
 * A terminal as far as ncurses' xterm-256color needs one: what a program writes,
 * as the screen that a person would see.
 */
#ifndef BENCH_VT_H
#define BENCH_VT_H

#include <stdbool.h>
#include <stddef.h>

#define VT_WIDTH  120
#define VT_HEIGHT 40

struct vt {
	char cell[VT_HEIGHT][VT_WIDTH + 1]; /* one byte a character: '?' for all beyond ASCII */
	int x, y, top, bottom;
	int state, count, number[8];
	char last;
};

void vt_reset(struct vt *vt);
void vt_write(struct vt *vt, const char *bytes, size_t size);

/* Does a line of the screen hold `text`? Letters in either case. */
bool vt_shows(const struct vt *vt, const char *text);

#endif
