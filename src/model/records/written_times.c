#include "model/records/written_times.h"

#include <stdlib.h>
#include <string.h>

#include "model/records/sample_ring.h"

#define AT_ONCE 2 /* spans that one record adds at most */

struct written_times *
written_times_new(void)
{
	return calloc(1, sizeof(struct written_times));
}

void
written_times_free(struct written_times *times)
{
	if (!times)
		return;
	for (int i = 0; i <= UINT8_MAX; i++)
		free(times->logs[i].spans);
	free(times);
}

/* ---- what holds when ---- */

/* The last one that begins at or before `at`, else the first. There is one. */
static uint32_t
span_at(const struct written_log *log, int64_t at)
{
	uint32_t low = 0, high = log->count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (log->spans[middle].from <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct written_time
written_at(const struct written_times *times, uint8_t number, int64_t at)
{
	const struct written_log *log = &times->logs[number];
	const struct written_span *span;

	if (at == WHEN_NONE || log->count == 0)
		return (struct written_time){ .at = at };
	span = &log->spans[span_at(log, at)];
	return (struct written_time){ at - span->shift, span->bias, span->zoned };
}

/* ---- what changes ---- */

/* False: out of memory, and what is new is shown as what was before. */
static bool
make_room(struct written_log *log)
{
	struct written_span *spans;
	uint32_t room = log->room ? log->room * 2 : 4;

	if (log->count + AT_ONCE <= log->room)
		return true;
	if (log->room == WRITTEN_SPANS) {
		/* Many at once: where every record is another change it is not done for each of them. */
		log->count -= WRITTEN_SPANS / 4;
		memmove(log->spans, log->spans + WRITTEN_SPANS / 4, log->count * sizeof(*spans));
		return true;
	}
	spans = realloc(log->spans, room * sizeof(*spans));
	if (!spans)
		return false;
	log->spans = spans;
	log->room = room;
	return true;
}

static void
insert(struct written_log *log, uint32_t i, struct written_span span)
{
	memmove(&log->spans[i + 1], &log->spans[i], (log->count - i) * sizeof(span));
	log->spans[i] = span;
	log->count++;
}

static bool
same(const struct written_span *a, const struct written_span *b)
{
	return a->shift == b->shift && a->bias == b->bias && a->zoned == b->zoned;
}

/* One that goes on where the one before it ends is no other one. */
static void
join(struct written_log *log, uint32_t i)
{
	if (i == 0 || i >= log->count || !same(&log->spans[i - 1], &log->spans[i]))
		return;
	log->count--;
	memmove(&log->spans[i], &log->spans[i + 1], (log->count - i) * sizeof(log->spans[0]));
}

/*
 * Threads write a little out of order: one may come late that is still written as before a change, and says nothing of
 * the records around it. Mostly the span of its time says the same; else it has its own millisecond, and no more.
 */
static void
put_late(struct written_log *log, uint32_t i, struct written_span span)
{
	struct written_span rest = log->spans[i];
	bool first = span.from < rest.from; /* before all others */

	if (first) {
		insert(log, 0, span);
		join(log, 1);
		return;
	}
	rest.from = span.from + 1;
	if (log->spans[i].from == span.from)
		log->spans[i] = span;
	else
		insert(log, ++i, span);
	if (i + 1 == log->count || log->spans[i + 1].from > rest.from)
		insert(log, i + 1, rest);
	join(log, i + 1);
	join(log, i);
}

void
written_change(struct written_log *log, const struct event *event)
{
	struct written_span span = { event->at, event->shift, event->bias, event->zoned };
	bool late = log->count > 0 && event->at < log->newest;

	if (!late)
		log->newest = event->at;
	if (log->count > 0 && written_alike(&log->spans[span_at(log, event->at)], event)) {
		if (event->at < log->spans[0].from)
			log->spans[0].from = event->at;
		return;
	}
	if (!make_room(log))
		return;
	if (late) {
		put_late(log, span_at(log, event->at), span);
	} else if (log->count > 0 && log->spans[log->count - 1].from == event->at) {
		log->spans[log->count - 1] = span;
		join(log, log->count - 1);
	} else {
		insert(log, log->count, span);
	}
}

bool
written_times_check(const struct written_times *times)
{
	for (int k = 0; k <= UINT8_MAX; k++) {
		const struct written_log *log = &times->logs[k];

		if (log->count > WRITTEN_SPANS)
			return false;
		for (uint32_t i = 1; i < log->count; i++)
			if (log->spans[i].from <= log->spans[i - 1].from || same(&log->spans[i - 1], &log->spans[i]))
				return false;
	}
	return true;
}

/* ---- of the samples ---- */

/* The newest span with a bias, else the newest; NULL: there is none. */
static const struct written_span *
clock_of(const struct written_log *log)
{
	for (uint32_t i = log->count; i-- > 0;)
		if (log->spans[i].zoned)
			return &log->spans[i];
	return log->count > 0 ? &log->spans[log->count - 1] : NULL;
}

struct samples_clock
model_samples_clock(const struct model *model)
{
	const struct written_log *best = NULL;
	const struct written_span *clock;

	for (int i = 0; i <= UINT8_MAX; i++) {
		const struct written_log *log = &model->written->logs[i];

		clock = clock_of(log);
		if (clock && clock->zoned && (!best || log->newest > best->newest))
			best = log;
	}
	clock = clock_of(best ? best : &model->written->logs[model->newest_log]);
	if (!clock)
		return (struct samples_clock){ 0 };
	return (struct samples_clock){ sample_start(clock->shift + SAMPLE_SPAN / 2), clock->zoned };
}
