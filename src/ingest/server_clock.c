#include "ingest/server_clock.h"

#include "ingest/clock_evidence.h"

#define APART     (2 * WHEN_MINUTE) /* two logs do not tell of one step with a greater difference */
#define AHEAD_FOR (10 * WHEN_MINUTE)

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
		                   .arrived = WHEN_NONE,
		                   .arriving = WHEN_NONE };
	log->newest.own = WHEN_NONE;
}

static struct clock_line *
line_of(const struct log_clock *log)
{
	return &log->server->line[log->line % LINES_KEPT];
}

/* ---- lines ---- */

/* The log's next record, at `own`, begins a line on which its running time is `at`. */
static void
begin_line(struct log_clock *log, int64_t own, int64_t at)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = &clock->line[clock->newest % LINES_KEPT];

	/* Other logs may have gone on between the last record of this one and a step back. */
	line->end = log->own == WHEN_NONE || log->line != clock->newest ? INT64_MAX / 2
	            : own < log->own                                    ? log->own + clock_longest_gap(log)
	                                                                : log->own;
	clock->newest++;
	clock->line[clock->newest % LINES_KEPT] = (struct clock_line){ .shift = at - own, .begin = own };
	log->line = clock->newest;
}

/*
 * Whether a record belongs to the line after that of the record before it, which ends with a step that another log has told
 * of. A log that still goes back itself has not come to the step.
 */
static bool
is_on_next(const struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count)
{
	const struct clock_line *line = line_of(log), *next = &log->server->line[(log->line + 1) % LINES_KEPT];
	int64_t half = line->end + (next->begin - line->end) / 2, last = own;

	if (next->shift <= line->shift)
		return own > half && (log->own == WHEN_NONE || log->own <= half);
	if (log->own != WHEN_NONE && own < log->own - CLOCK_SLACK)
		return true;
	/* It writes so often that it would have gone back if the step were between this record and the one before. */
	if (log->own != WHEN_NONE && own - log->own <= clock_many_gaps(log)
	    && next->shift - line->shift > clock_many_gaps(log))
		return false;
	for (size_t i = 0; i < count; last = behind[i++].own)
		if (behind[i].own < last - CLOCK_SLACK)
			return false;
	if (count == AHEAD_MOST && last - own < APART)
		return false; /* it writes so much at once that nobody sees whether it will go back */
	return own > line->end + CLOCK_SLACK;
}

/* Another log has told of steps already: a record may belong to a line behind them. */
static void
go_to_line(struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count)
{
	struct server_clock *clock = log->server;

	if (clock->newest - log->line >= LINES_KEPT)
		log->line = clock->newest - LINES_KEPT + 1;
	while (log->line != clock->newest) {
		struct clock_line *next = &clock->line[(log->line + 1) % LINES_KEPT];
		int64_t late;

		if (!is_on_next(log, own, behind, count))
			return;
		late = log->at == WHEN_NONE ? 0 : log->at - (own + next->shift);
		if (late > APART)
			return; /* it is another step */
		log->line++;
		/* Whoever is the first to tell of a step back knows least how large it is: this one has seen more. */
		if (late > 0 && log->line == clock->newest)
			next->shift += late;
	}
}

void
server_clock_raise(struct server_clock *clock, int64_t by)
{
	struct clock_line next = clock->line[clock->newest % LINES_KEPT];

	clock->line[clock->newest % LINES_KEPT].end = next.begin;
	next.shift += by;
	clock->newest++;
	clock->line[clock->newest % LINES_KEPT] = next;
	if (clock->ahead != WHEN_NONE)
		clock->ahead += by;
}

/* ---- one record ---- */

static void
put(struct log_clock *log, struct event *event, int64_t own)
{
	log->before = log->own;
	log->own = own;
	log->recent[log->taken++ % RECENT_KEPT] = clock_record(event, own);
	event->shift = own + line_of(log)->shift - event->at;
	event->at += event->shift;
	if (log->at != WHEN_NONE && event->at < log->at)
		return;
	log->at = event->at;
	log->newest.own = event->at - event->shift;
	log->newest.bias = event->bias;
	log->newest.zoned = event->zoned;
}

/* Its own time says nothing: it came after the record before it. */
static void
put_stray(struct log_clock *log, struct event *event)
{
	event->shift = log->at - event->at;
	event->at = log->at;
	event->stray = true;
}

static bool
place_by_file(struct log_clock *log, struct event *event, int64_t own, const struct clock_record *behind, size_t count,
              int64_t changed)
{
	int64_t old;
	bool back, step = false;

	if (log->own == WHEN_NONE && clock_is_stray_first(own, behind, count)) {
		event->shift = behind[0].own + line_of(log)->shift - event->at;
		event->at += event->shift;
		event->stray = true;
		return false;
	}
	if (log->own == WHEN_NONE) {
		go_to_line(log, own, behind, count);
		put(log, event, own);
		return false;
	}
	go_to_line(log, own, behind, count);
	old = log->at - line_of(log)->shift;
	back = own < old - CLOCK_SLACK;
	if (log->strays == 0 && back)
		log->strays = clock_strays_back(log, own, old, behind, count);
	else if (log->strays == 0 && own > old + CLOCK_PATIENT)
		log->strays = clock_strays_forward(log, own, old, behind, count, changed);
	if (log->strays > 0) {
		log->strays--;
		put_stray(log, event);
		return false;
	}
	if (back)
		step = clock_is_step_back(log, event, own, behind, count);
	else if (own > old + CLOCK_PATIENT)
		step = clock_is_step_forward(log, event, own, behind, count);
	if (step)
		begin_line(log, own, log->at + 1 + clock_usual_gap(log)); /* two times may not be one */
	put(log, event, own);
	return step;
}

size_t
log_clock_wants(const struct log_clock *log, int64_t own)
{
	int64_t old;

	if (log->live || log->strays > 0)
		return 0;
	if (log->own == WHEN_NONE)
		return 2;
	if (log->line != log->server->newest)
		return AHEAD_MOST;
	old = log->at - line_of(log)->shift;
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
		begin_line(log, own, time_by_arrival(log));
	else if (i > 0) /* back on a line from before */
		begin_line(log, own, own + clock->line[(clock->newest - i) % LINES_KEPT].shift);
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
	if (log->live || event->stray || event->at == WHEN_NONE || log->taken == 0 || log->line == log->server->newest)
		return false;
	log->own = log->before;
	log->taken--;
	log->at = log->own == WHEN_NONE ? WHEN_NONE : log->own + line_of(log)->shift;
	event->at -= event->shift;
	event->shift = 0;
	return true;
}
