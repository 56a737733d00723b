/*
 * Forecasts, worked out beside the loop: what they need of the model is copied on the loop,
 * a piece at a time, and one of libuv's threads does the rest. One at most is under way; a
 * newer state waits for it.
 */
#ifndef CLI_FORECAST_TASK_H
#define CLI_FORECAST_TASK_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "cmtop/forecast.h"

struct foretell;

/* 0, or a negative libuv error. `told` is called on the loop when there is a new forecast. */
int foretell_open(struct foretell **out, uv_loop_t *loop, void (*told)(void *payload), void *payload);

/*
 * To be called now and then: begins a new forecast when the last one is of another model or
 * has grown old, and goes on with one that has been begun. A model may go away between two
 * calls, if foretell_forget() is called before. `what_if`: somebody looks at other limits.
 * Answers whether the newest is good enough to be told as true now.
 */
bool foretell_look(struct foretell *foretell, const struct model *model, int64_t now, bool what_if);

/* This model is about to go: nothing is copied from it any more. */
void foretell_forget(struct foretell *foretell, const struct model *model);

/* The newest; borrowed, valid until the loop goes on. */
const struct foretold *foretell_told(const struct foretell *foretell);

/* Nothing is told any more; what is under way is stopped, and nobody waits for it. NULL is fine. */
void foretell_close(struct foretell *foretell);

#endif
