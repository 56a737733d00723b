#include "rotate/rotate_state.h"

#include <stdlib.h>

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
		if (rotation->queue[i].slot >= 0)
			held |= 1u << rotation->queue[i].slot;
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
		/* What waits to be seen at X.log must find room in the queue. */
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
	case STEP_READ: want_rest(&look, rotation, &rotation->queue[0]); break;
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
		bytes += rotation->queue[i].size - rotation->queue[i].offset;
	return bytes;
}

static int
progress(const struct rotation *rotation)
{
	uint64_t total = rotation->status.bytes + rotation->status.left;

	if (rotation->status.caught_up)
		return 100;
	return total ? (int)((double)rotation->status.bytes * 100.0 / (double)total) : 0;
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
