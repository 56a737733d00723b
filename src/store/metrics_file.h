/*
 * The figures kept in a file, for whoever collects metrics.
 */
#ifndef STORE_METRICS_FILE_H
#define STORE_METRICS_FILE_H

#include <uv.h>

#include "store/atomic_file.h"

struct metrics_file;

/* Where the figures come from. */
struct metrics_source {
	bool (*ready)(void *payload); /* called on the loop: whether all are known now */
	atomic_file_make *make;       /* writes them */
	void *payload;
};

/*
 * Writes the file as soon as the figures are ready, and then every so many seconds.
 * *out is NULL where `path` is. 0, or exit code 1 after the user was told why the
 * file cannot be kept there. `path` must stay.
 */
int metrics_file_open(struct metrics_file **out, uv_loop_t *loop, const char *path, double interval,
                      const struct metrics_source *source);
void metrics_file_close(struct metrics_file *metrics); /* before the source goes; NULL is fine */

/* Once. 0, or the exit code after the user was told why not. */
int metrics_file_write(const char *path, atomic_file_make *make, void *payload);

#endif
