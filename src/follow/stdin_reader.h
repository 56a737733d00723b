/*
 * Standard input as it comes, read off the loop's thread. The program has one.
 */
#ifndef FOLLOW_STDIN_READER_H
#define FOLLOW_STDIN_READER_H

#include <stdbool.h>
#include <uv.h>

struct input;

struct input_events {
	void (*bytes)(void *payload, const char *bytes, size_t size); /* lent until input_more() */
	void (*ended)(void *payload, int error);                      /* 0, or a negative libuv error */
	void *payload;
};

int input_open(struct input **out, uv_loop_t *loop, const struct input_events *events);
void input_more(struct input *input);
void input_close(struct input *input); /* NULL is fine; memory is freed when the read in flight is back */

#endif
