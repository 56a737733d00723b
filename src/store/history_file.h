/*
 * The history file: five-minute samples of one log folder, in the user's folder for
 * application data. Every function here may block, without end where a home folder
 * does not answer: only a detached task calls them.
 */
#ifndef STORE_HISTORY_FILE_H
#define STORE_HISTORY_FILE_H

#include "cmtop/model/sample_text.h"

#define HISTORY_PATH 4096
#define HISTORY_TEXT (POINTS_TEXT_MOST + 4096) /* of a longer file only the beginning is read, which is the newest */

struct history_payload {
	char home[HISTORY_PATH]; /* of the user's state */
	char logs[HISTORY_PATH]; /* the folder of the logs as it was named; comes back by its one real path */
	char path[HISTORY_PATH]; /* comes back: of the file */
	int error;               /* comes back: 0, or as atomic_file_error_text() knows it */

	/* To be kept. */
	struct samples_clock clock; /* of the model, as it is now */
	int64_t limit;              /* samples that reach past it are nonsense: running time */
	size_t count;
	struct sample samples[SAMPLES_KEPT]; /* newest first */

	size_t size; /* comes back: bytes of the file, 0 also where there is none */
	char text[HISTORY_TEXT];
};

/* Finds out where the file is, and what is in it. */
void history_file_fetch(void *payload);

/*
 * Joins the samples with what the file holds by now, since others may look at the
 * same server, and puts all of that in its place, or nothing.
 */
void history_file_keep(void *payload);

#endif
