#include "view/grid/frame.h"

#include <string.h>

#include "cmtop/state_text.h"

#include "view/grid/forecast_cache.h"
#include "view/panes/pane.h"

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
	int64_t slots = view->sending.capacity > (int64_t)view->sending.used ? view->sending.capacity
	                                                                     : (int64_t)view->sending.used;

	return slots > 1000 ? 1000 : (int)((slots + 4) / 5 * 5);
}

enum layout_kind
view_layout_kind(const struct view *view)
{
	size_t sites;

	model_sites(view->model, &sites);
	if (!view->sending.heard && sites == 0 && (view->transfers.heard || view->distribution.heard))
		return view->transfers.heard ? LAYOUT_NO_SENDER : LAYOUT_DISTMGR_ALONE;
	return view->transfers.heard ? LAYOUT_TRANSFERS : LAYOUT_NO_TRANSFERS;
}

/* The same for distmgr where there is no sender: its threads, their distribution points, and what is queued. */
static int
distmgr_wanted(const struct view *view)
{
	const struct package_thread *thread = NULL;
	uint64_t rows = view->distribution.queued + view->transfers.running + view->transfers.waiting
	                + view->transfers.retrying;

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
	return view->distribution.heard ? PANE_DISTMGR : PANE_TRANSFERS;
}

void
view_begin(struct view *view, struct ui *ui, const struct scene *scene, struct grid *grid)
{
	arena_clear(ui->arena);
	*view = (struct view){ .ui = ui, .scene = scene, .model = scene->model, .grid = grid, .arena = ui->arena };
	view->now = scene->now;
	view->signs = ui->ascii ? ascii_signs : utf8_signs;
	view->sending = model_sending(scene->model);
	view->distribution = model_distribution(scene->model);
	view->backlog = forecast_backlog(forecast_cache_look(&ui->forecast_cache, scene), scene->model, scene->now);
	if (forecast_cache_awaited(&ui->forecast_cache, scene))
		view->backlog.eta = ETA_UNKNOWN;
	view->transfers = model_transfer_counts(scene->model);
	view->trouble = trouble_at(scene->model, scene->now);
	if (!ui->focused)
		ui->focus = first_focus(view);
	view->layout =
		layout_make(ui->width, ui->height, ui->focus, ui->zoom,
	                    view_layout_kind(view) < LAYOUT_NO_SENDER ? slots_wanted(view) : distmgr_wanted(view),
	                    view_layout_kind(view));
}

static bool
is_pinned(const struct pane_state *state, uint64_t id)
{
	size_t i;

	for (i = 0; i < state->pin_count; i++) {
		if (state->pins[i] == id)
			return true;
	}
	return false;
}

/* Pinned rows to the top, else in the order they had. */
static void
pins_first(struct view *view, const struct pane_state *state, struct rows *rows)
{
	struct row *out = state->pin_count && rows->count ? rows_take(view, rows->count) : NULL;
	size_t i, used = 0;

	if (!out)
		return;
	for (i = 0; i < rows->count; i++) {
		if (is_pinned(state, rows->at[i].id))
			out[used++] = rows->at[i];
	}
	for (i = 0; i < rows->count; i++) {
		if (!is_pinned(state, rows->at[i].id))
			out[used++] = rows->at[i];
	}
	rows->at = out;
}

const struct rows *
view_rows(struct view *view, int pane)
{
	struct rows *rows = &view->rows[pane];

	if (!view->gathered[pane]) {
		view->gathered[pane] = true;
		pane_of(pane)->gather(view, rows);
		pins_first(view, &view->ui->panes[pane], rows);
	}
	return rows;
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

int64_t
view_age(const struct view *view, int64_t since)
{
	if (since == WHEN_NONE || view->now == WHEN_NONE)
		return -1;
	return view->now > since ? view->now - since : 0;
}

int64_t
view_local(const struct view *view, int64_t at)
{
	return model_zoned(view->model) ? at - model_bias(view->model) * WHEN_MINUTE : at;
}

const char *
view_when(const struct view *view, int64_t at)
{
	struct civil then, today;

	if (at == WHEN_NONE)
		return "?";
	then = when_civil(view_local(view, at));
	today = when_civil(view_local(view, view->now == WHEN_NONE ? at : view->now));
	if (then.year == today.year && then.month == today.month && then.day == today.day)
		return arena_format(view->arena, "%02d:%02d:%02d", then.hour, then.minute, then.second);
	return arena_format(view->arena, "%02d-%02d %02d:%02d", then.month, then.day, then.hour, then.minute);
}

const char *
view_when_fine(const struct view *view, int64_t at, bool zoned)
{
	struct civil time;

	if (at == WHEN_NONE)
		return "?";
	time = when_civil(zoned ? at - model_bias(view->model) * WHEN_MINUTE : at);
	return arena_format(view->arena, "%02d:%02d:%02d.%03d", time.hour, time.minute, time.second, time.milli);
}

const char *
view_stamp(const struct view *view, int64_t at)
{
	char text[WHEN_TEXT] = "";

	if (at != WHEN_NONE)
		when_format(at, model_zoned(view->model), text);
	return arena_format(view->arena, "%s", text);
}

const char *
view_duration(const struct view *view, int64_t milliseconds)
{
	char text[FMT_TEXT];

	if (milliseconds < 0)
		return "-";
	fmt_duration(milliseconds, text);
	return arena_format(view->arena, "%s", text);
}

const char *
view_eta(const struct view *view, int64_t milliseconds)
{
	return view_duration(view, milliseconds < 0 ? -1 : whole_seconds(milliseconds) * WHEN_SECOND);
}

const char *
view_size(const struct view *view, int64_t bytes)
{
	char text[FMT_TEXT];

	if (bytes < 0)
		return "?";
	fmt_size((uint64_t)bytes, view->ui->units, text);
	return arena_format(view->arena, "%s", text);
}

const char *
view_rate(const struct view *view, double rate)
{
	char text[FMT_TEXT];

	fmt_rate(rate, view->ui->units, text);
	return arena_format(view->arena, "%s", text);
}

uint8_t
view_weight(enum state_weight weight)
{
	/* clang-format off */
	static const uint8_t styles[] = {
		[STATE_PLAIN] = STYLE_NORMAL, [STATE_GOOD] = STYLE_GOOD, [STATE_WARNS] = STYLE_WARN, [STATE_BAD] = STYLE_BAD,
	};
	/* clang-format on */

	return styles[weight];
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
