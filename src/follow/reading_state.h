/*
 * What a reading knows of its logs: furniture of reading.c and reading_logs.c.
 */
#ifndef FOLLOW_READING_STATE_H
#define FOLLOW_READING_STATE_H

#include "cmtop/parser.h"
#include "follow/follow.h"
#include "ingest/components_seen.h"
#include "follow/stdin_reader.h"
#include "ingest/merge.h"
#include "follow/reading.h"

/* A file's bytes and how far they have come. */
struct file_stream {
	struct parser *source;
	uint64_t expected; /* offset of the next byte */
};

struct watched {
	struct reading *reading;
	const struct log_path *path;
	struct follow *follow; /* NULL: standard input */
	struct input *input;
	uint64_t gaps; /* of the follow, when it was last asked */
	bool ended;    /* of standard input */
	int error;     /* likewise: negative libuv error */

	struct file_stream file_stream[2]; /* the log, and its previous generation while somebody still writes there */
	unsigned lent;                     /* which file_stream has bytes that follow_more() waits for */
	bool lends;                        /* … if any has */
	struct stream stream;              /* of the file_stream that has bytes */
	struct components_seen heard;
};

struct reading {
	uv_loop_t *loop;
	struct model *model;
	struct logstore *logstore; /* NULL: lines are not kept */
	struct watched log[PATHS_MOST];
	struct stream *streams[PATHS_MOST];
	struct log_status status[PATHS_MOST];
	size_t count;
	bool caught_up;
	struct redact *redact; /* NULL: names stay */
	bool pumping;          /* follow_more() may call back at once */
	bool held, patient;
	struct reading_options options;
	struct reading_events events;
};

#endif
