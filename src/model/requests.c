/*
 * Send requests as the scheduler lists them: a table that grows to its bound.
 *
 * Once a whole list has been read the requests are the truth about what waits,
 * and not the count by due lines. A request waits unless a job carries it, it
 * was sent whole, or the list itself says that it is being sent.
 */
#include "model/requests.h"

#include <stdlib.h>
#include <string.h>

#include "model/pairs.h"
#include "model/places.h"
#include "model/truncated.h"

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
	free(requests->buckets);
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
	uint64_t hash = 14695981039346656037u;

	id = span_stored(id);
	for (size_t i = 0; i < id.size; i++)
		hash = (hash ^ (unsigned char)to_lower(id.at[i])) * 1099511628211u;
	return hash;
}

static uint32_t
bucket_of(const struct requests *requests, struct span id)
{
	return (uint32_t)(request_key(id) >> 32) & requests->mask;
}

uint32_t
request_find(const struct model *model, struct span id)
{
	const struct requests *requests = model->requests;
	uint32_t i;

	id = span_stored(id);
	if (requests->allocated == 0 || id.size == 0)
		return REQUEST_NONE;
	i = requests->buckets[bucket_of(requests, id)];
	while (i != REQUEST_NONE && !span_is_nocase(span_of(requests->rows[i].id), id))
		i = requests->rows[i].next;
	return i;
}

static void
rehash(struct requests *requests)
{
	for (uint32_t i = 0; i <= requests->mask; i++)
		requests->buckets[i] = REQUEST_NONE;
	for (uint32_t i = 0; i < requests->used; i++) {
		uint32_t *bucket;

		if (!requests->rows[i].id[0])
			continue;
		bucket = &requests->buckets[bucket_of(requests, span_of(requests->rows[i].id))];
		requests->rows[i].next = *bucket;
		*bucket = i;
	}
}

/* As for pairs: a large index is large enough for good, so that it is never filled anew with all there is. */
#define INDEX_LARGE 32768

static bool
grow_index(struct requests *requests, uint32_t allocated, uint32_t most)
{
	uint32_t buckets = 1, *index;

	if (allocated > INDEX_LARGE)
		allocated = most;
	while (buckets < allocated)
		buckets *= 2;
	if (requests->buckets && buckets == requests->mask + 1)
		return true;
	index = malloc(buckets * sizeof(*index));
	if (!index)
		return false;
	free(requests->buckets);
	requests->buckets = index;
	requests->mask = buckets - 1;
	rehash(requests);
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
	uint32_t i = request_find(model, id), *bucket;
	struct request *row;

	id = span_stored(id);
	if (i != REQUEST_NONE || id.size == 0 || id.size >= sizeof(row->id))
		return i;
	if (requests->free != REQUEST_NONE) {
		i = requests->free;
		requests->free = requests->rows[i].next;
	} else if (requests->used < requests->allocated || grow(requests, model->limits.pairs)) {
		i = requests->used++;
	} else {
		model->truncation->lost.requests++;
		return REQUEST_NONE;
	}
	row = &requests->rows[i];
	bucket = &requests->buckets[bucket_of(requests, id)];
	*row = (struct request){
		.package = NAME_NONE, .site = NAME_NONE, .carrier = NAME_NONE, .list = requests->list
	};
	span_copy(id, row->id, sizeof(row->id));
	row->order = ++requests->order;
	row->second = model->newest == WHEN_NONE ? 0 : (uint32_t)(model->newest / WHEN_SECOND);
	row->next = *bucket;
	*bucket = i;
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
	uint32_t *at = &requests->buckets[bucket_of(requests, span_of(requests->rows[i].id))];

	request_uncount(model, i);
	while (*at != i)
		at = &requests->rows[*at].next;
	*at = requests->rows[i].next;
	requests->rows[i].id[0] = '\0';
	requests->rows[i].next = requests->free;
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
