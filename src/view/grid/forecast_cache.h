/*
 * The forecast that a picture shows: the newest one that was worked out beside, or, where
 * nobody does that, one made here and kept for some seconds. Furniture of this room.
 */
#ifndef VIEW_GRID_FORECAST_CACHE_H
#define VIEW_GRID_FORECAST_CACHE_H

#include "view/grid/frame.h"

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
