#include "cmtop/forecast.h"

#include <stdlib.h>

#include "forecast/forecast_plan.h"

/* Of one package. */
struct story {
	double end; /* milliseconds; 0: nothing of it waits or runs */
	uint64_t left_out;
	bool unfinished; /* some of it was not done within the run */
};

struct forecast_plan {
	struct plan plan;
	uint32_t packages;
};

struct forecast {
	struct plan plan;
	void *memory;          /* of one run */
	struct limit_runs now; /* with the limits in force */
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

		if (plan->queue[w->site].left_out)
			story->left_out += w->count;
		else if (end == 0)
			story->unfinished = true;
		else if (end > story->end)
			story->end = end;
	}
	for (uint32_t i = 0; i < plan->running_count; i++) {
		const struct running *r = &plan->running[i];
		struct story *story = r->package == NAME_NONE ? NULL : &f->package[r->package];

		if (!story)
			continue;
		if (ends->running[i] == 0)
			story->unfinished = true;
		else if (ends->running[i] > story->end)
			story->end = ends->running[i];
	}
}

static void
note_apart(struct forecast *f, const double *queue_end)
{
	struct forecast_basis *basis = &f->plan.basis;

	for (uint32_t i = 0; i < f->plan.queues; i++) {
		if (!f->plan.queue[i].apart || f->plan.queue[i].sends == 0
		    || eta_rounded(queue_end[i]) <= basis->apart_eta)
			continue;
		basis->apart_site = i;
		basis->apart_eta = eta_rounded(queue_end[i]);
	}
}

static enum forecast_never
never_of(enum run_end end)
{
	/* clang-format off */
	static const enum forecast_never never[] = {
		[RUN_EMPTY] = NEVER_NOT, [RUN_STUCK] = NEVER_STUCK, [RUN_NO_SLOT] = NEVER_NO_SLOT,
		[RUN_NO_SITE_SLOT] = NEVER_NO_SITE_SLOT, [RUN_GROWS] = NEVER_GROWS, [RUN_TOO_LONG] = NEVER_TOO_LONG,
	};
	/* clang-format on */

	return never[end];
}

static bool
run_now(struct forecast *f)
{
	const struct plan *plan = &f->plan;
	struct run_ends ends = {
		.batch = calloc(plan_batches(plan) + 1, sizeof(double)),
		.running = calloc(plan->running_count + 1, sizeof(double)),
		.queue = calloc(plan->queues + 1, sizeof(double)),
	};
	bool complete = ends.batch && ends.running && ends.queue;

	if (complete) {
		f->now = limit_runs(plan, plan->all_sites, -1, &ends, f->memory);
		f->empty = limit_span(&f->now);
		f->plan.basis.never = never_of(f->now.likely.end);
		f->plan.basis.stuck = f->now.likely.stuck;
		note_packages(f, &ends);
		note_apart(f, ends.queue);
	}
	if (complete
	    && plan->no_way) { /* the packages are told as far as they go, but no limit would change anything */
		f->plan.basis.lack = LACK_WAY;
		f->empty = f->empty.likely == ETA_NEVER
		                   ? f->empty
		                   : (struct forecast_span){ ETA_UNKNOWN, ETA_UNKNOWN, ETA_UNKNOWN };
	}
	free(ends.batch);
	free(ends.running);
	free(ends.queue);
	return complete;
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
	case PLAN_MORE: return FORECAST_MORE;
	case PLAN_NO_MEMORY: return FORECAST_NO_MEMORY;
	case PLAN_COPIED: break;
	}
	model_packages(model, &packages);
	plan->packages = (uint32_t)packages;
	return plan_copy(&plan->plan, model) ? FORECAST_COPIED : FORECAST_NO_MEMORY;
}

void
forecast_plan_free(struct forecast_plan *plan)
{
	if (plan)
		plan_destroy(&plan->plan);
	free(plan);
}

/* ---- the forecast ---- */

/* False: out of memory, or stopped. */
static bool
work_out(struct forecast *f)
{
	if (!f->package || !plan_make(&f->plan))
		return false;
	if (f->plan.basis.never != NEVER_NOT)
		f->empty = (struct forecast_span){ ETA_NEVER, ETA_NEVER, ETA_NEVER };
	if (f->plan.basis.lack != LACK_NOTHING)
		return true;
	f->memory = malloc(run_memory(&f->plan));
	return f->memory && !plan_stopped(&f->plan) && run_now(f) && !plan_stopped(&f->plan);
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
	plan_destroy(&f->plan);
	free(f->package);
	free(f->memory);
	free(f);
}

const char *
forecast_lack_text(enum forecast_lack lack)
{
	static const char *const texts[] = {
		[LACK_NOTHING] = "",
		[LACK_WAITING] = "no log says what waits",
		[LACK_SILENT] = "the logs have been silent for 15 minutes",
		[LACK_TIME] = "less than five minutes of sender.log have been read",
		[LACK_SPEED] = "too few sends are done to know their speed",
		[LACK_SIZES] = "too many sends have no known size",
		[LACK_WAY] = "all waiting sends are for blocked or stalled sites",
	};

	return texts[lack];
}

const char *
forecast_never_text(enum forecast_never never)
{
	static const char *const texts[] = {
		[NEVER_NOT] = "",
		[NEVER_STUCK] = "while sends stay stalled",
		[NEVER_NO_SLOT] = "while the limit for all sites is 0",
		[NEVER_NO_SITE_SLOT] = "while the limit per site is 0",
		[NEVER_GROWS] = "at this rate",
		[NEVER_TOO_LONG] = "within 100 years",
	};

	return texts[never];
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
	struct story story = package < f->packages ? f->package[package] : (struct story){ 0, 0, false };
	struct forecast_package out = { f->empty, story.left_out };
	double likely = f->now.likely.empty, part = likely > 0 ? story.end / likely : 0;
	int64_t end = eta_rounded(story.end);

	if (f->plan.basis.lack != LACK_NOTHING && f->plan.basis.lack != LACK_WAY)
		return out;
	if (story.unfinished) /* it did not come to an end within the run */
		end = likely < 0 ? ETA_NEVER : ETA_UNKNOWN;
	/* What waits now is done in a time of its own, also where there will always be more. */
	if (story.unfinished || likely < 0 || f->empty.likely < 0) {
		out.done = (struct forecast_span){ end, end, end };
		return out;
	}
	out.done.likely = end;
	out.done.soonest = eta_rounded((double)out.done.soonest * part);
	if (out.done.latest >= 0)
		out.done.latest = eta_rounded((double)out.done.latest * part);
	return out;
}

struct backlog
forecast_backlog(const struct forecast *f, const struct model *model, int64_t now)
{
	struct backlog backlog = backlog_at(model, now);

	if (backlog.waiting + backlog.running == 0)
		return backlog;
	if (f && f->empty.likely != ETA_UNKNOWN)
		backlog.eta = f->empty.likely;
	/* What the counts of an hour say is no run: where they see no end, nobody knows one. */
	else if (backlog.eta == ETA_NEVER || (f && f->plan.basis.lack == LACK_WAY))
		backlog.eta = ETA_UNKNOWN;
	return backlog;
}

size_t
forecast_what_if(struct forecast *f, struct forecast_row out[FORECAST_ROWS])
{
	return f->plan.basis.lack == LACK_NOTHING ? what_if_rows(&f->plan, &f->now, f->memory, out) : 0;
}
