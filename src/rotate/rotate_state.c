/* What the steps of a rotation share. */
#include "rotate/rotate_state.h"

#include <string.h>

#define LATE_FRESH  60000 /* ms for which the previous generation is looked at in every round, */
#define LATE_ROUNDS 8     /* and later in every so many */

void
end_round(struct rotation *rotation)
{
	bool fresh = rotation->late_grown != NEVER && rotation->now - rotation->late_grown < LATE_FRESH;

	rotation->step = STEP_REST;
	rotation->status.late_fresh = fresh && rotation->has_late;
	if (rotation->has_late && (fresh || rotation->rounds++ % LATE_ROUNDS == 0))
		rotation->step = STEP_LATE;
}

void
retry_soon(struct rotation *rotation)
{
	rotation->step = STEP_REST;
	rotation->status.restless = true;
}

bool
timed_out(struct rotation *rotation, int64_t *since, int64_t milliseconds)
{
	if (*since == NEVER)
		*since = rotation->now;
	return rotation->now - *since >= milliseconds;
}

/* The one met longest ago is forgotten first. */
void
remember(struct rotation *rotation, const struct generation *g)
{
	if (g->head_size == 0)
		return;
	if (rotation->known_count == KNOWN_MOST)
		memmove(rotation->known, rotation->known + 1, --rotation->known_count * sizeof(*rotation->known));
	rotation->known[rotation->known_count++] = *g;
}

bool
met_before(struct rotation *rotation, const struct seen *seen)
{
	struct generation g;

	for (size_t i = 0; i < rotation->known_count; i++) {
		if (!generation_is(&rotation->known[i], seen, false, rotation->enough))
			continue;
		g = rotation->known[i];
		memmove(&rotation->known[i], &rotation->known[i + 1], (--rotation->known_count - i) * sizeof(g));
		remember(rotation, &g);
		return true;
	}
	return false;
}

bool
was_told(struct rotation *rotation, const struct seen *seen)
{
	return (rotation->has_late && generation_is(&rotation->late, seen, false, rotation->enough))
	       || met_before(rotation, seen);
}

void
record_loss(struct rotation *rotation, uint64_t bytes)
{
	rotation->missed += bytes;
	rotation->status.missed += bytes;
	rotation->status.gaps++;
	rotation->gap = true;
}

/* Every generation may begin with the same lines: those tell nothing. */
void
learn_alike(struct rotation *rotation, const struct generation *a, const struct generation *b)
{
	size_t enough = common_head(a, b) + HEAD_MORE;

	if (enough > rotation->enough)
		rotation->enough = enough;
}

void
report_rollover(struct rotation *rotation)
{
	rotation->news[rotation->news_count++] =
		(struct news){ .kind = NEWS_ROLLED, .missed = rotation->missed, .gap = rotation->gap };
	rotation->missed = 0;
	rotation->gap = false;
}

/* A file that was emptied and begun anew is held for its new generation alone. */
void
queue_add(struct rotation *rotation, const struct generation *g)
{
	for (size_t i = 0; i < rotation->count; i++)
		if (rotation->queue[i].slot == g->slot)
			rotation->queue[i].slot = -1;
	if (rotation->has_late && rotation->late.slot == g->slot)
		rotation->late.slot = -1;
	rotation->queue[rotation->count] = *g;
	rotation->queue[rotation->count].after_gap = rotation->unseen && rotation->count > 0;
	/* There was no log when we came, and the first one seen is not the first. */
	if (rotation->unseen && rotation->count == 0) {
		record_loss(rotation, 0);
		report_rollover(rotation);
	}
	rotation->unseen = false;
	rotation->count++;
}

/*
 * NULs at the end of what was read are most likely bytes that have not arrived
 * yet: a share may tell of a new size first. A line of UTF-16 ends with one.
 */
static size_t
without_nuls(struct rotation *rotation, const char *bytes, size_t size)
{
	size_t end = size;

	while (end > 0 && bytes[end - 1] == '\0')
		end--;
	if (size - end < 2) {
		rotation->nuls = NEVER;
		return size;
	}
	if (timed_out(rotation, &rotation->nuls, rotation->status.caught_up ? TIMEOUT : START_TIMEOUT))
		return size;
	rotation->status.restless = true;
	return end;
}

/* Tells what is new in the bytes seen, if any. The first ones are those before the offset. */
bool
read_on(struct rotation *rotation, struct generation *g, unsigned stream, const struct seen *seen)
{
	const char *bytes = seen->data + g->anchor_size;
	size_t size = seen->data_size - g->anchor_size;

	if (size > 0)
		size = without_nuls(rotation, bytes, size);
	if (size == 0)
		return false;
	rotation->news[rotation->news_count++] = (struct news){
		.kind = NEWS_BYTES,
		.stream = stream,
		.offset = g->offset,
		.bytes = bytes,
		.size = size,
	};
	generation_take(g, bytes, size);
	rotation->status.bytes += size;
	if (rotation->status.caught_up)
		rotation->status.grown = rotation->now;
	return true;
}
