#include "view/panes/package_detail.h"

#include "view/panes/package_dps.h"
#include "view/frame/format.h"

/* To other sites; a package may go to this site's own distribution points alone. */
static bool
has_sends(const struct package *package)
{
	return package->waiting + package->running + package->done + package->failed > 0;
}

/* "4.1 GB", "~4.1 GB" where the package's size is an estimate, "?" when negative */
static const char *
size_text(struct view *view, uint32_t package, int64_t bytes)
{
	enum size_source source = SIZE_UNKNOWN;

	if (bytes <= 0 || package_size(view->model, package, &source) < 0 || source != SIZE_ESTIMATE)
		return view_size(view, bytes);
	return arena_format(view->arena, "~%s", view_size(view, bytes));
}

/* Bytes, -1: not known. */
static int64_t
known_size(struct view *view, uint32_t package)
{
	enum size_source source;

	return package_size(view->model, package, &source);
}

static void
detail_sites(struct view *view, uint32_t package, struct detail *out)
{
	size_t count, i;
	const struct site *sites = model_sites(view->model, &count);

	for (i = 0; i < count; i++) {
		struct pair_counts pair = model_pair(view->model, package, (uint32_t)i);

		if (pair.waiting + pair.running + pair.done + pair.failed == 0)
			continue;
		detail_line(out, sites[i].code,
		            arena_format(view->arena, "%5llu waiting %4llu running %5llu done %4llu failed",
		                         (unsigned long long)pair.waiting, (unsigned long long)pair.running,
		                         (unsigned long long)pair.done, (unsigned long long)pair.failed));
	}
}

/* Distribution points of the site itself. */
static void
detail_dps(struct view *view, uint32_t package, struct detail *out)
{
	const struct package_thread *thread = NULL;
	struct dp_lines dps;

	while ((thread = model_next_thread(view->model, thread)) && thread->package != package)
		continue;
	dps = dps_of(view, package, thread, false);
	dps_detail(view, &dps, out);
	if (dps.count > 0)
		detail_line(out, NULL, "");
}

/* "in ~5h 11m (4h 35m to 6h 4m), except 2 stuck sends (site blocked, closed or stalled)" */
static const char *
everywhere_text(struct view *view, uint32_t package)
{
	const struct forecast *forecast = view->context.forecast;
	struct forecast_package told;
	const char *text = "?", *range = "";

	if (!forecast)
		return text;
	told = forecast_package(forecast, package);
	if (told.done.likely >= 0 && told.done.soonest >= 0 && told.done.soonest != told.done.latest)
		range = arena_format(view->arena, told.done.latest < 0 ? " (%s or more)" : " (%s to %s)",
		                     view_eta(view, told.done.soonest), view_eta(view, told.done.latest));
	if (told.done.likely >= 0)
		text = arena_format(view->arena, "in ~%s%s", view_eta(view, told.done.likely), range);
	else if (told.done.likely == ETA_NEVER)
		text = arena_format(view->arena, "never %s", forecast_never_text(forecast_basis(forecast)->never));
	else
		text = arena_format(view->arena, "?  (%s)", forecast_lack_text(forecast_basis(forecast)->lack));
	return told.left_out == 0
	               ? text
	               : arena_format(view->arena, "%s, except %llu stuck send%s (site blocked, closed or stalled)",
	                              text, (unsigned long long)told.left_out, told.left_out == 1 ? "" : "s");
}

void
package_detail(struct view *view, uint64_t id, struct detail *out)
{
	uint32_t index = (uint32_t)id;
	const struct package *package = view_package(view, index);

	out->title = "Package";
	if (!package)
		return;
	out->title = arena_format(view->arena, "Package %s", package->id);
	detail_line(out, "name", package->name[0] ? package->name : "?");
	detail_line(out, "version",
	            package->version ? arena_format(view->arena, "%u", (unsigned)package->version) : "?");
	detail_line(out, "size", size_text(view, index, known_size(view, index)));
	if (has_sends(package))
		detail_line(out, "left to send", size_text(view, index, package_bytes_left(view->model, index)));
	detail_line(out, "sends",
	            !has_sends(package)
	                    ? "none to other sites"
	                    : arena_format(view->arena, "%llu waiting  %llu running  %llu done  %llu failed",
	                                   (unsigned long long)package->waiting, (unsigned long long)package->running,
	                                   (unsigned long long)package->done, (unsigned long long)package->failed));
	if (view->context.backlog.known && package->waiting + package->running > 0)
		detail_line(out, "all sites", everywhere_text(view, index));
	if (package->queued)
		detail_line(out, "distmgr", "waits for a package thread");
	detail_line(out, "last line", view_when(view, package->last_log, package->last));
	detail_line(out, NULL, "");
	detail_dps(view, index, out);
	detail_sites(view, index, out);
}
