/*
 * Transfers to distribution points, found by the number of their job, and the
 * threads that work on them.
 */
#ifndef MODEL_TRANSFERS_TRANSFER_TABLE_H
#define MODEL_TRANSFERS_TRANSFER_TABLE_H

#include "cmtop/rate_window.h"
#include "cmtop/model/transfer.h"
#include "cmtop/model/transition.h"
#include "model/records/usual_gap.h"
#include "model/tables/fifo_map.h"
#include "model/tables/slots.h"

/* What a transfer needs besides what is shown of it. */
struct transfer_extra {
	uint8_t outcome; /* enum transfer_state: what its threads have told last of how it ended, for when none is at it */
	struct usual_gap gaps; /* between its lines while it was sent */
	struct rate_window recent;
};

/* What a thread has told: how it ended; … that it failed; lines were lost since it last spoke. */
enum transfer_told { TOLD_OVER = 1, TOLD_FAILED = 2, TOLD_UNSURE = 4 };

struct transfer_table {
	struct fifo_map keys; /* by number of the job */
	struct transfer *rows;
	struct transfer_extra *extras;
	uint32_t count;          /* rows ever used */
	struct slots slots;      /* threads; open: those at work */
	uint32_t *row_of;        /* by thread: its transfer, NAME_NONE: it was forgotten */
	uint8_t *told;           /* by thread, enum transfer_told */
	uint64_t done, failures; /* counted, also those of no row */
};

struct transfer_table *transfer_table_new(uint32_t most, uint32_t threads); /* NULL: out of memory */
void transfer_table_free(struct transfer_table *transfers);

struct transfer *transfer_at(struct model *model,
                             const struct event *event); /* the job that it names, a new one if needed */
struct transfer *transfer_named(struct model *model,
                                const struct event *event); /* by package, version and distribution point; NULL */
struct transfer *transfer_of_thread(const struct model *model, const struct event *event, uint32_t component,
                                    uint32_t *slot); /* that its thread is at, NULL; *slot: the thread, NAME_NONE */
const struct transfer *transfer_last_at(const struct model *model, uint32_t component,
                                        uint32_t thread); /* that it is at, or was last at; NULL */
struct transfer_extra *transfer_extra(struct model *model, const struct transfer *transfer);
bool transfer_same_dp(const struct model *model, uint32_t a, uint32_t b);

void transfer_settle(struct model *model,
                     struct transfer *transfer); /* its state, after a thread or its outcome has changed */
void transfer_leaves(struct model *model, uint32_t slot, struct transfer *transfer); /* the thread is at it no more */

/* A transition with the names of the transfer. */
struct transition *transfer_tell(struct model *model, enum transition_kind kind, const struct event *event,
                                 const struct transfer *transfer);

const char *transfer_table_check(const struct model *model); /* as model_check() */

#endif
