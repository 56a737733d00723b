#include "view/frame/forecast_cache.h"

#include <string.h>

#define GOOD_FOR (5 * WHEN_SECOND)
#define AGE_TOLD (12 * WHEN_SECOND) /* a forecast that is older is told with its age */

/* Time that goes back, or another model, is another story. */
static bool
is_good(const struct forecast_cache *cache, const struct scene *scene)
{
	return cache->own && cache->model == scene->model && scene->now >= cache->at && scene->now < cache->until;
}

/* What was worked out beside, as far as it is of this model. */
static void
borrow(struct forecast_cache *cache, const struct scene *scene)
{
	const struct foretold *told = scene->foretold;

	forecast_cache_close(cache);
	if (told->model != scene->model)
		return;
	cache->forecast = told->forecast;
	cache->model = told->model;
	cache->at = told->at;
	cache->asked = told->what_if_known;
	cache->what_if_count = told->what_if_count;
	memcpy(cache->what_if, told->what_if, sizeof(cache->what_if));
}

const struct forecast *
forecast_cache_look(struct forecast_cache *cache, const struct scene *scene)
{
	if (scene->foretold) {
		borrow(cache, scene);
		return cache->forecast;
	}
	if (is_good(cache, scene))
		return cache->forecast;
	forecast_cache_close(cache);
	*cache = (struct forecast_cache){
		.own = forecast_new(scene->model, scene->now),
		.model = scene->model,
		.at = scene->now,
		.until = scene->now == WHEN_NONE ? WHEN_NONE : scene->now + GOOD_FOR,
	};
	cache->forecast = cache->own;
	return cache->forecast;
}

bool
forecast_cache_awaited(const struct forecast_cache *cache, const struct scene *scene)
{
	return scene->foretold && !cache->forecast;
}

int64_t
forecast_cache_age(const struct forecast_cache *cache, const struct scene *scene)
{
	int64_t age = scene->foretold && cache->forecast ? scene->now - cache->at : 0;

	return age > AGE_TOLD ? age : 0;
}

const struct forecast_row *
forecast_cache_what_if(struct forecast_cache *cache, size_t *count)
{
	if (!cache->asked && cache->own) {
		cache->what_if_count = forecast_what_if(cache->own, cache->what_if);
		cache->asked = true;
	}
	*count = cache->what_if_count;
	return cache->asked ? cache->what_if : NULL;
}

void
forecast_cache_close(struct forecast_cache *cache)
{
	forecast_free(cache->own);
	*cache = (struct forecast_cache){ 0 };
}
