/*
 * The simulated site server: its beginning, its turns, and the truth about it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/sim_parts.h"

static uint32_t
or_default(uint32_t value, uint32_t otherwise)
{
	return value > 0 ? value : otherwise;
}

static void
choose(struct sim_options *options, const struct sim_options *from)
{
	*options = *from;
	options->sites = or_default(from->sites, 70);
	if (options->sites > SITES_MOST)
		options->sites = SITES_MOST;
	options->all_sites = or_default(from->all_sites, 5);
	options->per_site = or_default(from->per_site, 3);
	options->package_threads = or_default(from->package_threads, 3);
	options->backlog = or_default(from->backlog, 3000);
	options->line = from->line > 0 ? from->line : 300000000;
	options->speed = from->speed > 0 ? from->speed : 2000000;
}

/* Everything that may ever be needed is taken here, so that nothing fails later. */
static bool
make_room(struct sim *sim)
{
	const struct sim_options *o = &sim->options;

	sim->site_count = o->sites;
	sim->package_most = work_package_bound(o);
	sim->request_most = o->backlog * 2 + o->sites * 64 + 4096;
	sim->sending_most = o->all_sites > o->raise_to ? o->all_sites : o->raise_to;
	sim->dp_most = o->package_threads * DPS;
	sim->copier_most = o->package_threads * DPS;
	sim->turns_most = sim->request_most + sim->package_most + 2 * sim->sending_most + 2 * o->package_threads
	                  + 2 * sim->dp_most + 2 * sim->copier_most + COPIES + 64;
	sim->sites = calloc(sim->site_count, sizeof *sim->sites);
	sim->packages = calloc(sim->package_most, sizeof *sim->packages);
	sim->queue = calloc(sim->package_most, sizeof *sim->queue);
	sim->requests = calloc(sim->request_most, sizeof *sim->requests);
	sim->sendings = calloc(sim->sending_most, sizeof *sim->sendings);
	sim->processings = calloc(o->package_threads, sizeof *sim->processings);
	sim->dps = calloc(sim->dp_most, sizeof *sim->dps);
	sim->copies = calloc(COPIES, sizeof *sim->copies);
	sim->copiers = calloc(sim->copier_most, sizeof *sim->copiers);
	sim->agenda = calloc(sim->turns_most, sizeof *sim->agenda);
	return sim->sites && sim->packages && sim->queue && sim->requests && sim->sendings && sim->processings
	       && sim->dps && sim->copies && sim->copiers && sim->agenda;
}

void
sim_begin(struct sim *sim, uint32_t unused, uint32_t serial)
{
	(void)unused;
	(void)serial;
	writer_begin(sim, &sim->executive, SIM_SENDER);
	sender_begin(sim);
	distmgr_begin(sim);
	scheduler_begin(sim);
	pkgxfer_begin(sim);
	work_begin(sim);
	if (sim->options.odd_packages)
		odd_packages_begin(sim);
}

struct sim *
sim_new(const struct sim_options *options)
{
	struct sim *sim = calloc(1, sizeof *sim);

	if (!sim)
		return NULL;
	choose(&sim->options, options);
	if (!make_room(sim)) {
		sim_free(sim);
		return NULL;
	}
	sim->rng.state = sim->options.seed;
	sim->odd_packages.state = sim->options.seed * 104729 + 5;
	sim->replicated = NOBODY;
	sim->odd.state = sim->options.seed * 7919 + 17;
	sim->now = sim->options.start;
	sim->all_sites = sim->options.all_sites;
	sim->found = NOBODY;
	sim->jobs = sim->sent = (struct request_queue){ NOBODY, NOBODY };
	sim->request_free = NOBODY;
	sim->full_logged = sim->stamped = WHEN_NONE / 2;
	snprintf(sim->bias, sizeof sim->bias, "%+d", sim->options.bias);
	agenda_add(sim, 0, TURN_BEGIN, 0, 0);
	work_plan(sim);
	return sim;
}

void
sim_free(struct sim *sim)
{
	if (!sim)
		return;
	free(sim->sites);
	free(sim->packages);
	free(sim->queue);
	free(sim->requests);
	free(sim->sendings);
	free(sim->processings);
	free(sim->dps);
	free(sim->copies);
	free(sim->copiers);
	free(sim->agenda);
	free(sim);
}

static void (*const turns[])(struct sim *, uint32_t, uint32_t) = {
#define _(kind, function) [TURN_##kind] = function,
	TURNS(_)
#undef _
};

void
sim_run(struct sim *sim, int64_t until, const struct sim_sink *sink)
{
	struct turn turn;

	sim->sink = sink;
	while (agenda_take(sim, until, &turn)) {
		sim->now = turn.at;
		turns[turn.kind](sim, turn.which, turn.serial);
	}
	if (until > sim->now)
		sim->now = until;
	sim->sink = NULL;
}

bool
sim_step(struct sim *sim, const struct sim_sink *sink)
{
	if (sim->turns == 0)
		return false;
	sim_run(sim, sim->agenda[0].at, sink);
	return true;
}

int64_t
sim_now(const struct sim *sim)
{
	return sim->now;
}

/* ---- the truth ---- */

/* A thread that has not said what it sends counts for its site, as long as something waits there. */
static uint64_t
waiting_at(const struct destination *site)
{
	return site->due > site->unnamed ? site->due - site->unnamed : 0;
}

void
sim_truth(const struct sim *sim, struct sim_truth *out)
{
	uint32_t i;

	*out = sim->truth;
	out->all_sites = sim->all_sites;
	out->per_site = sim->options.per_site;
	out->package_threads = sim->options.package_threads;
	out->queued = sim->queued;
	out->waiting = out->listed = 0;
	for (i = 0; i < sim->site_count; i++) {
		out->waiting += waiting_at(&sim->sites[i]);
		out->listed += sim->sites[i].listed;
	}
}

size_t
sim_site_count(const struct sim *sim)
{
	return sim->site_count;
}

void
sim_site_truth(const struct sim *sim, size_t i, struct sim_site_truth *out)
{
	const struct destination *site = &sim->sites[i];

	*out = (struct sim_site_truth){
		.code = site->code,
		.used = site->used,
		.unnamed = site->unnamed,
		.waiting = waiting_at(site),
		.listed = site->listed,
		.done = site->done,
		.failed = site->failed,
		.bytes = site->bytes,
		.blocked = site->blocked_until > sim->now,
	};
}

size_t
sim_job_count(const struct sim *sim)
{
	return sim->sending_used;
}

bool
sim_job_truth(struct sim *sim, size_t i, struct sim_job_truth *out)
{
	const struct sending *s = &sim->sendings[i];
	const struct request *request = &sim->requests[s->request];
	char job[16];

	if (!s->open)
		return false;
	request_text(request, sim->asked, job);
	*out = (struct sim_job_truth){
		.thread = s->writer.thread,
		.state = s->state,
		.request = sim->asked,
		.site = sim->sites[request->site].code,
		.package = s->named && request->package != NOBODY ? sim->packages[request->package].id : NULL,
		.replication = s->named && request->package == NOBODY,
		.version = request->version,
		.throttled = s->throttled,
		.attempt = request->attempt,
		.position = s->wrote ? request->position : 0,
		.size = request->size,
	};
	return true;
}

size_t
sim_package_count(const struct sim *sim)
{
	return sim->package_count;
}

void
sim_package_truth(const struct sim *sim, size_t i, struct sim_package_truth *out)
{
	const struct sim_package *pkg = &sim->packages[i];

	*out = (struct sim_package_truth){
		.id = pkg->id,
		.waiting = pkg->waiting,
		.listed = pkg->listed,
		.running = pkg->running,
		.done = pkg->done,
		.failed = pkg->failed,
		.size = pkg->size,
		.queued = pkg->queued,
		.notified = pkg->notified,
	};
}

size_t
sim_thread_count(const struct sim *sim)
{
	return sim->options.package_threads;
}

bool
sim_thread_truth(const struct sim *sim, size_t i, struct sim_thread_truth *out)
{
	const struct processing *p = &sim->processings[i];

	if (!p->open)
		return false;
	*out = (struct sim_thread_truth){
		.thread = p->writer.thread,
		.package = sim->packages[p->package].id,
		.phase = p->phase,
		.version = p->version,
		.started = p->started,
		.dp = p->rows,
		.dps = p->row_count,
	};
	return true;
}

const char *
sim_dp_host(uint32_t dp)
{
	return dp_host(dp);
}

size_t
sim_transfer_count(const struct sim *sim)
{
	(void)sim;
	return COPIES;
}

void
sim_transfers_truth(const struct sim *sim, struct sim_transfers_truth *out)
{
	*out = sim->transfers;
}

/* The numbers of its threads, the smallest first; there are 16 at most. */
static void
list_threads(const struct sim *sim, const struct copy *copy, uint32_t thread[16])
{
	uint32_t count = 0, i, k;

	for (i = 0; i < sim->copier_most && count < 16; i++) {
		const struct copier *c = &sim->copiers[i];

		if (!c->open || !c->spoke || &sim->copies[c->copy] != copy)
			continue;
		for (k = count++; k > 0 && thread[k - 1] > c->writer.thread; k--)
			thread[k] = thread[k - 1];
		thread[k] = c->writer.thread;
	}
}

bool
sim_transfer_truth(const struct sim *sim, size_t i, struct sim_transfer_truth *out)
{
	const struct copy *copy = &sim->copies[i];

	if (!copy->told)
		return false;
	*out = (struct sim_transfer_truth){
		.job = copy->job,
		.package = sim->packages[copy->package].id,
		.dp = dp_host(copy->dp),
		.version = copy->version,
		.threads = copy->threads,
		.state = copy->state,
		.bytes = copy->bytes,
		.failures = copy->failures,
		.pull = copy->dp == PULL_DP && copy->tried,
		.throttled = copy->throttled,
		.limit_percent = copy->percent,
		.limits = copy->limits,
		.restarts = copy->restarts,
		.last_line = copy->last_line,
		.begun = copy->begun,
		.told_at = copy->told_at,
		.pauses_until = copy->pauses_until,
		.moved = copy->moved,
	};
	list_threads(sim, copy, out->thread);
	return true;
}
