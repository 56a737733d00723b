#include "model/records/rate_counter.h"

#include <stdlib.h>

#include "model/records/sample_ring.h"

struct rate_counters *
rate_counters_new(uint32_t sites)
{
	struct rate_counters *rates = calloc(1, sizeof(*rates));

	if (!rates)
		return NULL;
	rates->sites = calloc(sites, sizeof(*rates->sites));
	if (!rates->sites) {
		free(rates);
		return NULL;
	}
	for (size_t i = 0; i < SECONDS_KEPT; i++)
		rates->second[i] = INT64_MIN;
	return rates;
}

void
rate_counters_free(struct rate_counters *rates)
{
	if (!rates)
		return;
	free(rates->sites);
	free(rates);
}

/* Of log time, counted from the first record: so what is counted does not depend on where the server's seconds begin. */
static int64_t
second_of(const struct model *model, int64_t at)
{
	return rate_window_second(when_between(model->first, at));
}

static int64_t
or_newest(const struct model *model, int64_t at)
{
	return at == WHEN_NONE ? model->newest : at;
}

void
rate_count(struct model *model, enum rate_counter rate_counter, int64_t at)
{
	struct rate_counters *t = model->rates;
	int64_t second;
	size_t i;

	at = or_newest(model, at);
	if (at == WHEN_NONE)
		return;
	samples_count(model, rate_counter, at);
	second = second_of(model, at);
	i = (size_t)((second % SECONDS_KEPT + SECONDS_KEPT) % SECONDS_KEPT);
	if (t->second[i] > second)
		return; /* older than an hour */
	if (t->second[i] < second) {
		t->second[i] = second;
		for (int k = 0; k < RATE_COUNT; k++)
			t->count[i][k] = 0;
	}
	t->count[i][rate_counter]++;
}

uint64_t
model_rate_count(const struct model *model, enum rate_counter rate_counter, int64_t now, int64_t span)
{
	const struct rate_counters *t = model->rates;
	int64_t last, first;
	uint64_t sum = 0;

	if (now == WHEN_NONE)
		return 0;
	last = second_of(model, now);
	first = last - span / WHEN_SECOND + 1;
	for (size_t i = 0; i < SECONDS_KEPT; i++)
		if (t->second[i] >= first && t->second[i] <= last)
			sum += t->count[i][rate_counter];
	return sum;
}

void
rate_bytes(struct model *model, uint32_t site, int64_t at, uint64_t bytes)
{
	int64_t second;

	at = or_newest(model, at);
	if (at == WHEN_NONE)
		return;
	second = second_of(model, at);
	if (model->samples->newest)
		model->samples->newest->bytes += bytes;
	rate_window_add_second(&model->rates->bytes, second, bytes);
	if (site != NAME_NONE)
		rate_window_add_second(&model->rates->sites[site], second, bytes);
}

uint64_t
model_recent_bytes(const struct model *model, int64_t now, int seconds)
{
	return rate_window_sum(&model->rates->bytes, when_between(model->first, now), seconds);
}

uint64_t
model_site_recent_bytes(const struct model *model, uint32_t site, int64_t now, int seconds)
{
	return rate_window_sum(&model->rates->sites[site], when_between(model->first, now), seconds);
}
