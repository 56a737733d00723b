/*
 * What follows from a package thread and the time of day: how long it has been
 * silent, and whether that is far longer than its phase usually takes.
 */
#include "cmtop/figures.h"

#include <stdlib.h>

#include "state.h"

#define LEARNT_FROM 5  /* so many threads have left a phase before what they took counts as usual */
#define TIMES       4  /* … of which so many times is far longer */

int64_t
thread_silence(const struct package_thread *thread, int64_t now)
{
	return thread->last == WHEN_NONE || now == WHEN_NONE || now < thread->last ? 0 : now - thread->last;
}

/* In these a thread reads or copies a whole package, and says nothing meanwhile. */
static bool
is_copying(enum phase phase)
{
	return phase == PHASE_SNAPSHOT || phase == PHASE_COMPRESS || phase == PHASE_HASH || phase == PHASE_DPS || phase == PHASE_WAIT_DPS;
}

static int
by_length(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Three of four threads were not silent for longer in this phase; a few that were stuck teach nothing. -1: not known yet. */
static int64_t
usual_silence(const struct silences *silences)
{
	int64_t sorted[SILENCES_KEPT];
	size_t count = silences->count < SILENCES_KEPT ? silences->count : SILENCES_KEPT;

	if (count < LEARNT_FROM)
		return -1;
	memcpy(sorted, silences->longest, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), by_length);
	return sorted[(count * 3 - 1) / 4];
}

bool
thread_stalled(const struct model *model, const struct package_thread *thread, int64_t now)
{
	bool copying = is_copying((enum phase)thread->phase);
	int64_t usual = usual_silence(&model->silences[thread->phase]), least = copying ? 20 * WHEN_MINUTE : 10 * WHEN_MINUTE;

	if (usual < 0)
		return thread_silence(thread, now) > (copying ? 60 * WHEN_MINUTE : 10 * WHEN_MINUTE);
	return thread_silence(thread, now) > (TIMES * usual > least ? TIMES * usual : least);
}
