/*
 * The signals that stop a program and let it go on, where the system has them and
 * whoever started us does not want them ignored.
 */
#ifndef CLI_STOP_SIGNALS_H
#define CLI_STOP_SIGNALS_H

#include <stdbool.h>
#include <uv.h>

struct stop_signals {
	uv_signal_t stop, go_on;
	void (*stopped)(void *payload);
	void (*continued)(void *payload);
	void *payload;
};

/* `stopped` is called on the loop when the program is to stop, `continued` when it was and goes on. */
void stop_signals_open(struct stop_signals *signals, uv_loop_t *loop, void (*stopped)(void *payload),
                       void (*continued)(void *payload), void *payload);
void stop_signals_close(struct stop_signals *signals);

/*
 * Stops the program until it is continued; `before` is called first. False: that cannot be, and it
 * was not called. Else the next stop is told of only when stop_signals_again() has been called.
 */
bool stop_signals_suspend(struct stop_signals *signals, void (*before)(void));
void stop_signals_again(struct stop_signals *signals);

#endif
