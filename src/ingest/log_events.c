/* Events of one log: parsed, and placed in running time by those behind them. */
#include "ingest/ingest_state.h"

#define BACK_MOST 8 /* logs that contradict each other come to an end all the same */

/* The lines of a server's clock have changed: what its other logs have ready is placed again. */
static void
take_others_back(struct ingest_log *log)
{
	struct ingest *ingest = log->ingest;

	ingest->reordered = true;
	if (ingest->taken_back++ >= BACK_MOST)
		return;
	for (size_t i = 0; i < ingest->count; i++) {
		struct ingest_log *other = &ingest->log[i];

		if (other == log || other->clock.server != log->clock.server || !other->stream.ready)
			continue;
		if (!log_clock_take_back(&other->clock, &other->stream.event))
			continue;
		other->stream.ready = !event_queue_put_back(&other->queue, &other->stream.event);
		other->stream.reached = other->clock.at;
	}
}

/* By the events that are in the queue behind it. */
static void
place_among(struct ingest_log *log, struct event *event, int64_t own)
{
	struct clock_record behind[AHEAD_MOST];
	size_t count = 0;
	const struct event *next;

	for (size_t i = 0; count < AHEAD_MOST && (next = event_queue_at(&log->queue, i)); i++)
		if (next->at != WHEN_NONE)
			behind[count++] = clock_record(next, log_clock_level(&log->clock, next), 0);
	if (log_clock_place(&log->clock, event, own, behind, count, log->changed))
		take_others_back(log);
}

void
log_events_place(struct ingest_log *log, struct event *event)
{
	int64_t own;

	if (event->at == WHEN_NONE)
		return;
	own = log_clock_own(&log->clock, event);
	if (!log_clock_follows(&log->clock, event, own))
		place_among(log, event, own);
}

/* What is in the queue already, placed by what is known. */
bool
log_events_queued(struct ingest_log *log, struct event *event)
{
	if (!event_queue_take(&log->queue, event))
		return false;
	log_events_place(log, event);
	return true;
}

/* Parses what is given; when that is used up, asks for more, which may bring the next bytes at once. */
static bool
parse_next(struct ingest_log *log, struct event *event)
{
	while (log->lends) {
		if (parser_next(log->generation[log->lent].parser, event))
			return true;
		log->lends = false;
		log_clock_read(&log->clock);
		log->ingest->events.more(log->ingest->events.payload, (size_t)(log - log->ingest->log));
	}
	return false;
}

bool
log_events_behind(const struct ingest *ingest, size_t log)
{
	const struct ingest_events *events = &ingest->events;

	return events->behind && events->behind(events->payload, log);
}

/* Fills the queue until it holds so many events, or many bytes, or all there are. False: more will come, and must be waited for. */
static bool
look_ahead(struct ingest_log *log, size_t wanted)
{
	struct event event;

	while (log->queue.count < wanted && log->queue.bytes < QUEUE_BYTES) {
		if (!parse_next(log, &event))
			return !log_events_behind(log->ingest, (size_t)(log - log->ingest->log));
		if (!event_queue_add(&log->queue, &event))
			return true;
	}
	return true;
}

/* The first of the queue, placed by those behind it. False: these must be waited for. */
static bool
next_of_queue(struct ingest_log *log, struct event *event)
{
	const struct event *first = event_queue_at(&log->queue, 0);

	if (first->at != WHEN_NONE
	    && !look_ahead(log, log_clock_wants(&log->clock, log_clock_own(&log->clock, first)) + 1))
		return false;
	event_queue_take(&log->queue, event);
	components_seen_add(&log->seen, event->component);
	log_events_place(log, event);
	return true;
}

/* One that does not just follow the one before it, at `own`. */
static bool
next_with_care(struct ingest_log *log, struct event *event, int64_t own)
{
	if (log_clock_wants(&log->clock, own) > 0 && event_queue_add(&log->queue, event))
		return next_of_queue(log, event);
	place_among(log, event, own);
	return true;
}

/* The next event of a log, in its place in running time. */
bool
log_events_next(void *payload, struct event *event)
{
	struct ingest_log *log = payload;
	int64_t own;

	if (log->queue.count > 0)
		return next_of_queue(log, event);
	if (log->goes_live)
		log_clock_go_live(&log->clock, log->arrived);
	log->goes_live = false;
	if (!parse_next(log, event))
		return false;
	components_seen_add(&log->seen, event->component);
	if (event->at == WHEN_NONE)
		return true;
	own = log_clock_own(&log->clock, event);
	return log_clock_follows(&log->clock, event, own) || next_with_care(log, event, own);
}
