/*
 * Rows of distribution points. Each stays listed until the package thread ends,
 * whatever becomes of the number of its own thread: that belongs to a DP only as
 * long as it runs.
 */
#include "model/distmgr/dp_table.h"

#include <stdlib.h>

#include "model/distmgr/distmgr.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/tables/truncated.h"

bool
dp_table_init(struct dp_table *dps, uint32_t most)
{
	dps->most = most;
	dps->rows = calloc(most, sizeof(*dps->rows));
	dps->extras = malloc(most * sizeof(*dps->extras));
	dps->row_of = malloc(most * sizeof(*dps->row_of));
	dps->free = NAME_NONE;
	if (!slots_init(&dps->slots, most) || !dps->rows || !dps->extras || !dps->row_of)
		return false;
	for (uint32_t i = 0; i < most; i++) {
		dps->extras[i] = (struct dp_extra){ .owner = THREAD_NONE, .ended = WHEN_NONE };
		dps->row_of[i] = NAME_NONE;
	}
	return true;
}

void
dp_table_destroy(struct dp_table *dps)
{
	slots_destroy(&dps->slots);
	free(dps->rows);
	free(dps->extras);
	free(dps->row_of);
}

const struct package_thread *
dp_owner(const struct model *model, uint32_t row)
{
	return &model->distmgr->threads.rows[model->distmgr->dps.extras[row].owner];
}

/* ---- the numbers of their threads ---- */

uint32_t
dp_row_of(const struct model *model, uint32_t component, uint64_t number)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t slot =
		number == 0 || number > UINT32_MAX ? NAME_NONE : slots_find(&dps->slots, component, (uint32_t)number);

	return slot == NAME_NONE ? NAME_NONE : dps->row_of[slot];
}

uint32_t
dp_running(const struct model *model, uint32_t component, uint32_t number)
{
	uint32_t row = dp_row_of(model, component, number);

	return row != NAME_NONE && model->distmgr->dps.rows[row].state == DP_RUNNING ? row : NAME_NONE;
}

/* Also one that has failed, or got its package, and whose thread goes on until its end is told. */
uint32_t
dp_at_work(const struct model *model, uint32_t component, uint32_t number)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = dp_row_of(model, component, number);

	return row != NAME_NONE && (dps->rows[row].state == DP_RUNNING || dps->extras[row].ended == WHEN_NONE)
	               ? row
	               : NAME_NONE;
}

/* Of its thread's number; NAME_NONE: it has none, or that belongs to another row by now. */
static uint32_t
slot_of(struct model *model, uint32_t row)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t slot = dps->rows[row].thread == 0
	                        ? NAME_NONE
	                        : slots_find(&dps->slots, dp_owner(model, row)->component, dps->rows[row].thread);

	return slot != NAME_NONE && dps->row_of[slot] == row ? slot : NAME_NONE;
}

void
dp_release_number(struct model *model, uint32_t row)
{
	uint32_t slot = slot_of(model, row);

	if (slot != NAME_NONE)
		slots_put(&model->distmgr->dps.slots, slot, SLOTS_ENDED);
}

void
dp_unbind(struct model *model, uint32_t row)
{
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t slot = slot_of(model, row);

	if (slot == NAME_NONE)
		return;
	dps->row_of[slot] = NAME_NONE;
	slots_put(&dps->slots, slot, SLOTS_ENDED);
}

bool
dp_bind(struct model *model, uint32_t row, uint32_t number)
{
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t slot = slots_take(&dps->slots, dp_owner(model, row)->component, number);

	if (slot == NAME_NONE)
		return false;
	slots_put(&dps->slots, slot, SLOTS_OPEN);
	dps->row_of[slot] = row;
	dps->rows[row].thread = number;
	return true;
}

/* ---- rows, and the list of each thread ---- */

static uint32_t
take_row(struct model *model)
{
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = dps->free;

	if (row != NAME_NONE)
		dps->free = dps->rows[row].next;
	else if (dps->fresh < dps->most)
		row = dps->fresh++;
	return row;
}

uint32_t
dp_add(struct model *model, uint32_t owner, uint32_t server)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = take_row(model), *last = &threads->extras[owner].last_dp;

	if (row == NAME_NONE) {
		model->truncation->lost.dps++;
		return NAME_NONE;
	}
	dps->rows[row] = (struct dp){ .server = server, .next = NAME_NONE };
	dps->extras[row] = (struct dp_extra){ .owner = owner, .ended = WHEN_NONE };
	if (*last == NAME_NONE)
		threads->rows[owner].first_dp = row;
	else
		dps->rows[*last].next = row;
	*last = row;
	return row;
}

static void
free_row(struct model *model, uint32_t row)
{
	struct dp_table *dps = &model->distmgr->dps;

	dp_unbind(model, row);
	dps->extras[row].owner = THREAD_NONE;
	dps->rows[row].next = dps->free;
	dps->free = row;
}

void
dp_remove(struct model *model, uint32_t owner, uint32_t row)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp *dps = model->distmgr->dps.rows;
	uint32_t *first = &threads->rows[owner].first_dp, before = NAME_NONE;

	for (uint32_t k = *first; k != row; k = dps[k].next)
		before = k;
	if (before == NAME_NONE)
		*first = dps[row].next;
	else
		dps[before].next = dps[row].next;
	if (threads->extras[owner].last_dp == row)
		threads->extras[owner].last_dp = before;
	free_row(model, row);
}

void
dps_remove_all(struct model *model, uint32_t owner)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[owner];
	uint32_t next;

	for (uint32_t k = thread->first_dp; k != NAME_NONE; k = next) {
		next = model->distmgr->dps.rows[k].next;
		free_row(model, k);
	}
	thread->first_dp = threads->extras[owner].last_dp = NAME_NONE;
}

/* The newest DP of the run with that name, one whose thread is not known first; server NAME_NONE: any that is not known. */
uint32_t
dp_named(const struct model *model, uint32_t thread, uint32_t server, bool unbound)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t found = NAME_NONE;

	for (uint32_t k = model->distmgr->threads.rows[thread].first_dp; k != NAME_NONE; k = dps->rows[k].next) {
		bool free = dps->rows[k].thread == 0 && dps->rows[k].state == DP_RUNNING;

		if ((server == NAME_NONE || dps->rows[k].server == server) && (free || !unbound))
			found = found != NAME_NONE && server == NAME_NONE ? found : k;
	}
	return found;
}

bool
dps_all_done(const struct model *model, uint32_t owner)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t first = model->distmgr->threads.rows[owner].first_dp;

	for (uint32_t k = first; k != NAME_NONE; k = dps->rows[k].next)
		if (dps->rows[k].state != DP_DONE)
			return false;
	return first != NAME_NONE;
}

/* ---- what can be asked ---- */

/* Each row is in one list, or free. */
const char *
dps_check(const struct model *model)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t listed = 0, owned = 0, free = 0;

	for (uint32_t i = 0; i < model->limits.threads; i++)
		for (uint32_t k = model->distmgr->threads.rows[i].first_dp; k != NAME_NONE; k = dps->rows[k].next) {
			if (dps->extras[k].owner != i)
				return "a DP is in the list of another package thread";
			if (++listed > dps->most)
				return "a list of DPs goes round";
		}
	for (uint32_t k = 0; k < dps->fresh; k++)
		owned += dps->extras[k].owner != THREAD_NONE;
	for (uint32_t k = dps->free; k != NAME_NONE && free <= dps->fresh; k = dps->rows[k].next)
		free++;
	if (listed != owned)
		return "a DP is in no list";
	return owned + free == dps->fresh ? NULL : "a DP is neither free nor in use";
}

const struct dp *
model_dp(const struct model *model, uint32_t i)
{
	return i == NAME_NONE ? NULL : &model->distmgr->dps.rows[i];
}

const char *
model_server(const struct model *model, uint32_t server)
{
	return intern_name(model->places->server_names, server);
}

const char *
dp_state_word(enum dp_state state)
{
	static const char *const words[] = {
		[DP_RUNNING] = "running",
		[DP_DONE] = "done",
		[DP_ENDED] = "ended",
		[DP_FAILED] = "failed",
	};

	return words[state];
}
