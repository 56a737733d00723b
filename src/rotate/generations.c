/* LOG and CHECK: which generations there are, and in which order. */
#include "rotate/rotate_state.h"

static void
check(struct rotation *rotation, enum pending pending)
{
	rotation->pending = pending;
	rotation->step = STEP_CHECK;
}

static void
log_missing(struct rotation *rotation, const struct seen *seen)
{
	if (seen->as != SEEN_ABSENT) {
		/* What is held can be read all the same. */
		rotation->step = rotation->count && rotation->queue[0].slot >= 0 ? STEP_READ : STEP_REST;
		return;
	}
	rotation->candidate = (struct generation){ .slot = -1 };
	check(rotation, PENDING_NONE);
}

/* The log is what it was: tell what is new. */
static void
log_goes_on(struct rotation *rotation)
{
	struct generation *g = newest(rotation);
	bool more;

	generation_learn(g, &rotation->log);
	/* The folder was away, mounted elsewhere perhaps, and the log in it is the old one. */
	if (rotation->count == 1 && rotation->creations == 0)
		rotation->unseen = false;
	rotation->creations = rotation->log.creations;
	rotation->suspect = NEVER;
	if (rotation->count > 1) {
		rotation->step = STEP_READ;
		return;
	}
	more = read_on(rotation, g, 0, &rotation->log) && g->offset < rotation->log.size;
	if (more) {
		rotation->step = STEP_LOG;
		return;
	}
	if (!rotation->status.caught_up && rotation->nuls == NEVER) {
		rotation->status.caught_up = true;
		rotation->status.grown = rotation->log.age < 0 ? NEVER : rotation->now - rotation->log.age;
	}
	end_round(rotation);
}

void
log_answered(struct rotation *rotation, const struct seen *seen)
{
	struct generation *g = newest(rotation);
	bool same;

	rotation->status.looked = true;
	rotation->status.restless = false;
	rotation->status.as = seen->as;
	rotation->status.error = seen->error;
	rotation->log = *seen;
	if (seen->as != SEEN_FILE) {
		log_missing(rotation, seen);
		return;
	}
	rotation->status.local = seen->local;
	rotation->candidate = generation_of(seen);
	if (!g) {
		check(rotation, PENDING_NEW);
		return;
	}
	same = same_file(g, seen) || (rotation->inodes_lie && !seen->local);
	if (is_full(rotation)) {
		/* No room for more: but a copy of the newest is known by its first bytes. */
		if (same && generation_like(g, &rotation->look, seen) == LIKE_SAME)
			generation_learn(g, seen);
		rotation->step = STEP_READ;
		return;
	}
	switch (generation_like(g, &rotation->look, seen)) {
	case LIKE_OTHER: check(rotation, PENDING_NEW); break;
	case LIKE_SHORTER: check(rotation, seen->local ? PENDING_NEW : PENDING_SHORTER); break;
	case LIKE_SAME:
		if (!same && seen->local && g->head_size < rotation->enough)
			check(rotation, PENDING_NEW);
		else if (!same && g->head_size >= rotation->enough)
			check(rotation, PENDING_MOVED);
		else if (g->head_size < rotation->enough)
			check(rotation, PENDING_VAGUE);
		else
			log_goes_on(rotation);
		break;
	}
}

/* The log was emptied in place: what X.lo_ holds of it can only be a copy. */
static bool
emptied(const struct rotation *rotation, const struct generation *g)
{
	return (rotation->pending == PENDING_NEW || rotation->pending == PENDING_SHORTER)
	       && same_file(g, &rotation->log);
}

static bool
is_known(struct rotation *rotation, const struct seen *seen)
{
	for (size_t i = 0; i < rotation->count; i++) {
		const struct generation *g = &rotation->queue[i];

		/* A file that is held is read through its handle, whatever has become of it. */
		if ((g->slot >= 0 && same_file(g, seen))
		    || generation_is(g, seen, i + 1 == rotation->count && emptied(rotation, g), rotation->enough))
			return true;
	}
	if (rotation->pending != PENDING_NONE && generation_is(&rotation->candidate, seen, false, rotation->enough))
		return true;
	return was_told(rotation, seen);
}

/*
 * Every generation that was created as X.log since the last look should be there now
 * or under X.lo_. Any other came and went unseen; and when the counting was
 * interrupted, as by another folder in the place of this one, one may have. A
 * share that is mounted where an empty folder was is no such thing: nobody has
 * counted there, and what its file is says the rest.
 */
static void
account(struct rotation *rotation, unsigned known)
{
	if (rotation->creations && rotation->log.local
	    && (rotation->log.creations == 0 || rotation->log.creations > rotation->creations + known))
		rotation->unseen = true;
	rotation->creations = rotation->log.creations;
}

/* X.lo_ holds what was never seen: it came between, or was there before us. */
static void
take_between(struct rotation *rotation, const struct seen *seen)
{
	struct generation g = generation_of(seen);

	g.was_there = !rotation->began;
	g.between = rotation->began;
	if (rotation->began || rotation->previous)
		queue_add(rotation, &g);
	else
		remember(rotation, &g);
}

static void
take_candidate(struct rotation *rotation, bool cut)
{
	/* Cut off, not begun anew: what is left has been told. */
	if (cut && rotation->candidate.head_size >= rotation->enough)
		rotation->candidate.offset = rotation->log.size;
	queue_add(rotation, &rotation->candidate);
	rotation->suspect = NEVER;
	rotation->step = rotation->count > 1 ? STEP_READ : STEP_LOG;
}

static void
another_generation(struct rotation *rotation, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(rotation);
	bool cut = g && same_file(g, &rotation->log) && rotation->log.size < g->offset
	           && heads_agree(g->head, g->head_size, rotation->log.head, rotation->log.head_size);

	/* A log that was not held and hardly known before it rolled is not taken for one that came between. */
	if (g && g->slot < 0 && g->head_size < rotation->enough && generation_is(g, seen, true, rotation->enough))
		unseen = false;
	account(rotation, (g && same_file(g, &rotation->log) ? 0u : 1u) + unseen);
	if (unseen)
		take_between(rotation, seen);
	take_candidate(rotation, cut);
}

/* Between a roll-over and the new log; or there never was one. */
static void
no_log(struct rotation *rotation, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(rotation);
	/* It was there as X.log; of an empty one that was not held, only the inode can say so. */
	bool known = g && (g->head_size > 0 || same_file(g, seen) || rotation->inodes_lie)
	             && generation_is(g, seen, g->slot < 0, rotation->enough);

	unseen = unseen && !known;
	account(rotation, unseen);
	if (unseen)
		take_between(rotation, seen);
	rotation->step = rotation->count ? STEP_READ : STEP_REST;
	if (!rotation->count)
		rotation->status.caught_up = true;
}

/* Either the log went on, or it rolled and the new one begins with the same few bytes. */
static void
vague(struct rotation *rotation, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(rotation);
	struct generation other;
	bool between;

	if (seen->as == SEEN_FILE && same_file(g, seen) && !same_file(g, &rotation->log)) {
		take_candidate(rotation, false);
		return;
	}
	/* Older than the log: it came before, and its roll-over has been told. */
	if (unseen && rotation->log.local && rotation->log.created > seen->written && seen->written != 0) {
		other = generation_of(seen);
		remember(rotation, &other);
		unseen = false;
	}
	if (!unseen
	    || (rotation->log.head_size > 0
	        && heads_agree(seen->head, seen->head_size, rotation->log.head, rotation->log.head_size))) {
		log_goes_on(rotation);
		return;
	}
	between = !heads_agree(g->head, g->head_size, seen->head, seen->head_size);
	/* By its inode it is another file: then what this one held is gone. */
	rotation->unseen |= !between && !same_file(g, seen) && !rotation->inodes_lie;
	if (between)
		take_between(rotation, seen);
	else
		g->slot = seen->slot;
	take_candidate(rotation, false);
}

static void
moved(struct rotation *rotation, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(rotation);
	struct generation other;

	if (seen->as == SEEN_FILE && same_file(g, seen) && generation_is(g, seen, false, rotation->enough)) {
		account(rotation, 1);
		take_candidate(rotation, false);
		return;
	}
	if (unseen && !generation_is(g, seen, true, rotation->enough)) {
		other = generation_of(seen);
		remember(rotation, &other);
	}
	rotation->inodes_lie = !rotation->log.local;
	log_goes_on(rotation);
}

/*
 * On a share: a size of the past, unless X.lo_ proves that the log has rolled, or
 * it stays so. A copy in X.lo_ proves nothing: the log may not be emptied yet.
 */
static void
shorter(struct rotation *rotation, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(rotation);
	bool rolled = seen->as == SEEN_FILE && same_file(g, seen) && generation_is(g, seen, false, rotation->enough)
	              && seen->size >= g->offset;

	if (rolled)
		take_candidate(rotation, false);
	else if (unseen || timed_out(rotation, &rotation->suspect, TIMEOUT))
		another_generation(rotation, seen, unseen);
	else
		retry_soon(rotation);
}

/* The newest bytes of all that is queued, and none before them. */
static void
skip_the_old(struct rotation *rotation)
{
	uint64_t context = rotation->context;

	for (size_t i = rotation->count; i-- > 0;) {
		struct generation *g = &rotation->queue[i];

		g->offset = g->size > context ? g->size - context : 0;
		context -= g->size - g->offset;
	}
}

/* The log has rolled since the file was there that was shown: what is under X.lo_ may have come after it. */
static bool
has_passed(const struct rotation *rotation, const struct seen *seen)
{
	bool older = seen->created != 0 && seen->created < rotation->log.created;

	return rotation->pending != PENDING_NONE && rotation->log.creations && seen->creations > rotation->log.creations
	       && !older;
}

void
check_answered(struct rotation *rotation, const struct seen *seen)
{
	bool unseen;

	if (seen->as == SEEN_DENIED || seen->as == SEEN_FAILED) {
		if (!timed_out(rotation, &rotation->failing, rotation->began ? TIMEOUT : START_TIMEOUT)) {
			retry_soon(rotation);
			return;
		}
	} else {
		rotation->failing = NEVER;
	}
	/* An empty file has no bytes to record_loss, but where it can be held it may still get some. */
	unseen = seen->as == SEEN_FILE && (seen->head_size > 0 || (seen->local && rotation->began))
	         && !is_known(rotation, seen) && !has_passed(rotation, seen);
	switch (rotation->pending) {
	case PENDING_NONE: no_log(rotation, seen, unseen); break;
	case PENDING_NEW: another_generation(rotation, seen, unseen); break;
	case PENDING_VAGUE: vague(rotation, seen, unseen); break;
	case PENDING_MOVED: moved(rotation, seen, unseen); break;
	case PENDING_SHORTER: shorter(rotation, seen, unseen); break;
	}
	if (!rotation->began && rotation->context > 0)
		skip_the_old(rotation);
	rotation->began = true;
}
