#include "report/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/fmt.h"

/* Rows of a page that is to be read; JSON has all of them. */
#define SITES_MOST    40
#define PACKAGES_MOST 20
#define FAILURES_SHOWN 10

void
page_heading(struct page *page, const char *title, int64_t count)
{
	end_line(page);
	line_add(&page->line, title);
	if (count >= 0)
		line_format(&page->line, " %lld", (long long)count);
	end_line(page);
}

/* Under a list that was cut. */
static void
put_rest(struct page *page, size_t found, size_t most)
{
	if (found <= most)
		return;
	line_format(&page->line, "and %zu more; --format=json has all", found - most);
	end_line(page);
}

static void
cell_size(struct line *line, int width, int64_t bytes, bool estimate)
{
	char text[FMT_TEXT] = "?", cell[FMT_TEXT + 1];

	if (bytes >= 0)
		fmt_size((uint64_t)bytes, FMT_BYTES, text);
	snprintf(cell, sizeof cell, "%s%s", estimate ? "~" : "", text);
	line_cell(line, width, cell);
}

/* "8m 34s", or what stands for an unknown one. */
static void
cell_duration(struct line *line, int width, int64_t milliseconds, const char *unknown)
{
	char text[FMT_TEXT];

	fmt_duration(milliseconds, text);
	line_cell(line, width, milliseconds < 0 ? unknown : text);
}

static void
cell_eta(struct line *line, int64_t eta, bool estimate)
{
	char text[FMT_TEXT] = "-", cell[FMT_TEXT + 1];

	if (eta >= 0)
		fmt_duration(eta, text);
	snprintf(cell, sizeof cell, "%s%s", eta >= 0 && estimate ? "~" : "", text);
	line_cell(line, -8, cell);
}

static void
cell_waiting(struct page *page, uint64_t waiting)
{
	char text[FMT_TEXT];

	fmt_count(waiting, text);
	line_cell(&page->line, -7, page->rows->backlog.known ? text : "?");
}

static void
cell_percent(struct line *line, const struct job *job, int64_t size, bool estimate)
{
	char text[FMT_TEXT] = "?";

	if (size > 0 && job->wrote) {
		double percent = (double)job->position * 100 / (double)size;

		snprintf(text, sizeof text, "%s%d", estimate ? "~" : "", percent > 100 ? 100 : (int)percent);
	}
	line_cell(line, -4, text);
}

static void
cell_rate(struct line *line, int width, double rate)
{
	char text[FMT_TEXT] = "-";

	if (rate >= 0)
		fmt_rate(rate, FMT_BYTES, text);
	line_cell(line, width, text);
}

static const char *
package_or_kind(const struct model *model, const struct job *job)
{
	if (job->kind == KIND_REPLICATION)
		return "(repl.)";
	return job->package == NAME_NONE ? "?" : package_name(model, job->package);
}

static void
cell_state(struct line *line, const struct job *job, int64_t now)
{
	char silence[FMT_TEXT], state[2 * FMT_TEXT];

	if (!job_stalled(job, now)) {
		line_cell(line, 11, job_state_word(job->state));
		return;
	}
	fmt_duration_short(job_silence(job, now), silence);
	snprintf(state, sizeof state, "STALLED %s", silence);
	line_cell(line, 11, state);
}

static void
put_job(struct page *page, const struct job *job)
{
	const struct scene *scene = page->scene;
	struct line *line = &page->line;
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = job_size(scene->model, job, &source);
	bool estimate = size >= 0 && source == SIZE_ESTIMATE;

	line_format(line, "%6u", (unsigned)job->thread);
	line_cell(line, 4, job->site == NAME_NONE ? "?" : site_name(scene->model, job->site));
	line_cell(line, 8, package_or_kind(scene->model, job));
	line_cell_count(line, -3, job->attempt);
	cell_percent(line, job, size, estimate);
	cell_size(line, -8, job->wrote ? (int64_t)job->position : -1, false);
	cell_size(line, -9, size, estimate);
	cell_rate(line, -10, job_rate(job));
	cell_eta(line, job_eta(scene->model, job), estimate);
	cell_state(line, job, scene->now);
	end_line(page);
	lines_put(7, job->error, page->sink);
}

void
page_jobs(struct page *page)
{
	page_heading(page, "Active sends", (int64_t)page->rows->job_count);
	if (page->rows->job_count == 0)
		return;
	line_add(&page->line, "THREAD SITE PACKAGE  TRY    %     DONE     TOTAL       RATE      ETA STATE");
	end_line(page);
	for (size_t i = 0; i < page->rows->job_count; i++)
		put_job(page, page->rows->jobs[i]);
}

static void
put_site(struct page *page, const struct site *site)
{
	const struct scene *scene = page->scene;
	struct line *line = &page->line;
	uint32_t number = site_number(scene, site);
	char slots[2 * FMT_TEXT], limit[FMT_TEXT] = "?", until[FMT_TEXT];

	line_cell(line, 4, site->code);
	cell_waiting(page, site_waiting(site));
	if (site->capacity >= 0)
		fmt_count((uint64_t)site->capacity, limit);
	snprintf(slots, sizeof slots, "%u/%s", (unsigned)site_slots(site), limit);
	line_cell(line, -7, slots);
	line_cell_count(line, -7, site->done);
	line_cell_count(line, -6, site->failed);
	cell_rate(line, -10, site_rate(scene->model, number, scene->now));
	cell_duration(line, -8, site->last_done == WHEN_NONE ? -1 : scene->now - site->last_done, "-");
	line_format(line, " %s", site_state_word(site_state(scene->model, number, scene->now)));
	if (site->blocked && site->blocked_until != WHEN_NONE) {
		fmt_clock_short(local_time(scene->model, site->blocked_until, model_zoned(scene->model)), until);
		line_format(line, " until %s", until);
	}
	end_line(page);
}

/* Sites that only wait are summed up: there may be dozens. */
void
page_sites(struct page *page)
{
	size_t shown = 0, others = 0;
	uint64_t waiting = 0;
	char text[FMT_TEXT];

	page_heading(page, "Sites", (int64_t)page->rows->site_count);
	for (size_t i = 0; i < page->rows->site_count; i++) {
		const struct site *site = page->rows->sites[i];
		uint32_t number = site_number(page->scene, site);
		bool news = site_slots(site) || site_state(page->scene->model, number, page->scene->now) != SITE_OK;

		if (!news || shown == SITES_MOST) {
			others++;
			waiting += site_waiting(site);
			continue;
		}
		if (shown++ == 0) {
			line_add(&page->line, "SITE WAITING SENDING    DONE FAILED       RATE  LAST OK STATE");
			end_line(page);
		}
		put_site(page, site);
	}
	if (others == 0)
		return;
	fmt_count(waiting, text);
	line_format(&page->line, "%s%zu others, %s sends waiting", shown ? "and " : "", others,
	            page->rows->backlog.known ? text : "?");
	end_line(page);
}

/* "2 of 4 DPs done, 1 failed" */
static void
add_dps(struct line *line, const struct model *model, const struct package_thread *thread)
{
	unsigned count = 0, done = 0, failed = 0;

	for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next)) {
		count++;
		done += dp->state == DP_DONE;
		failed += dp->state == DP_FAILED;
	}
	if (count)
		line_format(line, " %u of %u DPs done", done, count);
	if (failed)
		line_format(line, ", %u failed", failed);
}

void
page_threads(struct page *page)
{
	const struct scene *scene = page->scene;
	struct line *line = &page->line;

	if (page->rows->thread_count == 0)
		return;
	page_heading(page, "Package threads", (int64_t)page->rows->thread_count);
	line_add(line, "THREAD PACKAGE  PHASE                    FOR");
	end_line(page);
	for (size_t i = 0; i < page->rows->thread_count; i++) {
		const struct package_thread *thread = page->rows->threads[i];

		line_format(line, "%6u", (unsigned)thread->thread);
		line_cell(line, 8, thread->package == NAME_NONE ? "?" : package_name(scene->model, thread->package));
		line_cell(line, 19, phase_word(thread->phase));
		cell_duration(line, -8, thread->since == WHEN_NONE ? -1 : scene->now - thread->since, "?");
		add_dps(line, scene->model, thread);
		end_line(page);
		lines_put(7, thread->error, page->sink);
	}
}

void
page_failures(struct page *page)
{
	const struct scene *scene = page->scene;
	const struct failure *failure;
	size_t shown = 0;

	for (size_t i = 0; shown < FAILURES_SHOWN && (failure = model_failure(scene->model, i)); i++) {
		if (!query_happening(scene->query, scene->model, &failure->what, scene->now))
			continue;
		if (shown++ == 0)
			page_heading(page, "Failures and retries, newest first", -1);
		line_happening(&page->line, scene->model, &failure->what);
		end_line(page);
		lines_put(4, failure->what.text, page->sink);
	}
}

static void
put_package(struct page *page, const struct package *package)
{
	const struct model *model = page->scene->model;
	struct line *line = &page->line;
	uint32_t number = package_number(page->scene, package);
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = package_size(model, number, &source), left = package_bytes_left(model, number);
	bool estimate = size >= 0 && source == SIZE_ESTIMATE;

	line_cell(line, 8, package->id);
	cell_size(line, -9, size, estimate);
	cell_waiting(page, package->waiting);
	line_cell_count(line, -7, package->running);
	line_cell_count(line, -7, package->done);
	line_cell_count(line, -6, package->failed);
	cell_size(line, -9, left, estimate && left > 0);
	line_cell(line, 20, package->name);
	end_line(page);
}

static int
by_what_is_left(const void *a, const void *b)
{
	const struct package *x = *(const struct package *const *)a, *y = *(const struct package *const *)b;
	uint64_t left = x->waiting + x->running, other = y->waiting + y->running;

	return left != other ? (left > other ? -1 : 1) : strcmp(x->id, y->id);
}

/* Where most is left comes first: the page may have no room for all. */
void
page_packages(struct page *page)
{
	size_t found = 0, shown = 0;

	for (size_t i = 0; i < page->rows->package_count; i++)
		found += page->rows->packages[i]->waiting || page->rows->packages[i]->running;
	if (found == 0)
		return;
	page_heading(page, "Packages on their way", (int64_t)found);
	line_add(&page->line, "PACKAGE       SIZE WAITING SENDING    DONE FAILED      LEFT NAME");
	end_line(page);
	qsort(page->rows->packages, page->rows->package_count, sizeof *page->rows->packages, by_what_is_left);
	for (; shown < found && shown < PACKAGES_MOST; shown++)
		put_package(page, page->rows->packages[shown]);
	put_rest(page, found, PACKAGES_MOST);
}
