#include "ingest/server_clock.h"

#include <stdlib.h>

#include "ingest/clock_evidence.h"

#define APART         (2 * WHEN_MINUTE) /* two logs do not tell of one step with a greater difference */
#define GAPS_OF_DOUBT 3 /* of the longest ones: so late after a record the step may be that its log shows next */
#define AHEAD_FOR     (10 * WHEN_MINUTE)

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
	log->newest.own = WHEN_NONE;
	log->next = clock->logs;
	clock->logs = log;
}

static struct clock_line *
line_of(const struct log_clock *log)
{
	return &log->server->line[log->line % LINES_KEPT];
}

/* ---- lines ---- */

static struct clock_line *
line_at(const struct server_clock *clock, unsigned number)
{
	return (struct clock_line *)&clock->line[number % LINES_KEPT];
}

/* The log's next record, at `own`, begins a line on which its running time is `at`. */
static void
begin_line(struct log_clock *log, int64_t own, int64_t at)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = line_of(log);
	bool seen = log->own != WHEN_NONE && log->line == clock->newest;

	/* Other logs may have gone on between the last record of this one and a step back. */
	line_at(clock, clock->newest)->last = seen ? log->own : INT64_MIN / 2;
	line_at(clock, clock->newest)->end = !seen            ? INT64_MAX / 2
	                                     : own < log->own ? log->own + GAPS_OF_DOUBT * clock_longest_gap(log)
	                                                      : log->own;
	clock->newest++;
	line = line_at(clock, clock->newest);
	*line = (struct clock_line){ .shift = at - own, .begin = own };
	log->line = clock->newest;
}

static bool
is_after(const struct server_clock *clock, unsigned one, unsigned other)
{
	return clock->newest - one < clock->newest - other;
}

/*
 * The same between the log's line and the next: the log has gone back, but not as far as the other log that told of that
 * one, which was silent for longer and may have missed a step.
 */
static void
insert_line(struct log_clock *log, int64_t own, int64_t at)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = line_of(log), *next;
	int64_t by = line->shift - (at - own);

	clock->newest++;
	for (unsigned i = clock->newest; i != log->line + 1; i--)
		*line_at(clock, i) = *line_at(clock, i - 1);
	for (struct log_clock *other = clock->logs; other; other = other->next)
		if (other->line != log->line && is_after(clock, other->line + 1, log->line + 1))
			other->line++;
	next = line_at(clock, log->line + 1);
	*next = (struct clock_line){ .shift = at - own, .begin = own, .last = line->last + by, .end = line->end + by };
	line->last = log->own;
	line->end = log->own + GAPS_OF_DOUBT * clock_longest_gap(log);
	log->line++;
}

/* The line, of those behind that of the log, on which a record is nearest to where the log has come. */
static unsigned
nearest_line(const struct log_clock *log, int64_t own)
{
	unsigned best = log->line + 1;
	int64_t least = INT64_MAX;

	for (unsigned i = log->line + 1; i != log->server->newest + 1; i++) {
		int64_t apart = llabs(own + line_at(log->server, i)->shift - log->at);

		if (apart < least) {
			least = apart;
			best = i;
		}
	}
	return best;
}

/*
 * On that line the log would have been silent for longer than it ever is; and no other log has gone on from where this one
 * was, so the step that it shows may be another.
 */
static bool
is_far_ahead(const struct log_clock *log, int64_t own, unsigned number)
{
	return own + line_at(log->server, number)->shift - log->at > log->pause + CLOCK_PATIENT
	       && line_of(log)->last <= log->own + CLOCK_SLACK;
}

/*
 * The log has gone back where a line behind its own begins. It knows then that the step came after its last record, and
 * that it is as large as it takes. Whether the lines behind have moved.
 */
static bool
leave_line(struct log_clock *log, int64_t own, unsigned number)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = line_of(log);
	int64_t late = log->at - (own + line_at(clock, number)->shift);

	if (late > 0)
		late += 1 + clock_usual_gap(log);
	if (log->own > line->last)
		line->last = log->own;
	if (log->own > line->end)
		line->end = log->own;
	for (unsigned i = number; late > 0 && i != clock->newest + 1; i++)
		line_at(clock, i)->shift += late;
	log->line = number;
	return late > 0;
}

/*
 * Whether a record that goes on from the one before it is behind a step that another log has told of. A log that was at
 * work through all the time in which the step may have been would have gone back.
 */
static bool
is_behind_step(const struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count)
{
	const struct clock_line *line = line_of(log), *next = line_at(log->server, log->line + 1);
	int64_t half = line->end / 2 + next->begin / 2, last = own, step = next->shift - line->shift;

	if (step <= 0)
		return own > half && (log->at == WHEN_NONE || log->at - line->shift <= half);
	if (own <= line->end + CLOCK_SLACK)
		return false;
	for (size_t i = 0; i < count; last = behind[i++].at)
		if (behind[i].at < last - CLOCK_SLACK)
			return false;
	return log->own == WHEN_NONE || step <= log->pause || own + line->shift - log->at > log->pause
	       || log->since > line->last + line->shift;
}

/* Whether a record that seems to come long after the one before it follows it closely on a line behind a step forward. */
static bool
follows_on(const struct log_clock *log, int64_t own, unsigned number)
{
	const struct clock_line *line = line_at(log->server, number);
	int64_t at = own + line->shift;

	return own + line_of(log)->shift - log->at > CLOCK_PATIENT && llabs(at - log->at) <= log->pause + CLOCK_PATIENT
	       && at >= line->begin + line->shift - CLOCK_PATIENT;
}

/* Another log has told of steps already: a record may belong to a line behind them. Whether lines have moved. */
static bool
go_to_line(struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count)
{
	struct server_clock *clock = log->server;

	if (clock->newest - log->line >= LINES_KEPT)
		log->line = clock->newest - LINES_KEPT + 1;
	while (log->line != clock->newest) {
		unsigned nearest;

		if (log->at == WHEN_NONE || own + line_of(log)->shift >= log->at - CLOCK_SLACK) {
			if (is_behind_step(log, own, behind, count)) {
				log->line++;
				continue;
			}
			nearest = log->at == WHEN_NONE ? log->line : nearest_line(log, own);
			if (nearest != log->line && follows_on(log, own, nearest))
				log->line = nearest;
			return false;
		}
		nearest = nearest_line(log, own);
		if (log->at - (own + line_at(clock, nearest)->shift) > APART || is_far_ahead(log, own, nearest))
			return false; /* it goes back further than by any of them, or less far */
		return leave_line(log, own, nearest);
	}
	return false;
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
	int64_t at = own + line_of(log)->shift;

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
	int64_t old = log->at - line_of(log)->shift;

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
		log->at = behind[strays - 1].at + line_of(log)->shift;
		put_stray(log, event);
		return;
	}
	go_to_line(log, own, behind, count);
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
	moved = log->strays == 0 && go_to_line(log, own, behind, count);
	if (log->strays == 0)
		log->strays = strays_from(log, own, behind, count, changed);
	if (log->strays > 0) {
		log->strays--;
		put_stray(log, event);
		return moved;
	}
	old = log->at - line_of(log)->shift;
	if (own < old - CLOCK_SLACK && clock_is_step_back(log, event, own, behind, count)) {
		int64_t at = log->at + 1 + clock_usual_gap(log); /* two times may not be one */

		moved = true;
		if (log->line == log->server->newest)
			begin_line(log, own, at);
		else if (is_far_ahead(log, own, nearest_line(log, own)) && clock_thread_goes_back(log, event, own))
			insert_line(log, own, at);
		else
			leave_line(log, own, nearest_line(log, own));
	} else if (own > old + CLOCK_PATIENT && clock_is_step_forward(log, event, own, behind, count)) {
		moved = true;
		begin_line(log, own, log->at + 1 + clock_usual_gap(log));
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
