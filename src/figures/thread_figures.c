/*
 * What follows from a package thread and the time of day: how long it has been
 * silent, and whether that is far longer than its phase usually takes.
 */
#include "cmtop/figures.h"

#include <stdlib.h>

#define LEARNT_FROM 5           /* so many threads have left a phase before what they took counts as usual */
#define FEW         2           /* … of which so many may have been silent for another reason */
#define PAUSE_LEAST WHEN_MINUTE /* shorter ones end at the same time by chance */
#define TIMES       4           /* so many times what is usual is far longer */

int64_t
thread_silence(const struct package_thread *thread, int64_t now)
{
	return thread->last == WHEN_NONE || now == WHEN_NONE || now < thread->last ? 0 : now - thread->last;
}

/* In these a thread reads or copies a whole package, and says nothing meanwhile. */
static bool
is_copying(enum phase phase)
{
	return phase == PHASE_SNAPSHOT || phase == PHASE_COMPRESS || phase == PHASE_HASH || phase == PHASE_DPS
	       || phase == PHASE_WAIT_DPS;
}

static int
by_length(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

#define SAME_PART 10 /* two pauses are one if begin and end are apart by no more than such a part of them */

/* Where the clock was set, or the server stood still, all threads were silent at once: that is one pause. */
static bool
is_same_pause(const struct phase_silence *a, const struct phase_silence *b)
{
	int64_t most = a->longest / SAME_PART, ends = when_between(a->ended, b->ended),
		begins = ends - b->longest + a->longest;

	return a->ended != WHEN_NONE && b->ended != WHEN_NONE && ends <= most && ends >= -most && begins <= most
	       && begins >= -most;
}

static bool
is_told(const struct phase_silence *silences, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (silences[k].longest >= PAUSE_LEAST && is_same_pause(&silences[k], &silences[i]))
			return true;
	return false;
}

/*
 * Three of four threads were not silent for longer in this phase, nor all but two of them: a few
 * that were stuck, or that a pause of the server fell into, teach nothing. -1: not known yet.
 */
static int64_t
usual_silence(const struct phase_silence *silences, size_t count)
{
	int64_t sorted[PHASE_SILENCES];
	size_t known = 0, at;

	for (size_t i = 0; i < count; i++)
		if (!is_told(silences, i))
			sorted[known++] = silences[i].longest;
	if (known < LEARNT_FROM)
		return -1;
	qsort(sorted, known, sizeof(*sorted), by_length);
	at = (known * 3 - 1) / 4;
	return sorted[at < known - FEW ? at : known - FEW - 1];
}

/* The same package, or one at least half as large. */
static bool
is_like(const struct model *model, uint32_t package, uint32_t other)
{
	const struct package *packages;
	int64_t size, others;
	size_t count;

	if (package == NAME_NONE || other == NAME_NONE)
		return false;
	packages = model_packages(model, &count);
	size = packages[package].kbytes;
	others = packages[other].kbytes;
	return package == other || (size >= 0 && others >= 0 && others >= size / 2);
}

/* How long packages like this one were silent for in the phase, the usual one of them. -1: there was none. */
static int64_t
silence_of_like(const struct model *model, const struct phase_silence *silences, size_t count, uint32_t package,
                bool *alone)
{
	int64_t sorted[PHASE_SILENCES];
	size_t like = 0;

	for (size_t i = 0; i < count; i++)
		if (is_like(model, package, silences[i].package) && !is_told(silences, i))
			sorted[like++] = silences[i].longest;
	*alone = like == 1;
	if (like == 0)
		return -1;
	qsort(sorted, like, sizeof(*sorted), by_length);
	return sorted[(like - 1) / 2];
}

static int64_t
longer(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
shorter(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/*
 * How long a phase takes goes by the size of the package: what small ones have shown says
 * nothing of a large one, nor of one whose size is not known yet. A single one like it may
 * have met a pause that was not its own.
 */
static int64_t
longest_silence(const struct model *model, const struct package_thread *thread)
{
	size_t count;
	const struct phase_silence *silences = model_phase_silences(model, (enum phase)thread->phase, &count);
	bool copying = is_copying((enum phase)thread->phase), alone;
	int64_t usual = usual_silence(silences, count),
		like = silence_of_like(model, silences, count, thread->package, &alone);
	int64_t untaught = copying ? 60 * WHEN_MINUTE : 10 * WHEN_MINUTE,
		least = copying ? 20 * WHEN_MINUTE : 10 * WHEN_MINUTE;

	if (usual < 0 || like < 0)
		return longer(untaught, TIMES * usual);
	like *= TIMES / 2;
	return longer(TIMES * usual, longer(alone ? shorter(like, untaught) : like, least));
}

bool
thread_stalled(const struct model *model, const struct package_thread *thread, int64_t now)
{
	return thread_silence(thread, now) > longest_silence(model, thread);
}
