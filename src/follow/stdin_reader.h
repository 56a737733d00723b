/*
 * Reads standard input in a worker thread. There is one in the program.
 */
#ifndef FOLLOW_STDIN_READER_H
#define FOLLOW_STDIN_READER_H

#include <stdbool.h>
#include <uv.h>

struct stdin_reader;

struct stdin_reader_events {
	void (*bytes)(void *payload, const char *bytes, size_t size); /* lent until stdin_reader_more() */
	void (*ended)(void *payload, int error);                      /* 0, or a negative libuv error */
	void *payload;
};

int stdin_reader_open(struct stdin_reader **out, uv_loop_t *loop, const struct stdin_reader_events *events);
void stdin_reader_more(struct stdin_reader *reader);
void
stdin_reader_close(struct stdin_reader *reader); /* NULL is fine; memory is freed when the read in flight is back */

#endif
