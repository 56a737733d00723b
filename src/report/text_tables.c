#include "report/text_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/fmt.h"
#include "cmtop/state_text.h"

/* Rows of a page that is to be read; JSON has all of them. */
#define SITES_MOST    40
#define PACKAGES_MOST 20

void
page_heading(struct page *page, const char *title, int64_t count)
{
	end_line(page);
	line_add(&page->line, title);
	if (count >= 0)
		line_format(&page->line, " %lld", (long long)count);
	end_line(page);
}

void
page_rest(struct page *page, size_t found, size_t most)
{
	if (found <= most)
		return;
	line_format(&page->line, "and %zu more; --format=json has all", found - most);
	end_line(page);
}

void
cell_size(struct line *line, int width, int64_t bytes, bool estimate)
{
	char text[FMT_TEXT] = "?", cell[FMT_TEXT + 1];

	if (bytes >= 0)
		fmt_size((uint64_t)bytes, FMT_BYTES, text);
	snprintf(cell, sizeof cell, "%s%s", estimate ? "~" : "", text);
	line_cell(line, width, cell);
}

void
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
		fmt_duration(whole_seconds(eta) * WHEN_SECOND, text);
	snprintf(cell, sizeof cell, "%s%s", eta >= 0 && estimate ? "~" : "", text);
	line_cell(line, -8, cell);
}

static void
cell_waiting(struct page *page, uint64_t waiting)
{
	char text[FMT_TEXT];

	fmt_count(waiting, text);
	line_cell(&page->line, -7, page->rows->of.backlog.known ? text : "?");
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

void
cell_rate(struct line *line, int width, double rate)
{
	char text[FMT_TEXT] = "-";

	if (rate >= 0)
		fmt_rate(rate, FMT_BYTES, text);
	line_cell(line, width, text);
}

/* The sign counts more than the digit behind the point where there is no room for both. */
void
cell_rate_told(struct line *line, int width, double rate, bool estimated)
{
	char text[FMT_TEXT], about[FMT_TEXT + 2];
	char *point, *blank;

	if (rate < 0 || !estimated) {
		cell_rate(line, width, rate);
		return;
	}
	fmt_rate(rate, FMT_BYTES, text);
	snprintf(about, sizeof about, "~%s", text);
	point = strchr(about, '.');
	blank = point ? strchr(point, ' ') : NULL;
	if (blank && (int)strlen(about) > (width < 0 ? -width : width))
		memmove(point, blank, strlen(blank) + 1);
	line_cell(line, width, about);
}

static const char *
package_or_kind(const struct model *model, const struct job *job)
{
	if (job->kind == KIND_REPLICATION)
		return "(repl.)";
	return job->package == NAME_NONE ? "?" : package_name(model, job->package);
}

static void
put_job(struct page *page, const struct job *job)
{
	const struct scene *scene = page->scene;
	struct line *line = &page->line;
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = job_size(scene->model, job, &source);
	bool estimate = size >= 0 && source == SIZE_ESTIMATE;
	char state[STATE_TEXT];

	job_state_text(job, scene->now, state);
	line_format(line, "%6u", (unsigned)job->thread);
	line_cell(line, 4, job->site == NAME_NONE ? "?" : site_name(scene->model, job->site));
	line_cell(line, 8, package_or_kind(scene->model, job));
	line_cell_count(line, -3, job->attempt);
	cell_percent(line, job, size, estimate);
	cell_size(line, -8, job->wrote ? (int64_t)job->position : -1, false);
	cell_size(line, -9, size, estimate);
	cell_rate_told(line, -10, job_rate_told(job, scene->now), job_rate_estimated(job));
	cell_eta(line, job_eta_told(scene->model, job, scene->now), estimate);
	line_cell(line, 11, state);
	end_line(page);
	lines_put(7, job->error, page->sink);
}

void
page_jobs(struct page *page)
{
	if (page->rows->job_count == 0 && !model_sending(page->scene->model).heard)
		return;
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
	uint32_t number = site_number(scene->model, site);
	char slots[2 * FMT_TEXT], limit[FMT_TEXT] = "?", state[STATE_TEXT];

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
	site_state_text(scene->model, number, scene->now, state);
	/* "blocked until 12:47": there is room for the word that a column has not. */
	if (site_state(scene->model, number, scene->now) == SITE_BLOCKED && strchr(state, ' '))
		line_format(line, " %.*s until%s", (int)strcspn(state, " "), state, strchr(state, ' '));
	else
		line_format(line, " %s", state);
	end_line(page);
}

/* Sites that only wait are summed up: there may be dozens. */
void
page_sites(struct page *page)
{
	size_t shown = 0, others = 0;
	uint64_t waiting = 0;
	char text[FMT_TEXT];

	if (page->rows->site_count == 0 && !model_sending(page->scene->model).heard)
		return;
	page_heading(page, "Sites", (int64_t)page->rows->site_count);
	for (size_t i = 0; i < page->rows->site_count; i++) {
		const struct site *site = page->rows->sites[i];
		uint32_t number = site_number(page->scene->model, site);
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
	            page->rows->of.backlog.known ? text : "?");
	end_line(page);
}

static void
put_package(struct page *page, const struct package *package)
{
	const struct model *model = page->scene->model;
	struct line *line = &page->line;
	uint32_t number = package_number(page->scene->model, package);
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
	page_rest(page, found, PACKAGES_MOST);
}
