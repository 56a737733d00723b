/*
 * How long it usually is from one sign of life to the next: of a send, of a transfer,
 * of all sends to a site. A pause is not usual because it was long, nor because there
 * were a few in some hours: it has to come again and again, with little work between.
 */
#ifndef MODEL_RECORDS_USUAL_GAP_H
#define MODEL_RECORDS_USUAL_GAP_H

#include "cmtop/when.h"

#define GAP_LONG   (8 * WHEN_SECOND) /* no shorter one can be taken for a stall: only these are told apart */
#define GAP_LEVELS 13                /* 8 s, 16 s, … 9 h and longer */

/* Gaps that are at least as long as this level. */
struct gap_level {
	double sum, squares; /* milliseconds, of those shorter than the next level; how many of them: */
	float count;
	int64_t passed;  /* milliseconds in these, ever */
	float often;     /* that long or longer: how many, of which the older ones have faded */
	int64_t ended;   /* struct usual_gap's `passed` after the last of these */
	uint32_t number; /* … and its `gaps` */
};

/* All zero to begin with. */
struct usual_gap {
	double sum, squares; /* milliseconds, of the short ones lately */
	int64_t passed;      /* milliseconds in gaps, ever */
	int64_t usual;       /* milliseconds; 0: not known */
	int64_t unusual;     /* of `passed`: in longer ones than are usual */
	uint32_t gaps;       /* ever */
	uint32_t halved;     /* … when the sums were halved last */
	uint8_t levels;      /* so many of them are in use */
	struct gap_level level[GAP_LEVELS];
};

void usual_gap_long(struct usual_gap *gaps, int64_t gap);
void usual_gap_work_out(struct usual_gap *gaps);
/* Short ones, of which only the sum is known. */
void usual_gap_short_ones(struct usual_gap *gaps, uint32_t count, int64_t sum);

/* In milliseconds, above 0. Asked for every block, hence in here: short ones change what is usual slowly. */
static inline void
usual_gap_add(struct usual_gap *gaps, int64_t gap)
{
	if (gap >= GAP_LONG) {
		usual_gap_long(gaps, gap);
		return;
	}
	gaps->gaps++;
	gaps->passed += gap;
	gaps->sum += (double)gap;
	gaps->squares += (double)(gap * gap);
	if (gaps->gaps < 8 || gaps->gaps % 8 == 0)
		usual_gap_work_out(gaps);
}

#endif
