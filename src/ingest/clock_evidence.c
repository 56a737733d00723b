/*
 * What the records around one tell of it: whether the clock was set, or the record has a wrong time, or time has passed.
 */
#include "ingest/clock_evidence.h"

#include <stdlib.h>

#define MANY_STRAYS   3 /* behind one that is far away: it is none, and the log goes on there */
#define STRAYS_FEW    4 /* records with a wrong time in a row, where the log goes on behind them */
#define LONGEST_GAP   (10 * WHEN_MINUTE)
#define USUAL_OF      15 /* a log's usual gap is the median of so many */
#define MANY_GAPS     20 /* more than so many usual gaps is no gap */
#define LEAP_OF_YEARS (366 * WHEN_DAY)
#define LEAP_OF_DAYS  (38 * WHEN_HOUR) /* a day, and what local time may differ from UTC */

/* ---- what is usual ---- */

static int
by_size(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

static int64_t
median(int64_t *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_size);
	return values[count / 2];
}

/* Before the i-th latest record, from 1. */
static int64_t
gap_before(const struct log_clock *log, unsigned i)
{
	return log->recent[(log->taken - i) % RECENT_KEPT].at - log->recent[(log->taken - i - 1) % RECENT_KEPT].at;
}

/* The latest gaps between two records, the shortest first. How many. */
static size_t
latest_gaps(const struct log_clock *log, int64_t gaps[USUAL_OF])
{
	size_t count = 0;

	for (unsigned i = 1; i < RECENT_KEPT && i < log->taken && count < USUAL_OF; i++) {
		int64_t gap = gap_before(log, i);

		gaps[count++] = gap < 0 ? 0 : gap;
	}
	qsort(gaps, count, sizeof(*gaps), by_size);
	return count;
}

static int64_t
larger(int64_t one, int64_t other)
{
	return one > other ? one : other;
}

static int64_t
at_most(int64_t gap, int64_t most)
{
	return gap < most ? gap : most;
}

int64_t
clock_usual_gap(const struct log_clock *log)
{
	int64_t gaps[USUAL_OF];
	size_t count = latest_gaps(log, gaps);

	return count ? at_most(gaps[count / 2], CLOCK_PATIENT) : 0;
}

int64_t
clock_longest_gap(const struct log_clock *log)
{
	int64_t longest = 0;

	for (unsigned i = 1; i < RECENT_KEPT && i < log->taken; i++) {
		int64_t gap = gap_before(log, i);

		longest = gap > longest ? gap : longest;
	}
	return at_most(longest, LONGEST_GAP);
}

void
log_clock_learn(struct log_clock *log)
{
	log->pause = MANY_GAPS * clock_usual_gap(log) + CLOCK_SLACK;
}

/* ---- threads that write often ---- */

#define OFTEN 4 /* records of a thread that tell what its usual gap is */

/*
 * The usual gap of the i-th newest record's thread, where that record is the thread's newest and the thread was at
 * work; -1: it is not, or it was not.
 */
static int64_t
gap_at_work(const struct log_clock *log, unsigned i)
{
	const struct clock_record *newest = &log->recent[(log->taken - 1 - i) % RECENT_KEPT], *record;
	int64_t gaps[RECENT_KEPT], later = newest->at, gap;
	size_t count = 0;

	for (unsigned k = 0; k < i; k++)
		if (log->recent[(log->taken - 1 - k) % RECENT_KEPT].thread == newest->thread)
			return -1;
	for (unsigned k = i + 1; k < RECENT_KEPT && k < log->taken; k++) {
		record = &log->recent[(log->taken - 1 - k) % RECENT_KEPT];
		if (record->thread != newest->thread)
			continue;
		gaps[count++] = later - record->at;
		later = record->at;
	}
	if (count + 1 < OFTEN)
		return -1;
	gap = median(gaps, count);
	return gap <= CLOCK_PATIENT && log->at - newest->at <= CLOCK_PATIENT ? gap : -1;
}

/* In the middle of its work, which it did not begin anew. */
static bool
is_same_work(uint8_t last, uint8_t next)
{
	return next == last || next == EVENT_WROTE || next == EVENT_TRANSFER_WROTE;
}

/* It goes on with what it was at, and does not try again what it had given up. */
static bool
goes_on(const struct clock_record *last, const struct event *event, int64_t own, const struct clock_record *behind,
        size_t count)
{
	if (event->thread == last->thread)
		return is_same_work(last->kind, clock_record(event, own, 0).kind);
	for (size_t i = 0; i < count; i++)
		if (behind[i].thread == last->thread)
			return is_same_work(last->kind, behind[i].kind) && behind[i].at - own <= CLOCK_PATIENT;
	return false;
}

/* Threads that were at work when the silence began; `on`: how many of these go on after it. */
static unsigned
threads_at_work(const struct log_clock *log, const struct event *event, int64_t own, const struct clock_record *behind,
                size_t count, unsigned *on)
{
	unsigned at_work = 0;

	*on = 0;
	for (unsigned i = 0; i < RECENT_KEPT && i < log->taken; i++) {
		const struct clock_record *record = &log->recent[(log->taken - 1 - i) % RECENT_KEPT];

		if (log->at - record->at > CLOCK_PATIENT)
			break;
		if (gap_at_work(log, i) < 0)
			continue;
		at_work++;
		*on += event && goes_on(record, event, own, behind, count);
	}
	return at_work;
}

bool
clock_may_step_forward(const struct log_clock *log)
{
	unsigned on;

	return threads_at_work(log, NULL, 0, NULL, 0, &on) >= 2;
}

/* Its newest record followed the one before it as usual, no step between them. */
static bool
went_on(const struct log_clock *log)
{
	const struct clock_record *newest = &log->recent[(log->taken - 1) % RECENT_KEPT],
				  *before = &log->recent[(log->taken - 2) % RECENT_KEPT];

	return log->taken > 1 && newest->line == before->line
	       && newest->at - before->at <= 2 * clock_usual_gap(log) + CLOCK_SLACK;
}

/* Another log of the server went on through the time that would have been skipped. */
static bool
is_told_by_others(const struct log_clock *log, int64_t own)
{
	int64_t at = own + log_clock_line(log)->shift;

	for (const struct log_clock *other = log->server->logs; other; other = other->next)
		if (other != log && other->line == log->line && other->at > log->at + WHEN_SECOND
		    && other->at < at - CLOCK_SLACK && went_on(other))
			return true;
	return false;
}

/* It goes back by most of what it went forward. */
static bool
is_set_back_soon(const struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count)
{
	int64_t leap = own + log_clock_line(log)->shift - log->at, last = own;

	for (size_t i = 0; i < count; last = behind[i++].at)
		if (last - behind[i].at > leap / 2)
			return true;
	return false;
}

/*
 * The clock was set forward: of several threads that wrote often, none was there while it should have been, and no other
 * log has a time between.
 */
bool
clock_is_step_forward(struct log_clock *log, const struct event *event, int64_t own, const struct clock_record *behind,
                      size_t count)
{
	unsigned on, at_work = threads_at_work(log, event, own, behind, count, &on);

	if (on < 2 || on * 2 < at_work || own == log->passed)
		return false;
	if (is_told_by_others(log, own) && !is_set_back_soon(log, own, behind, count))
		log->passed = own;
	return own != log->passed;
}

static bool
goes_back(const struct log_clock *log, uint32_t thread, int64_t at)
{
	for (unsigned i = 0; i < RECENT_KEPT && i < log->taken; i++) {
		const struct clock_record *record = &log->recent[(log->taken - 1 - i) % RECENT_KEPT];

		if (record->thread == thread)
			return at < record->at - CLOCK_SLACK;
	}
	return false;
}

bool
clock_thread_goes_back(const struct log_clock *log, const struct event *event, int64_t own)
{
	return goes_back(log, event->thread, own + log_clock_line(log)->shift);
}

/*
 * The clock was set back: threads go on earlier than they were. Where none does the lines are only out of order, as where
 * somebody has put together what each thread wrote.
 */
bool
clock_is_step_back(const struct log_clock *log, const struct event *event, int64_t own,
                   const struct clock_record *behind, size_t count)
{
	int64_t shift = log_clock_line(log)->shift;

	if (goes_back(log, event->thread, own + shift))
		return true;
	for (size_t i = 0; i < count; i++)
		if (goes_back(log, behind[i].thread, behind[i].at + shift))
			return true;
	return false;
}

/*
 * How many records from this one on, which is earlier than the one before it, are strays: a few, and then the log goes on
 * where it was. Without a reason to think so it is a step, as a pause may end where the clock had been.
 */
unsigned
clock_strays_back(const struct log_clock *log, int64_t own, int64_t old, const struct clock_record *behind,
                  size_t count)
{
	int64_t leap = old - own, many = log->pause, last = own;

	/* What comes from another year is none of it, also where a pause follows. */
	for (unsigned i = 0; i < count && i < STRAYS_FEW; last = behind[i++].at)
		if (behind[i].at >= old - CLOCK_SLACK)
			return behind[i].at - old <= larger(many, leap / 100)
			                       && behind[i].at - last > many + CLOCK_PATIENT
			               ? i + 1
			               : 0;
	return count < MANY_STRAYS && leap > WHEN_DAY ? (unsigned)count + 1 : 0;
}

/* The same of one that is far later. Where the log ends with it, a time that the file cannot know is none. */
unsigned
clock_strays_forward(const struct log_clock *log, int64_t own, int64_t old, const struct clock_record *behind,
                     size_t count, int64_t changed)
{
	int64_t leap = own - old, near = larger(log->pause + CLOCK_PATIENT, leap / 100);

	for (unsigned i = 0; i < count && i < STRAYS_FEW; i++)
		if (behind[i].at - old <= near && behind[i].at < own - leap / 2)
			return i + 1;
	if (count >= MANY_STRAYS || leap < WHEN_DAY)
		return 0;
	if (changed == WHEN_NONE)
		return leap > LEAP_OF_YEARS ? (unsigned)count + 1 : 0;
	return own > changed + LEAP_OF_DAYS ? (unsigned)count + 1 : 0;
}

unsigned
clock_strays_first(int64_t own, const struct clock_record *behind, size_t count)
{
	int64_t last = own, leap;

	for (unsigned i = 0; i + 1 < count && i + 1 < STRAYS_MOST; last = behind[i++].at) {
		leap = behind[i].at - last;
		if ((leap < -WHEN_DAY || leap > LEAP_OF_YEARS) && behind[i + 1].at - behind[i].at < WHEN_DAY
		    && behind[i + 1].at >= behind[i].at - CLOCK_SLACK)
			return i + 1;
	}
	return 0;
}
