/*
 * How the records of each log write the times that the model has as running time: a list of spans a log, each from a
 * time on until the next one. A new one begins only where the log's shift, bias or zone changes, so it is short.
 */
#ifndef MODEL_RECORDS_WRITTEN_TIMES_H
#define MODEL_RECORDS_WRITTEN_TIMES_H

#include "model/tables/state.h"

#define WRITTEN_SPANS 256 /* kept of a log: the oldest of more are taken for those behind them */

struct written_span {
	int64_t from; /* running time; the first one holds before it too */
	int64_t shift;
	int16_t bias;
	bool zoned;
};

struct written_log {
	struct written_span *spans; /* in their order, none equal to the one before it */
	uint32_t count, room;
	int64_t newest; /* of the log's records */
};

struct written_times {
	struct written_log logs[UINT8_MAX + 1];
};

struct written_times *written_times_new(void); /* NULL: out of memory */
void written_times_free(struct written_times *times);

/* Of a record with a time; what is left of written_mark(). */
void written_change(struct written_log *log, const struct event *event);

static inline bool
written_alike(const struct written_span *span, const struct event *event)
{
	return span->shift == event->shift && span->bias == event->bias && span->zoned == event->zoned;
}

/* A record with a time was read: mostly one that is written as the one before. */
static inline void
written_mark(struct written_times *times, const struct event *event)
{
	struct written_log *log = &times->logs[event->log];

	if (log->count > 0 && event->at >= log->newest && written_alike(&log->spans[log->count - 1], event))
		log->newest = event->at;
	else
		written_change(log, event);
}

struct written_time written_at(const struct written_times *times, uint8_t log, int64_t at);
bool written_times_check(const struct written_times *times); /* they are in their order */

#endif
