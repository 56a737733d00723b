/*
 * Standard output as a sink. A reader that has gone away is no error: what is
 * put is dropped from then on, and the program ends quietly.
 */
#ifndef CLI_STDOUT_SINK_H
#define CLI_STDOUT_SINK_H

#include <stdbool.h>

#include "cmtop/ascii_sink.h"

struct out {
	struct sink sink; /* what is put here leaves: as it is, or through `ascii` */
	struct ascii_sink ascii;
	int error;   /* errno of the first failed write; EPIPE is kept in `closed` instead */
	bool closed; /* the reader has gone away */
};

/* For all that are opened later: escapes in the place of what is no ASCII; `json`: those of JSON. */
void out_ascii_only(bool json);

void out_open(struct out *out); /* where it is; it cannot be copied elsewhere */

/* Everything put so far leaves. False: nothing more can be written. */
bool out_flush(struct out *out);

/* Flushes; 0, or exit code 1 after having said why. */
int out_end(struct out *out);

#endif
