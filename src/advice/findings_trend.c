/* Findings about the course of things: growing, failing, changed. */
#include "advice/finding.h"

#include <stdio.h>

#define TREND_FROM (15 * WHEN_MINUTE) /* less than that is no trend */

bool
find_growing(const struct known *known, char *text, size_t size)
{
	const struct backlog *b = &known->backlog;
	int64_t from =
		known->sending.since > known->sending.due_since ? known->sending.since : known->sending.due_since;
	const struct sample *old = NULL;
	size_t i = 0;

	if (!b->known || b->waiting == 0 || b->done_per_hour < 0 || b->due_per_hour <= b->done_per_hour
	    || from == WHEN_NONE || known->now - from < TREND_FROM)
		return false;
	for (const struct sample *sample;
	     (sample = model_sample(known->model, i)) && sample->at > known->now - TREND_FROM; i++)
		old = sample;
	if (!old || old->waiting >= b->waiting)
		return false; /* it was so, and is over */
	snprintf(text, size, "%.0f sends become due and %.0f are done per hour. The queue grows by %.0f/h",
	         b->due_per_hour, b->done_per_hour, b->due_per_hour - b->done_per_hour);
	return true;
}

bool
find_retry_storm(const struct known *known, char *text, size_t size)
{
	uint64_t failed = model_rate_count(known->model, RATE_FAILED, known->now, WHEN_HOUR);
	uint64_t done = model_rate_count(known->model, RATE_DONE, known->now, WHEN_HOUR);
	uint64_t again = model_resent_bytes(known->model);
	char bytes[FMT_TEXT];

	if (failed < 10 || failed < done)
		return false;
	fmt_size(again, FMT_BYTES, bytes);
	snprintf(text, size, "%llu sends failed and %llu were done in the last hour. %s were sent twice so far",
	         (unsigned long long)failed, (unsigned long long)done, bytes);
	return true;
}

/* ---- before and after a change of the limit ---- */

#define COMPARED 12 /* samples at most on either side: an hour */
#define ENOUGH   2  /* at least */

struct stretch {
	uint64_t done, bytes, covered;
	size_t samples;
};

static void
add(struct stretch *stretch, const struct sample *sample)
{
	stretch->done += sample->done;
	stretch->bytes += sample->bytes;
	stretch->covered += sample->covered;
	stretch->samples++;
}

static double
per_hour(uint64_t n, const struct stretch *stretch)
{
	return (double)n * (double)WHEN_HOUR / (double)stretch->covered;
}

/* The newest point that ended with another limit than the one after it; 0: none. */
static size_t
newest_change(const struct model *model, int64_t *before, int64_t *after)
{
	const struct sample *later = model_sample(model, 0), *sample;

	for (size_t i = 1; later && (sample = model_sample(model, i)); i++, later = sample) {
		if (sample->capacity < 0 || later->capacity < 0 || sample->capacity == later->capacity)
			continue;
		*before = sample->capacity;
		*after = later->capacity;
		return i;
	}
	return 0;
}

bool
find_changed(const struct known *known, char *text, size_t size)
{
	int64_t before_limit, after_limit;
	size_t change = newest_change(known->model, &before_limit, &after_limit);
	struct stretch before = { 0 }, after = { 0 };
	const struct sample *sample;
	char was[FMT_TEXT], is[FMT_TEXT];

	/* The point of the change itself is on neither side, nor is the one that still runs. */
	for (size_t i = 1; i + 1 < change && i <= COMPARED; i++)
		add(&after, model_sample(known->model, i));
	for (size_t i = change + 1; change > 0 && i <= change + COMPARED && (sample = model_sample(known->model, i))
	                            && sample->capacity == before_limit;
	     i++)
		add(&before, sample);
	if (before.samples < ENOUGH || after.samples < ENOUGH || before.covered == 0 || after.covered == 0)
		return false;
	fmt_rate(per_hour(before.bytes, &before) / 3600, FMT_BYTES, was);
	fmt_rate(per_hour(after.bytes, &after) / 3600, FMT_BYTES, is);
	snprintf(text, size,
	         "The limit for all sites went from %lld to %lld. Before: %.0f sends/h, %s. Since: %.0f sends/h, %s",
	         (long long)before_limit, (long long)after_limit, per_hour(before.done, &before), was,
	         per_hour(after.done, &after), is);
	return true;
}
