#include "ingest/server_clock.h"

#include "ingest/clock_evidence.h"
#include "ingest/clock_lines.h"

#define AHEAD_FOR   (10 * WHEN_MINUTE)
#define SILENT_MOST (3653 * WHEN_DAY) /* ten years: what is longer has not passed */

void
server_clock_init(struct server_clock *clock)
{
	*clock = (struct server_clock){ .ahead = WHEN_NONE };
	clock->zone[0].size = SIZE_MAX; /* no zone is known */
}

void
log_clock_init(struct log_clock *log, struct server_clock *clock)
{
	*log = (struct log_clock){ .server = clock,
		                   .own = WHEN_NONE,
		                   .before = WHEN_NONE,
		                   .at = WHEN_NONE,
		                   .pause = CLOCK_SLACK,
		                   .passed = WHEN_NONE,
		                   .arrived = WHEN_NONE,
		                   .arriving = WHEN_NONE };
	log->newest.at = WHEN_NONE;
	log->next = clock->logs;
	clock->logs = log;
}

/* ---- one record ---- */

static void
put(struct log_clock *log, struct event *event, int64_t own)
{
	int64_t at = own + log_clock_line(log)->shift;

	if (log->at == WHEN_NONE)
		log->at = log->since = at;
	log_clock_put(log, event, own, at);
}

/* Its own time says nothing: it came after the record before it. */
static void
put_stray(struct log_clock *log, struct event *event)
{
	event->shift = log->at - event->at;
	event->at = log->at;
	event->stray = true;
}

/* How many records from this one on are strays. */
static unsigned
strays_from(const struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count, int64_t changed)
{
	int64_t old = log->at - log_clock_line(log)->shift;

	if (own < old - CLOCK_SLACK)
		return clock_strays_back(log, own, old, behind, count);
	return own > old + CLOCK_PATIENT ? clock_strays_forward(log, own, old, behind, count, changed) : 0;
}

/* The first record of a log. */
static void
place_first(struct log_clock *log, struct event *event, int64_t own, const struct clock_record *behind, size_t count)
{
	unsigned strays = clock_strays_first(own, behind, count);

	if (strays > 0) {
		log->strays = strays - 1;
		log->at = behind[strays - 1].at + log_clock_line(log)->shift;
		put_stray(log, event);
		return;
	}
	clock_go_to_line(log, own, behind, count);
	put(log, event, own);
}

static bool
place_by_file(struct log_clock *log, struct event *event, int64_t own, const struct clock_record *behind, size_t count,
              int64_t changed)
{
	bool moved;
	int64_t old;

	log_clock_learn(log);
	if (log->strays == 0 && log->own == WHEN_NONE) {
		place_first(log, event, own, behind, count);
		return false;
	}
	moved = log->strays == 0 && clock_go_to_line(log, own, behind, count);
	if (log->strays == 0)
		log->strays = strays_from(log, own, behind, count, changed);
	if (log->strays > 0) {
		log->strays--;
		put_stray(log, event);
		return moved;
	}
	old = log->at - log_clock_line(log)->shift;
	if (own < old - CLOCK_SLACK && clock_is_step_back(log, event, own, behind, count)) {
		int64_t at = log->at + 1 + clock_usual_gap(log); /* two times may not be one */

		moved = true;
		if (log->line == log->server->newest)
			clock_begin_line(log, own, at);
		else if (clock_is_far_ahead(log, own, clock_nearest_line(log, own))
		         && clock_thread_goes_back(log, event, own))
			clock_insert_line(log, own, at);
		else
			clock_leave_line(log, own, clock_nearest_line(log, own));
	} else if (own > old + SILENT_MOST
	           || (own > old + CLOCK_PATIENT && clock_is_step_forward(log, event, own, behind, count))) {
		moved = true;
		clock_begin_line(log, own, log->at + 1 + clock_usual_gap(log));
	}
	put(log, event, own);
	return moved;
}

size_t
log_clock_wants(const struct log_clock *log, int64_t own)
{
	int64_t old;

	if (log->live || log->strays > 0)
		return 0;
	if (log->own == WHEN_NONE)
		return STRAYS_MOST;
	if (log->line != log->server->newest)
		return AHEAD_MOST;
	old = log->at - log_clock_line(log)->shift;
	if (own <= old + CLOCK_PATIENT)
		return own < old - CLOCK_SLACK ? STRAYS_MOST : 0;
	return clock_may_step_forward(log) ? AHEAD_MOST : STRAYS_MOST;
}

/* ---- live ---- */

/* Whether its running time may be this, by what has passed here. */
static bool
is_possible(const struct log_clock *log, int64_t at)
{
	const struct server_clock *clock = log->server;

	if (log->at != WHEN_NONE && at < log->at - CLOCK_SLACK)
		return false;
	if (clock->ahead == WHEN_NONE || at <= clock->ahead + log->arriving + CLOCK_SLACK)
		return true;
	return log->at != WHEN_NONE && log->arrived != WHEN_NONE
	       && at - log->at <= log->arriving - log->arrived + CLOCK_SLACK;
}

/* Where a step is told of by no line that is known: as much time as passed here, no more than that the line came late. */
static int64_t
time_by_arrival(const struct log_clock *log)
{
	int64_t most = log->server->ahead == WHEN_NONE ? WHEN_NONE : log->server->ahead + log->arriving, at;

	if (log->at == WHEN_NONE)
		return most;
	at = log->at + (log->arrived == WHEN_NONE ? 0 : log->arriving - log->arrived);
	if (at == log->at)
		at += clock_usual_gap(log) < CLOCK_SLACK ? clock_usual_gap(log) : CLOCK_SLACK;
	if (most != WHEN_NONE && at > most)
		at = most;
	return at > log->at ? at : log->at;
}

static bool
place_live(struct log_clock *log, struct event *event, int64_t own)
{
	struct server_clock *clock = log->server;
	unsigned known = clock->newest < LINES_KEPT ? clock->newest + 1 : LINES_KEPT, i = 0;
	bool begins;

	while (i < known && !is_possible(log, own + clock->line[(clock->newest - i) % LINES_KEPT].shift))
		i++;
	begins = i > 0;
	log->line = clock->newest;
	if (i == known)
		clock_begin_line(log, own, time_by_arrival(log));
	else if (i > 0) /* back on a line from before */
		clock_begin_line(log, own, own + clock->line[(clock->newest - i) % LINES_KEPT].shift);
	put(log, event, own);
	return begins;
}

void
log_clock_go_live(struct log_clock *log, int64_t arrived)
{
	struct server_clock *clock = log->server;

	log->live = true;
	log->strays = 0;
	log->read = log->taken;
	log->arrived = arrived;
	if (arrived != WHEN_NONE && log->at != WHEN_NONE
	    && (clock->ahead == WHEN_NONE || log->at - arrived > clock->ahead)) {
		clock->ahead = log->at - arrived;
		clock->found = arrived;
	}
}

void
log_clock_read(struct log_clock *log)
{
	struct server_clock *clock = log->server;
	int64_t ahead;

	if (log->arriving == WHEN_NONE || log->read == log->taken || log->at == WHEN_NONE)
		return;
	log->read = log->taken;
	log->arrived = log->arriving;
	if (!log->live)
		return;
	ahead = log->at - log->arriving;
	if (clock->ahead != WHEN_NONE && ahead < clock->ahead && log->arriving - clock->found < AHEAD_FOR)
		return;
	clock->ahead = ahead;
	clock->found = log->arriving;
}

int64_t
log_clock_now(const struct log_clock *log, int64_t monotonic)
{
	if (log->at == WHEN_NONE || log->arrived == WHEN_NONE || monotonic < log->arrived)
		return log->at;
	return log->at + monotonic - log->arrived;
}

bool
log_clock_place(struct log_clock *log, struct event *event, int64_t own, const struct clock_record *behind,
                size_t count, int64_t changed)
{
	if (log->live)
		return place_live(log, event, own);
	return place_by_file(log, event, own, behind, count, changed);
}

bool
log_clock_take_back(struct log_clock *log, struct event *event)
{
	const struct clock_record *before;

	if (log->live || event->stray || event->at == WHEN_NONE || log->taken == 0)
		return false;
	log->own = log->before;
	log->at = WHEN_NONE;
	if (--log->taken > 0) {
		before = &log->recent[(log->taken - 1) % RECENT_KEPT];
		log->at = before->at;
		log->line -= (uint16_t)(log->line - before->line);
	}
	event->at -= event->shift;
	event->shift = 0;
	return true;
}
