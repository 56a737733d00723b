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

static bool
make_room(struct rows *rows, const struct model *model)
{
	size_t jobs = 1, threads = 1, sites, packages;

	for (const struct job *job = NULL; (job = model_next_job(model, job));)
		jobs++;
	for (const struct package_thread *thread = NULL; (thread = model_next_thread(model, thread));)
		threads++;
	model_sites(model, &sites);
	model_packages(model, &packages);

	rows->jobs = calloc(jobs, sizeof *rows->jobs);
	rows->threads = calloc(threads, sizeof *rows->threads);
	rows->sites = calloc(sites + 1, sizeof *rows->sites);
	rows->packages = calloc(packages + 1, sizeof *rows->packages);
	rows->queued = calloc(packages + 1, sizeof *rows->queued);
	return rows->jobs && rows->threads && rows->sites && rows->packages && rows->queued;
}

/* What was worked out beside, of this model, or a forecast made here. */
static void
take_forecast(struct rows *rows, const struct scene *scene)
{
	if (scene->foretold && scene->foretold->model == scene->model)
		rows->forecast = scene->foretold->forecast;
	if (!rows->forecast)
		rows->forecast = rows->own = forecast_new(scene->model, scene->now);
}

bool
rows_collect(struct rows *rows, const struct scene *scene)
{
	*rows = (struct rows){ .forecast = NULL };
	take_forecast(rows, scene);
	if (!rows->forecast || !make_room(rows, scene->model)) {
		rows_free(rows);
		return false;
	}
	collect_jobs(rows, scene);
	collect_threads(rows, scene);
	collect_sites(rows, scene);
	collect_packages(rows, scene);
	rows->backlog = forecast_backlog(rows->forecast, scene->model, scene->now);
	return true;
}

void
rows_free(struct rows *rows)
{
	free(rows->jobs);
	free(rows->threads);
	free(rows->sites);
	free(rows->packages);
	free(rows->queued);
	forecast_free(rows->own);
	*rows = (struct rows){ 0 };
}

uint32_t
site_number(const struct scene *scene, const struct site *site)
{
	size_t count;

	return (uint32_t)(site - model_sites(scene->model, &count));
}

uint32_t
package_number(const struct scene *scene, const struct package *package)
{
	size_t count;

	return (uint32_t)(package - model_packages(scene->model, &count));
}

const char *
site_name(const struct model *model, uint32_t site)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);

	return site < count ? sites[site].code : "";
}

const char *
package_name(const struct model *model, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(model, &count);

	return package < count ? packages[package].id : "";
}
