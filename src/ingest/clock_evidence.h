/*
 * What the records around one tell of it: whether the clock was set, or the record has a wrong time, or time has passed.
 */
#ifndef INGEST_CLOCK_EVIDENCE_H
#define INGEST_CLOCK_EVIDENCE_H

#include "ingest/server_clock.h"

#define STRAYS_MOST 8 /* records with a wrong time in a row */

/* Between two records of the log, milliseconds; at most so long that it cannot be a step. */
int64_t clock_usual_gap(const struct log_clock *log);

/* The longest of the latest ones, at most ten minutes. */
int64_t clock_longest_gap(const struct log_clock *log);

/* Several threads were at work when the silence began that ends now. */
bool clock_may_step_forward(const struct log_clock *log);

/* Whether the clock was set before the event, a record at `own`; `behind` are the records after it. */
bool clock_is_step_forward(struct log_clock *log, const struct event *event, int64_t own,
                           const struct clock_record *behind, size_t count);
bool clock_is_step_back(const struct log_clock *log, const struct event *event, int64_t own,
                        const struct clock_record *behind, size_t count);

/* The thread of the event had a later time already. */
bool clock_thread_goes_back(const struct log_clock *log, const struct event *event, int64_t own);

/* How many of the first records of a log are strays, 0: this one is none. Those behind them agree on another time. */
unsigned clock_strays_first(int64_t own, const struct clock_record *behind, size_t count);

/* How many records from this one on are strays, 0: it is none. The log had come to `old`, and goes on there behind them. */
unsigned clock_strays_back(const struct log_clock *log, int64_t own, int64_t old, const struct clock_record *behind,
                           size_t count);
unsigned clock_strays_forward(const struct log_clock *log, int64_t own, int64_t old, const struct clock_record *behind,
                              size_t count, int64_t changed);

#endif
