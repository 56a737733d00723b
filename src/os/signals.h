/*
 * Signals, and an end that comes whatever the program hangs in.
 */
#ifndef OS_SIGNALS_H
#define OS_SIGNALS_H

#include <stdbool.h>

/* The signals that ask to stop and tell of going on; 0 where there are none. */
int os_stop_signal(void);
int os_continue_signal(void);

/* Stops the program and its neighbours in the pipeline until they are continued; false where that cannot be. */
bool os_suspend(void);

/* Called before the program goes down by its own mistake. */
void os_on_crash(void (*restore)(void));

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
