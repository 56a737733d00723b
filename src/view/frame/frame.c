#include "view/frame/frame.h"

#include <string.h>

static const struct signs utf8_signs = {
	"\u2500",
	"\u2026",
	"\u2588",
	"\u2591",
	{ " ", "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588" },
};
static const struct signs ascii_signs = {
	"-", "..", "#", ".", { " ", "_", "_", ".", ".", "-", "-", "'", "'" },
};

/* Rows for the active sends: as many as there are slots, so that the panes below stand still. */
static int
slots_wanted(const struct view *view)
{
	int64_t slots = view->context.sending.capacity > (int64_t)view->context.sending.used
	                        ? view->context.sending.capacity
	                        : (int64_t)view->context.sending.used;

	return slots > 1000 ? 1000 : (int)((slots + 4) / 5 * 5);
}

enum layout_kind
view_layout_kind(const struct view *view)
{
	size_t sites;

	model_sites(view->model, &sites);
	if (!view->context.sending.seen && sites == 0
	    && (view->context.transfers.seen || view->context.distribution.seen))
		return view->context.transfers.seen ? LAYOUT_NO_SENDER : LAYOUT_DISTMGR_ALONE;
	return view->context.transfers.seen ? LAYOUT_TRANSFERS : LAYOUT_NO_TRANSFERS;
}

/* The same for distmgr where there is no sender: its threads, their distribution points, and what is queued. */
static int
distmgr_wanted(const struct view *view)
{
	const struct package_thread *thread = NULL;
	uint64_t rows = view->context.distribution.queued + view->context.transfers.running
	                + view->context.transfers.waiting + view->context.transfers.retrying;

	while ((thread = model_next_thread(view->model, thread))) {
		const struct dp *dp = model_dp(view->model, thread->first_dp);

		for (rows++; dp; dp = model_dp(view->model, dp->next))
			rows++;
	}
	return rows > 1000 ? 1000 : (int)((rows + 1) / 2 * 2);
}

/* Until somebody chooses: where there is something to be seen. */
static int
first_focus(const struct view *view)
{
	if (view_layout_kind(view) < LAYOUT_NO_SENDER)
		return PANE_SENDING;
	return view->context.distribution.seen ? PANE_DISTMGR : PANE_TRANSFERS;
}

void
view_begin(struct view *view, struct ui *ui, const struct scene *scene, struct grid *grid)
{
	arena_clear(ui->arena);
	*view = (struct view){ .ui = ui, .scene = scene, .model = scene->model, .grid = grid, .arena = ui->arena };
	view->now = scene->now;
	view->signs = ui->ascii ? ascii_signs : utf8_signs;
	utf8_ascii_only(ui->ascii);
	fields_context(&view->context, scene, forecast_cache_look(&ui->forecast_cache, scene));
	if (forecast_cache_awaited(&ui->forecast_cache, scene))
		view->context.backlog.eta = ETA_UNKNOWN;
	if (!ui->focused)
		ui->focus = first_focus(view);
	view->layout =
		layout_make(ui->width, ui->height, ui->focus, ui->zoom,
	                    view_layout_kind(view) < LAYOUT_NO_SENDER ? slots_wanted(view) : distmgr_wanted(view),
	                    view_layout_kind(view));
}

bool
view_filtered(const struct view *view)
{
	return !query_is_empty(view->ui->query);
}

const struct site *
view_site(const struct view *view, uint32_t site)
{
	size_t count;
	const struct site *sites = model_sites(view->model, &count);

	return site < count ? &sites[site] : NULL;
}

const struct package *
view_package(const struct view *view, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(view->model, &count);

	return package < count ? &packages[package] : NULL;
}

const char *
view_site_code(const struct view *view, uint32_t site)
{
	const struct site *found = view_site(view, site);

	return found ? found->code : "?";
}

const char *
view_package_id(const struct view *view, uint32_t package)
{
	const struct package *found = view_package(view, package);

	return found ? found->id : "?";
}

uint64_t
view_records(const struct scene *scene)
{
	uint64_t all = 0;
	size_t i;

	for (i = 0; i < scene->log_count; i++)
		all += scene->logs[i].records;
	return all;
}

const struct log_status *
view_log(const struct view *view, const char *name)
{
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		if (strcmp(view->scene->logs[i].name, name) == 0)
			return &view->scene->logs[i];
	}
	return NULL;
}
