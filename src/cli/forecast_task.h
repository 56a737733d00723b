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

struct forecast_task;

/* 0, or a negative libuv error. `told` is called on the loop when there is a new forecast. */
int forecast_task_open(struct forecast_task **out, uv_loop_t *loop, void (*told)(void *payload), void *payload);

/*
 * To be called now and then: begins a new forecast when the last one is of another model or
 * has grown old, and goes on with one that has been begun. A model may go away between two
 * calls, if forecast_task_forget() is called before. `what_if`: somebody looks at other limits.
 * Answers whether the newest is good enough to be told as true now.
 */
bool forecast_task_refresh(struct forecast_task *task, const struct model *model, int64_t now, bool what_if);

/* This model is about to go: nothing is copied from it any more. */
void forecast_task_forget(struct forecast_task *task, const struct model *model);

/* The newest; borrowed, valid until the loop goes on. */
const struct foretold *forecast_task_newest(const struct forecast_task *task);

/* Nothing is told any more; what is under way is stopped, and nobody waits for it. NULL is fine. */
void forecast_task_close(struct forecast_task *task);

#endif
