/* LOG and CHECK: which generations there are, and in which order. */
#include "state.h"

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
	if (seen->as != SEEN_FILE) {
		log_missing(tail, seen);
		return;
	}
	tail->status.local = seen->local;
	tail->log       = *seen;
	tail->log_look  = tail->look;
	tail->candidate = generation_of(seen);
	if (!g) {
		check(tail, PENDING_NEW);
		return;
	}
	same = same_file(g, seen) || (tail->inodes_lie && !seen->local);
	switch (generation_like(g, &tail->look, seen)) {
	case LIKE_OTHER:
		check(tail, PENDING_NEW);
		break;
	case LIKE_SHORTER:
		check(tail, seen->local ? PENDING_NEW : PENDING_SHORTER);
		break;
	case LIKE_SAME:
		if (!same && seen->local && g->head_size < HEAD_ENOUGH)
			check(tail, PENDING_NEW);
		else if (!same && g->head_size >= HEAD_ENOUGH)
			check(tail, PENDING_MOVED);
		else if (g->head_size < HEAD_ENOUGH)
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
	for (size_t i = 0; i < tail->count; i++)
		if (generation_is(&tail->line[i], seen, i + 1 == tail->count && emptied(tail, &tail->line[i])))
			return true;
	if (tail->pending != PENDING_NONE && generation_is(&tail->candidate, seen, false))
		return true;
	return was_told(tail, seen);
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
	if (cut && tail->candidate.head_size >= HEAD_ENOUGH)
		tail->candidate.offset = tail->log.size;
	stand_in_line(tail, &tail->candidate);
	tail->suspect = NEVER;
	tail->step = tail->count > 1 ? STEP_READ : STEP_LOG;
}

static void
another_generation(struct tail *tail, const struct seen *seen, bool unseen)
{
	struct generation *g = newest(tail);
	bool cut = g && same_file(g, &tail->log)
	    && heads_agree(g->head, g->head_size, tail->log.head, tail->log.head_size);

	/* A log that was not held and hardly known before it rolled is not taken for one that came between. */
	if (g && g->slot < 0 && g->head_size < HEAD_ENOUGH && generation_is(g, seen, true))
		unseen = false;
	if (unseen)
		take_between(tail, seen);
	take_candidate(tail, cut);
}

/* Between a roll-over and the new log; or there never was one. */
static void
no_log(struct tail *tail, const struct seen *seen, bool unseen)
{
	if (unseen && !(newest(tail) && generation_is(newest(tail), seen, newest(tail)->slot < 0)))
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

	if (!unseen || (tail->log.head_size > 0
	    && heads_agree(seen->head, seen->head_size, tail->log.head, tail->log.head_size))) {
		log_goes_on(tail);
		return;
	}
	if (!heads_agree(g->head, g->head_size, seen->head, seen->head_size))
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

	if (seen->as == SEEN_FILE && same_file(g, seen) && generation_is(g, seen, false)) {
		take_candidate(tail, false);
		return;
	}
	if (unseen && !generation_is(g, seen, true)) {
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
	bool rolled = seen->as == SEEN_FILE && same_file(g, seen) && generation_is(g, seen, false)
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
	unseen = seen->as == SEEN_FILE && (seen->head_size > 0 || (seen->local && tail->began)) && !is_known(tail, seen);
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
