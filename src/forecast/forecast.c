#include "cmtop/forecast.h"

#include <stdlib.h>

#include "plan.h"

/* Of one package. */
struct story {
	double   end;           /* milliseconds; 0: nothing of it waits or runs */
	uint64_t left_out;
};

struct forecast_plan {
	struct plan plan;
	uint32_t packages;
};

struct forecast {
	struct plan plan;
	void    *room;          /* of one run */
	double   likely;        /* milliseconds, RUN_NEVER */
	struct story *package;
	uint32_t packages;
	struct forecast_span empty;
};

/* When each package is done, from when the batches are. */
static void
note_packages(struct forecast *f, const struct run_ends *ends)
{
	const struct plan *plan = &f->plan;

	for (size_t i = 0; i < plan->copied.count; i++) {
		const struct waiting *w = &plan->copied.waiting[i];
		struct story *story = &f->package[w->package];
		double end = ends->batch[plan_batch_of(plan, w)];

		if (plan->lane[w->site].left_out)
			story->left_out += w->count;
		else if (end > story->end)
			story->end = end;
	}
	for (uint32_t i = 0; i < plan->running_count; i++) {
		uint32_t package = plan->running[i].package;

		if (package != NAME_NONE && ends->running[i] > f->package[package].end)
			f->package[package].end = ends->running[i];
	}
}

static void
note_apart(struct forecast *f, const double *lane_end)
{
	struct forecast_basis *basis = &f->plan.basis;

	for (uint32_t i = 0; i < f->plan.lanes; i++) {
		if (!f->plan.lane[i].apart || f->plan.lane[i].sends == 0 || (int64_t)lane_end[i] <= basis->apart_eta)
			continue;
		basis->apart_site = i;
		basis->apart_eta = (int64_t)lane_end[i];
	}
}

static bool
run_now(struct forecast *f)
{
	const struct plan *plan = &f->plan;
	struct run_limits limits = { .all_sites = plan->all_sites, .per_site = -1, .slower = 1, .due = 1 };
	struct run_ends ends = {
		.batch = calloc(plan_batches(plan) + 1, sizeof(double)), .running = calloc(plan->running_count + 1, sizeof(double)),
		.lane = calloc(plan->lanes + 1, sizeof(double)),
	};
	bool whole = ends.batch && ends.running && ends.lane;

	if (whole) {
		f->likely = run_slots(plan, &limits, &ends, f->room);
		note_packages(f, &ends);
		note_apart(f, ends.lane);
	}
	free(ends.batch);
	free(ends.running);
	free(ends.lane);
	return whole;
}

static int64_t
eta_of(double time)
{
	return time < 0 ? ETA_NEVER : (int64_t)time;
}

#define FASTER 0.92  /* the speed of sites is never quite that of before */
#define SLOWER 1.15
#define SKEWED 1.7   /* what falls due may be much more sooner than much less: few large packages weigh most */

static struct forecast_span
ends_of(struct forecast *f, int64_t all_sites, int64_t per_site)
{
	struct run_limits best = { all_sites, per_site, 0, false, FASTER, 1 - f->plan.doubt };
	struct run_limits worst = { all_sites, per_site, f->plan.ceiling, true, SLOWER, 1 + SKEWED * f->plan.doubt };

	return (struct forecast_span){
		.soonest = eta_of(run_slots(&f->plan, &best, NULL, f->room)),
		.latest = eta_of(run_slots(&f->plan, &worst, NULL, f->room)),
	};
}

/*
 * As the limits are. What falls due weighs now more, now less: where the run does
 * not end, but would with a little less of it, dones less dues an hour decide.
 */
static struct forecast_span
span_now(struct forecast *f)
{
	struct forecast_span span = { eta_of(f->likely), eta_of(f->likely), eta_of(f->likely) };
	int64_t by_counts = f->plan.copied.by_counts;

	if (!f->plan.ranges)
		return span;
	span = ends_of(f, f->plan.all_sites, -1);
	span.likely = eta_of(f->likely);
	if (span.likely == ETA_NEVER && span.soonest >= 0 && by_counts >= 0)
		span.likely = by_counts > span.soonest ? by_counts : span.soonest;
	return span;
}

/* ---- the plan ---- */

struct forecast_plan *
forecast_plan_new(const struct model *model, int64_t now)
{
	struct forecast_plan *plan = calloc(1, sizeof(*plan));

	if (plan)
		plan_begin(&plan->plan, model, now);
	return plan;
}

/* What runs is copied at last: it is the newest state that is foretold from. */
enum forecast_copy
forecast_plan_copy(struct forecast_plan *plan, const struct model *model, size_t most)
{
	size_t packages;

	switch (plan_copy_waiting(&plan->plan, model, most)) {
	case PLAN_MORE:
		return FORECAST_MORE;
	case PLAN_NO_MEMORY:
		return FORECAST_NO_MEMORY;
	case PLAN_COPIED:
		break;
	}
	model_packages(model, &packages);
	plan->packages = (uint32_t)packages;
	return plan_copy(&plan->plan, model) ? FORECAST_COPIED : FORECAST_NO_MEMORY;
}

void
forecast_plan_free(struct forecast_plan *plan)
{
	if (plan)
		plan_free(&plan->plan);
	free(plan);
}

/* ---- the forecast ---- */

/* False: out of memory, or stopped. */
static bool
work_out(struct forecast *f)
{
	if (!f->package || !plan_make(&f->plan))
		return false;
	if (f->plan.basis.lack != LACK_NOTHING)
		return true;
	f->room = malloc(run_room(&f->plan));
	if (!f->room || !run_now(f) || plan_stopped(&f->plan))
		return false;
	f->empty = span_now(f);
	return !plan_stopped(&f->plan);
}

struct forecast *
forecast_run(struct forecast_plan *plan, struct forecast_stop stop)
{
	struct forecast *f = calloc(1, sizeof(*f));

	if (!f) {
		forecast_plan_free(plan);
		return NULL;
	}
	f->plan = plan->plan;
	f->packages = plan->packages;
	free(plan);
	f->plan.stop = stop;
	f->package = calloc((size_t)f->packages + 1, sizeof(*f->package));
	f->likely = RUN_NEVER;
	f->empty = (struct forecast_span){ ETA_UNKNOWN, ETA_UNKNOWN, ETA_UNKNOWN };
	if (!work_out(f)) {
		forecast_free(f);
		return NULL;
	}
	plan_forget_copy(&f->plan);
	return f;
}

void
forecast_stop_by(struct forecast *f, struct forecast_stop stop)
{
	f->plan.stop = stop;
}

struct forecast *
forecast_new(const struct model *model, int64_t now)
{
	const struct forecast_stop never = { NULL, NULL };
	struct forecast_plan *plan = forecast_plan_new(model, now);

	if (!plan)
		return NULL;
	if (forecast_plan_copy(plan, model, SIZE_MAX) == FORECAST_COPIED)
		return forecast_run(plan, never);
	forecast_plan_free(plan);
	return NULL;
}

void
forecast_free(struct forecast *f)
{
	if (!f)
		return;
	plan_free(&f->plan);
	free(f->package);
	free(f->room);
	free(f);
}

const char *
forecast_lack_says(enum forecast_lack lack)
{
	static const char *const says[] = {
		[LACK_NOTHING] = "",
		[LACK_WAITING] = "nothing read tells what waits",
		[LACK_SILENT] = "the logs have been silent for a quarter of an hour",
		[LACK_TIME] = "the sender has not been heard for five minutes yet",
		[LACK_SPEED] = "too few sends have been done to know their speed",
		[LACK_SIZES] = "the sizes of too many sends are not known",
	};

	return says[lack];
}

const struct forecast_basis *
forecast_basis(const struct forecast *f)
{
	return &f->plan.basis;
}

struct forecast_span
forecast_empty(const struct forecast *f)
{
	return f->empty;
}

struct forecast_package
forecast_package(const struct forecast *f, uint32_t package)
{
	struct story story = package < f->packages ? f->package[package] : (struct story){ 0, 0 };
	struct forecast_package out = { f->empty, story.left_out };
	double part = f->likely > 0 ? story.end / f->likely : 0;

	if (out.done.likely < 0)
		return out;
	if (f->likely < 0) {  /* the run did not end, and some of it never came to an end in it */
		out.done = (struct forecast_span){ ETA_UNKNOWN, ETA_UNKNOWN, ETA_UNKNOWN };
		return out;
	}
	out.done.likely = (int64_t)story.end;
	out.done.soonest = (int64_t)((double)out.done.soonest * part);
	if (out.done.latest >= 0)
		out.done.latest = (int64_t)((double)out.done.latest * part);
	return out;
}

/* Nothing but sends that nothing gets through for. */
static bool
all_stuck(const struct forecast *f, const struct backlog *backlog)
{
	return backlog->waiting > 0 && f->plan.basis.left_out >= backlog->waiting;
}

struct backlog
forecast_backlog(const struct forecast *f, const struct model *model, int64_t now)
{
	struct backlog backlog = backlog_at(model, now);

	if (!f || f->empty.likely < 0 || backlog.eta == ETA_NEVER || backlog.waiting + backlog.running == 0)
		return backlog;
	backlog.eta = all_stuck(f, &backlog) ? ETA_UNKNOWN : f->empty.likely;
	return backlog;
}

/* ---- what if ---- */

static struct forecast_span
what_if(struct forecast *f, const struct forecast_row *row)
{
	struct forecast_span span = ends_of(f, row->all_sites, row->per_site);

	/* Where the line has room; a third run for each row would tell little more. */
	span.likely = span.soonest < 0 ? span.latest : (int64_t)((double)span.soonest / FASTER);
	return span;
}

static const int64_t all_sites[FORECAST_ALL] = { -1, 10, 20, 50, 100, 200 };
static const int64_t per_site[FORECAST_PER] = { -1, 5, 10, 20 };

/* The limits in force are the first of their kind, whatever they are: to say them again would tell nothing. */
static bool
is_said(const int64_t *limits, int i, int64_t now)
{
	return i > 0 && limits[i] == now;
}

size_t
forecast_what_if(struct forecast *f, struct forecast_row out[FORECAST_ROWS])
{
	const struct plan *plan = &f->plan;
	size_t count = 0;

	if (plan->basis.lack != LACK_NOTHING)
		return 0;
	for (int a = 0; a < FORECAST_ALL; a++)
		for (int p = 0; p < FORECAST_PER; p++) {
			struct forecast_row *row = &out[count];
			bool now = a == 0 && p == 0;

			if (plan_stopped(plan))
				return 0;
			if (is_said(all_sites, a, plan->all_sites) || is_said(per_site, p, plan->per_site))
				continue;
			*row = (struct forecast_row){ .all_sites = a ? all_sites[a] : plan->all_sites, .per_site = per_site[p], .now = now };
			row->seen = now || (row->all_sites <= (int64_t)plan->basis.used_most &&
			                    row->per_site <= (int64_t)plan->basis.site_used_most);
			row->empty = now ? f->empty : what_if(f, row);
			count++;
		}
	return count;
}
