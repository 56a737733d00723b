/*
 * The lines of a server's clock, and which of them a log's next record is on.
 */
#ifndef INGEST_CLOCK_LINES_H
#define INGEST_CLOCK_LINES_H

#include "ingest/server_clock.h"

/* Another log has told of steps already: the record at `own` may be behind them. Whether lines have moved. */
bool clock_go_to_line(struct log_clock *log, int64_t own, const struct clock_record *behind, size_t count);

/* The log's next record, at `own`, begins a line on which its running time is `at`: the newest one, or that behind its own. */
void clock_begin_line(struct log_clock *log, int64_t own, int64_t at);
void clock_insert_line(struct log_clock *log, int64_t own, int64_t at);

/* The line, of those behind that of the log, on which a record is nearest to where the log has come. There is one. */
unsigned clock_nearest_line(const struct log_clock *log, int64_t own);

/* Whether a record that goes back can hardly be on that line, since it would come too late for this log. */
bool clock_is_far_ahead(const struct log_clock *log, int64_t own, unsigned number);

/* The log's next record, which goes back, is on that line. Whether lines have moved. */
bool clock_leave_line(struct log_clock *log, int64_t own, unsigned number);

#endif
