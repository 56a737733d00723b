#include "rotate/rotate_state.h"

#include <stdlib.h>
#include <string.h>

#define LATE_FRESH  60000 /* ms for which the previous generation is looked at in every round, */
#define LATE_ROUNDS 8     /* and later in every so many */

struct rotation *
rotation_new(bool previous, size_t chunk)
{
	struct rotation *rotation = calloc(1, sizeof(*rotation));

	if (!rotation)
		return NULL;
	rotation->previous = previous;
	rotation->chunk = chunk;
	rotation->enough = HEAD_ENOUGH;
	rotation->grace = rotation->failing = rotation->suspect = rotation->nuls = NEVER;
	rotation->status.grown = NEVER;
	rotation->due = true;
	return rotation;
}

void
rotation_free(struct rotation *rotation)
{
	free(rotation);
}

void
rotation_begin_late(struct rotation *rotation, uint64_t bytes)
{
	rotation->context = bytes;
}

void
rotation_poke(struct rotation *rotation, int64_t now)
{
	rotation->now = now;
	rotation->due = true;
}

static unsigned
slots_in_use(const struct rotation *rotation)
{
	unsigned held = 0;

	for (size_t i = 0; i < rotation->count; i++)
		if (rotation->line[i].slot >= 0)
			held |= 1u << rotation->line[i].slot;
	if (rotation->has_late && rotation->late.slot >= 0)
		held |= 1u << rotation->late.slot;
	if (rotation->step == STEP_CHECK && rotation->candidate.slot >= 0)
		held |= 1u << rotation->candidate.slot;
	return held;
}

static int
free_slot(unsigned held)
{
	int slot = 0;

	while (held & (1u << slot))
		slot++;
	return slot;
}

/* From before the offset, so that the bytes there can be compared. */
static void
want_bytes(struct look *look, const struct rotation *rotation, const struct generation *g)
{
	look->offset = g->offset - g->anchor_size;
	look->want = rotation->chunk + g->anchor_size;
}

static void
want_rest(struct look *look, const struct rotation *rotation, const struct generation *g)
{
	look->place = LOOK_PREVIOUS;
	if (g->slot >= 0) {
		look->place = LOOK_HELD;
		look->slot = g->slot;
	}
	want_bytes(look, rotation, g);
}

bool
rotation_wants(struct rotation *rotation, struct look *out)
{
	struct look look = { 0 };

	if (rotation->news_told < rotation->news_count)
		return false;
	/* Also between two pieces of a long read, so that a roll-over meanwhile is seen and its file held. */
	if (rotation->due && (rotation->step == STEP_REST || rotation->step == STEP_READ)) {
		rotation->due = false;
		/* What waits to be seen at X.log must find room in the line. */
		rotation->step = is_full(rotation) && rotation->status.local ? STEP_READ : STEP_LOG;
	}
	look.held = slots_in_use(rotation);
	look.slot = free_slot(look.held);
	switch (rotation->step) {
	case STEP_REST: return false;
	case STEP_LOG:
		look.place = LOOK_LOG;
		if (rotation->count == 1)
			want_bytes(&look, rotation, newest(rotation));
		break;
	case STEP_CHECK: look.place = LOOK_PREVIOUS; break;
	case STEP_READ: want_rest(&look, rotation, &rotation->line[0]); break;
	case STEP_LATE: want_rest(&look, rotation, &rotation->late); break;
	}
	*out = rotation->look = look;
	return true;
}

static uint64_t
left(const struct rotation *rotation)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < rotation->count; i++)
		bytes += rotation->line[i].size - rotation->line[i].offset;
	return bytes;
}

static int
progress(const struct rotation *rotation)
{
	uint64_t whole = rotation->status.bytes + rotation->status.left;

	if (rotation->status.caught_up)
		return 100;
	return whole ? (int)((double)rotation->status.bytes * 100.0 / (double)whole) : 0;
}

void
rotation_answer(struct rotation *rotation, int64_t now, const struct seen *seen)
{
	rotation->now = now;
	rotation->news_count = rotation->news_told = 0;
	switch (rotation->step) {
	case STEP_REST: break;
	case STEP_LOG: log_answered(rotation, seen); break;
	case STEP_CHECK: check_answered(rotation, seen); break;
	case STEP_READ: read_answered(rotation, seen); break;
	case STEP_LATE: late_answered(rotation, seen); break;
	}
	rotation->status.left = rotation->status.caught_up ? 0 : left(rotation);
	rotation->status.progress = progress(rotation);
}

bool
rotation_next(struct rotation *rotation, struct news *out)
{
	if (rotation->news_told == rotation->news_count)
		return false;
	*out = rotation->news[rotation->news_told++];
	return true;
}

const struct rotation_status *
rotation_status(const struct rotation *rotation)
{
	return &rotation->status;
}

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
unsettled(struct rotation *rotation)
{
	rotation->step = STEP_REST;
	rotation->status.restless = true;
}

bool
patience_ends(struct rotation *rotation, int64_t *since, int64_t milliseconds)
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

void
lose(struct rotation *rotation, uint64_t bytes)
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
tell_roll(struct rotation *rotation)
{
	rotation->news[rotation->news_count++] =
		(struct news){ .kind = NEWS_ROLLED, .missed = rotation->missed, .gap = rotation->gap };
	rotation->missed = 0;
	rotation->gap = false;
}

/* A file that was emptied and begun anew is held for its new generation alone. */
void
stand_in_line(struct rotation *rotation, const struct generation *g)
{
	for (size_t i = 0; i < rotation->count; i++)
		if (rotation->line[i].slot == g->slot)
			rotation->line[i].slot = -1;
	if (rotation->has_late && rotation->late.slot == g->slot)
		rotation->late.slot = -1;
	rotation->line[rotation->count] = *g;
	rotation->line[rotation->count].after_gap = rotation->unseen && rotation->count > 0;
	/* There was no log when we came, and the first one seen is not the first. */
	if (rotation->unseen && rotation->count == 0) {
		lose(rotation, 0);
		tell_roll(rotation);
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
	if (patience_ends(rotation, &rotation->nuls, rotation->status.caught_up ? PATIENCE : START_PATIENCE))
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
