/*
 * What waits, put into batches of each site: a million sends cost no more to run
 * than some thousands, and of some thousands each is nearly by itself.
 */
#include "forecast/forecast_plan.h"

#include <stdlib.h>

#define BATCHES       6144
#define COLUMNS_LEAST 8
#define COLUMNS_MOST  4096
#define GUESSED_MOST  3 /* one of so many sends */
#define APART_MOST    4 /* one of so many sites */
#define SILENT_MOST   (15 * WHEN_MINUTE)
#define RANGE_LEAST   (55 * WHEN_MINUTE) /* an hour, of which the last samples are incomplete */
#define COVERED_LEAST (5 * WHEN_MINUTE)
#define STUCK_BESIDES (5 * WHEN_MINUTE) /* a send that stalls may go on, or fail and come back */

static uint32_t
priority_of(const struct waiting *waiting)
{
	return waiting->priority == 0 ? 1 : waiting->priority > PRIORITIES ? PRIORITIES - 1 : waiting->priority - 1u;
}

size_t
plan_batch_of(const struct plan *plan, const struct waiting *waiting)
{
	uint32_t column = (uint32_t)((double)(waiting->order - plan->first_order) / plan->orders);

	return plan_batch(plan, waiting->site, plan->class_of[priority_of(waiting)],
	                  column < plan->columns ? column : plan->columns - 1);
}

/* How many there are, their mean size where it is known, and from when to when. */
struct extent {
	uint64_t sends, sized;
	double bytes;
	uint32_t first, last;
	bool has[PRIORITIES];
};

static struct extent
measure(const struct plan *plan)
{
	struct extent e = { .first = UINT32_MAX, .has[1] = true }; /* what falls due will be of medium priority */

	for (size_t i = 0; i < plan->copied.count; i++) {
		const struct waiting *w = &plan->copied.waiting[i];

		e.sends += w->count;
		e.has[priority_of(w)] = true;
		if (w->bytes >= 0) {
			e.sized += w->count;
			e.bytes += (double)w->bytes * (double)w->count;
		}
		if (w->order < e.first)
			e.first = w->order;
		if (w->order > e.last)
			e.last = w->order;
	}
	return e;
}

static bool
take_memory(struct plan *plan, const struct extent *e)
{
	uint32_t rows;

	for (uint32_t i = 0; i < PRIORITIES; i++)
		if (e->has[i])
			plan->class_of[i] = plan->classes++;
	plan->fresh_class = plan->class_of[1];
	rows = plan->queues * plan->classes;
	plan->columns = rows ? BATCHES / rows : COLUMNS_LEAST;
	if (plan->columns < COLUMNS_LEAST)
		plan->columns = COLUMNS_LEAST;
	if (plan->columns > COLUMNS_MOST)
		plan->columns = COLUMNS_MOST;
	plan->first_order = e->sends ? e->first : 0;
	plan->orders = e->sends ? ((double)(e->last - e->first) + 1) / plan->columns : 1;
	plan->batch = calloc(plan_batches(plan) + 1, sizeof(*plan->batch));
	return plan->batch;
}

static void
put_left_out(struct plan *plan, struct queue *queue, const struct waiting *w)
{
	plan->basis.left_out += w->count;
	plan->basis.left_out_sites += queue->sends == 0;
	plan->basis.left_out_site = w->site;
	queue->sends += w->count;
}

static void
put_waiting(struct plan *plan, double mean)
{
	for (size_t i = 0; i < plan->copied.count; i++) {
		const struct waiting *w = &plan->copied.waiting[i];
		struct queue *queue = &plan->queue[w->site];
		struct batch *batch = &plan->batch[plan_batch_of(plan, w)];
		double bytes = w->bytes >= 0 ? (double)w->bytes : mean;

		if (queue->left_out) {
			put_left_out(plan, queue, w);
			continue;
		}
		queue->batches += batch->sends == 0;
		if (batch->sends == 0 || w->order < batch->order)
			batch->order = w->order;
		batch->sends += w->count;
		batch->bytes += bytes * (double)w->count;
		batch->work += (bytes / queue->rate + queue->besides) * (double)w->count;
		queue->work += (bytes / queue->rate + queue->besides) * (double)w->count;
		queue->sends += w->count;
		plan->basis.sends += w->count;
		plan->basis.guessed += w->bytes >= 0 ? 0 : w->count;
	}
}

static void
copy_job(struct running *r, const struct model *model, const struct job *job, int64_t now)
{
	enum size_source source;
	int64_t size = job_size(model, job, &source);

	*r = (struct running){
		.queue = job->site,
		.package = job->package,
		.stuck = job_stalled(job, now),
		.wrote = job->wrote,
		.package_send = job->site != NAME_NONE && job->kind != KIND_REPLICATION,
		.left = size < 0                         ? -1
		        : (uint64_t)size > job->position ? size - (int64_t)job->position
		                                         : 0,
	};
}

static bool
copy_running(struct plan *plan, const struct model *model)
{
	uint32_t count = 0;

	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		count++;
	plan->running = calloc((size_t)count + 1, sizeof(*plan->running));
	if (!plan->running)
		return false;
	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		copy_job(&plan->running[plan->running_count++], model, job, plan->copied.now);
	return true;
}

static void
put_running(struct plan *plan, double mean)
{
	for (uint32_t i = 0; i < plan->running_count; i++) {
		struct running *r = &plan->running[i];
		const struct queue *queue = r->package_send ? &plan->queue[r->queue] : NULL;

		if (!queue || queue->left_out)
			continue;
		r->bytes = r->left < 0 ? mean / 2 : (double)r->left;
		r->work = r->bytes / queue->rate + queue->besides / (r->wrote ? 2 : 1)
		          + (r->stuck ? (double)STUCK_BESIDES : 0);
		plan->basis.sends++;
		plan->basis.guessed += r->left < 0;
	}
}

/* The samples tell how fast all together have ever gone, and how many slots were in use. */
static void
look_back(struct plan *plan, const struct model *model)
{
	const struct sample *sample;
	double rate;

	for (size_t i = 0; (sample = model_sample(model, i)); i++) {
		rate = (double)sample->bytes / (double)SAMPLE_SPAN;
		if (rate > plan->ceiling)
			plan->ceiling = rate;
		if (sample->used_most > plan->basis.used_most)
			plan->basis.used_most = sample->used_most;
	}
	plan->basis.highest = plan->ceiling * 1000;
}

static void
copy_arrivals(struct plan *plan, const struct model *model)
{
	struct arrivals new = arrivals_of(model, plan->copied.now);

	plan->copied.fresh_bytes = new.bytes;
	plan->basis.due_per_hour = new.per_hour;
	plan->doubt = new.doubt;
	plan->due_every = new.per_hour > 0 ? (double)WHEN_HOUR / new.per_hour : 0;
}

static void
expect_more(struct plan *plan, double mean)
{
	double bytes = plan->copied.fresh_bytes >= 0 ? plan->copied.fresh_bytes : mean;

	for (uint32_t i = 0; i < plan->queues; i++) {
		plan->queue[i].fresh_bytes = bytes;
		plan->queue[i].fresh_work = bytes / plan->queue[i].rate + plan->queue[i].besides;
	}
}

/* Milliseconds that the sender has been heard, in this run or one before; not counted beyond an hour. */
static int64_t
covered_time(const struct model *model)
{
	const struct sample *sample;
	int64_t covered = 0;

	for (size_t i = 0; covered < WHEN_HOUR && (sample = model_sample(model, i)); i++)
		covered += sample->sender_covered;
	return covered;
}

static enum forecast_lack
what_lacks(const struct model *model, int64_t now)
{
	struct sending sending = model_sending(model);

	if (!sending.due_seen && !sending.listed)
		return LACK_WAITING;
	if (when_between(model_newest(model), now) > SILENT_MOST)
		return LACK_SILENT;
	if (now == WHEN_NONE || covered_time(model) < COVERED_LEAST)
		return LACK_TIME;
	return LACK_NOTHING;
}

/* Stalled sends hold all slots there are: no speed and no size must be known to say what follows. */
static bool
all_slots_stalled(const struct model *model, int64_t now)
{
	struct sending sending = model_sending(model);
	int64_t stalled = 0;

	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		stalled += job_stalled(job, now);
	return sending.waiting > 0 && sending.capacity > 0 && stalled >= sending.capacity
	       && stalled >= (int64_t)sending.used;
}

/* Sites that take their own time are told of apart, unless they are many, or all that is left. */
static void
set_apart(struct plan *plan)
{
	struct forecast_basis *basis = &plan->basis;
	uint32_t apart = 0, others = 0;

	for (uint32_t i = 0; i < plan->queues; i++) {
		apart += plan->queue[i].apart;
		others += !plan->queue[i].apart && !plan->queue[i].left_out && plan->queue[i].sends > 0;
	}
	for (uint32_t i = 0; i < plan->queues; i++) {
		struct queue *queue = &plan->queue[i];

		queue->apart = queue->apart && !queue->left_out && apart * APART_MOST <= plan->queues && others > 0;
		basis->apart_sites += queue->apart && queue->sends > 0;
		basis->apart += queue->apart ? queue->sends : 0;
	}
}

/* ---- the steps ---- */

void
plan_begin(struct plan *plan, const struct model *model, int64_t now)
{
	*plan = (struct plan){ .copied = { .now = now, .listed = model_sending(model).listed } };
	plan->basis = (struct forecast_basis){ .left_out_site = NAME_NONE,
		                               .apart_site = NAME_NONE,
		                               .apart_eta = ETA_UNKNOWN,
		                               .lack = what_lacks(model, now) };
}

/* At first as much as there is to copy, as the model has counted it; it may have grown since. */
static bool
has_space(struct copied *copied, const struct model *model)
{
	size_t space = copied->space ? copied->space * 2 : (size_t)model_sending(model).waiting + 1;
	struct waiting *more;

	if (copied->count < copied->space)
		return true;
	more = realloc(copied->waiting, space * sizeof(*more));
	if (!more)
		return false;
	copied->waiting = more;
	copied->space = space;
	return true;
}

/* Where the scheduler's list begins or ends to tell what waits, what has been copied is told of twice. */
enum plan_progress
plan_copy_waiting(struct plan *plan, const struct model *model, size_t most)
{
	struct copied *copied = &plan->copied;
	bool listed = model_sending(model).listed;
	struct waiting w;

	if (plan->basis.lack != LACK_NOTHING)
		return PLAN_COPIED;
	if (listed != copied->listed) {
		copied->listed = listed;
		copied->count = copied->at = 0;
	}
	for (; most > 0; most--) {
		if (!model_waiting(model, &copied->at, &w))
			return PLAN_COPIED;
		if (!has_space(copied, model))
			return PLAN_NO_MEMORY;
		copied->waiting[copied->count++] = w;
	}
	return PLAN_MORE;
}

bool
plan_copy(struct plan *plan, const struct model *model)
{
	struct sending sending = model_sending(model);
	size_t sites;

	model_sites(model, &sites);
	plan->queues = (uint32_t)sites;
	plan->all_sites = sending.capacity;
	plan->per_site = sending.site_capacity;
	plan->ranges = covered_time(model) >= RANGE_LEAST;
	plan->queue = calloc(sites + 1, sizeof(*plan->queue));
	if (!plan->queue || !queues_learn(plan, model, plan->copied.now))
		return false;
	plan->all_stalled = all_slots_stalled(model, plan->copied.now);
	if (plan->basis.lack > LACK_SILENT && plan->all_stalled)
		plan->basis.never = NEVER_STUCK;
	if (plan->basis.lack != LACK_NOTHING)
		return true;
	look_back(plan, model);
	if (plan->all_sites < 0) {
		plan->all_sites = plan->basis.used_most > 0 ? plan->basis.used_most : 1; /* one has sent at least */
		plan->basis.limit_guessed = true;
	}
	copy_arrivals(plan, model);
	return copy_running(plan, model);
}

bool
plan_make(struct plan *plan)
{
	struct extent extent;
	double mean;

	if (plan->basis.lack != LACK_NOTHING)
		return true;
	extent = measure(plan);
	mean = extent.sized ? extent.bytes / (double)extent.sized : 0;
	if (!take_memory(plan, &extent))
		return false;
	put_waiting(plan, mean);
	if (plan->basis.guessed * GUESSED_MOST > plan->basis.sends)
		plan->basis.lack = LACK_SIZES;
	plan->no_way = plan->basis.left_out > 0 && plan->basis.sends == 0;
	if (plan->basis.lack != LACK_NOTHING && plan->all_stalled)
		plan->basis.never = NEVER_STUCK;
	set_apart(plan);
	expect_more(plan, mean);
	put_running(plan, mean);
	return true;
}

void
plan_forget_copy(struct plan *plan)
{
	free(plan->copied.waiting);
	plan->copied.waiting = NULL;
	plan->copied.count = plan->copied.space = 0;
}

void
plan_destroy(struct plan *plan)
{
	plan_forget_copy(plan);
	free(plan->queue);
	free(plan->batch);
	free(plan->running);
}
