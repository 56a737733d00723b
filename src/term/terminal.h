/*
 * The way to the terminal, on which nobody waits. What ncurses writes is kept in memory; from
 * there it goes out as fast as the terminal takes it. Whoever draws asks first whether the
 * last picture has gone.
 */
#ifndef TERM_TERMINAL_H
#define TERM_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>
#include <uv.h>

/* The terminal at standard output, for ncurses to find its modes. NULL: it cannot be opened. */
FILE *os_terminal_open(void);

/* ncurses has set its modes: from now on what it writes is kept. False: it cannot be. */
bool os_terminal_divert(void);

/* `taken` is called on the loop whenever all that was sent has been taken. */
void os_terminal_watch(uv_loop_t *loop, void (*taken)(void *payload), void *payload);

void os_terminal_send(void); /* what has been written goes on its way */
bool os_terminal_busy(void); /* some of it has not been taken yet */

/* It understands flow.h's question, which is asked from now on; and it has answered one. */
void os_terminal_can_answer(void);
void os_terminal_answered(void);

/*
 * What has not been taken is dropped, and what has been written since is sent; what the terminal does not
 * take within so many milliseconds is dropped too.
 */
void os_terminal_finish(int milliseconds);

/* The bytes that restore the terminal, for an end that has no time: they are sent then as far as the terminal takes them. */
void os_terminal_last_words(const char *bytes, size_t size);

/* The modes that were found, for others; and ours again. Neither waits. */
void os_terminal_leave_modes(void);
void os_terminal_take_modes(void);

void os_terminal_unwatch(void); /* before the loop ends */
void os_terminal_close(void);   /* after os_terminal_unwatch(); the stream is closed too */

#endif
