/*
 * The forecast that is shown: the newest one of the background task, or, where there is
 * no such task, one made here and kept for some seconds.
 */
#ifndef VIEW_FRAME_FORECAST_CACHE_H
#define VIEW_FRAME_FORECAST_CACHE_H

#include "cmtop/forecast.h"
#include "cmtop/scene.h"

/* What is forecast, kept for some seconds: it looks at all that waits. */
struct forecast_cache {
	const struct forecast *forecast; /* NULL: out of memory, or none yet */
	struct forecast *own;            /* NULL, or the same: it was worked out here */
	const struct model *model;       /* what it was made from, … */
	int64_t at, until;               /* … and when; it is good until then */
	struct forecast_row what_if[FORECAST_ROWS];
	size_t what_if_count;
	bool asked; /* what_if is filled */
};

/* Borrowed until the next look; NULL: out of memory, or not worked out yet. */
const struct forecast *forecast_cache_look(struct forecast_cache *cache, const struct scene *scene);

/* The first one is still being worked out beside. */
bool forecast_cache_awaited(const struct forecast_cache *cache, const struct scene *scene);

/* Milliseconds since it was true, once they are worth telling; else 0. */
int64_t forecast_cache_age(const struct forecast_cache *cache, const struct scene *scene);

/* What other limits would do, as of the forecast looked at last; NULL: still being worked out. */
const struct forecast_row *forecast_cache_what_if(struct forecast_cache *cache, size_t *count);

void forecast_cache_close(struct forecast_cache *cache);

#endif
