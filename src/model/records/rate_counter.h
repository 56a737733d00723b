/* Counts and bytes per second of log time, over a window. */
#ifndef MODEL_RECORDS_RATE_COUNTER_H
#define MODEL_RECORDS_RATE_COUNTER_H

#include "cmtop/rate_window.h"
#include "model/tables/state.h"

#define SECONDS_KEPT 3600

struct rate_counters {
	int64_t second[SECONDS_KEPT];
	uint32_t count[SECONDS_KEPT][RATE_COUNT];
	struct rate_window bytes;  /* of packages, to all sites */
	struct rate_window *sites; /* … and to each */
};

struct rate_counters *rate_counters_new(uint32_t sites); /* NULL: out of memory */
void rate_counters_free(struct rate_counters *rates);

void rate_count(struct model *model, enum rate_counter rate_counter, int64_t at);
void rate_bytes(struct model *model, uint32_t site, int64_t at, uint64_t bytes); /* NAME_NONE: not known */

#endif
