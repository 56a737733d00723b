/* What if other limits were in force: when the backlog would be empty then, and what that stands on. */
#include "view/outlook.h"
#include "view/pages.h"

#define WORTH_SAYING 0.95  /* of the time to empty: a gain below that is none, and more slots for it cost the line */
#define WIDE 100           /* columns from which each row says what "not seen" means */

/* ---- words ---- */

/* "~2d 23h", "never", "-" */
static const char *
eta_text(struct view *view, int64_t eta)
{
	if (eta == ETA_NEVER)
		return "never";
	return eta < 0 ? "-" : arena_format(view->arena, "~%s", view_duration(view, eta));
}

/* "2d 1h to 4d 6h" */
static const char *
span_text(struct view *view, struct forecast_span span)
{
	if (span.likely == ETA_UNKNOWN || span.soonest == span.latest)
		return "";
	return arena_format(view->arena, "%s to %s", span.soonest < 0 ? "never" : view_duration(view, span.soonest),
	                    span.latest < 0 ? "never" : view_duration(view, span.latest));
}

/* The limit of each site, "as now" where the row leaves them as they are. */
static const char *
per_site_text(struct view *view, const struct forecast_row *row)
{
	int64_t now = view->sending.site_capacity;

	if (row->per_site >= 0)
		return arena_format(view->arena, "%lld", (long long)row->per_site);
	return now < 0 ? "as now" : arena_format(view->arena, "%lld (now)", (long long)now);
}

/* "50", "5 (now)"; "~5 (now)" where no log tells the limit */
static const char *
all_sites_text(struct view *view, const struct forecast_row *row, const struct forecast_row *now)
{
	bool same = row->all_sites == now->all_sites;

	return arena_format(view->arena, "%s%lld%s", same && view->sending.capacity < 0 ? "~" : "", (long long)row->all_sites,
	                    same ? " (now)" : "");
}

static const char *
seen_text(const struct forecast_row *row, bool wide)
{
	if (row->now)
		return "in force";
	if (row->seen)
		return "seen";
	return wide ? "not seen, assumes the line has room" : "not seen";
}

/* ---- what is best ---- */

/* Sooner, or at all where the other one never comes. */
static bool
is_sooner(int64_t eta, int64_t than, double part)
{
	if (eta < 0)
		return false;
	return than == ETA_NEVER || (than >= 0 && (double)eta < (double)than * part);
}

/* The lowest limits that no others beat by what is worth saying; rows stand in the order of their limits. */
static const struct forecast_row *
best_of(const struct forecast_row *rows, size_t count)
{
	const struct forecast_row *best = &rows[0];
	size_t i;

	for (i = 1; i < count; i++) {
		if (is_sooner(rows[i].empty.likely, best->empty.likely, WORTH_SAYING))
			best = &rows[i];
	}
	return best;
}

static const struct forecast_row *
row_now(const struct forecast_row *rows, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (rows[i].now)
			return &rows[i];
	}
	return &rows[0];
}

/* "all sites 50, per site 10" */
static const char *
limits_text(struct view *view, const struct forecast_row *row, const struct forecast_row *now)
{
	return arena_format(view->arena, "all sites %s, per site %s", all_sites_text(view, row, now), per_site_text(view, row));
}

static void
say_best(struct view *view, const struct forecast_row *rows, size_t count, struct detail *out)
{
	const struct forecast_row *now = row_now(rows, count), *best = best_of(rows, count);
	const char *range = span_text(view, best->empty);

	if (view->backlog.eta == ETA_NEVER && now->empty.likely >= 0)
		detail_styled(out, "last hour", "more fell due than was done: if that goes on it is never empty; below, what was usual falls due",
		              STYLE_WARN);
	detail_line(out, "now", arena_format(view->arena, "%s: empty in %s", limits_text(view, now, now),
	            eta_text(view, now->empty.likely)));
	if (!is_sooner(best->empty.likely, now->empty.likely, WORTH_SAYING)) {
		detail_line(out, "best", "as it is: no other limit would make it much sooner, something else holds the backlog back");
		return;
	}
	detail_styled(out, "best", arena_format(view->arena, "%s: empty in %s%s, %s%s", limits_text(view, best, now),
	              eta_text(view, best->empty.likely), range[0] ? arena_format(view->arena, " (%s)", range) : "",
	              now->empty.likely < 0 ? "instead of never"
	              : arena_format(view->arena, "%s sooner", view_duration(view, now->empty.likely - best->empty.likely)),
	              best->seen ? "" : "; never seen, if the line has room"), STYLE_GOOD);
}

/* ---- the table ---- */

static void
add_rows(struct view *view, const struct forecast_row *rows, size_t count, bool wide, struct detail *out)
{
	const struct forecast_row *now = row_now(rows, count);
	size_t i;

	detail_styled(out, NULL, arena_format(view->arena, "%-10s  %-10s  %-10s  %-18s", "ALL SITES", "PER SITE", "EMPTY IN", "RANGE"),
	              STYLE_HEADING);
	for (i = 0; i < count; i++)
		detail_styled(out, NULL, arena_format(view->arena, "%-10s  %-10s  %-10s  %-18s  %s",
		              all_sites_text(view, &rows[i], now), per_site_text(view, &rows[i]),
		              eta_text(view, rows[i].empty.likely), span_text(view, rows[i].empty), seen_text(&rows[i], wide)),
		              rows[i].now ? STYLE_HEADING : rows[i].seen ? STYLE_NORMAL : STYLE_ESTIMATE);
}

/* ---- what it stands on ---- */

static const char *
sends(struct view *view, uint64_t count)
{
	return arena_format(view->arena, "%llu send%s", (unsigned long long)count, count == 1 ? "" : "s");
}

/* "S14", "S14 and 2 other sites" */
static const char *
sites_text(struct view *view, uint32_t site, uint32_t count)
{
	const char *code = view_site_code(view, site);

	if (count < 2)
		return code;
	return arena_format(view->arena, "%s and %u other site%s", code, (unsigned)(count - 1), count == 2 ? "" : "s");
}

static void
add_basis(struct view *view, const struct forecast_basis *basis, bool ranges, struct detail *out)
{
	const char *guessed = basis->guessed == 0 ? "" : arena_format(view->arena, "; of %llu no size is known: they are taken for the mean of the others",
	                                                              (unsigned long long)basis->guessed);

	detail_line(out, "counted on", arena_format(view->arena, "%s that wait or run, and %.*f an hour that fall due%s",
	            sends(view, basis->sends), basis->due_per_hour < 9.95 ? 1 : 0, basis->due_per_hour, guessed));
	if (basis->unheard > 0)
		detail_line(out, "unknown", arena_format(view->arena, "%u site%s not shown how fast it goes there: taken for the others' pace",
		            (unsigned)basis->unheard, basis->unheard == 1 ? " has" : "s have"));
	if (basis->left_out > 0)
		detail_styled(out, "left out", arena_format(view->arena, "%s for %s: blocked or closed, nothing gets through",
		              sends(view, basis->left_out), sites_text(view, basis->left_out_site, basis->left_out_sites)), STYLE_WARN);
	if (basis->apart > 0)
		detail_styled(out, "apart", arena_format(view->arena, "%s for %s: throttled or very slow, no slot helps; done in %s",
		              sends(view, basis->apart), sites_text(view, basis->apart_site, basis->apart_sites),
		              eta_text(view, basis->apart_eta)), STYLE_WARN);
	if (basis->limit_guessed)
		detail_line(out, "limit", arena_format(view->arena, "of all sites is in no log: taken for %u, the most slots seen in use",
		            (unsigned)basis->used_most));
	if (!ranges)
		detail_line(out, "range", "not known before the logs tell of an hour");
	else if (basis->highest > 0)
		detail_line(out, "range", arena_format(view->arena, "soonest: the line has room for any number of sends; latest: all "
		            "together never go faster than the highest seen, %s", view_rate(view, basis->highest)));
}

void
what_if_paint(struct view *view, const struct area *area)
{
	struct detail page = { .view = view, .title = "What if" };
	const struct forecast *forecast = view->ui->outlook.forecast;
	const struct forecast_row *rows;
	size_t count = 0;

	rows = forecast ? outlook_what_if(&view->ui->outlook, &count) : NULL;
	if (!rows) {
		detail_line(&page, NULL, forecast || view->scene->foretold ? "Being worked out ..." : "No figure: out of memory.");
		detail_paint(&page, area);
		return;
	}
	if (view->backlog.known && view->backlog.waiting + view->backlog.running == 0) {
		detail_line(&page, NULL, "Nothing waits and nothing is being sent: there is nothing to be sooner.");
		count = 0;
	} else if (count == 0) {
		detail_styled(&page, NULL, arena_format(view->arena, "No figure: %s.",
		              forecast_lack_says(forecast_basis(forecast)->lack)), STYLE_WARN);
	} else {
		say_best(view, rows, count, &page);
		detail_line(&page, NULL, "");
		add_rows(view, rows, count, area->width >= WIDE, &page);
		detail_line(&page, NULL, "");
		add_basis(view, forecast_basis(forecast), rows[0].empty.soonest != rows[0].empty.latest, &page);
	}
	if (count > 0 && area->width < WIDE)
		detail_styled(&page, NULL, "not seen: so many slots were never in use; it assumes that the line has room.", STYLE_DIM);
	detail_styled(&page, NULL, "More sends at once load the WAN: before limits are raised, the network team has a say.", STYLE_WARN);
	detail_paint(&page, area);
}
