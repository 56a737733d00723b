/* READ and LATE: what generations hold that are no longer at X.log. */
#include "rotate/rotate_state.h"

#include <string.h>

#define GRACE 500 /* ms that the rest of a line is waited for when its generation has ended */

/*
 * Between a generation and the one that was found under X.lo_ there were more,
 * if the second was made after the first had lost its name: in a gapless row it
 * is the second's own renaming that takes the first one's name away.
 */
static bool
queue_has_gap(const struct generation *g, const struct generation *next)
{
	return next->between && g->slot >= 0 && g->unlinked && next->created != 0 && next->created >= g->changed;
}

static void
step_forward(struct rotation *rotation)
{
	memmove(rotation->queue, rotation->queue + 1, --rotation->count * sizeof(*rotation->queue));
}

/*
 * What was found under X.lo_ before much was known of the log turns out to be a
 * copy of it. Of a short one that is believed only if the log was emptied in place.
 */
static bool
is_copy(const struct rotation *rotation, const struct generation *g)
{
	if (!g->between || !begin_alike(g, &rotation->late, rotation->enough))
		return false;
	return g->head_size >= rotation->enough
	       || (rotation->count > 1 && g[1].device == rotation->late.device && g[1].inode == rotation->late.inode);
}

/* The first of the queue has ended; the next one begins. */
static void
roll(struct rotation *rotation)
{
	struct generation *g = &rotation->queue[0];

	/* Its place is taken: whatever was written to the generation before has to be told now. */
	if (rotation->has_late && rotation->late.slot >= 0 && !rotation->last_look) {
		rotation->last_look = true;
		rotation->step = STEP_LATE;
		return;
	}
	rotation->last_look = false;
	if (g[1].after_gap || (!rotation->creations && queue_has_gap(g, g + 1)))
		record_loss(rotation, 0);
	if (!g->was_there)
		rotation->status.rollovers++;
	if (rotation->has_late)
		remember(rotation, &rotation->late);
	rotation->late = *g;
	/* What was emptied in place has left a copy, and nobody writes to that. */
	rotation->has_late = g->slot >= 0 || g[1].device != g->device || g[1].inode != g->inode;
	if (!rotation->has_late)
		remember(rotation, g);
	rotation->late_grown = g->was_there ? NEVER : rotation->now;
	rotation->rounds = 0;
	step_forward(rotation);
	if (is_copy(rotation, g))
		step_forward(rotation);
	learn_alike(rotation, &rotation->late, g);
	report_rollover(rotation);
	rotation->grace = rotation->failing = rotation->nuls = NEVER;
	rotation->step = rotation->count > 1 ? STEP_READ : STEP_LOG;
}

/* Nothing more is in it now. A writer may be within a line: that is waited for, but no roll-over long. */
static void
read_to_end(struct rotation *rotation, struct generation *g)
{
	if (rotation->count == 1) {
		rotation->status.caught_up = true;
		end_round(rotation);
	} else if (generation_midline(g) && !g->was_there && rotation->count == 2
	           && !timed_out(rotation, &rotation->grace, GRACE)) {
		retry_soon(rotation);
	} else {
		roll(rotation);
	}
}

/* It cannot be found any more. */
static void
read_no_more(struct rotation *rotation, struct generation *g)
{
	if (rotation->count == 1) {
		end_round(rotation);
		return;
	}
	record_loss(rotation, g->size - g->offset);
	roll(rotation);
}

/* It cannot be read now. Only while X.log itself can be looked at does that count against it. */
static void
read_later(struct rotation *rotation, struct generation *g)
{
	bool log_fine = rotation->status.as == SEEN_FILE || rotation->status.as == SEEN_ABSENT;

	if (!log_fine)
		rotation->failing = NEVER;
	if (rotation->count > 2 && g->slot < 0)
		read_no_more(rotation, g); /* X.lo_ has been another's since */
	else if (rotation->count == 1 || !log_fine || !timed_out(rotation, &rotation->failing, TIMEOUT)) {
		retry_soon(rotation);
	} else if (g->slot >= 0) {
		g->slot = -1;
		rotation->failing = NEVER;
	} else {
		read_no_more(rotation, g);
	}
}

/*
 * Where generations begin alike, what is seen in the place of one may as well be
 * a later one that has rolled in its turn, or was copied over it: the one of which
 * it has more is believed, and of two that are alike in all that is known, the one
 * that it is by its inode. What a writer adds late is like no other.
 */
static bool
belongs_to_later(const struct rotation *rotation, const struct generation *g, const struct seen *seen, size_t more)
{
	for (size_t i = 0; i < rotation->count; i++) {
		const struct generation *later = &rotation->queue[i];
		size_t both = later->head_size < seen->head_size ? later->head_size : seen->head_size;

		if (later != g && both >= g->head_size + more
		    && heads_agree(later->head, later->head_size, seen->head, seen->head_size))
			return true;
	}
	return false;
}

/* An empty file has become a copy of another generation. */
static bool
copied_over(const struct rotation *rotation, const struct generation *g, const struct seen *seen)
{
	for (size_t i = 0; i < rotation->count; i++) {
		const struct generation *other = &rotation->queue[i];

		if (g->head_size == 0 && g != other && other->head_size >= rotation->enough
		    && seen->head_size >= rotation->enough
		    && heads_agree(seen->head, seen->head_size, other->head, other->head_size))
			return true;
	}
	return false;
}

/* The file that is held was emptied and written anew: unless it is a copy of another, only it has what it holds now. */
static void
begun_anew(struct rotation *rotation, const struct seen *seen)
{
	if (seen->head_size == 0 || rotation->count == QUEUE_MOST)
		return;
	for (size_t i = 1; i < rotation->count; i++)
		if (rotation->queue[i].head_size > 0
		    && heads_agree(seen->head, seen->head_size, rotation->queue[i].head, rotation->queue[i].head_size))
			return;
	memmove(rotation->queue + 2, rotation->queue + 1, (rotation->count++ - 1) * sizeof(*rotation->queue));
	rotation->queue[1] = generation_of(seen);
}

/* The file belongs to a later one of the queue. */
static bool
is_queued_behind(const struct rotation *rotation, const struct seen *seen)
{
	for (size_t i = 1; i < rotation->count; i++)
		if (same_file(&rotation->queue[i], seen))
			return true;
	return false;
}

/* An empty one was followed by another file, not emptied in place: then X.lo_ is that file and no copy. */
static bool
was_replaced(const struct rotation *rotation, const struct seen *seen)
{
	const struct generation *g = &rotation->queue[0];

	return g->head_size == 0 && !rotation->inodes_lie && !same_file(g, seen)
	       && (rotation->count == 1 || g[1].device != g->device || g[1].inode != g->inode);
}

/* What was found where the rest of the first of the queue should be. */
static enum likeness
like_rest(struct rotation *rotation, const struct generation *g, const struct seen *seen)
{
	struct generation other;

	if (rotation->look.place == LOOK_PREVIOUS && was_replaced(rotation, seen)) {
		other = generation_of(seen);
		if (!met_before(rotation, seen))
			remember(rotation, &other);
		return LIKE_OTHER;
	}
	/* Of which hardly anything is known, any file might be the rest. */
	if (g->head_size < rotation->enough && rotation->look.place == LOOK_PREVIOUS
	    && (was_told(rotation, seen) || is_queued_behind(rotation, seen)))
		return LIKE_OTHER;
	return copied_over(rotation, g, seen) || belongs_to_later(rotation, g, seen, HEAD_ENOUGH)
	               ? LIKE_OTHER
	               : generation_like(g, &rotation->look, seen);
}

static void
read_found(struct rotation *rotation, struct generation *g, const struct seen *seen)
{
	enum likeness like = like_rest(rotation, g, seen);

	if (like == LIKE_SAME) {
		generation_learn(g, seen);
		if (read_on(rotation, g, 0, seen)) {
			rotation->grace = rotation->failing = NEVER;
			/* Sizes are true here, and no look more is made than it takes: the next may end soon. */
			if (seen->local && rotation->count > 1 && g->offset == g->size && !generation_midline(g))
				roll(rotation);
			return;
		}
		/* A share may show an old size: the end is where it was seen before, at least. */
		if (seen->size > g->offset || (!seen->local && g->size > g->offset)) {
			read_later(rotation, g);
		} else if (g->size > g->offset) {
			read_no_more(rotation, g);
		} else {
			rotation->failing = NEVER;
			read_to_end(rotation, g);
		}
	} else if (g->slot >= 0) {
		g->slot = -1; /* overwritten in place: perhaps X.lo_ has a copy */
		begun_anew(rotation, seen);
	} else if (like == LIKE_SHORTER && !seen->local) {
		read_later(rotation, g);
	} else {
		read_no_more(rotation, g);
	}
}

void
read_answered(struct rotation *rotation, const struct seen *seen)
{
	struct generation *g = &rotation->queue[0];

	switch (seen->as) {
	case SEEN_FILE: read_found(rotation, g, seen); break;
	case SEEN_ABSENT:
	case SEEN_STRANGE: read_no_more(rotation, g); break;
	case SEEN_DENIED:
	case SEEN_FAILED: read_later(rotation, g); break;
	}
}

/*
 * The generation before was empty when it ended, so that nothing tells its file
 * from others by content. Bytes in it now are late ones of its writer, unless
 * they came when the next generation had ended as well: then they are a copy of
 * one that followed.
 */
static bool
taken_over(const struct rotation *rotation, const struct seen *seen)
{
	const struct generation *g = &rotation->queue[0];

	if (rotation->late.head_size > 0 || seen->head_size == 0)
		return false;
	if (!same_file(&rotation->late, seen))
		return true;
	if (rotation->count > 0 && g->unlinked)
		return seen->written >= g->changed;
	return rotation->last_look ? g->slot < 0 : rotation->status.as == SEEN_ABSENT && !seen->unlinked;
}

void
late_answered(struct rotation *rotation, const struct seen *seen)
{
	enum likeness like = LIKE_OTHER;

	if (seen->as == SEEN_FILE && !copied_over(rotation, &rotation->late, seen)
	    && !belongs_to_later(rotation, &rotation->late, seen, same_file(&rotation->late, seen) ? HEAD_ENOUGH : 0))
		like = generation_like(&rotation->late, &rotation->look, seen);
	if (like == LIKE_SAME && taken_over(rotation, seen)) {
		like = LIKE_OTHER;
		if (rotation->last_look)
			begun_anew(rotation, seen);
	}
	if (like == LIKE_SAME) {
		generation_learn(&rotation->late, seen);
		if (read_on(rotation, &rotation->late, 1, seen)) {
			rotation->late_grown = rotation->now;
			return;
		}
	} else if (like == LIKE_OTHER && (seen->as == SEEN_FILE || seen->as == SEEN_ABSENT)) {
		remember(rotation, &rotation->late);
		rotation->has_late = false;
	}
	if (rotation->last_look && seen->as == SEEN_FAILED && !timed_out(rotation, &rotation->failing, TIMEOUT)) {
		rotation->last_look = false;
		retry_soon(rotation);
	} else if (rotation->last_look) {
		roll(rotation);
	} else {
		rotation->step = STEP_REST;
	}
}
