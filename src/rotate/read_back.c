/* READ and LATE: what generations hold that are no longer at X.log. */
#include "rotate/rotate_state.h"

#include <string.h>

#define GRACE 500  /* ms that the rest of a line is waited for when its generation has ended */

bool
was_told(struct tail *tail, const struct seen *seen)
{
	return (tail->has_late && generation_is(&tail->late, seen, false, tail->enough)) || met_before(tail, seen);
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
step_forward(struct tail *tail)
{
	memmove(tail->line, tail->line + 1, --tail->count * sizeof(*tail->line));
}

/*
 * What was found under X.lo_ before much was known of the log turns out to be a
 * copy of it. Of a short one that is believed only if the log was emptied in place.
 */
static bool
is_copy(const struct tail *tail, const struct generation *g)
{
	if (!g->between || !begin_alike(g, &tail->late, tail->enough))
		return false;
	return g->head_size >= tail->enough || (tail->count > 1 && g[1].device == tail->late.device && g[1].inode == tail->late.inode);
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
	if (g[1].after_gap || (!tail->births && row_has_gap(g, g + 1)))
		lose(tail, 0);
	if (!g->was_there)
		tail->status.rollovers++;
	if (tail->has_late)
		remember(tail, &tail->late);
	tail->late       = *g;
	/* What was emptied in place has left a copy, and nobody writes to that. */
	tail->has_late   = g->slot >= 0 || g[1].device != g->device || g[1].inode != g->inode;
	if (!tail->has_late)
		remember(tail, g);
	tail->late_grown = g->was_there ? NEVER : tail->now;
	tail->rounds     = 0;
	step_forward(tail);
	if (is_copy(tail, g))
		step_forward(tail);
	learn_alike(tail, &tail->late, g);
	tell_roll(tail);
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
	if (tail->count > 2 && g->slot < 0)
		read_no_more(tail, g);  /* X.lo_ has been another's since */
	else if (tail->count == 1 || !log_fine || !patience_ends(tail, &tail->failing, PATIENCE)) {
		unsettled(tail);
	} else if (g->slot >= 0) {
		g->slot = -1;
		tail->failing = NEVER;
	} else {
		read_no_more(tail, g);
	}
}

/*
 * Where generations begin alike, what is seen in the place of one may as well be
 * a later one that has rolled in its turn, or was copied over it: the one of which
 * it has more is believed, and of two that are alike in all that is known, the one
 * that it is by its inode. What a writer adds late is like no other.
 */
static bool
belongs_to_later(const struct tail *tail, const struct generation *g, const struct seen *seen, size_t more)
{
	for (size_t i = 0; i < tail->count; i++) {
		const struct generation *later = &tail->line[i];
		size_t both = later->head_size < seen->head_size ? later->head_size : seen->head_size;

		if (later != g && both >= g->head_size + more
		    && heads_agree(later->head, later->head_size, seen->head, seen->head_size))
			return true;
	}
	return false;
}

/* An empty file has become a copy of another generation. */
static bool
copied_over(const struct tail *tail, const struct generation *g, const struct seen *seen)
{
	for (size_t i = 0; i < tail->count; i++) {
		const struct generation *other = &tail->line[i];

		if (g->head_size == 0 && g != other && other->head_size >= tail->enough && seen->head_size >= tail->enough
		    && heads_agree(seen->head, seen->head_size, other->head, other->head_size))
			return true;
	}
	return false;
}

/* The file that is held was emptied and written anew: unless it is a copy of another, only it has what it holds now. */
static void
begun_anew(struct tail *tail, const struct seen *seen)
{
	if (seen->head_size == 0 || tail->count == LINE_MOST)
		return;
	for (size_t i = 1; i < tail->count; i++)
		if (tail->line[i].head_size > 0
		    && heads_agree(seen->head, seen->head_size, tail->line[i].head, tail->line[i].head_size))
			return;
	memmove(tail->line + 2, tail->line + 1, (tail->count++ - 1) * sizeof(*tail->line));
	tail->line[1] = generation_of(seen);
}

/* The file belongs to a later one of the line. */
static bool
stands_behind(const struct tail *tail, const struct seen *seen)
{
	for (size_t i = 1; i < tail->count; i++)
		if (same_file(&tail->line[i], seen))
			return true;
	return false;
}

/* An empty one was followed by another file, not emptied in place: then X.lo_ is that file and no copy. */
static bool
gave_way(const struct tail *tail, const struct seen *seen)
{
	const struct generation *g = &tail->line[0];

	return g->head_size == 0 && !tail->inodes_lie && !same_file(g, seen)
	    && (tail->count == 1 || g[1].device != g->device || g[1].inode != g->inode);
}

/* What was found where the rest of the first of the line should be. */
static enum likeness
like_rest(struct tail *tail, const struct generation *g, const struct seen *seen)
{
	struct generation other;

	if (tail->look.place == LOOK_PREVIOUS && gave_way(tail, seen)) {
		other = generation_of(seen);
		if (!met_before(tail, seen))
			remember(tail, &other);
		return LIKE_OTHER;
	}
	/* Of which hardly anything is known, any file might be the rest. */
	if (g->head_size < tail->enough && tail->look.place == LOOK_PREVIOUS
	    && (was_told(tail, seen) || stands_behind(tail, seen)))
		return LIKE_OTHER;
	return copied_over(tail, g, seen) || belongs_to_later(tail, g, seen, HEAD_ENOUGH) ? LIKE_OTHER : generation_like(g, &tail->look, seen);
}

static void
read_found(struct tail *tail, struct generation *g, const struct seen *seen)
{
	enum likeness like = like_rest(tail, g, seen);

	if (like == LIKE_SAME) {
		generation_learn(g, seen);
		if (read_on(tail, g, 0, seen)) {
			tail->grace = tail->failing = NEVER;
			/* Sizes are true here, and no look more is made than it takes: the next may end soon. */
			if (seen->local && tail->count > 1 && g->offset == g->size && !generation_midline(g))
				roll(tail);
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
		begun_anew(tail, seen);
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

/*
 * The generation before was empty when it ended, so that nothing tells its file
 * from others by content. Bytes in it now are late ones of its writer, unless
 * they came when the next generation had ended as well: then they are a copy of
 * one that followed.
 */
static bool
taken_over(const struct tail *tail, const struct seen *seen)
{
	const struct generation *g = &tail->line[0];

	if (tail->late.head_size > 0 || seen->head_size == 0)
		return false;
	if (!same_file(&tail->late, seen))
		return true;
	if (tail->count > 0 && g->unlinked)
		return seen->written >= g->changed;
	return tail->turning ? g->slot < 0 : tail->status.as == SEEN_ABSENT && !seen->unlinked;
}

void
late_answered(struct tail *tail, const struct seen *seen)
{
	enum likeness like = LIKE_OTHER;

	if (seen->as == SEEN_FILE && !copied_over(tail, &tail->late, seen)
	    && !belongs_to_later(tail, &tail->late, seen, same_file(&tail->late, seen) ? HEAD_ENOUGH : 0))
		like = generation_like(&tail->late, &tail->look, seen);
	if (like == LIKE_SAME && taken_over(tail, seen)) {
		like = LIKE_OTHER;
		if (tail->turning)
			begun_anew(tail, seen);
	}
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
