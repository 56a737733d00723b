#include "view/outlook.h"

#define GOOD_FOR      (5 * WHEN_SECOND)
#define GOOD_FOR_MOST (60 * WHEN_SECOND)
#define SENDS_A_SECOND 20000  /* of what waits: looking at a million may not take a part of the time that is felt */

static int64_t
good_for(const struct model *model)
{
	uint64_t more = model_sending(model).waiting / SENDS_A_SECOND;
	int64_t most = (GOOD_FOR_MOST - GOOD_FOR) / WHEN_SECOND;

	return GOOD_FOR + (more < (uint64_t)most ? (int64_t)more : most) * WHEN_SECOND;
}

/* Time that goes back, or another model, is another story. */
static bool
is_good(const struct outlook *outlook, const struct scene *scene)
{
	return outlook->forecast && outlook->model == scene->model && scene->now >= outlook->at && scene->now < outlook->until;
}

const struct forecast *
outlook_look(struct outlook *outlook, const struct scene *scene)
{
	if (is_good(outlook, scene))
		return outlook->forecast;
	outlook_close(outlook);
	*outlook = (struct outlook){
		.forecast = forecast_new(scene->model, scene->now), .model = scene->model, .at = scene->now,
		.until = scene->now == WHEN_NONE ? WHEN_NONE : scene->now + good_for(scene->model),
	};
	return outlook->forecast;
}

const struct forecast_row *
outlook_what_if(struct outlook *outlook, size_t *count)
{
	if (!outlook->asked && outlook->forecast)
		outlook->what_if_count = forecast_what_if(outlook->forecast, outlook->what_if);
	outlook->asked = true;
	*count = outlook->what_if_count;
	return outlook->what_if;
}

void
outlook_close(struct outlook *outlook)
{
	forecast_free(outlook->forecast);
	*outlook = (struct outlook){ 0 };
}
