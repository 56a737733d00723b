/*
 * Whatever a site server looks like, each computation ends within a number of
 * steps that is known beforehand: a step is one event of a forecast's run, or one
 * look at a send, at something that waits, or at a point of five minutes. And no
 * run says "never" of what comes to an end.
 *
 * The looks are counted by the linker, see the Makefile: each call of
 * model_next_job() and its like goes through here.
 */
#include <stdlib.h>
#include <time.h>

#include "cmtop/advice.h"
#include "cmtop/forecast.h"
#include "forecast/forecast_plan.h"
#include "run_suite.h"
#include "framed_log.h"

/* ---- chance ---- */

static uint64_t rng;

static uint64_t
roll(uint64_t n)
{
	rng = rng * 6364136223846793005u + 1442695040888963407u;
	return (rng >> 33) % n;
}

static bool
one_in(uint64_t n)
{
	return roll(n) == 0;
}

/* From nothing to very much, each size as likely as the next. */
static double
any_size(void)
{
	static const double sizes[] = { 0, 0.001, 1, 100, 1e4, 1e6, 1e9, 1e12 };

	return sizes[roll(8)] * (double)(1 + roll(9));
}

/* ---- looks that are counted ---- */

static struct {
	uint64_t jobs, waiting, samples;
} looks;

const struct job *__real_model_next_job(const struct model *model, const struct job *after);
const struct job *__wrap_model_next_job(const struct model *model, const struct job *after);
bool __real_model_waiting(const struct model *model, size_t *at, struct waiting *out);
bool __wrap_model_waiting(const struct model *model, size_t *at, struct waiting *out);
const struct sample *__real_model_sample(const struct model *model, size_t i);
const struct sample *__wrap_model_sample(const struct model *model, size_t i);

const struct job *
__wrap_model_next_job(const struct model *model, const struct job *after)
{
	looks.jobs++;
	return __real_model_next_job(model, after);
}

bool
__wrap_model_waiting(const struct model *model, size_t *at, struct waiting *out)
{
	looks.waiting++;
	return __real_model_waiting(model, at, out);
}

const struct sample *
__wrap_model_sample(const struct model *model, size_t i)
{
	looks.samples++;
	return __real_model_sample(model, i);
}

/* ---- random plans ---- */

#define QUEUES  12
#define COLUMNS 8

struct random_plan {
	struct plan plan;
	struct queue queue[QUEUES];
	struct batch batch[QUEUES * PRIORITIES * COLUMNS];
	struct running running[40];
};

static void
random_queue(struct random_plan *r, uint32_t i)
{
	struct queue *queue = &r->queue[i];

	*queue = (struct queue){
		.rate = 1 + any_size(),
		.besides = any_size(),
		.limit = (int64_t)roll(6) - 1,
		.single = one_in(8),
		.closed_for = one_in(4) ? (int64_t)any_size() : 0,
		.left_out = one_in(6),
		.apart = one_in(6),
		.fresh_work = any_size(),
		.fresh_bytes = any_size(),
	};
	if (one_in(8))
		queue->limit = INT64_MAX;
	if (queue->left_out)
		queue->apart = false;
}

static void
random_batches(struct random_plan *r, uint32_t i)
{
	struct queue *queue = &r->queue[i];
	bool full = one_in(3);

	for (size_t k = plan_batch(&r->plan, i, 0, 0); !queue->left_out && k < plan_batch(&r->plan, i + 1, 0, 0); k++) {
		if (!full && !one_in(5))
			continue;
		r->batch[k] = (struct batch){ any_size(), any_size(), 1 + roll(1000), (uint32_t)roll(100000) };
		queue->batches++;
		queue->sends += r->batch[k].sends;
		queue->work += r->batch[k].work;
	}
}

static void
random_plan(struct random_plan *r)
{
	memset(r, 0, sizeof(*r));
	r->plan = (struct plan){
		.queues = (uint32_t)roll(QUEUES + 1),
		.classes = 1 + (uint32_t)roll(PRIORITIES),
		.columns = COLUMNS,
		.queue = r->queue,
		.batch = r->batch,
		.running = r->running,
		.all_sites = (int64_t)roll(12),
		.per_site = (int64_t)roll(5) - 1,
		.doubt = (double)roll(10) / 10,
		.ranges = true,
		.due_every = one_in(3) ? 0 : any_size() / 100,
		.ceiling = any_size(),
	};
	r->plan.fresh_class = (uint32_t)roll(r->plan.classes);
	if (one_in(10))
		r->plan.all_sites = INT64_MAX;
	for (uint32_t i = 0; i < r->plan.queues; i++) {
		random_queue(r, i);
		random_batches(r, i);
	}
	r->plan.running_count = (uint32_t)roll(41);
	for (uint32_t i = 0; i < r->plan.running_count; i++)
		r->running[i] = (struct running){
			.queue = r->plan.queues > 0 && !one_in(5) ? (uint32_t)roll(r->plan.queues) : NAME_NONE,
			.package = NAME_NONE,
			.work = any_size(),
			.bytes = any_size(),
			.stuck = one_in(3),
		};
}

START_TEST(every_run_of_any_plan_keeps_to_its_bound)
{
	static struct random_plan r;
	static double batch[QUEUES * PRIORITIES * COLUMNS + 1], running[41], queue[QUEUES + 1];
	const struct run_ends ends = { batch, running, queue };
	uint64_t never = 0, most = 0;

	for (rng = 1; rng < 10000;) {
		uint64_t seed = rng;
		struct forecast_row rows[FORECAST_ROWS];
		struct limit_runs now;
		void *memory;

		random_plan(&r);
		memset(batch, 0, sizeof(batch));
		memory = malloc(run_memory(&r.plan));
		ck_assert_ptr_nonnull(memory);
		now = limit_runs(&r.plan, r.plan.all_sites, -1, &ends, memory);
		what_if_rows(&r.plan, &now, memory, rows);
		ck_assert_uint_le(now.likely.steps, run_steps_most(&r.plan));
		ck_assert_uint_le(now.soonest.steps, run_steps_most(&r.plan));
		ck_assert_uint_le(now.latest.steps, run_steps_most(&r.plan));
		ck_assert_int_eq(now.likely.empty < 0, now.likely.end != RUN_EMPTY);
		ck_assert(now.likely.empty <= 1.1e15);
		never += now.likely.empty < 0;
		most = now.likely.steps > most ? now.likely.steps : most;
		free(memory);
		rng = seed + 1;
	}
	ck_assert_uint_gt(never, 1000);
	ck_assert_uint_lt(never, 9000);
	printf("    %llu of 10000 plans never end, %llu steps at most\n", (unsigned long long)never,
	       (unsigned long long)most);
}
END_TEST

/* ---- a higher limit is never slower ---- */

static bool
is_later(int64_t a, int64_t b)
{
	return b >= 0 && (a == ETA_NEVER || a > b);
}

static void
compare(const struct forecast_row *low, const struct forecast_row *high)
{
	ck_assert_msg(!is_later(high->empty.likely, low->empty.likely)
	                      && !is_later(high->empty.soonest, low->empty.soonest)
	                      && !is_later(high->empty.latest, low->empty.latest),
	              "%lld and %lld: %lld, %lld; but %lld and %lld: %lld, %lld", (long long)low->all_sites,
	              (long long)low->per_site, (long long)low->empty.likely, (long long)low->empty.latest,
	              (long long)high->all_sites, (long long)high->per_site, (long long)high->empty.likely,
	              (long long)high->empty.latest);
}

START_TEST(a_higher_limit_is_never_slower_in_the_table)
{
	static struct random_plan r;

	for (rng = 1; rng < 4000;) {
		uint64_t seed = rng;
		struct forecast_row rows[FORECAST_ROWS];
		struct limit_runs now;
		size_t count;
		void *memory;

		random_plan(&r);
		memory = malloc(run_memory(&r.plan));
		now = limit_runs(&r.plan, r.plan.all_sites, -1, NULL, memory);
		count = what_if_rows(&r.plan, &now, memory, rows);
		ck_assert_int_eq(rows[0].empty.likely, limit_span(&now).likely);
		for (size_t i = 0; i < count; i++) {
			ck_assert(!is_later(rows[i].empty.soonest, rows[i].empty.likely));
			ck_assert(!is_later(rows[i].empty.likely, rows[i].empty.latest));
			for (size_t k = 0; k < count; k++)
				if (rows[i].all_sites <= rows[k].all_sites
				    && (rows[i].per_site == rows[k].per_site
				        || (rows[i].per_site >= 0 && rows[i].per_site <= rows[k].per_site)))
					compare(&rows[i], &rows[k]);
		}
		free(memory);
		rng = seed + 1;
	}
}
END_TEST

/* ---- never is never said of what ends ---- */

/*
 * The same by hand, each send by itself and without any short cut: sends of equal
 * length at a few sites, first come first served. Answers when nothing waits and
 * what ran or waited at the beginning is done; -1: not within so many events.
 */
struct plain {
	uint32_t queues, slots, limit, waiting; /* waiting: at each */
	double work, due_every;
};

#define PLAIN_DUES 50000u

/* The queue whose oldest waiting send has waited longest, of those that may have one more. */
static uint32_t
longest_waiting(const struct plain *p, const uint32_t *fallen, const uint32_t *taken, const uint32_t *used)
{
	uint32_t found = QUEUES;

	for (uint32_t i = 0; i < p->queues; i++)
		if (taken[i] < fallen[i] && used[i] < p->limit && (found == QUEUES || taken[i] < taken[found]))
			found = i;
	return found;
}

static double
by_hand(const struct plain *p)
{
	double end[16], due = p->due_every, now = 0;
	uint32_t queue[16], used[QUEUES] = { 0 }, fallen[QUEUES], taken[QUEUES] = { 0 }, busy = 0, dues = 0,
			    waits = p->waiting * p->queues;
	uint32_t old_left = waits;
	bool is_old[16];

	for (uint32_t i = 0; i < p->queues; i++)
		fallen[i] = p->waiting;
	while (dues < PLAIN_DUES) {
		uint32_t next = 0, i;

		while (busy < p->slots && (i = longest_waiting(p, fallen, taken, used)) < QUEUES) {
			is_old[busy] = taken[i]++ < p->waiting;
			end[busy] = now + p->work;
			queue[busy++] = i;
			used[i]++;
			waits--;
		}
		if (waits == 0 && old_left == 0)
			return now;
		for (i = 1; i < busy; i++)
			next = end[i] < end[next] ? i : next;
		if (p->due_every > 0 && (busy == 0 || due <= end[next])) {
			now = due;
			due += p->due_every;
			fallen[dues++ % p->queues]++;
			waits++;
			continue;
		}
		if (busy == 0)
			return -1;
		now = end[next];
		used[queue[next]]--;
		old_left -= is_old[next];
		end[next] = end[--busy];
		queue[next] = queue[busy];
		is_old[next] = is_old[busy];
	}
	return -1;
}

static double
by_run(const struct plain *p, struct random_plan *r)
{
	struct run_limits limits = { .all_sites = p->slots, .per_site = p->limit, .slower = 1, .due = 1 };
	struct run_result result;
	void *memory;

	memset(r, 0, sizeof(*r));
	r->plan = (struct plan){
		.queues = p->queues,
		.classes = 1,
		.columns = COLUMNS,
		.queue = r->queue,
		.batch = r->batch,
		.running = r->running,
		.all_sites = p->slots,
		.per_site = -1,
		.due_every = p->due_every,
	};
	for (uint32_t i = 0; i < p->queues; i++) {
		r->queue[i] = (struct queue){ .rate = 1, .limit = -1, .fresh_work = p->work, .fresh_bytes = p->work };
		for (uint32_t k = 0; k < p->waiting; k++) {
			r->batch[plan_batch(&r->plan, i, 0, k)] =
				(struct batch){ p->work, p->work, 1, k * p->queues + i };
			r->queue[i].sends++;
			r->queue[i].batches++;
			r->queue[i].work += p->work;
		}
	}
	memory = malloc(run_memory(&r->plan));
	result = run_slots(&r->plan, &limits, NULL, memory);
	free(memory);
	return result.empty;
}

START_TEST(never_is_said_only_of_what_does_not_end)
{
	static struct random_plan r;
	uint64_t ended = 0, never = 0;

	rng = 7;
	for (int i = 0; i < 2000; i++) {
		struct plain p = {
			.queues = 1 + (uint32_t)roll(6),
			.slots = 1 + (uint32_t)roll(8),
			.limit = 1 + (uint32_t)roll(4),
			.waiting = (uint32_t)roll(COLUMNS + 1),
			.work = 1000 + (double)roll(9000),
		};
		uint32_t served = p.slots < p.queues * p.limit ? p.slots : p.queues * p.limit;
		double load = (double)(1 + roll(140)) / 100, hand, run;

		p.due_every = one_in(5) ? 0 : p.work / served / load;
		hand = by_hand(&p);
		run = by_run(&p, &r);
		ck_assert_msg(hand < 0 || run >= 0,
		              "never, but it takes %.0f: %u queues, %u waiting, %u slots, %u per site, load %.2f", hand,
		              p.queues, p.waiting, p.slots, p.limit, load);
		ck_assert_msg(hand < 0 || (run < hand * 1.5 + 4 * p.work && run > hand / 1.5 - 4 * p.work),
		              "%.0f told, %.0f true: %u queues, %u waiting, %u slots, %u per site, load %.2f", run,
		              hand, p.queues, p.waiting, p.slots, p.limit, load);
		ended += hand >= 0;
		never += run < 0;
	}
	ck_assert_uint_gt(ended, 1000);
	ck_assert_uint_gt(never, 200);
}
END_TEST

/* ---- and is quick ---- */

#define MANY_SITES   400u
#define MANY_COLUMNS 8u
#define MANY_CELLS   (MANY_SITES * PRIORITIES * MANY_COLUMNS)
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QUICK 2.0
#else
#define QUICK 0.1 /* seconds of the processor */
#endif

/* 100,000 sends to 400 sites; new ones ask for so large a part of five slots. */
static void
large_plan(struct plan *plan, double load)
{
	*plan = (struct plan){
		.queues = MANY_SITES,
		.classes = PRIORITIES,
		.fresh_class = 1,
		.columns = MANY_COLUMNS,
		.all_sites = 5,
		.per_site = 3,
		.doubt = 0.3,
		.ranges = true,
		.ceiling = 20000,
		.queue = calloc(MANY_SITES, sizeof(struct queue)),
		.batch = calloc(MANY_CELLS, sizeof(struct batch)),
		.running = calloc(1, sizeof(struct running)),
		.basis = { .used_most = 5, .site_used_most = 3 },
	};
	ck_assert(plan->queue && plan->batch && plan->running);
	for (uint32_t i = 0; i < MANY_SITES; i++) {
		struct queue *queue = &plan->queue[i];
		double work = 5000 + (double)roll(10000);

		*queue = (struct queue){ .rate = 2000,
			                 .limit = -1,
			                 .fresh_work = 10000,
			                 .fresh_bytes = 2e7,
			                 .closed_for = i % 7 ? 0 : WHEN_HOUR };
		for (uint32_t k = 0; k < PRIORITIES * MANY_COLUMNS; k++) {
			plan->batch[i * PRIORITIES * MANY_COLUMNS + k] =
				(struct batch){ work * 10, 2e8, 10, (uint32_t)roll(100000) };
			queue->batches++;
			queue->sends += 10;
			queue->work += work * 10;
		}
	}
	plan->due_every = load > 0 ? 10000 / (5 * load) : 0;
}

START_TEST(all_rows_of_a_large_backlog_take_a_tenth_of_a_second)
{
	static const double loads[] = { 0, 0.1, 0.5, 0.9, 0.999, 1, 1.01, 2, 12 };

	for (size_t i = 0; i < sizeof(loads) / sizeof(*loads); i++) {
		struct forecast_row rows[FORECAST_ROWS];
		struct limit_runs now;
		struct plan plan;
		double seconds = 1000;
		void *memory;

		large_plan(&plan, loads[i]);
		memory = malloc(run_memory(&plan));
		/* Others on the machine cost time of the processor too: the best of five counts. */
		for (int try = 0; try < 5 && seconds > QUICK / 2; try++) {
			clock_t before = clock();
			double took;

			now = limit_runs(&plan, plan.all_sites, -1, NULL, memory);
			what_if_rows(&plan, &now, memory, rows);
			took = (double)(clock() - before) / CLOCKS_PER_SEC;
			seconds = took < seconds ? took : seconds;
		}
		printf("    load %.3f: %.0f ms, %llu steps\n", loads[i], seconds * 1000,
		       (unsigned long long)now.likely.steps);
		ck_assert_uint_le(now.likely.steps, run_steps_most(&plan));
		ck_assert_msg(seconds < QUICK, "load %.3f: %.0f ms", loads[i], seconds * 1000);
		free(memory);
		plan_destroy(&plan);
	}
}
END_TEST

/* ---- random site servers ---- */

#define THREADS 40

static const char *
a_site(void)
{
	static char site[16];

	snprintf(site, sizeof(site), "S%02u", (unsigned)roll(20));
	return site;
}

static const char *
a_package(void)
{
	static char id[16];

	snprintf(id, sizeof(id), "PS1000%02u", (unsigned)roll(30));
	return id;
}

static void
put(struct framed_log *s, const char *component, unsigned thread, const char *message)
{
	struct frame frame = { component, thread, s->at, 0 };
	char line[2048];

	feed_model(s->parser, s->model, NULL, line, frame_record(line, sizeof(line), &frame, message));
}

static void
sender_record(struct framed_log *s, unsigned main)
{
	char text[256];
	unsigned thread = 1000 + 4 * (unsigned)roll(THREADS), position = (unsigned)roll(1000000);

	switch (roll(11)) {
	case 0:
		snprintf(text, sizeof(text), "Checking for sending capacity.  Used %u out of %u.~", (unsigned)roll(9),
		         (unsigned)roll(9));
		break;
	case 1:
		snprintf(text, sizeof(text), "Found send request.  ID: %05uCS1, Dest Site: %s~", (unsigned)roll(300),
		         a_site());
		break;
	case 2:
		snprintf(text, sizeof(text), "Checking for site-specific sending capacity.  Used %u out of %u.~",
		         (unsigned)roll(5), (unsigned)roll(5));
		break;
	case 3: snprintf(text, sizeof(text), "~Created sending thread (Thread ID = %X)", thread); break;
	case 4:
		snprintf(text, sizeof(text), "all existing addresses to destination site %s are closed", a_site());
		break;
	case 5:
		snprintf(text, sizeof(text), "~Package file = E:\\SMSPKG\\%s.PCK.1", a_package());
		main = thread;
		break;
	case 6:
	case 7:
		snprintf(text, sizeof(text), "~Wrote %u bytes to \\\\X\\SMS_SITE\\X.PCK at position %u", position,
		         position);
		main = thread;
		break;
	case 8:
		snprintf(text, sizeof(text), "~Sending completed successfully");
		main = thread;
		break;
	case 9:
		snprintf(text, sizeof(text), "~Restart time = 7/30/2026 12:29:04 PM");
		main = thread;
		break;
	default:
		snprintf(text, sizeof(text),
		         "Address to %s is currently under bandwidth control, therefore only one connection is "
		         "allowed, returning"
		         " send request to pending state.",
		         a_site());
		break;
	}
	put(s, "SMS_LAN_SENDER", main, text);
}

static void
other_record(struct framed_log *s)
{
	char text[512];

	switch (roll(5)) {
	case 0:
		put(s, "SMS_SCHEDULER", 5492, "====== Updating Send Request List =======");
		for (uint64_t i = roll(40); i > 0; i--) {
			snprintf(text, sizeof(text),
			         "Send Request %05uCS1 JobID: 00000E2A DestSite: %s FinalSite: State: Pending Status: "
			         "Action: None "
			         "Total size: %uk Remaining: %uk Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: "
			         "Priority: %u SWD PkgID: %s "
			         "SWD Pkg Version: 1",
			         (unsigned)roll(300), a_site(), (unsigned)any_size() % 4000000000u,
			         (unsigned)any_size() % 4000000000u, (unsigned)roll(5), a_package());
			put(s, "SMS_SCHEDULER", 5492, text);
		}
		put(s, "SMS_SCHEDULER", 5492, "======  Checking Status of All Send Requests  ======");
		break;
	case 1:
		snprintf(text, sizeof(text), "The size of package %s, version 1 is %.0f KBytes", a_package(),
		         any_size());
		put(s, "SMS_DISTRIBUTION_MANAGER", 4452, text);
		break;
	default:
		snprintf(text, sizeof(text),
		         "~Created minijob to send compressed copy of package %s to site %s.  Transfer root = "
		         "E:\\X.PCK.1.",
		         a_package(), a_site());
		put(s, "SMS_DISTRIBUTION_MANAGER", 4452, text);
		break;
	}
}

/* Mostly it goes on, and sometimes back, or far. */
static void
time_goes_on(struct framed_log *s)
{
	static const int64_t steps[] = { 1, 100, WHEN_SECOND, 10 * WHEN_SECOND, WHEN_MINUTE, 5 * WHEN_MINUTE };

	s->at += steps[roll(6)];
	if (one_in(200))
		s->at -= (int64_t)roll(2 * WHEN_HOUR);
	if (one_in(2000))
		s->at += WHEN_DAY;
}

static uint64_t
count_jobs(const struct model *model)
{
	uint64_t count = 1;

	for (const struct job *job = __real_model_next_job(model, NULL); job; job = __real_model_next_job(model, job))
		count++;
	return count;
}

static uint64_t
count_waiting(const struct model *model)
{
	struct waiting w;
	uint64_t count = 1;

	for (size_t at = 0; __real_model_waiting(model, &at, &w);)
		count++;
	return count;
}

/* A look at a table of sites asks each site that holds a slot for its sends: so many sites at most as there are sends. */
static void
look_at_all(const struct framed_log *s)
{
	struct advice_look look = { .model = s->model, .now = s->at };
	struct advice found[ADVICE_COUNT];
	struct forecast_row rows[FORECAST_ROWS];
	struct forecast *forecast;
	uint64_t jobs = count_jobs(s->model), waiting = count_waiting(s->model);
	size_t sites;

	model_sites(s->model, &sites);
	memset(&looks, 0, sizeof(looks));
	backlog_at(s->model, s->at);
	ck_assert_uint_le(looks.jobs, (jobs + 1) * jobs);
	memset(&looks, 0, sizeof(looks));
	for (uint32_t i = 0; i < sites; i++) {
		site_state(s->model, i, s->at);
		site_rate(s->model, i, s->at);
		site_ahead(s->model, i);
	}
	ck_assert_uint_le(looks.jobs, 4 * jobs * jobs);
	ck_assert_uint_eq(looks.waiting, 0);
	memset(&looks, 0, sizeof(looks));
	ck_assert_uint_le(advice_find(&look, found), ADVICE_COUNT);
	ck_assert_uint_le(looks.jobs, (uint64_t)ADVICE_COUNT * 3 * jobs * jobs);
	ck_assert_uint_le(looks.samples, 6 * (SAMPLES_KEPT + 1));
	ck_assert_uint_eq(looks.waiting, 0);
	memset(&looks, 0, sizeof(looks));
	forecast = forecast_new(s->model, s->at);
	forecast_what_if(forecast, rows);
	forecast_free(forecast);
	ck_assert_uint_le(looks.jobs, 4 * jobs * jobs);
	ck_assert_uint_le(looks.waiting, 3 * waiting);
	ck_assert_uint_le(looks.samples, 3 * (SAMPLES_KEPT + 1));
}

START_TEST(every_computation_on_any_site_server_keeps_to_its_bound)
{
	for (unsigned seed = 1; seed <= 25; seed++) {
		struct framed_log s;

		rng = seed;
		framed_log_open(&s, NULL);
		for (int i = 0; i < 3000; i++) {
			time_goes_on(&s);
			if (one_in(3))
				other_record(&s);
			else
				sender_record(&s, 1);
			if (i % 60 == 0)
				look_at_all(&s);
		}
		framed_log_close(&s);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("bounded_work");
	TCase *tests = tcase_create("bounded_work");

	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, every_run_of_any_plan_keeps_to_its_bound);
	tcase_add_test(tests, a_higher_limit_is_never_slower_in_the_table);
	tcase_add_test(tests, never_is_said_only_of_what_does_not_end);
	tcase_add_test(tests, all_rows_of_a_large_backlog_take_a_tenth_of_a_second);
	tcase_add_test(tests, every_computation_on_any_site_server_keeps_to_its_bound);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
