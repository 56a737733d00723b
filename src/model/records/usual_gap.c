/*
 * What is usual is the mean over time, not over gaps: who sends in bursts spends the time
 * in the pauses. So that a lone pause does not become usual by its length, those of a level
 * count only while that level recurs: each is worth one, and that fades with the work done
 * since, whether this is measured in time or in gaps; idle time does not count as work.
 */
#include "model/records/usual_gap.h"

#include <math.h>
#include <stdbool.h>

#include "cmtop/model/job.h"

#define RECURS       2.3F /* three pauses close to each other; or many, with as much work between as they are long */
#define RECURS_FIRST 1.9F /* two of the first three gaps */
#define OFTEN_MOST   8.0F /* what has ended is forgotten soon */
#define FADES_TIMES  4    /* with so many times the length of the pause, */
#define FADES_MOST   (15 * WHEN_MINUTE) /* … but no longer than this, */
#define FADES_GAPS   64.0               /* … or with so many gaps, whichever takes longer */
#define TAIL_LEAST   2.0F /* so many gaps of a level that nobody takes for stalls count, a lone one does not */
#define GAP_MOST     (30 * WHEN_DAY)            /* longer ones count as this */
#define KEPT         (double)(30 * WHEN_MINUTE) /* of what is usual, … */
#define KEPT_GAPS    128                        /* … and so many gaps, then it counts half */

static int64_t
length_of(int level)
{
	return GAP_LONG << level;
}

/* How often the level has come, as of a time and a number of gaps. */
static float
often_at(const struct gap_level *level, int i, int64_t passed, uint32_t gaps)
{
	int64_t most = FADES_TIMES * length_of(i) < FADES_MOST ? FADES_TIMES * length_of(i) : FADES_MOST;
	double time = (double)(passed - level->ended) / (double)most;
	double count = (double)(gaps - level->number) / FADES_GAPS, faded = time < count ? time : count;

	return faded > 20 ? 0 : level->often * (float)exp(-faded);
}

static void
halve(struct usual_gap *gaps)
{
	gaps->halved = gaps->gaps;
	gaps->sum /= 2;
	gaps->squares /= 2;
	for (int i = 0; i < gaps->levels; i++) {
		gaps->level[i].sum /= 2;
		gaps->level[i].squares /= 2;
		gaps->level[i].count /= 2;
	}
}

/* So many levels recur, or a higher one does. */
static int
recurring_levels(const struct usual_gap *gaps)
{
	float least = gaps->gaps <= 3 ? RECURS_FIRST : RECURS;
	int i = gaps->levels;

	while (i > 0 && often_at(&gaps->level[i - 1], i - 1, gaps->passed, gaps->gaps) < least)
		i--;
	return i;
}

/* Gaps that nobody would have taken for a stall, and not just one. */
static bool
is_tail(const struct gap_level *level, int i, double usual)
{
	return level->count >= TAIL_LEAST
	       && ((double)length_of(i) <= usual * STALL_TIMES || length_of(i) < STALL_LEAST);
}

void
usual_gap_work_out(struct usual_gap *gaps)
{
	double sum = gaps->sum, squares = gaps->squares, half;
	int recurs = recurring_levels(gaps), i;

	for (i = 0; i < gaps->levels; i++) {
		const struct gap_level *level = &gaps->level[i];

		if (i >= recurs && !is_tail(level, i, sum > 0 ? squares / sum : 0))
			break;
		sum += level->sum;
		squares += level->squares;
	}
	for (gaps->unusual = 0; i < gaps->levels; i++)
		gaps->unusual += gaps->level[i].passed;
	/* At the time when they begin to recur, the shorter ones of the time before outweigh them. */
	half = recurs > 0 ? (double)length_of(recurs - 1) / 2 : 0;
	gaps->usual = sum <= 0 ? 0 : squares / sum > half ? (int64_t)(squares / sum) : (int64_t)half;
	if (sum > KEPT && gaps->gaps - gaps->halved >= KEPT_GAPS)
		halve(gaps);
}

void
usual_gap_long(struct usual_gap *gaps, int64_t gap)
{
	struct gap_level *level = gaps->level;

	gap = gap < GAP_MOST ? gap : GAP_MOST;
	for (int i = 0; i < GAP_LEVELS && gap >= length_of(i); i++, level++) {
		float often = often_at(level, i, gaps->passed, gaps->gaps) + 1;

		level->often = often < OFTEN_MOST ? often : OFTEN_MOST;
		level->ended = gaps->passed + gap;
		level->number = gaps->gaps + 1;
		if (gaps->levels <= i)
			gaps->levels = (uint8_t)(i + 1);
	}
	level--;
	level->sum += (double)gap;
	level->squares += (double)gap * (double)gap;
	level->count += 1;
	level->passed += gap;
	gaps->passed += gap;
	gaps->gaps++;
	usual_gap_work_out(gaps);
}

void
usual_gap_short_ones(struct usual_gap *gaps, uint32_t count, int64_t sum)
{
	if (count == 0 || sum <= 0)
		return;
	gaps->gaps += count;
	gaps->passed += sum;
	gaps->sum += (double)sum;
	gaps->squares += (double)sum * (double)sum / count;
	usual_gap_work_out(gaps);
}
