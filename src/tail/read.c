/* READ and LATE: what generations hold that are no longer at X.log. */
#include "state.h"

#include <string.h>

#define GRACE 500  /* ms that the rest of a line is waited for when its generation has ended */

bool
was_told(struct tail *tail, const struct seen *seen)
{
	return (tail->has_late && generation_is(&tail->late, seen, false)) || met_before(tail, seen);
}

/*
 * Between a generation and the one that was found under X.lo_ there were more,
 * if the second was made after the first had lost its name: in a gapless row it
 * is the second's own renaming that takes the first one's name away.
 */
static bool
row_has_gap(const struct generation *g, const struct generation *next)
{
	return next->between && g->slot >= 0 && g->unlinked && next->born != 0 && next->born >= g->changed;
}

static void
lose(struct tail *tail, uint64_t bytes)
{
	tail->missed += bytes;
	tail->status.missed += bytes;
	tail->status.gaps++;
	tail->gap = true;
}

static void
step_forward(struct tail *tail)
{
	memmove(tail->line, tail->line + 1, --tail->count * sizeof(*tail->line));
}

/* The first of the line has ended; the next one begins. */
static void
roll(struct tail *tail)
{
	struct generation *g = &tail->line[0];

	/* Its place is taken: whatever was written to the generation before has to be told now. */
	if (tail->has_late && tail->late.slot >= 0 && !tail->turning) {
		tail->turning = true;
		tail->step = STEP_LATE;
		return;
	}
	tail->turning = false;
	if (row_has_gap(g, g + 1))
		lose(tail, 0);
	if (!g->was_there)
		tail->status.rollovers++;
	if (tail->has_late)
		remember(tail, &tail->late);
	tail->late       = *g;
	tail->has_late   = true;
	tail->late_grown = g->was_there ? NEVER : tail->now;
	tail->rounds     = 0;
	step_forward(tail);
	/* What was found under X.lo_ before much was known of the log turns out to be a copy of it. */
	if (tail->count > 0 && g->between && begin_alike(g, &tail->late))
		step_forward(tail);
	tail->news[tail->news_count++] = (struct news){ .kind = NEWS_ROLLED, .missed = tail->missed, .gap = tail->gap };
	tail->missed = 0;
	tail->gap    = false;
	tail->grace  = tail->failing = tail->nuls = NEVER;
	tail->step   = tail->count > 1 ? STEP_READ : STEP_LOG;
}

/* Nothing more is in it now. A writer may be within a line: that is waited for, but no roll-over long. */
static void
read_to_end(struct tail *tail, struct generation *g)
{
	if (tail->count == 1) {
		tail->status.caught_up = true;
		end_round(tail);
	} else if (generation_midline(g) && !g->was_there && tail->count == 2 && !patience_ends(tail, &tail->grace, GRACE)) {
		unsettled(tail);
	} else {
		roll(tail);
	}
}

/* It cannot be found any more. */
static void
read_no_more(struct tail *tail, struct generation *g)
{
	if (tail->count == 1) {
		end_round(tail);
		return;
	}
	lose(tail, g->size - g->offset);
	roll(tail);
}

/* It cannot be read now. Only while X.log itself can be looked at does that count against it. */
static void
read_later(struct tail *tail, struct generation *g)
{
	bool log_fine = tail->status.as == SEEN_FILE || tail->status.as == SEEN_ABSENT;

	if (!log_fine)
		tail->failing = NEVER;
	if (tail->count == 1 || !log_fine || !patience_ends(tail, &tail->failing, PATIENCE)) {
		unsettled(tail);
	} else if (g->slot >= 0) {
		g->slot = -1;
		tail->failing = NEVER;
	} else {
		read_no_more(tail, g);
	}
}

/* An empty file has become a copy of another generation. */
static bool
copied_over(const struct tail *tail, const struct generation *g, const struct seen *seen)
{
	struct generation copy = generation_of(seen);

	for (size_t i = 0; i < tail->count; i++)
		if (g->head_size == 0 && g != &tail->line[i] && copy.head_size >= HEAD_ENOUGH
		    && begin_alike(&copy, &tail->line[i]))
			return true;
	return false;
}

static void
read_found(struct tail *tail, struct generation *g, const struct seen *seen)
{
	enum likeness like = generation_like(g, &tail->look, seen);

	/* Of which hardly anything is known, any file might be the rest. */
	if (g->head_size < HEAD_ENOUGH && tail->look.place == LOOK_PREVIOUS && was_told(tail, seen))
		like = LIKE_OTHER;
	if (copied_over(tail, g, seen))
		like = LIKE_OTHER;
	if (like == LIKE_SAME) {
		generation_learn(g, seen);
		if (read_on(tail, g, 0, seen)) {
			tail->grace = tail->failing = NEVER;
			return;
		}
		/* A share may show an old size: the end is where it was seen before, at least. */
		if (seen->size > g->offset || (!seen->local && g->size > g->offset)) {
			read_later(tail, g);
		} else if (g->size > g->offset) {
			read_no_more(tail, g);
		} else {
			tail->failing = NEVER;
			read_to_end(tail, g);
		}
	} else if (g->slot >= 0) {
		g->slot = -1;  /* overwritten in place: perhaps X.lo_ has a copy */
	} else if (like == LIKE_SHORTER && !seen->local) {
		read_later(tail, g);
	} else {
		read_no_more(tail, g);
	}
}

void
read_answered(struct tail *tail, const struct seen *seen)
{
	struct generation *g = &tail->line[0];

	switch (seen->as) {
	case SEEN_FILE:
		read_found(tail, g, seen);
		break;
	case SEEN_ABSENT:
	case SEEN_STRANGE:
		read_no_more(tail, g);
		break;
	case SEEN_DENIED:
	case SEEN_FAILED:
		read_later(tail, g);
		break;
	}
}

void
late_answered(struct tail *tail, const struct seen *seen)
{
	enum likeness like = LIKE_OTHER;

	if (seen->as == SEEN_FILE && !copied_over(tail, &tail->late, seen))
		like = generation_like(&tail->late, &tail->look, seen);
	if (like == LIKE_SAME) {
		generation_learn(&tail->late, seen);
		if (read_on(tail, &tail->late, 1, seen)) {
			tail->late_grown = tail->now;
			return;
		}
	} else if (like == LIKE_OTHER && (seen->as == SEEN_FILE || seen->as == SEEN_ABSENT)) {
		remember(tail, &tail->late);
		tail->has_late = false;
	}
	if (tail->turning && seen->as == SEEN_FAILED && !patience_ends(tail, &tail->failing, PATIENCE)) {
		tail->turning = false;
		unsettled(tail);
	} else if (tail->turning) {
		roll(tail);
	} else {
		tail->step = STEP_REST;
	}
}
