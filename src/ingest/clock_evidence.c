/*
 * What the records around one tell of it: whether the clock was set, or the record has a wrong time, or time has passed.
 */
#include "ingest/clock_evidence.h"

#include <stdlib.h>

#define STRAYS_BACK   4 /* … where it is an earlier one */
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

/* The latest gaps between two records, the shortest first. How many. */
static size_t
latest_gaps(const struct log_clock *log, int64_t gaps[USUAL_OF])
{
	size_t count = 0;

	for (unsigned i = 1; i < RECENT_KEPT && i < log->taken && count < USUAL_OF; i++) {
		int64_t gap = log->recent[(log->taken - i) % RECENT_KEPT].own
		              - log->recent[(log->taken - i - 1) % RECENT_KEPT].own;

		gaps[count++] = gap < 0 ? 0 : gap;
	}
	qsort(gaps, count, sizeof(*gaps), by_size);
	return count;
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
		int64_t gap = log->recent[(log->taken - i) % RECENT_KEPT].own
		              - log->recent[(log->taken - i - 1) % RECENT_KEPT].own;

		longest = gap > longest ? gap : longest;
	}
	return at_most(longest, LONGEST_GAP);
}

int64_t
clock_many_gaps(const struct log_clock *log)
{
	return MANY_GAPS * clock_usual_gap(log) + CLOCK_SLACK;
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
	int64_t gaps[RECENT_KEPT], later = newest->own, gap;
	size_t count = 0;

	for (unsigned k = 0; k < i; k++)
		if (log->recent[(log->taken - 1 - k) % RECENT_KEPT].thread == newest->thread)
			return -1;
	for (unsigned k = i + 1; k < RECENT_KEPT && k < log->taken; k++) {
		record = &log->recent[(log->taken - 1 - k) % RECENT_KEPT];
		if (record->thread != newest->thread)
			continue;
		gaps[count++] = later - record->own;
		later = record->own;
	}
	if (count + 1 < OFTEN)
		return -1;
	gap = median(gaps, count);
	return gap <= CLOCK_PATIENT && log->own - newest->own <= CLOCK_PATIENT ? gap : -1;
}

/* Its next word is like the last: it goes on with what it was at, and does not try again what it had given up. */
static bool
goes_on(const struct clock_record *last, const struct event *event, int64_t own, const struct clock_record *behind,
        size_t count)
{
	if (event->thread == last->thread)
		return clock_record(event, own).kind == last->kind;
	for (size_t i = 0; i < count; i++)
		if (behind[i].thread == last->thread)
			return behind[i].kind == last->kind && behind[i].own - own <= CLOCK_PATIENT;
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

		if (log->own - record->own > CLOCK_PATIENT)
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

/* The clock was set forward: of several threads that wrote often, none was heard while it should have been. */
bool
clock_is_step_forward(const struct log_clock *log, const struct event *event, int64_t own,
                      const struct clock_record *behind, size_t count)
{
	unsigned on, at_work = threads_at_work(log, event, own, behind, count, &on);

	return on >= 2 && on * 2 >= at_work;
}

static bool
goes_back(const struct log_clock *log, uint32_t thread, int64_t own)
{
	for (unsigned i = 0; i < RECENT_KEPT && i < log->taken; i++) {
		const struct clock_record *record = &log->recent[(log->taken - 1 - i) % RECENT_KEPT];

		if (record->thread == thread)
			return own < record->own - CLOCK_SLACK;
	}
	return false;
}

/*
 * The clock was set back: threads go on earlier than they were. Where none does the lines are only out of order, as where
 * somebody has put together what each thread wrote.
 */
bool
clock_is_step_back(const struct log_clock *log, const struct event *event, int64_t own,
                   const struct clock_record *behind, size_t count)
{
	if (goes_back(log, event->thread, own))
		return true;
	for (size_t i = 0; i < count; i++)
		if (goes_back(log, behind[i].thread, behind[i].own))
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
	int64_t many = MANY_GAPS * clock_usual_gap(log), last = own, near = many + CLOCK_SLACK;

	/* What comes from another year is none of it, also where a pause follows. */
	near = near > (old - own) / 100 ? near : (old - own) / 100;
	for (unsigned i = 0; i < count && i < STRAYS_BACK; last = behind[i++].own)
		if (behind[i].own >= old - CLOCK_SLACK)
			return behind[i].own - old <= near && behind[i].own - last > many + CLOCK_PATIENT ? i + 1 : 0;
	return 0;
}

/* The same of one that is far later. Where the log ends with it, a time that the file cannot know is none. */
unsigned
clock_strays_forward(const struct log_clock *log, int64_t own, int64_t old, const struct clock_record *behind,
                     size_t count, int64_t changed)
{
	int64_t leap = own - old, near = MANY_GAPS * clock_usual_gap(log) + CLOCK_PATIENT;

	near = near > leap / 100 ? near : leap / 100;
	for (unsigned i = 0; i < count && i < STRAYS_MOST; i++)
		if (behind[i].own - old <= near && behind[i].own < own - leap / 2)
			return i + 1;
	if (count >= 3 || leap < WHEN_DAY)
		return 0;
	if (changed == WHEN_NONE)
		return leap > LEAP_OF_YEARS ? (unsigned)count + 1 : 0;
	return own > changed + LEAP_OF_DAYS ? (unsigned)count + 1 : 0;
}

bool
clock_is_stray_first(int64_t own, const struct clock_record *behind, size_t count)
{
	int64_t leap;

	if (count < 2 || behind[1].own < behind[0].own - CLOCK_SLACK || behind[1].own > behind[0].own + WHEN_DAY)
		return false;
	leap = behind[0].own - own;
	return leap < -WHEN_DAY || leap > LEAP_OF_YEARS;
}
