/* What if other limits were in force: when the backlog would be empty then, and what that stands on. */
#include <string.h>

#include "view/frame/forecast_cache.h"
#include "view/pages/pages.h"
#include "view/summary/findings.h"
#include "view/frame/format.h"

#define WORTH_SHOWING 0.95 /* of the time to empty: a gain below that is none, and more slots for it cost the line */
#define WIDE          100  /* columns from which each row says what "untested" means */

/* ---- words ---- */

/* "~2d 23h", "never", "-" */
static const char *
eta_text(struct view *view, int64_t eta)
{
	if (eta == ETA_NEVER)
		return "never";
	return eta < 0 ? "-" : arena_format(view->arena, "~%s", view_eta(view, eta));
}

/* "2d 1h to 4d 6h", "2d 1h or more": never is said where the likely run does not end */
static const char *
span_text(struct view *view, struct forecast_span span)
{
	if (span.likely < 0 || span.soonest == span.latest)
		return "";
	return arena_format(view->arena, span.latest < 0 ? "%s or more" : "%s to %s", view_eta(view, span.soonest),
	                    view_eta(view, span.latest));
}

/* The limit of each site, "as now" where the row leaves them as they are. */
static const char *
per_site_text(struct view *view, const struct forecast_row *row)
{
	int64_t now = view->context.sending.site_capacity;

	if (row->per_site >= 0)
		return arena_format(view->arena, "%lld", (long long)row->per_site);
	return now < 0 ? "as now" : arena_format(view->arena, "%lld (now)", (long long)now);
}

/* "50", "5 (now)"; "~5 (now)" where no log tells the limit */
static const char *
all_sites_text(struct view *view, const struct forecast_row *row, const struct forecast_row *now)
{
	bool same = row->all_sites == now->all_sites;

	return arena_format(view->arena, "%s%lld%s", same && view->context.sending.capacity < 0 ? "~" : "",
	                    (long long)row->all_sites, same ? " (now)" : "");
}

static const char *
seen_text(const struct forecast_row *row, bool wide)
{
	if (row->now)
		return "in force";
	if (row->seen)
		return "seen";
	return wide ? "untested; needs spare bandwidth" : "untested";
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
		if (is_sooner(rows[i].empty.likely, best->empty.likely, WORTH_SHOWING))
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
	return arena_format(view->arena, "all sites %s, per site %s", all_sites_text(view, row, now),
	                    per_site_text(view, row));
}

/* "~2d 23h", "never while they hold the slots" */
static const char *
now_text(struct view *view, const struct forecast_row *now)
{
	const struct forecast_basis *basis = forecast_basis(view->context.forecast);

	if (now->empty.likely == ETA_NEVER)
		return arena_format(view->arena, "never empty %s", forecast_never_text(basis->never));
	return arena_format(view->arena, "empty in %s", eta_text(view, now->empty.likely));
}

/* " except 105 stuck sends": no time to empty counts them; "" */
static const char *
except_text(struct view *view)
{
	uint64_t out = forecast_basis(view->context.forecast)->left_out;

	return out == 0 ? ""
	                : arena_format(view->arena, " except %llu stuck send%s", (unsigned long long)out,
	                               out == 1 ? "" : "s");
}

/* What no limit changes comes first, as on the page of advice. */
static void
add_first(struct view *view, struct detail *out)
{
	if (findings_have(view, ADVICE_STALLED_SENDS))
		detail_styled(
			out, "first",
			"stalled sends hold slots (key a). More slots let other sends run, if these do not stall too",
			STYLE_BAD);
	if (findings_have(view, ADVICE_LINK_FULL))
		detail_styled(out, "first", "the network link is full (key a). Expect the late end of each range",
		              STYLE_BAD);
}

static void
add_best(struct view *view, const struct forecast_row *rows, size_t count, struct detail *out)
{
	const struct forecast_row *now = row_now(rows, count), *best = best_of(rows, count);
	const char *range = span_text(view, best->empty);

	add_first(view, out);
	detail_line(out, "now",
	            arena_format(view->arena, "all sites %s%lld, per site %s: %s%s",
	                         view->context.sending.capacity < 0 ? "~" : "", (long long)now->all_sites,
	                         view_limit(view, view->context.sending.site_capacity), now_text(view, now),
	                         now->empty.likely < 0 ? "" : except_text(view)));
	if (!is_sooner(best->empty.likely, now->empty.likely, WORTH_SHOWING)) {
		detail_line(out, "best",
		            findings_have(view, ADVICE_SENDER_FULL) ? "the limits of now: with more slots sends begin "
		                                                      "sooner, but the slowest sites end no sooner"
		                                                    : "the limits of now: other limits make it hardly "
		                                                      "sooner. Something else holds the backlog back");
		return;
	}
	if (findings_have(view, ADVICE_LINK_FULL)) {
		detail_line(out, "best", "the limits of now: the network link is full, and no limit changes that");
		return;
	}
	detail_styled(out, "best",
	              arena_format(view->arena, "%s: empty in %s%s%s, %s%s", limits_text(view, best, now),
	                           eta_text(view, best->empty.likely),
	                           range[0] ? arena_format(view->arena, " (%s)", range) : "", except_text(view),
	                           now->empty.likely < 0
	                                   ? "instead of never"
	                                   : arena_format(view->arena, "%s sooner",
	                                                  view_eta(view, now->empty.likely - best->empty.likely)),
	                           best->seen ? "" : "; untested, needs spare bandwidth"),
	              STYLE_GOOD);
}

/* ---- the table ---- */

/* What a row says besides its limits: rows that say the same are one. */
static const char *
figures_text(struct view *view, const struct forecast_row *row, bool wide)
{
	return arena_format(view->arena, "%-10s  %-18s  %s", eta_text(view, row->empty.likely),
	                    span_text(view, row->empty), seen_text(row, wide));
}

static bool
are_alike(struct view *view, const struct forecast_row *a, const struct forecast_row *b)
{
	return strcmp(figures_text(view, a, false), figures_text(view, b, false)) == 0;
}

/* So many rows from here on have the limit of all sites of the first. */
static size_t
rows_of_limit(const struct forecast_row *rows, size_t count)
{
	size_t i = 1;

	while (i < count && rows[i].all_sites == rows[0].all_sites)
		i++;
	return count > 0 ? i : 0;
}

/* The next limit of all sites has the same rows once more. */
static bool
is_repeated(struct view *view, const struct forecast_row *rows, size_t each, size_t count)
{
	size_t i;

	if (rows_of_limit(rows + each, count - each) != each)
		return false;
	for (i = 0; i < each; i++) {
		if (rows[i].per_site != rows[each + i].per_site || !are_alike(view, &rows[i], &rows[each + i]))
			return false;
	}
	return true;
}

/* "5 to 20", where the first and the last differ */
static const char *
from_to(struct view *view, const char *first, const char *last)
{
	return strcmp(first, last) == 0 ? first : arena_format(view->arena, "%s to %s", first, last);
}

struct table {
	const struct forecast_row *now;
	bool wide;
	struct detail *out;
};

/* The rows of one limit of all sites, `last` being the first row of the last limit with these. */
static void
add_limit(struct view *view, const struct table *table, const struct forecast_row *rows, size_t each,
          const struct forecast_row *last)
{
	const char *all =
		from_to(view, all_sites_text(view, &rows[0], table->now), all_sites_text(view, last, table->now));
	size_t i, k;

	for (i = 0; i < each; i = k) {
		for (k = i + 1; k < each && are_alike(view, &rows[i], &rows[k]); k++)
			continue;
		detail_styled(
			table->out, NULL,
			arena_format(view->arena, "%-12s  %-14s  %s", all,
		                     from_to(view, per_site_text(view, &rows[i]), per_site_text(view, &rows[k - 1])),
		                     figures_text(view, &rows[i], table->wide)),
			rows[i].now    ? STYLE_HEADING
			: rows[i].seen ? STYLE_NORMAL
				       : STYLE_ESTIMATE);
	}
}

static void
add_rows(struct view *view, const struct forecast_row *rows, size_t count, bool wide, struct detail *out)
{
	const struct table table = { row_now(rows, count), wide, out };
	size_t i, each, last;

	detail_styled(
		out, NULL,
		arena_format(view->arena, "%-12s  %-14s  %-10s  %-18s", "ALL SITES", "PER SITE", "EMPTY IN", "RANGE"),
		STYLE_HEADING);
	for (i = 0; i < count; i = last + each) {
		each = rows_of_limit(rows + i, count - i);
		for (last = i; is_repeated(view, rows + last, each, count - last); last += each)
			continue;
		add_limit(view, &table, rows + i, each, rows + last);
	}
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
	const char *guessed =
		basis->guessed == 0
			? ""
			: arena_format(view->arena, "; %llu of unknown size count as the average of the others",
	                               (unsigned long long)basis->guessed);

	detail_line(out, "counted on",
	            arena_format(view->arena, "%s that wait or run, and %.*f new per hour%s", sends(view, basis->sends),
	                         basis->due_per_hour < 9.95 ? 1 : 0, basis->due_per_hour, guessed));
	if (basis->unheard > 0)
		detail_line(out, "unknown",
		            arena_format(view->arena,
		                         "%u site%s no known speed yet: the usual speed of the others is used",
		                         (unsigned)basis->unheard, basis->unheard == 1 ? " has" : "s have"));
	if (basis->left_out > 0)
		detail_styled(out, "left out",
		              arena_format(view->arena, "%s for %s: blocked, closed or stalled",
		                           sends(view, basis->left_out),
		                           sites_text(view, basis->left_out_site, basis->left_out_sites)),
		              STYLE_WARN);
	if (basis->apart > 0)
		detail_styled(out, "apart",
		              arena_format(view->arena,
		                           "%s for %s: throttled or very slow. More slots do not help; done in %s",
		                           sends(view, basis->apart),
		                           sites_text(view, basis->apart_site, basis->apart_sites),
		                           eta_text(view, basis->apart_eta)),
		              STYLE_WARN);
	if (basis->limit_guessed)
		detail_line(out, "limit",
		            arena_format(view->arena,
		                         "for all sites is in no log: %u is used, the most slots seen in use",
		                         (unsigned)basis->used_most));
	if (!ranges)
		detail_line(out, "range", "needs one hour of logs");
	else if (basis->highest > 0)
		detail_line(out, "range",
		            arena_format(view->arena,
		                         "soonest: enough bandwidth for any number of sends. Latest: never more than "
		                         "the highest rate seen, %s",
		                         view_rate(view, basis->highest)));
}

void
what_if_paint(struct view *view, const struct area *area)
{
	struct detail page = { .view = view, .title = "What if" };
	const struct forecast *forecast = view->context.forecast;
	const struct forecast_row *rows;
	size_t count = 0;

	rows = forecast ? forecast_cache_what_if(&view->ui->forecast_cache, &count) : NULL;
	if (!rows) {
		detail_line(&page, NULL,
		            forecast || view->scene->foretold ? "Calculating ..." : "No figure: out of memory.");
		detail_paint(&page, area);
		return;
	}
	if (view->context.backlog.known && view->context.backlog.waiting + view->context.backlog.running == 0) {
		detail_line(&page, NULL, "No send waits or runs. Other limits would change nothing.");
		count = 0;
	} else if (count == 0) {
		detail_styled(
			&page, NULL,
			arena_format(view->arena, "No figure: %s.", forecast_lack_text(forecast_basis(forecast)->lack)),
			STYLE_WARN);
	} else {
		add_best(view, rows, count, &page);
		detail_line(&page, NULL, "");
		add_rows(view, rows, count, area->width >= WIDE, &page);
		detail_line(&page, NULL, "");
		add_basis(view, forecast_basis(forecast), rows[0].empty.soonest != rows[0].empty.latest, &page);
	}
	if (count > 0 && area->width < WIDE)
		detail_styled(&page, NULL, "untested: so many slots were never in use. They need spare bandwidth.",
		              STYLE_DIM);
	detail_styled(&page, NULL, "More sends at once load the WAN. Ask the network team before raising limits.",
	              STYLE_WARN);
	detail_paint(&page, area);
}
