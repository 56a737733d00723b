/*
 * How many sends come before the first one of each site, in the order of the
 * sender and of the forecast's run: by priority and then by age.
 *
 * Counted for all sites at once and kept until the model changes. Steps: twice
 * what waits, each with one look at the oldest of all sites, and S log S.
 */
#include "model/sender/ahead.h"

#include "model/tables/components.h"
#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/tables/requests.h"

#include <stdlib.h>

#define NO_TURN UINT64_MAX

/* The turn of a site's first send. */
struct first {
	uint64_t turn;
	uint32_t site;
};

struct ahead {
	uint64_t events; /* of the model when it was counted, 0: never */
	int64_t *sends;  /* by site, -1: none waits there */
	struct first *firsts;
	uint64_t *before; /* by place among `firsts` */
	uint32_t count;   /* sites that have sends waiting */
};

/* One or more sends that wait, as far as their turn goes. */
struct row {
	uint64_t turn, sends;
	uint32_t site;
};

struct ahead *
ahead_new(uint32_t sites)
{
	struct ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead)
		return NULL;
	ahead->sends = calloc(sites + 1, sizeof(*ahead->sends));
	ahead->firsts = calloc(sites + 1, sizeof(*ahead->firsts));
	ahead->before = calloc(sites + 1, sizeof(*ahead->before));
	if (ahead->sends && ahead->firsts && ahead->before)
		return ahead;
	ahead_free(ahead);
	return NULL;
}

void
ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	free(ahead->sends);
	free(ahead->firsts);
	free(ahead->before);
	free(ahead);
}

/* Priority that is not known is taken for medium, which is usual. */
static uint64_t
turn_of(uint8_t priority, uint32_t order)
{
	uint64_t class = priority == 0 ? 2 : priority > 3 ? 3 : priority;

	return class << 32 | order;
}

/* The next that waits, as model_waiting() tells them, but without what is not needed here. */
static bool
next_row(const struct model *model, size_t *at, struct row *out)
{
	const struct requests *requests = model->requests;

	if (requests->active) {
		while (*at < requests->used && !requests->rows[*at].counted)
			(*at)++;
		if (*at >= requests->used)
			return false;
		*out = (struct row){ turn_of(requests->rows[*at].priority, requests->rows[*at].order), 1,
			             requests->rows[*at].site };
	} else {
		while (*at < model->pairs->count && model->pairs->rows[*at].waiting == 0)
			(*at)++;
		if (*at >= model->pairs->count)
			return false;
		*out = (struct row){ turn_of(0, (uint32_t)*at), model->pairs->rows[*at].waiting,
			             model->pairs->rows[*at].site };
	}
	(*at)++;
	return true;
}

static bool
is_left_alone(const struct model *model, uint32_t site)
{
	const struct site *of = &model->places->sites[site];

	return of->blocked && (of->blocked_until == WHEN_NONE || model->newest < of->blocked_until);
}

static int
by_turn(const void *left, const void *right)
{
	const struct first *a = left, *b = right;

	return (a->turn > b->turn) - (a->turn < b->turn);
}

static void
find_firsts(const struct model *model, struct ahead *ahead, uint32_t sites)
{
	struct row row;

	for (uint32_t i = 0; i < sites; i++)
		ahead->firsts[i] = (struct first){ NO_TURN, i };
	for (size_t at = 0; next_row(model, &at, &row);)
		if (row.turn < ahead->firsts[row.site].turn)
			ahead->firsts[row.site].turn = row.turn;
	qsort(ahead->firsts, sites, sizeof(*ahead->firsts), by_turn);
	for (ahead->count = 0; ahead->count < sites && ahead->firsts[ahead->count].turn != NO_TURN;)
		ahead->count++;
}

/* The first site whose turn comes after this one; count: none. */
static uint32_t
place_after(const struct ahead *ahead, uint64_t turn)
{
	uint32_t low = 0, high = ahead->count;

	/* Most of what waits is younger than the oldest of every site. */
	if (high == 0 || ahead->firsts[high - 1].turn <= turn)
		return high;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (ahead->firsts[middle].turn <= turn)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
count_all(const struct model *model, struct ahead *ahead)
{
	size_t sites;
	struct row row;
	uint64_t sum = 0;

	model_sites(model, &sites);
	find_firsts(model, ahead, (uint32_t)sites);
	for (uint32_t i = 0; i <= ahead->count; i++)
		ahead->before[i] = 0;
	for (size_t at = 0; next_row(model, &at, &row);)
		if (!is_left_alone(model, row.site))
			ahead->before[place_after(ahead, row.turn)] += row.sends;
	for (uint32_t i = 0; i < sites; i++)
		ahead->sends[i] = -1;
	for (uint32_t i = 0; i < ahead->count; i++) {
		sum += ahead->before[i];
		ahead->sends[ahead->firsts[i].site] = (int64_t)sum;
	}
	ahead->events = model->events;
}

int64_t
site_ahead(const struct model *model, uint32_t site)
{
	size_t count;

	model_sites(model, &count);
	if (site >= count || !(model->requests->active || model->components->families[FAMILY_DISTMGR].seen))
		return -1;
	if (model->ahead->events != model->events)
		count_all(model, model->ahead);
	return model->ahead->sends[site];
}
