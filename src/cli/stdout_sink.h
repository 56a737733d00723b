/*
 * Standard output as a sink. A reader that has gone away is no error: what is
 * put is dropped from then on, and the program ends quietly.
 */
#ifndef CLI_STDOUT_SINK_H
#define CLI_STDOUT_SINK_H

#include <stdbool.h>

#include "cmtop/sink.h"

struct out {
	struct sink sink;
	int error;   /* errno of the first failed write; EPIPE is kept in `closed` instead */
	bool closed; /* the reader has gone away */
};

void out_open(struct out *out);

/* Everything put so far leaves. False: nothing more can be written. */
bool out_flush(struct out *out);

/* Flushes; 0, or exit code 1 after having said why. */
int out_end(struct out *out);

#endif
