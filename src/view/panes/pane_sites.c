/* One row a destination site: waiting sends, slots in use, speed and state. */
#include "view/panes/counterpart.h"
#include "view/panes/site_detail.h"
#include "view/frame/format.h"

#include "cmtop/count_of.h"
#include "cmtop/state_text.h"

static const struct site *
site_of(const struct row *row)
{
	return row->of;
}

static void
gather(struct view *view, struct rows *out)
{
	const struct site *sites = model_sites(view->model, &out->total);
	const void **found = arena_take(view->arena, (out->total + 1) * sizeof(*found));
	size_t i, count = 0;

	out->at = rows_take(view, out->total);
	if (!found || !out->at)
		return;
	for (i = 0; i < out->total; i++) {
		if (query_site(view->ui->query, view->model, (uint32_t)i, view->now))
			found[count++] = &sites[i];
	}
	pane_sort(view, PANE_SITES, found, count);
	for (i = 0; i < count; i++) {
		uint32_t index = (uint32_t)((const struct site *)found[i] - sites);

		out->at[i] = (struct row){ .id = index, .of = found[i], .index = index };
	}
	out->count = count;
}

/* ---- cells ---- */

static void
cell_used(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct site *site = site_of(row);

	out->text = site->capacity < 0 ? arena_format(view->arena, "%u/?", (unsigned)site_slots(site))
	                               : arena_format(view->arena, "%u/%lld", (unsigned)site_slots(site),
	                                              (long long)site->capacity);
}

/* How long ago: "-" when no send has been done yet. */
static void
cell_last(struct view *view, const struct row *row, struct table_cell *out)
{
	out->text = view_duration(view, view_age(view, site_of(row)->last_done));
}

static void
cell_state(struct view *view, const struct row *row, struct table_cell *out)
{
	char text[STATE_TEXT];

	out->style = view_weight(site_state_text(view->model, row->index, view->now, text));
	out->text = arena_format(view->arena, "%s", text);
}

static uint8_t
rate_style(struct view *view, const struct row *row)
{
	return site_rate(view->model, row->index, view->now) > 0 ? STYLE_NORMAL : STYLE_DIM;
}

/* clang-format off */
static const struct column columns[] = {
	{ COLUMN_LEFT("site", 4, 0) },
	{ COLUMN_RIGHT("waiting", 5, 0) },
	{ COLUMN_RIGHT("used", 5, 7), .cell = cell_used },
	{ COLUMN_RIGHT("done", 5, 7) },
	{ COLUMN_RIGHT("failed", 4, 0) },
	{ COLUMN_RIGHT("bytes", 9, 0) },
	{ COLUMN_RIGHT("rate", 10, 0), .style = rate_style },
	{ COLUMN_RIGHT("last_done", 7, 0), .flags = COLUMN_SCREEN, .cell = cell_last },
	{ COLUMN_LEFT("state", 16, 28), .cell = cell_state },
	{ COLUMN_EXPORT("capacity") },
	{ COLUMN_EXPORT("ahead") },
	{ COLUMN_EXPORT("last_done") },
	{ COLUMN_EXPORT("until") },
};

static const struct yield yields[] = {
	{ "bytes", 0 }, { "last_done", 0 }, { "done", 0 }, { "state", 13 }, { "rate", 0 },
	{ "failed", 0 }, { "state", 1 }, { "state", 0 }, { "used", 0 },
};
/* clang-format on */

static const struct table table = {
	.entity = ENTITY_SITES,
	.run = 46,
	.column_count = COUNT_OF(columns),
	.columns = columns,
	.yield_count = COUNT_OF(yields),
	.yields = yields,
};

/* ---- words ---- */

static const char *
title(struct view *view)
{
	return pane_count(view, PANE_SITES);
}

static const char *
empty(struct view *view)
{
	(void)view;
	return "no destination site has been named yet";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_site(query, view->model, row->index, view->now);
}

static void
lines(struct view *view, uint64_t id, struct lines_state *out)
{
	pane_lines_of_site(view, (uint32_t)id, out);
}

static uint64_t
counterpart(const struct handover *handover, uint64_t id)
{
	return id_or_gone(same_site(handover, (uint32_t)id));
}

const struct pane pane_sites = {
	.name = "Sites",
	.one = "site",
	.many = "sites",
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = lines,
	.detail = site_detail,
	.counterpart = counterpart,
};
