/*
 * Lines: stretches of records between two steps of a server's clock. Each log comes to a step on its own, the one that
 * shows it first not always as the first; what each of them shows is put together.
 */
#include "ingest/clock_lines.h"

#include <stdlib.h>

#include "ingest/clock_evidence.h"

#define APART         (2 * WHEN_MINUTE) /* two logs do not tell of one step with a greater difference */
#define GAPS_OF_DOUBT 3 /* of the longest ones: so late after a record the step may be that its log shows next */

static struct clock_line *
line_at(const struct server_clock *clock, unsigned number)
{
	return (struct clock_line *)&clock->line[number % LINES_KEPT];
}

/* The log's next record, at `own`, begins a line on which its running time is `at`. */
void
clock_begin_line(struct log_clock *log, int64_t own, int64_t at)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = log_clock_line(log);
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
void
clock_insert_line(struct log_clock *log, int64_t own, int64_t at)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = log_clock_line(log), *next;
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
unsigned
clock_nearest_line(const struct log_clock *log, int64_t own)
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
bool
clock_is_far_ahead(const struct log_clock *log, int64_t own, unsigned number)
{
	return own + line_at(log->server, number)->shift - log->at > log->pause + CLOCK_PATIENT
	       && log_clock_line(log)->last <= log->own + CLOCK_SLACK;
}

/*
 * The log has gone back where a line behind its own begins. It knows then that the step came after its last record, and
 * that it is as large as it takes. Whether the lines behind have moved.
 */
bool
clock_leave_line(struct log_clock *log, int64_t own, unsigned number)
{
	struct server_clock *clock = log->server;
	struct clock_line *line = log_clock_line(log);
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
	const struct clock_line *line = log_clock_line(log), *next = line_at(log->server, log->line + 1);
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

	return own + log_clock_line(log)->shift - log->at > CLOCK_PATIENT
	       && llabs(at - log->at) <= log->pause + CLOCK_PATIENT && at >= line->begin + line->shift - CLOCK_PATIENT;
}

/* Another log has told of steps already: a record may belong to a line behind them. Whether lines have moved. */
bool
clock_go_to_line(struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count)
{
	struct server_clock *clock = log->server;

	/* One place stays free: a line may have to be put between this one and the next. */
	if (clock->newest - log->line > LINES_KEPT - 2)
		log->line = clock->newest - (LINES_KEPT - 2);
	while (log->line != clock->newest) {
		unsigned nearest;

		if (log->at == WHEN_NONE || own + log_clock_line(log)->shift >= log->at - CLOCK_SLACK) {
			if (is_behind_step(log, own, behind, count)) {
				log->line++;
				continue;
			}
			nearest = log->at == WHEN_NONE ? log->line : clock_nearest_line(log, own);
			if (nearest != log->line && follows_on(log, own, nearest))
				log->line = nearest;
			return false;
		}
		nearest = clock_nearest_line(log, own);
		if (log->at - (own + line_at(clock, nearest)->shift) > APART || clock_is_far_ahead(log, own, nearest))
			return false; /* it goes back further than by any of them, or less far */
		return clock_leave_line(log, own, nearest);
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
