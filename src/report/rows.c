#include "report/rows.h"

#include <stdlib.h>
#include <string.h>

static int
by_thread(uint32_t a, uint32_t b, uint64_t a_serial, uint64_t b_serial)
{
	if (a != b)
		return a < b ? -1 : 1;
	return a_serial < b_serial ? -1 : a_serial > b_serial;
}

static int
compare_jobs(const void *a, const void *b)
{
	const struct job *x = *(const struct job *const *)a, *y = *(const struct job *const *)b;

	return by_thread(x->thread, y->thread, x->serial, y->serial);
}

static int
compare_threads(const void *a, const void *b)
{
	const struct package_thread *x = *(const struct package_thread *const *)a;
	const struct package_thread *y = *(const struct package_thread *const *)b;

	return by_thread(x->thread, y->thread, x->serial, y->serial);
}

static int
compare_sites(const void *a, const void *b)
{
	const struct site *x = *(const struct site *const *)a, *y = *(const struct site *const *)b;

	return strcmp(x->code, y->code);
}

static int
compare_packages(const void *a, const void *b)
{
	const struct package *x = *(const struct package *const *)a, *y = *(const struct package *const *)b;

	return strcmp(x->id, y->id);
}

static int
compare_queued(const void *a, const void *b)
{
	const struct package *x = *(const struct package *const *)a, *y = *(const struct package *const *)b;

	return x->queued_order < y->queued_order ? -1 : x->queued_order > y->queued_order;
}

static int
compare_transfers(const void *a, const void *b)
{
	const struct transfer *x = *(const struct transfer *const *)a, *y = *(const struct transfer *const *)b;

	if (x->job != y->job)
		return x->job < y->job ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

/* qsort() must not be given NULL, which an empty list may be. */
static void
sort(void *rows, size_t count, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(rows, count, sizeof(void *), compare);
}

static void
collect_jobs(struct rows *rows, const struct scene *scene)
{
	const struct job *job = NULL;

	while ((job = model_next_job(scene->model, job)))
		if (query_job(scene->query, scene->model, job, scene->now))
			rows->jobs[rows->job_count++] = job;
	sort(rows->jobs, rows->job_count, compare_jobs);
}

static void
collect_threads(struct rows *rows, const struct scene *scene)
{
	const struct package_thread *thread = NULL;

	while ((thread = model_next_thread(scene->model, thread)))
		if (query_thread(scene->query, scene->model, thread, scene->now))
			rows->threads[rows->thread_count++] = thread;
	sort(rows->threads, rows->thread_count, compare_threads);
}

static void
collect_sites(struct rows *rows, const struct scene *scene)
{
	size_t count;
	const struct site *sites = model_sites(scene->model, &count);

	for (size_t i = 0; i < count; i++)
		if (query_site(scene->query, scene->model, (uint32_t)i, scene->now))
			rows->sites[rows->site_count++] = &sites[i];
	sort(rows->sites, rows->site_count, compare_sites);
}

static void
collect_packages(struct rows *rows, const struct scene *scene)
{
	size_t count;
	const struct package *packages = model_packages(scene->model, &count);

	for (size_t i = 0; i < count; i++) {
		if (query_package(scene->query, scene->model, (uint32_t)i, scene->now))
			rows->packages[rows->package_count++] = &packages[i];
		if (packages[i].queued)
			rows->queued[rows->queued_count++] = &packages[i];
	}
	sort(rows->packages, rows->package_count, compare_packages);
	sort(rows->queued, rows->queued_count, compare_queued);
}

static void
collect_dps(struct rows *rows, const struct model *model)
{
	for (size_t i = 0; i < rows->thread_count; i++)
		for (const struct dp *dp = model_dp(model, rows->threads[i]->first_dp); dp;
		     dp = model_dp(model, dp->next))
			rows->dps[rows->dp_count++] = (struct dp_row){ rows->threads[i], dp };
}

static void
collect_transfers(struct rows *rows, const struct scene *scene)
{
	size_t count;
	const struct transfer *transfers = model_transfers(scene->model, &count);

	for (size_t i = 0; i < count; i++)
		if (transfer_told(&transfers[i], scene->now)
		    && query_transfer(scene->query, scene->model, &transfers[i], scene->now))
			rows->transfers[rows->transfer_count++] = &transfers[i];
	sort(rows->transfers, rows->transfer_count, compare_transfers);
}

/* The newest come first and fill the list from its end. */
static void
collect_failures(struct rows *rows, const struct scene *scene)
{
	const struct failure *failure;
	size_t left = FAILURES_MOST;

	for (size_t i = 0; left > 0 && (failure = model_failure(scene->model, i)); i++)
		if (query_transition(scene->query, scene->model, &failure->what, scene->now))
			rows->failures[--left] = failure;
	rows->failure_count = FAILURES_MOST - left;
	memmove(rows->failures, rows->failures + left, rows->failure_count * sizeof *rows->failures);
}

static void
collect_advice(struct rows *rows, const struct scene *scene)
{
	struct advice_look look = { scene->model, scene->logs, scene->log_count, scene->now, scene->live };

	rows->advice_count = advice_find(&look, rows->advice);
}

static bool
make_room(struct rows *rows, const struct model *model)
{
	size_t jobs = 1, threads = 1, dps = 1, sites, packages, transfers;

	for (const struct job *job = NULL; (job = model_next_job(model, job));)
		jobs++;
	for (const struct package_thread *thread = NULL; (thread = model_next_thread(model, thread)); threads++)
		for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next))
			dps++;
	model_sites(model, &sites);
	model_packages(model, &packages);
	model_transfers(model, &transfers);

	rows->jobs = calloc(jobs, sizeof *rows->jobs);
	rows->threads = calloc(threads, sizeof *rows->threads);
	rows->sites = calloc(sites + 1, sizeof *rows->sites);
	rows->packages = calloc(packages + 1, sizeof *rows->packages);
	rows->queued = calloc(packages + 1, sizeof *rows->queued);
	rows->dps = calloc(dps, sizeof *rows->dps);
	rows->transfers = calloc(transfers + 1, sizeof *rows->transfers);
	rows->failures = calloc(FAILURES_MOST, sizeof *rows->failures);
	return rows->jobs && rows->threads && rows->sites && rows->packages && rows->queued && rows->dps
	       && rows->transfers && rows->failures;
}

/* What was worked out beside, of this model, or a forecast made here; NULL: out of memory. */
static const struct forecast *
take_forecast(struct rows *rows, const struct scene *scene)
{
	if (scene->foretold && scene->foretold->model == scene->model && scene->foretold->forecast)
		return scene->foretold->forecast;
	rows->own = forecast_new(scene->model, scene->now);
	return rows->own;
}

bool
rows_collect(struct rows *rows, const struct scene *scene)
{
	const struct forecast *forecast;

	*rows = (struct rows){ .own = NULL };
	forecast = take_forecast(rows, scene);
	if (!forecast || !make_room(rows, scene->model)) {
		rows_destroy(rows);
		return false;
	}
	collect_jobs(rows, scene);
	collect_threads(rows, scene);
	collect_sites(rows, scene);
	collect_packages(rows, scene);
	collect_dps(rows, scene->model);
	collect_transfers(rows, scene);
	collect_failures(rows, scene);
	collect_advice(rows, scene);
	fields_context(&rows->of, scene, forecast);
	return true;
}

void
rows_destroy(struct rows *rows)
{
	free(rows->jobs);
	free(rows->threads);
	free(rows->sites);
	free(rows->packages);
	free(rows->queued);
	free(rows->dps);
	free(rows->transfers);
	free(rows->failures);
	forecast_free(rows->own);
	*rows = (struct rows){ .own = NULL };
}

size_t
rows_count(const struct rows *rows, enum entity entity)
{
	switch (entity) {
	case ENTITY_SENDS: return rows->job_count;
	case ENTITY_SITES: return rows->site_count;
	case ENTITY_PACKAGES: return rows->package_count;
	case ENTITY_THREADS: return rows->thread_count;
	case ENTITY_DPS: return rows->dp_count;
	case ENTITY_TRANSFERS: return rows->transfer_count;
	case ENTITY_FAILURES: return rows->failure_count;
	case ENTITY_ADVICE: return rows->advice_count;
	case ENTITY_LOGS: return rows->of.scene->log_count;
	case ENTITY_SERVER: return 1;
	default: return 0;
	}
}

const void *
rows_at(const struct rows *rows, enum entity entity, size_t i)
{
	switch (entity) {
	case ENTITY_SENDS: return rows->jobs[i];
	case ENTITY_SITES: return rows->sites[i];
	case ENTITY_PACKAGES: return rows->packages[i];
	case ENTITY_THREADS: return rows->threads[i];
	case ENTITY_DPS: return &rows->dps[i];
	case ENTITY_TRANSFERS: return rows->transfers[i];
	case ENTITY_FAILURES: return rows->failures[i];
	case ENTITY_ADVICE: return &rows->advice[i];
	case ENTITY_LOGS: return &rows->of.scene->logs[i];
	default: return NULL;
	}
}
