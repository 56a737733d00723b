#include "rotate/rotate_state.h"

#include <stdlib.h>
#include <string.h>

#define LATE_FRESH   60000  /* ms for which the previous generation is looked at in every round, */
#define LATE_ROUNDS  8      /* and later in every so many */

struct tail *
tail_new(bool previous, size_t chunk)
{
	struct tail *tail = calloc(1, sizeof(*tail));

	if (!tail)
		return NULL;
	tail->previous = previous;
	tail->chunk    = chunk;
	tail->enough   = HEAD_ENOUGH;
	tail->grace = tail->failing = tail->suspect = tail->nuls = NEVER;
	tail->status.grown = NEVER;
	tail->due = true;
	return tail;
}

void
tail_free(struct tail *tail)
{
	free(tail);
}

void
tail_begin_late(struct tail *tail, uint64_t bytes)
{
	tail->context = bytes;
}

void
tail_poke(struct tail *tail, int64_t now)
{
	tail->now = now;
	tail->due = true;
}

static unsigned
slots_in_use(const struct tail *tail)
{
	unsigned held = 0;

	for (size_t i = 0; i < tail->count; i++)
		if (tail->line[i].slot >= 0)
			held |= 1u << tail->line[i].slot;
	if (tail->has_late && tail->late.slot >= 0)
		held |= 1u << tail->late.slot;
	if (tail->step == STEP_CHECK && tail->candidate.slot >= 0)
		held |= 1u << tail->candidate.slot;
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
want_bytes(struct look *look, const struct tail *tail, const struct generation *g)
{
	look->offset = g->offset - g->anchor_size;
	look->want   = tail->chunk + g->anchor_size;
}

static void
want_rest(struct look *look, const struct tail *tail, const struct generation *g)
{
	look->place = LOOK_PREVIOUS;
	if (g->slot >= 0) {
		look->place = LOOK_HELD;
		look->slot  = g->slot;
	}
	want_bytes(look, tail, g);
}

bool
tail_wants(struct tail *tail, struct look *out)
{
	struct look look = { 0 };

	if (tail->news_told < tail->news_count)
		return false;
	/* Also between two pieces of a long read, so that a roll-over meanwhile is seen and its file held. */
	if (tail->due && (tail->step == STEP_REST || tail->step == STEP_READ)) {
		tail->due  = false;
		/* What waits to be seen at X.log must find room in the line. */
		tail->step = is_full(tail) && tail->status.local ? STEP_READ : STEP_LOG;
	}
	look.held = slots_in_use(tail);
	look.slot = free_slot(look.held);
	switch (tail->step) {
	case STEP_REST:
		return false;
	case STEP_LOG:
		look.place = LOOK_LOG;
		if (tail->count == 1)
			want_bytes(&look, tail, newest(tail));
		break;
	case STEP_CHECK:
		look.place = LOOK_PREVIOUS;
		break;
	case STEP_READ:
		want_rest(&look, tail, &tail->line[0]);
		break;
	case STEP_LATE:
		want_rest(&look, tail, &tail->late);
		break;
	}
	*out = tail->look = look;
	return true;
}

static uint64_t
left(const struct tail *tail)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < tail->count; i++)
		bytes += tail->line[i].size - tail->line[i].offset;
	return bytes;
}

static int
progress(const struct tail *tail)
{
	uint64_t whole = tail->status.bytes + tail->status.left;

	if (tail->status.caught_up)
		return 100;
	return whole ? (int)((double)tail->status.bytes * 100.0 / (double)whole) : 0;
}

void
tail_answer(struct tail *tail, int64_t now, const struct seen *seen)
{
	tail->now = now;
	tail->news_count = tail->news_told = 0;
	switch (tail->step) {
	case STEP_REST:
		break;
	case STEP_LOG:
		log_answered(tail, seen);
		break;
	case STEP_CHECK:
		check_answered(tail, seen);
		break;
	case STEP_READ:
		read_answered(tail, seen);
		break;
	case STEP_LATE:
		late_answered(tail, seen);
		break;
	}
	tail->status.left     = tail->status.caught_up ? 0 : left(tail);
	tail->status.progress = progress(tail);
}

bool
tail_next(struct tail *tail, struct news *out)
{
	if (tail->news_told == tail->news_count)
		return false;
	*out = tail->news[tail->news_told++];
	return true;
}

const struct tail_status *
tail_status(const struct tail *tail)
{
	return &tail->status;
}

void
end_round(struct tail *tail)
{
	bool fresh = tail->late_grown != NEVER && tail->now - tail->late_grown < LATE_FRESH;

	tail->step = STEP_REST;
	tail->status.late_fresh = fresh && tail->has_late;
	if (tail->has_late && (fresh || tail->rounds++ % LATE_ROUNDS == 0))
		tail->step = STEP_LATE;
}

void
unsettled(struct tail *tail)
{
	tail->step = STEP_REST;
	tail->status.restless = true;
}

bool
patience_ends(struct tail *tail, int64_t *since, int64_t milliseconds)
{
	if (*since == NEVER)
		*since = tail->now;
	return tail->now - *since >= milliseconds;
}

/* The one met longest ago is forgotten first. */
void
remember(struct tail *tail, const struct generation *g)
{
	if (g->head_size == 0)
		return;
	if (tail->known_count == KNOWN_MOST)
		memmove(tail->known, tail->known + 1, --tail->known_count * sizeof(*tail->known));
	tail->known[tail->known_count++] = *g;
}

bool
met_before(struct tail *tail, const struct seen *seen)
{
	struct generation g;

	for (size_t i = 0; i < tail->known_count; i++) {
		if (!generation_is(&tail->known[i], seen, false, tail->enough))
			continue;
		g = tail->known[i];
		memmove(&tail->known[i], &tail->known[i + 1], (--tail->known_count - i) * sizeof(g));
		remember(tail, &g);
		return true;
	}
	return false;
}

void
lose(struct tail *tail, uint64_t bytes)
{
	tail->missed += bytes;
	tail->status.missed += bytes;
	tail->status.gaps++;
	tail->gap = true;
}

/* Every generation may begin with the same lines: those tell nothing. */
void
learn_alike(struct tail *tail, const struct generation *a, const struct generation *b)
{
	size_t enough = common_head(a, b) + HEAD_MORE;

	if (enough > tail->enough)
		tail->enough = enough;
}

void
tell_roll(struct tail *tail)
{
	tail->news[tail->news_count++] = (struct news){ .kind = NEWS_ROLLED, .missed = tail->missed, .gap = tail->gap };
	tail->missed = 0;
	tail->gap    = false;
}

/* A file that was emptied and begun anew is held for its new generation alone. */
void
stand_in_line(struct tail *tail, const struct generation *g)
{
	for (size_t i = 0; i < tail->count; i++)
		if (tail->line[i].slot == g->slot)
			tail->line[i].slot = -1;
	if (tail->has_late && tail->late.slot == g->slot)
		tail->late.slot = -1;
	tail->line[tail->count] = *g;
	tail->line[tail->count].after_gap = tail->unseen && tail->count > 0;
	/* There was no log when we came, and the first one seen is not the first. */
	if (tail->unseen && tail->count == 0) {
		lose(tail, 0);
		tell_roll(tail);
	}
	tail->unseen = false;
	tail->count++;
}

/*
 * NULs at the end of what was read are most likely bytes that have not arrived
 * yet: a share may tell of a new size first. A line of UTF-16 ends with one.
 */
static size_t
without_nuls(struct tail *tail, const char *bytes, size_t size)
{
	size_t end = size;

	while (end > 0 && bytes[end - 1] == '\0')
		end--;
	if (size - end < 2) {
		tail->nuls = NEVER;
		return size;
	}
	if (patience_ends(tail, &tail->nuls, tail->status.caught_up ? PATIENCE : START_PATIENCE))
		return size;
	tail->status.restless = true;
	return end;
}

/* Tells what is new in the bytes seen, if any. The first ones are those before the offset. */
bool
read_on(struct tail *tail, struct generation *g, unsigned stream, const struct seen *seen)
{
	const char *bytes = seen->data + g->anchor_size;
	size_t      size  = seen->data_size - g->anchor_size;

	if (size > 0)
		size = without_nuls(tail, bytes, size);
	if (size == 0)
		return false;
	tail->news[tail->news_count++] = (struct news){
		.kind = NEWS_BYTES, .stream = stream, .offset = g->offset, .bytes = bytes, .size = size,
	};
	generation_take(g, bytes, size);
	tail->status.bytes += size;
	if (tail->status.caught_up)
		tail->status.grown = tail->now;
	return true;
}
