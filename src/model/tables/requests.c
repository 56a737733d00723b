/*
 * Send requests as the scheduler lists them: a table that grows to its bound.
 *
 * Once a whole list has been read the requests are the truth about what waits,
 * and not the count by due lines. A request waits unless a job carries it, it
 * was sent whole, or the list itself says that it is being sent.
 */
#include "model/tables/requests.h"

#include <stdlib.h>
#include <string.h>

#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/tables/truncated.h"

struct requests *
requests_new(void)
{
	struct requests *requests = calloc(1, sizeof(*requests));

	if (!requests)
		return NULL;
	requests->free = requests->row = REQUEST_NONE;
	requests->list_component = NAME_NONE;
	requests->listed_at = requests->begun = WHEN_NONE;
	return requests;
}

void
requests_free(struct requests *requests)
{
	if (!requests)
		return;
	free(requests->rows);
	hash_index_destroy(&requests->index);
	free(requests);
}

void
request_id(struct span id, char *out, size_t size)
{
	span_copy(span_stored(id).size < size ? id : SPAN(""), out, size);
}

uint64_t
request_key(struct span id)
{
	return hash_nocase(HASH_START, span_stored(id));
}

uint32_t
request_find(const struct model *model, struct span id)
{
	const struct requests *requests = model->requests;
	uint32_t i;

	id = span_stored(id);
	if (requests->allocated == 0 || id.size == 0)
		return REQUEST_NONE;
	i = hash_index_first(&requests->index, request_key(id));
	while (i != HASH_INDEX_NONE && !span_is_nocase(span_of(requests->rows[i].id), id))
		i = hash_index_next(&requests->index, i);
	return i == HASH_INDEX_NONE ? REQUEST_NONE : i;
}

/* As for pairs: a large index is large enough for good, so that it is never filled anew with all there is. */
#define INDEX_LARGE 32768

static bool
grow_index(struct requests *requests, uint32_t allocated, uint32_t most)
{
	struct hash_index index;

	if (allocated > INDEX_LARGE)
		allocated = most;
	if (allocated <= requests->indexed)
		return true;
	if (!hash_index_init(&index, allocated)) {
		hash_index_destroy(&index);
		return false;
	}
	hash_index_destroy(&requests->index);
	requests->index = index;
	requests->indexed = allocated;
	for (uint32_t i = 0; i < requests->used; i++)
		if (requests->rows[i].id[0])
			hash_index_add(&requests->index, request_key(span_of(requests->rows[i].id)), i);
	return true;
}

static bool
grow(struct requests *requests, uint32_t most)
{
	uint32_t allocated = requests->allocated ? requests->allocated * 2 : 256;
	struct request *rows;

	if (allocated > most)
		allocated = most;
	if (allocated == requests->allocated || !grow_index(requests, allocated, most))
		return false;
	rows = realloc(requests->rows, allocated * sizeof(*rows));
	if (!rows)
		return false;
	requests->rows = rows;
	requests->allocated = allocated;
	return true;
}

uint32_t
request_at(struct model *model, struct span id)
{
	struct requests *requests = model->requests;
	uint32_t i = request_find(model, id);
	struct request *row;

	id = span_stored(id);
	if (i != REQUEST_NONE || id.size == 0 || id.size >= sizeof(row->id))
		return i;
	if (requests->free != REQUEST_NONE) {
		i = requests->free;
		requests->free = requests->rows[i].next_free;
	} else if (requests->used < requests->allocated || grow(requests, model->limits.pairs)) {
		i = requests->used++;
	} else {
		model->truncation->lost.requests++;
		return REQUEST_NONE;
	}
	row = &requests->rows[i];
	*row = (struct request){
		.package = NAME_NONE, .site = NAME_NONE, .carrier = NAME_NONE, .list = requests->list
	};
	span_copy(id, row->id, sizeof(row->id));
	row->order = ++requests->order;
	row->second = model->newest == WHEN_NONE ? 0 : (uint32_t)(model->newest / WHEN_SECOND);
	hash_index_add(&requests->index, request_key(id), i);
	requests->count++;
	return i;
}

/* ---- what waits ---- */

static void
wait(struct model *model, struct request *row, int change)
{
	struct package *package = &model->places->packages[row->package];
	struct pair *pair = pair_at(model, row->package, row->site);

	if (!pair)
		return;
	row->counted = change > 0;
	pair_wait(model, pair, change);
	if (row->sized)
		package->waiting_kbytes += (uint64_t)((int64_t)row->left * change);
	else
		package->waiting_unsized += (uint64_t)(int64_t)change;
}

void
request_count(struct model *model, uint32_t i)
{
	struct request *row = &model->requests->rows[i];
	bool waits = model->requests->active && row->package != NAME_NONE && row->site != NAME_NONE
	             && row->carrier == NAME_NONE && !row->completed && !row->runs;

	if (waits != row->counted)
		wait(model, row, waits ? +1 : -1);
}

void
request_uncount(struct model *model, uint32_t i)
{
	struct request *row = &model->requests->rows[i];

	if (row->counted)
		wait(model, row, -1);
}

void
request_remove(struct model *model, uint32_t i)
{
	struct requests *requests = model->requests;

	request_uncount(model, i);
	hash_index_remove(&requests->index, request_key(span_of(requests->rows[i].id)), i);
	requests->rows[i].id[0] = '\0';
	requests->rows[i].next_free = requests->free;
	requests->free = i;
	requests->count--;
}

/* ---- the jobs that carry them ---- */

void
request_carry(struct model *model, uint32_t i, uint32_t job)
{
	struct request *row = &model->requests->rows[i];

	row->carrier = job;
	row->runs = row->listed.runs = false;
	row->completed = false;
	request_count(model, i);
}

void
request_put_down(struct model *model, struct span id, uint32_t job, enum job_state state)
{
	uint32_t i = request_find(model, id);
	struct request *row;

	if (i == REQUEST_NONE || model->requests->rows[i].carrier != job)
		return;
	row = &model->requests->rows[i];
	row->carrier = NAME_NONE;
	row->completed = state == JOB_DONE;
	row->runs = state == JOB_LOST; /* until the next list says what became of it */
	row->listed.runs = row->runs;
	request_count(model, i);
}

uint64_t
model_request_kbytes(const struct model *model, const char *request)
{
	uint32_t i = request_find(model, span_of(request));

	return i == REQUEST_NONE ? 0 : model->requests->rows[i].kbytes;
}
