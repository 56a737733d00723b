/*
 * A log and its previous generation in the outside world: what a worker does for
 * one that follows the log. Where a share hangs, it hangs.
 */
#ifndef FOLLOW_LOG_FILES_H
#define FOLLOW_LOG_FILES_H

#include "cmtop/rotate.h"
#include "os/open_file.h" /* whose errors are those of seen.error */
#include "os/worker.h"

#define FILES_CHUNK (256 * 1024) /* new bytes that a look wants at most */

/* The mailbox between the two. */
struct look_mailbox {
	struct look look;                         /* the question */
	struct seen seen;                         /* the answer, */
	char data[FILES_CHUNK + ROTATION_ANCHOR]; /* whose data is here, until the next look that wants bytes */
};

/* Workers that look at the files of a log; the path is that of the log. */
extern const struct worker_kind log_files_worker;

#endif
