/* The main threads of senders and of the scheduler: a few of the latest. */
#ifndef MODEL_TABLES_MAIN_THREADS_H
#define MODEL_TABLES_MAIN_THREADS_H

#include "model/tables/state.h"

#define MAINS_MOST 32

/* A main thread: it takes requests or packages and hands them to new threads. */
struct main_thread {
	uint32_t component, thread;
	char request[24]; /* found and not handed on yet, "" for none */
	uint32_t site;    /* of that */
	uint32_t package; /* last one notified, or worked on by the scheduler; NAME_NONE */
	uint8_t priority; /* of the scheduler's job */
};

struct main_threads {
	struct main_thread rows[MAINS_MOST];
	unsigned next;
};

struct main_threads *main_threads_new(void); /* NULL: out of memory */
void main_threads_free(struct main_threads *mains);

struct main_thread *main_at(struct model *model, uint32_t component, uint32_t thread);
const struct main_thread *main_find(const struct model *model, uint32_t component, uint32_t thread); /* NULL: none */
bool is_main(const struct model *model, uint32_t component, uint32_t thread);
void main_forget(struct model *model, uint32_t component, uint32_t thread); /* its number was given to another thread */
void mains_forget(struct model *model, uint32_t component); /* all of the component, which was started anew */

#endif
