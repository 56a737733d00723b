/*
 * The ways to a terminal: one that nobody waits for, and the memory that stands before it.
 */
#ifndef TERM_TERMINAL_WAY_H
#define TERM_TERMINAL_WAY_H

#include <stdbool.h>
#include <termios.h>

/* The terminal that standard output is, non-blocking; `*shared`: for all who have it. The caller closes it; -1: an error. */
int terminal_way_open(bool *shared);

/* Bytes a second, where the modes tell of a slow line; else 0. */
unsigned terminal_way_speed(const struct termios *modes);

/* A file that takes whatever is written, at once. The caller closes it; -1: an error. */
int terminal_memory_open(void);

#endif
