/* How runs of package threads are counted. */
#ifndef MODEL_DISTMGR_RUNS_H
#define MODEL_DISTMGR_RUNS_H

#include "model/distmgr/thread_table.h"

void run_done(struct model *model, uint32_t i, const struct event *event);
void run_failed(struct model *model, uint32_t i, const struct event *event,
                const char *text); /* `text` counts where its thread told of no error before */
void run_ends(struct model *model, uint32_t i, const struct event *event);  /* without a word of how it went */
void run_judge(struct model *model, uint32_t i, const struct event *event); /* … by its own exit line */
void run_uncount(struct model *model, struct thread_extra *extra);          /* it goes on after all */

#endif
