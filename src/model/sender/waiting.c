/*
 * All that waits, one after the other: the scheduler's requests where it lists
 * them, or what has been counted by package and site.
 */
#include "model/tables/pairs.h"
#include "model/tables/requests.h"

static bool
next_request(const struct model *model, size_t *at, struct waiting *out)
{
	const struct requests *requests = model->requests;
	const struct request *row;

	while (*at < requests->used && !requests->rows[*at].counted)
		(*at)++;
	if (*at >= requests->used)
		return false;
	row = &requests->rows[(*at)++];
	*out = (struct waiting){
		.package = row->package,
		.site = row->site,
		.count = 1,
		.priority = row->priority,
		.order = row->order,
		.bytes = row->sized ? (int64_t)row->left * 1024 : -1,
	};
	return true;
}

/* The oldest of the pair's sends may carry another file than those behind it. */
static int64_t
mean_bytes(const struct model *model, const struct pair *pair)
{
	enum size_source source;
	int64_t newest = package_size(model, pair->package, &source);
	uint64_t oldest = 0;

	if (pair->version == 0
	    || model_size(model, pair->package, pair->version, pair->back ? pair->version - pair->back : 0, &oldest)
	               == SIZE_UNKNOWN)
		return newest;
	return newest < 0 || pair->waiting == 1
	               ? (int64_t)oldest
	               : (int64_t)(((double)oldest + (double)newest * (pair->waiting - 1)) / pair->waiting);
}

static bool
next_pair(const struct model *model, size_t *at, struct waiting *out)
{
	const struct pair *pair;

	while (*at < model->pairs->count && model->pairs->rows[*at].waiting == 0)
		(*at)++;
	if (*at >= model->pairs->count)
		return false;
	pair = &model->pairs->rows[(*at)++];
	*out = (struct waiting){
		.package = pair->package,
		.site = pair->site,
		.count = pair->waiting,
		.order = (uint32_t)*at,
		.bytes = mean_bytes(model, pair),
	};
	return true;
}

bool
model_waiting(const struct model *model, size_t *at, struct waiting *out)
{
	enum size_source source;

	if (!(model->requests->active ? next_request(model, at, out) : next_pair(model, at, out)))
		return false;
	if (out->bytes < 0)
		out->bytes = package_size(model, out->package, &source);
	return true;
}
