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
cell_duration(struct line *line, int width, int64_t milliseconds, const char *unknown)
{
	char text[FMT_TEXT];

	fmt_duration(milliseconds, text);
	line_cell(line, width, milliseconds < 0 ? unknown : text);
}

/* The sign counts more than the digit behind the point where there is no room for both. */
static void
cell_rate(struct line *line, int width, const struct value *value)
{
	char text[FMT_TEXT], about[FMT_TEXT + 2];
	char *point, *blank;

	fmt_rate(value->real, FMT_BYTES, text);
	snprintf(about, sizeof about, "%s%s", value->estimate ? "~" : "", text);
	point = value->estimate ? strchr(about, '.') : NULL;
	blank = point ? strchr(point, ' ') : NULL;
	if (blank && (int)strlen(about) > (width < 0 ? -width : width))
		memmove(point, blank, strlen(blank) + 1);
	line_cell(line, width, about);
}

/* What is known of it, by its unit, without the sign of an estimate. */
static void
write_value(enum unit unit, const struct value *value, char out[FMT_TEXT])
{
	switch (unit) {
	case UNIT_BYTES: fmt_size((uint64_t)value->integer, FMT_BYTES, out); break;
	case UNIT_SECONDS: fmt_duration(value->integer * WHEN_SECOND, out); break;
	case UNIT_SHARE: snprintf(out, FMT_TEXT, "%d", (int)(value->real * 100)); break;
	case UNIT_COUNT: fmt_count((uint64_t)value->integer, out); break;
	default: snprintf(out, FMT_TEXT, "%lld", (long long)value->integer); break;
	}
}

void
cell_field(struct page *page, int width, enum entity entity, const char *name, const void *row)
{
	const struct field *field = fields_named(entity, name);
	struct value value = field->value(&page->rows->of, row);
	char text[FMT_TEXT], cell[FMT_TEXT + 1];

	if (value.kind == VALUE_TEXT) {
		line_cell(&page->line, width, value.text);
	} else if (value.kind == VALUE_UNKNOWN || value.kind == VALUE_NEVER) {
		line_cell(&page->line, width, field->unit == UNIT_RATE || field->unit == UNIT_SECONDS ? "-" : "?");
	} else if (field->unit == UNIT_RATE) {
		cell_rate(&page->line, width, &value);
	} else {
		write_value(field->unit, &value, text);
		snprintf(cell, sizeof cell, "%s%s", value.estimate ? "~" : "", text);
		line_cell(&page->line, width, cell);
	}
}

static void
put_job(struct page *page, const struct job *job)
{
	char state[STATE_TEXT];

	job_state_text(job, page->scene->now, state);
	cell_field(page, -6, ENTITY_SENDS, "thread", job);
	cell_field(page, 4, ENTITY_SENDS, "site", job);
	if (job->kind == KIND_REPLICATION)
		line_cell(&page->line, 8, "(repl.)");
	else
		cell_field(page, 8, ENTITY_SENDS, "package", job);
	cell_field(page, -3, ENTITY_SENDS, "attempt", job);
	cell_field(page, -4, ENTITY_SENDS, "percent", job);
	cell_field(page, -8, ENTITY_SENDS, "position", job);
	cell_field(page, -9, ENTITY_SENDS, "size", job);
	cell_field(page, -10, ENTITY_SENDS, "rate", job);
	cell_field(page, -8, ENTITY_SENDS, "eta", job);
	line_cell(&page->line, 11, state);
	end_line(page);
	lines_put(7, job->error, page->sink);
}

void
page_jobs(struct page *page)
{
	if (page->rows->job_count == 0 && !model_sending(page->scene->model).seen)
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
	struct value used = field_value(ENTITY_SITES, "used", &page->rows->of, site);
	struct value capacity = field_value(ENTITY_SITES, "capacity", &page->rows->of, site);
	char slots[2 * FMT_TEXT], limit[FMT_TEXT] = "?", state[STATE_TEXT];

	cell_field(page, 4, ENTITY_SITES, "site", site);
	cell_field(page, -7, ENTITY_SITES, "waiting", site);
	if (capacity.kind != VALUE_UNKNOWN)
		fmt_count((uint64_t)capacity.integer, limit);
	snprintf(slots, sizeof slots, "%lld/%s", (long long)used.integer, limit);
	line_cell(line, -7, slots);
	cell_field(page, -7, ENTITY_SITES, "done", site);
	cell_field(page, -6, ENTITY_SITES, "failed", site);
	cell_field(page, -10, ENTITY_SITES, "rate", site);
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

	if (page->rows->site_count == 0 && !model_sending(page->scene->model).seen)
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
	cell_field(page, 8, ENTITY_PACKAGES, "package", package);
	cell_field(page, -9, ENTITY_PACKAGES, "size", package);
	cell_field(page, -7, ENTITY_PACKAGES, "waiting", package);
	cell_field(page, -7, ENTITY_PACKAGES, "running", package);
	cell_field(page, -7, ENTITY_PACKAGES, "done", package);
	cell_field(page, -6, ENTITY_PACKAGES, "failed", package);
	cell_field(page, -9, ENTITY_PACKAGES, "bytes_left", package);
	line_cell(&page->line, 20, package->name);
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
