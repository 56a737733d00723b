/* The life of a package thread. */
#ifndef MODEL_DISTMGR_THREAD_LIFE_H
#define MODEL_DISTMGR_THREAD_LIFE_H

#include "model/distmgr/thread_table.h"

uint32_t thread_begin(struct model *model, uint32_t component, uint32_t number, bool born, const struct event *event);
void thread_settle(struct model *model, uint32_t i,
                   const struct event *event); /* its package is known: what it had failed at is that one's */
uint32_t thread_stray(struct model *model, const struct event *event,
                      uint32_t component);               /* remembers a thread that is not known; THREAD_NONE */
void thread_comes_back(struct model *model, uint32_t i); /* one that was lost */

void thread_end(struct model *model, uint32_t i, const struct event *event,
                bool by_exit_line); /* by its own exit line; else it is gone without one */
void thread_lose(struct model *model, uint32_t i, const struct event *event); /* a reading says that it is gone */
bool thread_found(struct model *model); /* one too many was taken for gone by the newest reading */
void thread_drop(struct model *model, uint32_t i, enum thread_role role,
                 const struct event *event); /* it is no package thread after all */
void thread_becomes(struct model *model, uint32_t component, uint64_t number, enum thread_role role,
                    const struct event *event); /* whatever the number stood for */
void threads_interrupt(struct model *model, uint32_t component, const struct event *event);

#endif
