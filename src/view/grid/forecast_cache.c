#include "view/grid/forecast_cache.h"

#include <string.h>

#define GOOD_FOR (5 * WHEN_SECOND)
#define AGE_TOLD (12 * WHEN_SECOND) /* a forecast that is older is told with its age */

/* Time that goes back, or another model, is another story. */
static bool
is_good(const struct forecast_cache *outlook, const struct scene *scene)
{
	return outlook->own && outlook->model == scene->model && scene->now >= outlook->at
	       && scene->now < outlook->until;
}

/* What was worked out beside, as far as it is of this model. */
static void
borrow(struct forecast_cache *outlook, const struct scene *scene)
{
	const struct foretold *told = scene->foretold;

	forecast_cache_close(outlook);
	if (told->model != scene->model)
		return;
	outlook->forecast = told->forecast;
	outlook->model = told->model;
	outlook->at = told->at;
	outlook->asked = told->what_if_known;
	outlook->what_if_count = told->what_if_count;
	memcpy(outlook->what_if, told->what_if, sizeof(outlook->what_if));
}

const struct forecast *
forecast_cache_look(struct forecast_cache *outlook, const struct scene *scene)
{
	if (scene->foretold) {
		borrow(outlook, scene);
		return outlook->forecast;
	}
	if (is_good(outlook, scene))
		return outlook->forecast;
	forecast_cache_close(outlook);
	*outlook = (struct forecast_cache){
		.own = forecast_new(scene->model, scene->now),
		.model = scene->model,
		.at = scene->now,
		.until = scene->now == WHEN_NONE ? WHEN_NONE : scene->now + GOOD_FOR,
	};
	outlook->forecast = outlook->own;
	return outlook->forecast;
}

bool
forecast_cache_awaited(const struct forecast_cache *outlook, const struct scene *scene)
{
	return scene->foretold && !outlook->forecast;
}

int64_t
forecast_cache_age(const struct forecast_cache *outlook, const struct scene *scene)
{
	int64_t age = scene->foretold && outlook->forecast ? scene->now - outlook->at : 0;

	return age > AGE_TOLD ? age : 0;
}

const struct forecast_row *
forecast_cache_what_if(struct forecast_cache *outlook, size_t *count)
{
	if (!outlook->asked && outlook->own) {
		outlook->what_if_count = forecast_what_if(outlook->own, outlook->what_if);
		outlook->asked = true;
	}
	*count = outlook->what_if_count;
	return outlook->asked ? outlook->what_if : NULL;
}

void
forecast_cache_close(struct forecast_cache *outlook)
{
	forecast_free(outlook->own);
	*outlook = (struct forecast_cache){ 0 };
}
