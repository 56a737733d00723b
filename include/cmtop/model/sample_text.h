/*
 * Five-minute samples that outlive the program: as text, and joined with those
 * that the logs still tell of.
 *
 * A line is a point, the newest first, and each proves itself: a sum over the
 * line, the form, and whose samples they are. So what is damaged, cut off, of
 * another folder or of another version is left out line by line, and the rest is
 * as good as before. A line that begins with '#' is for people:
 *
 *	# cmtop: five minutes a line, newest first, in UTC, of /mnt/siteserver/Logs
 *	2026-07-30T17:00 2914 12 10 36700160 3 0 73400320 5 3 5 300000 300000 300000 294000 300000 300000 0 1470000 5f0c93b1
 */
#ifndef CMTOP_MODEL_SAMPLE_TEXT_H
#define CMTOP_MODEL_SAMPLE_TEXT_H

#include "cmtop/model/samples.h"
#include "cmtop/sink.h"

#define POINTS_TEXT_MOST (300 * 1024) /* bytes that are ever written; the oldest points are left out for it */

/* Whose samples: only lines written for just the same are read. */
struct samples_of {
	const char *logs; /* the folder of the logs, by its one real path */
	struct samples_clock clock;
};

/* Newest first, as they come from samples_read() and model_sample(). */
void samples_write(const struct samples_of *of, const struct sample *samples, size_t count, const struct sink *sink);

/* What is whole in `text`, newest first. Returns how many of `out`. */
size_t samples_read(const struct samples_of *of, struct span text, struct sample out[SAMPLES_KEPT]);

/*
 * One's own samples and those kept, newest first; nothing kept that reaches past
 * `limit` is taken, and nothing seven days older than the newest. In the same
 * five minutes each log counts as whoever read more of it tells, one's own when
 * that is the same: a log that rolls away sooner than another takes with it only
 * what it told itself. Returns how many of `out`, which is neither of the two.
 */
size_t samples_merge(const struct sample *own, size_t own_count, const struct sample *kept, size_t kept_count,
                     int64_t limit, struct sample out[SAMPLES_KEPT]);

#endif
