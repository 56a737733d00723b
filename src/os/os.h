/*
 * What differs between systems and is not libuv's business, and nothing else.
 */
#ifndef OS_OS_H
#define OS_OS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

bool os_is_terminal(int fd);
bool os_window_size(int *width, int *height); /* in cells; false: not known */
void os_use_locale(void);                     /* of the user, for characters only: numbers look the same everywhere */
bool os_is_utf8(void);                        /* the locale in force writes UTF-8 */
uint64_t os_thread_time(void);                /* nanoseconds of processor time of this thread; 0: not known */

/*
 * Keys come from standard input, or from the terminal itself when that is
 * something else; NULL when there is no keyboard. The stream is not to be closed.
 */
FILE *os_keyboard(void);

/* `ready` is called when keys may be waiting, with `lost` when no more can come. */
int os_keys_open(uv_loop_t *loop, void (*ready)(void *payload, bool lost), void *payload);
void os_keys_close(void);

/*
 * `gone` is called when standard output is a pipe and nobody reads it any more,
 * which a program that has nothing to write would not notice.
 */
void os_reader_open(uv_loop_t *loop, void (*gone)(void *payload), void *payload);
void os_reader_close(void);

/* While the screen is up, what is written to standard error is kept; then it is printed. */
void os_hold_errors(void);
void os_release_errors(void);

/* A standard stream that was closed before we began may not become some file that we open. */
void os_open_standard(void);

#endif
