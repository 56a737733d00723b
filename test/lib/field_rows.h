/*
 * Moments of a simulated site and the rows that there are, for tests of fields.
 */
#ifndef TEST_FIELD_ROWS_H
#define TEST_FIELD_ROWS_H

#include <stdio.h>

#include "cmtop/fields.h"
#include "simulated_site.h"

#define ROWS_MOST 4096

static struct simulated site;
static struct scene scene;
static struct forecast *forecast;
static struct field_context of;
static struct advice advice[ADVICE_COUNT];
static struct dp_row dps[ROWS_MOST];

/* ---- moments: a busy site after so many minutes; 0: a model that has heard nothing ---- */

static const int minutes[] = { 0, 1, 4, 20, 61, 150 };

#define MOMENTS ((int)(sizeof(minutes) / sizeof(minutes[0])))

static inline void
open_moment(int i)
{
	simulated_open(&site);
	if (minutes[i])
		simulated_run(&site, minutes[i]);
	scene = simulated_scene(&site);
	forecast = forecast_new(site.model, scene.now);
	fields_context(&of, &scene, forecast);
}

static inline void
close_moment(void)
{
	forecast_free(forecast);
	simulated_close(&site);
}

/* ---- rows, in the order of reports ---- */

static inline size_t
take_sends(const void **rows)
{
	size_t count = 0;

	for (const struct job *job = NULL; (job = model_next_job(site.model, job));)
		rows[count++] = job;
	fields_sort(fields_named(ENTITY_SENDS, "thread"), false, &of, rows, count);
	return count;
}

static inline size_t
take_threads(const void **rows)
{
	size_t count = 0;

	for (const struct package_thread *thread = NULL; (thread = model_next_thread(site.model, thread));)
		rows[count++] = thread;
	fields_sort(fields_named(ENTITY_THREADS, "thread"), false, &of, rows, count);
	return count;
}

static inline size_t
take_dps(const void **rows)
{
	const void *threads[ROWS_MOST];
	size_t count = 0, all = take_threads(threads);

	for (size_t i = 0; i < all; i++) {
		const struct package_thread *thread = threads[i];

		for (const struct dp *dp = model_dp(site.model, thread->first_dp); dp;
		     dp = model_dp(site.model, dp->next)) {
			dps[count] = (struct dp_row){ thread, dp };
			rows[count] = &dps[count];
			count++;
		}
	}
	return count;
}

static inline size_t
take_sites(const void **rows)
{
	size_t count;
	const struct site *sites = model_sites(site.model, &count);

	for (size_t i = 0; i < count; i++)
		rows[i] = &sites[i];
	fields_sort(fields_named(ENTITY_SITES, "site"), false, &of, rows, count);
	return count;
}

static inline size_t
take_packages(const void **rows)
{
	size_t count;
	const struct package *packages = model_packages(site.model, &count);

	for (size_t i = 0; i < count; i++)
		rows[i] = &packages[i];
	fields_sort(fields_named(ENTITY_PACKAGES, "package"), false, &of, rows, count);
	return count;
}

static inline size_t
take_transfers(const void **rows)
{
	size_t room, count = 0;
	const struct transfer *transfers = model_transfers(site.model, &room);

	for (size_t i = 0; i < room; i++)
		if (transfer_told(&transfers[i], scene.now))
			rows[count++] = &transfers[i];
	fields_sort(fields_named(ENTITY_TRANSFERS, "job"), false, &of, rows, count);
	return count;
}

static inline size_t
take_failures(const void **rows)
{
	size_t count = 0;

	while (count < 200 && model_failure(site.model, count))
		count++;
	for (size_t i = 0; i < count; i++)
		rows[i] = model_failure(site.model, count - 1 - i);
	return count;
}

static inline size_t
take_advice(const void **rows)
{
	struct advice_look look = { site.model, scene.logs, scene.log_count, scene.now, scene.live };
	size_t count = advice_find(&look, advice);

	for (size_t i = 0; i < count; i++)
		rows[i] = &advice[i];
	return count;
}

static inline size_t
take_logs(const void **rows)
{
	for (size_t i = 0; i < scene.log_count; i++)
		rows[i] = &scene.logs[i];
	return scene.log_count;
}

static inline size_t
take_rows(enum entity entity, const void **rows)
{
	static size_t (*const take[ENTITY_TABLES])(const void **rows) = {
		[ENTITY_SENDS] = take_sends,       [ENTITY_SITES] = take_sites,   [ENTITY_PACKAGES] = take_packages,
		[ENTITY_THREADS] = take_threads,   [ENTITY_DPS] = take_dps,       [ENTITY_TRANSFERS] = take_transfers,
		[ENTITY_FAILURES] = take_failures, [ENTITY_ADVICE] = take_advice, [ENTITY_LOGS] = take_logs,
	};

	rows[0] = NULL;
	return entity == ENTITY_SERVER ? 1 : take[entity](rows);
}

#endif
