/*
 * The limits in force and others, all by the same three runs: the soonest, with
 * a line that has room, sends that are a little faster and fewer that fall due;
 * the likely one; and the latest, which never goes faster than the highest seen.
 * Stalled sends keep their slots in the latest, and where they hold all of them in
 * the likely one.
 */
#include "forecast/forecast_plan.h"

#define FASTER 0.92 /* the speed of sites is never quite that of before */
#define SLOWER 1.15
#define SKEWED 1.7 /* what falls due may be much more sooner than much less: few large packages weigh most */

static struct run_limits
likely_of(int64_t all_sites, int64_t per_site)
{
	return (struct run_limits){
		.all_sites = all_sites, .per_site = per_site, .stuck = STUCK_HOLD_ALL, .slower = 1, .due = 1
	};
}

static struct run_limits
soonest_of(const struct plan *plan, int64_t all_sites, int64_t per_site)
{
	return (struct run_limits){ all_sites, per_site, 0, STUCK_FREE, FASTER, 1 - plan->doubt };
}

static struct run_limits
latest_of(const struct plan *plan, int64_t all_sites, int64_t per_site)
{
	return (struct run_limits){ all_sites, per_site, plan->ceiling, STUCK_HOLD, SLOWER, 1 + SKEWED * plan->doubt };
}

struct limit_runs
limit_runs(const struct plan *plan, int64_t all_sites, int64_t per_site, const struct run_ends *ends, void *memory)
{
	struct run_limits likely = likely_of(all_sites, per_site), soonest = soonest_of(plan, all_sites, per_site),
			  latest = latest_of(plan, all_sites, per_site);
	struct limit_runs runs;

	runs.likely = run_slots(plan, &likely, ends, memory);
	runs.soonest = plan->ranges ? run_slots(plan, &soonest, NULL, memory) : runs.likely;
	runs.latest = plan->ranges ? run_slots(plan, &latest, NULL, memory) : runs.likely;
	return runs;
}

static int64_t
eta_of(const struct run_result *run)
{
	return run->empty < 0 ? ETA_NEVER : eta_rounded(run->empty);
}

static int64_t
later(int64_t a, int64_t b)
{
	return a == ETA_NEVER || b == ETA_NEVER ? ETA_NEVER : a > b ? a : b;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a == ETA_NEVER ? b : b == ETA_NEVER ? a : a < b ? a : b;
}

struct forecast_span
limit_span(const struct limit_runs *runs)
{
	struct forecast_span span = { .likely = eta_of(&runs->likely) };

	span.soonest = sooner(eta_of(&runs->soonest), span.likely);
	span.latest = later(eta_of(&runs->latest), span.likely);
	return span;
}

/* ---- the rows ---- */

static const int64_t all_sites[FORECAST_ALL] = { -1, 10, 20, 50, 100, 200 };
static const int64_t per_site[FORECAST_PER] = { -1, 5, 10, 20 };

/* The limits in force are the first of their kind, whatever they are: to say them again would tell nothing. */
static bool
is_repeated(const int64_t *limits, int i, int64_t now)
{
	return i > 0 && limits[i] == now;
}

/* The lowest and the highest limit of a site that is in force. */
struct extremes {
	int64_t low, high;
};

static struct extremes
limits_of_sites(const struct plan *plan)
{
	struct extremes e = { INT64_MAX, 0 };

	for (uint32_t i = 0; i < plan->queues; i++) {
		int64_t limit = plan->queue[i].limit >= 0 ? plan->queue[i].limit
		                : plan->per_site >= 0     ? plan->per_site
		                                          : INT64_MAX;

		if (plan->queue[i].left_out)
			continue;
		e.low = limit < e.low ? limit : e.low;
		e.high = limit > e.high ? limit : e.high;
	}
	return e;
}

/* No limit of `a` is higher than that of `b`. */
static bool
is_within(const struct forecast_row *a, const struct forecast_row *b, struct extremes now)
{
	if (a->all_sites > b->all_sites)
		return false;
	if (a->per_site < 0)
		return b->per_site < 0 || now.high <= b->per_site;
	return b->per_site < 0 ? a->per_site <= now.low : a->per_site <= b->per_site;
}

/*
 * Which send begins first in which slot differs between runs, and so one with
 * more slots may end a little later: by chance, and by less than anybody can
 * foretell. More slots hold nothing back, so each row is as soon as all those
 * that its limits cover, and the limits in force, whose figure stands elsewhere
 * too, are the measure for the others.
 */
static struct forecast_span
never_slower(const struct forecast_row *rows, size_t count, size_t i, const struct forecast_span *told,
             struct extremes limits)
{
	struct forecast_span span = told[i];

	for (size_t k = 1; k < count; k++) {
		if (!is_within(&rows[k], &rows[i], limits))
			continue;
		span.soonest = sooner(span.soonest, told[k].soonest);
		span.likely = sooner(span.likely, told[k].likely);
		span.latest = sooner(span.latest, told[k].latest);
	}
	if (is_within(&rows[0], &rows[i], limits)) {
		span.soonest = sooner(span.soonest, told[0].soonest);
		span.likely = sooner(span.likely, told[0].likely);
		span.latest = sooner(span.latest, told[0].latest);
	} else if (is_within(&rows[i], &rows[0], limits)) {
		span.soonest = later(span.soonest, told[0].soonest);
		span.likely = later(span.likely, told[0].likely);
		span.latest = later(span.latest, told[0].latest);
	}
	return span;
}

/* The runs of the row; those of one with lower limits where nothing had to wait for these: they would be the same again. */
static struct limit_runs
runs_of(const struct plan *plan, const struct forecast_row *rows, const struct limit_runs *done, size_t i,
        struct extremes limits, void *memory)
{
	for (size_t k = i; k-- > 0;) {
		const struct limit_runs *r = &done[k];
		bool slots = r->soonest.slots_held || r->likely.slots_held || r->latest.slots_held;
		bool sites = r->soonest.site_held || r->likely.site_held || r->latest.site_held;

		if (is_within(&rows[k], &rows[i], limits) && (rows[k].all_sites == rows[i].all_sites || !slots)
		    && (rows[k].per_site == rows[i].per_site || !sites) && r->likely.end == RUN_EMPTY)
			return *r;
	}
	return limit_runs(plan, rows[i].all_sites, rows[i].per_site, NULL, memory);
}

static size_t
choose_rows(const struct plan *plan, struct forecast_row out[FORECAST_ROWS])
{
	size_t count = 0;

	for (int a = 0; a < FORECAST_ALL; a++)
		for (int p = 0; p < FORECAST_PER; p++) {
			bool now = a == 0 && p == 0;
			int64_t all = a ? all_sites[a] : plan->all_sites;

			if (is_repeated(all_sites, a, plan->all_sites) || is_repeated(per_site, p, plan->per_site))
				continue;
			out[count++] = (struct forecast_row){
				.all_sites = all,
				.per_site = per_site[p],
				.now = now,
				.seen = now
				        || (all <= (int64_t)plan->basis.used_most
				            && per_site[p] <= (int64_t)plan->basis.site_used_most),
			};
		}
	return count;
}

size_t
what_if_rows(const struct plan *plan, const struct limit_runs *now, void *memory,
             struct forecast_row out[FORECAST_ROWS])
{
	struct extremes limits = limits_of_sites(plan);
	struct limit_runs done[FORECAST_ROWS];
	struct forecast_span told[FORECAST_ROWS];
	size_t count = choose_rows(plan, out);

	done[0] = *now;
	for (size_t i = 0; i < count; i++) {
		if (plan_stopped(plan))
			return 0;
		if (i > 0)
			done[i] = runs_of(plan, out, done, i, limits, memory);
		told[i] = limit_span(&done[i]);
	}
	for (size_t i = 0; i < count; i++)
		out[i].empty = i > 0 ? never_slower(out, count, i, told, limits) : told[0];
	return count;
}
