/* LOG and CHECK: which generations there are, and in which order. */
#include "rotate/rotate_state.h"

static void
check(struct tail *tail, enum pending pending)
{
	tail->pending = pending;
	tail->step    = STEP_CHECK;
}

static void
log_missing(struct tail *tail, const struct seen *seen)
{
	if (seen->as != SEEN_ABSENT) {
		/* What is held can be read all the same. */
		tail->step = tail->count && tail->line[0].slot >= 0 ? STEP_READ : STEP_REST;
		return;
	}
	tail->candidate = (struct generation){ .slot = -1 };
	check(tail, PENDING_NONE);
}

/* The log is what it was: tell what is new. */
static void
log_goes_on(struct tail *tail)
{
	struct generation *g = newest(tail);
	bool more;

	generation_learn(g, &tail->log);
	/* The folder was away, mounted elsewhere perhaps, and the log in it is the old one. */
	if (tail->count == 1 && tail->births == 0)
		tail->unseen = false;
	tail->births  = tail->log.births;
	tail->suspect = NEVER;
	if (tail->count > 1) {
		tail->step = STEP_READ;
		return;
	}
	more = read_on(tail, g, 0, &tail->log) && g->offset < tail->log.size;
	if (more) {
		tail->step = STEP_LOG;
		return;
	}
	if (!tail->status.caught_up && tail->nuls == NEVER) {
		tail->status.caught_up = true;
		tail->status.grown = tail->log.age < 0 ? NEVER : tail->now - tail->log.age;
	}
	end_round(tail);
}

void
log_answered(struct tail *tail, const struct seen *seen)
{
	struct generation *g = newest(tail);
	bool same;

	tail->status.looked   = true;
	tail->status.restless = false;
	tail->status.as     = seen->as;
	tail->status.error  = seen->error;
	tail->log = *seen;
	if (seen->as != SEEN_FILE) {
		log_missing(tail, seen);
		return;
	}
	tail->status.local = seen->local;
	tail->candidate = generation_of(seen);
	if (!g) {
		check(tail, PENDING_NEW);
		return;
	}
	same = same_file(g, seen) || (tail->inodes_lie && !seen->local);
	if (is_full(tail)) {
		/* No room for more: but a copy of the newest is known by its first bytes. */
		if (same && generation_like(g, &tail->look, seen) == LIKE_SAME)
			generation_learn(g, seen);
		tail->step = STEP_READ;
		return;
	}
	switch (generation_like(g, &tail->look, seen)) {
	case LIKE_OTHER:
		check(tail, PENDING_NEW);
		break;
	case LIKE_SHORTER:
		check(tail, seen->local ? PENDING_NEW : PENDING_SHORTER);
		break;
	case LIKE_SAME:
		if (!same && seen->local && g->head_size < tail->enough)
			check(tail, PENDING_NEW);
		else if (!same && g->head_size >= tail->enough)
			check(tail, PENDING_MOVED);
		else if (g->head_size < tail->enough)
			check(tail, PENDING_VAGUE);
		else
			log_goes_on(tail);
		break;
	}
}

/* The log was emptied in place: what X.lo_ holds of it can only be a copy. */
static bool
emptied(const struct tail *tail, const struct generation *g)
{
	return (tail->pending == PENDING_NEW || tail->pending == PENDING_SHORTER) && same_file(g, &tail->log);
}

static bool
is_known(struct tail *tail, const struct seen *seen)
{
	for (size_t i = 0; i < tail->count; i++) {
		const struct generation *g = &tail->line[i];

		/* A file that is held is read through its handle, whatever has become of it. */
		if ((g->slot >= 0 && same_file(g, seen)) || generation_is(g, seen, i + 1 == tail->count && emptied(tail, g), tail->enough))
			return true;
	}
	if (tail->pending != PENDING_NONE && generation_is(&tail->candidate, seen, false, tail->enough))
		return true;
	return was_told(tail, seen);
}

/*
 * Every generation that was born at X.log since the last look should be there now
 * or under X.lo_. Any other came and went unseen; and when the counting was
 * interrupted, as by another folder in the place of this one, one may have. A
 * share that is mounted where an empty folder was is no such thing: nobody has
 * counted there, and what its file is says the rest.
 */
static void
account(struct tail *tail, unsigned known)
{
	if (tail->births && tail->log.local && (tail->log.births == 0 || tail->log.births > tail->births + known))
		tail->unseen = true;
	tail->births = tail->log.births;
}

/* X.lo_ holds what was never seen: it came between, or was there before us. */
static void
take_between(struct tail *tail, const struct seen *seen)
{
	struct generation g = generation_of(seen);

	g.was_there = !tail->began;
	g.between   = tail->began;
	if (tail->began || tail->previous)
		stand_in_line(tail, &g);
	else
		remember(tail, &g);
}

static void
take_candidate(struct tail *tail, bool cut)
{
	/* Cut off, not begun anew: what is left has been told. */
	if (cut && tail->candidate.head_size >= tail->enough)
		tail->candidate.offset = tail->log.size;
	stand_in_line(tail, &tail->candidate);
	tail->suspect = NEVER;
	tail->step = tail->count > 1 ? STEP_READ : STEP_LOG;
}

static void
another_generation(struct tail *tail, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(tail);
	bool cut = g && same_file(g, &tail->log) && tail->log.size < g->offset
	    && heads_agree(g->head, g->head_size, tail->log.head, tail->log.head_size);

	/* A log that was not held and hardly known before it rolled is not taken for one that came between. */
	if (g && g->slot < 0 && g->head_size < tail->enough && generation_is(g, seen, true, tail->enough))
		unseen = false;
	account(tail, (g && same_file(g, &tail->log) ? 0u : 1u) + unseen);
	if (unseen)
		take_between(tail, seen);
	take_candidate(tail, cut);
}

/* Between a roll-over and the new log; or there never was one. */
static void
no_log(struct tail *tail, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(tail);
	/* It was there as X.log; of an empty one that was not held, only the inode can say so. */
	bool known = g && (g->head_size > 0 || same_file(g, seen) || tail->inodes_lie)
	    && generation_is(g, seen, g->slot < 0, tail->enough);

	unseen = unseen && !known;
	account(tail, unseen);
	if (unseen)
		take_between(tail, seen);
	tail->step = tail->count ? STEP_READ : STEP_REST;
	if (!tail->count)
		tail->status.caught_up = true;
}

/* Either the log went on, or it rolled and the new one begins with the same few bytes. */
static void
vague(struct tail *tail, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(tail);
	struct generation  other;
	bool between;

	if (seen->as == SEEN_FILE && same_file(g, seen) && !same_file(g, &tail->log)) {
		take_candidate(tail, false);
		return;
	}
	/* Older than the log: it came before, and its roll-over has been told. */
	if (unseen && tail->log.local && tail->log.born > seen->written && seen->written != 0) {
		other = generation_of(seen);
		remember(tail, &other);
		unseen = false;
	}
	if (!unseen || (tail->log.head_size > 0
	    && heads_agree(seen->head, seen->head_size, tail->log.head, tail->log.head_size))) {
		log_goes_on(tail);
		return;
	}
	between = !heads_agree(g->head, g->head_size, seen->head, seen->head_size);
	/* By its inode it is another file: then what this one held is gone. */
	tail->unseen |= !between && !same_file(g, seen) && !tail->inodes_lie;
	if (between)
		take_between(tail, seen);
	else
		g->slot = seen->slot;
	take_candidate(tail, false);
}

static void
moved(struct tail *tail, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(tail);
	struct generation  other;

	if (seen->as == SEEN_FILE && same_file(g, seen) && generation_is(g, seen, false, tail->enough)) {
		account(tail, 1);
		take_candidate(tail, false);
		return;
	}
	if (unseen && !generation_is(g, seen, true, tail->enough)) {
		other = generation_of(seen);
		remember(tail, &other);
	}
	tail->inodes_lie = !tail->log.local;
	log_goes_on(tail);
}

/*
 * On a share: a size of the past, unless X.lo_ proves that the log has rolled, or
 * it stays so. A copy in X.lo_ proves nothing: the log may not be emptied yet.
 */
static void
shorter(struct tail *tail, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(tail);
	bool rolled = seen->as == SEEN_FILE && same_file(g, seen) && generation_is(g, seen, false, tail->enough)
	    && seen->size >= g->offset;

	if (rolled)
		take_candidate(tail, false);
	else if (unseen || patience_ends(tail, &tail->suspect, PATIENCE))
		another_generation(tail, seen, unseen);
	else
		unsettled(tail);
}

/* The newest bytes of what stands in line, and none before them. */
static void
skip_the_old(struct tail *tail)
{
	uint64_t context = tail->context;

	for (size_t i = tail->count; i-- > 0;) {
		struct generation *g = &tail->line[i];

		g->offset = g->size > context ? g->size - context : 0;
		context  -= g->size - g->offset;
	}
}

/* The log has rolled since the file was there that was shown: what is under X.lo_ may have come after it. */
static bool
has_passed(const struct tail *tail, const struct seen *seen)
{
	bool older = seen->born != 0 && seen->born < tail->log.born;

	return tail->pending != PENDING_NONE && tail->log.births && seen->births > tail->log.births && !older;
}

void
check_answered(struct tail *tail, const struct seen *seen)
{
	bool unseen;

	if (seen->as == SEEN_DENIED || seen->as == SEEN_FAILED) {
		if (!patience_ends(tail, &tail->failing, tail->began ? PATIENCE : START_PATIENCE)) {
			unsettled(tail);
			return;
		}
	} else {
		tail->failing = NEVER;
	}
	/* An empty file has no bytes to lose, but where it can be held it may still get some. */
	unseen = seen->as == SEEN_FILE && (seen->head_size > 0 || (seen->local && tail->began))
	    && !is_known(tail, seen) && !has_passed(tail, seen);
	switch (tail->pending) {
	case PENDING_NONE:
		no_log(tail, seen, unseen);
		break;
	case PENDING_NEW:
		another_generation(tail, seen, unseen);
		break;
	case PENDING_VAGUE:
		vague(tail, seen, unseen);
		break;
	case PENDING_MOVED:
		moved(tail, seen, unseen);
		break;
	case PENDING_SHORTER:
		shorter(tail, seen, unseen);
		break;
	}
	if (!tail->began && tail->context > 0)
		skip_the_old(tail);
	tail->began = true;
}
