/*
 * One log read from its beginning to its end, with plain blocking reads, into an ingest.
 */
#ifndef FOLLOW_LOG_READER_H
#define FOLLOW_LOG_READER_H

#include "cmtop/ingest.h"
#include "cmtop/log.h"
#include "follow/log_paths.h"

struct log_reader;

/* `log` is the number of the log in the ingest. NULL: out of memory. */
struct log_reader *log_reader_new(const struct log_path *path, size_t log);
void log_reader_free(struct log_reader *reader);

/* Opens the log's generations. What cannot be opened says so in the status. */
void log_reader_open(struct log_reader *reader);

/* Brings the next bytes of the log, or its end. Nothing is brought when all of that has been. */
void log_reader_more(struct log_reader *reader, struct ingest *ingest);

void log_reader_status(const struct log_reader *reader, const struct ingest *ingest, struct log_status *out);

/* The name of the file that is read after so many others of the log. */
const char *log_reader_file(const struct log_reader *reader, uint64_t read);

/* 0, or as opening_error_text() knows it; of which file */
int log_reader_error(const struct log_reader *reader, const char **path);

#endif
