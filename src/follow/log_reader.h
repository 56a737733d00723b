/*
 * One log read from its beginning to its end, with plain blocking reads that go
 * straight into its source.
 */
#ifndef FOLLOW_LOG_READER_H
#define FOLLOW_LOG_READER_H

#include "cmtop/log.h"
#include "cmtop/parser.h"
#include "follow/log_paths.h"

struct reader;

struct reader *reader_new(const struct log_path *path, uint8_t log); /* NULL: out of memory */
void reader_free(struct reader *reader);

/* Opens the log's generations. What cannot be opened says so in the status. */
void reader_open(struct reader *reader);

/* A `pull` of merge.h; `payload` is the reader. False: the log is at its end. */
bool reader_next(void *payload, struct event *event);

/* Bytes from elsewhere than its files: feed, then reader_next() until false. */
void reader_feed(struct reader *reader, const char *bytes, size_t size);

void reader_status(const struct reader *reader, struct log_status *out);
int reader_error(const struct reader *reader,
                 const char **path); /* 0, or as opening_error_text() knows it; of which file */

/* What the records tell of a log, into its status: counts, times, its name. */
void status_of_source(struct log_status *status, const struct parser_counts *counts);
void status_of_path(struct log_status *status, const struct log_path *path, const struct parser *source);

#endif
