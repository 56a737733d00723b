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
int os_utc_offset(int64_t at);                /* minutes east of UTC here, at that time */

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

/* The signals that ask to stop and tell of going on; 0 where there are none. */
int os_stop_signal(void);
int os_continue_signal(void);

/* Stops the program and its neighbours in the pipeline until they are continued; false where that cannot be. */
bool os_suspend(void);

/* While the screen is up, what is written to standard error is kept; then it is printed. */
void os_hold_errors(void);
void os_release_errors(void);

/* Called before the program goes down by its own mistake. */
void os_on_crash(void (*restore)(void));

/* A standard stream that was closed before we began may not become some file that we open. */
void os_open_standard(void);

void os_ignore_failed_writes(void); /* writing says so instead */
bool os_is_ignored(int signum);     /* whoever started us wants the signal ignored */
void os_raise(int signum);          /* the signal takes its own effect */

/*
 * Whoever asks for the end waits no longer than a tenth of a second, whatever the program
 * hangs in. os_insist(): these signals, for which somebody has a handler, are followed by
 * the end in any case. os_end_soon(): the end has begun, with this signal or exit code.
 * Before the program is ended so, what os_before_end() was given is called: it may do no
 * more than a signal handler may.
 */
void os_insist(int signum);
void os_end_soon(int signum, int code);
void os_before_end(void (*last)(void));
void os_exit_now(int code);       /* at once: no thread that hangs is waited for */
void os_remove(const char *path); /* a file or an empty folder, if it is there; a signal handler may do that */

/* Where there is no loop: remember the signal that asks for the end instead of ending. */
void os_catch_end(void);
int os_ended(void); /* that signal, or 0 */

#endif
