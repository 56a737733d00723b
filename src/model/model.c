/*
 * The door: what each kind of event does, and what can be asked of the whole.
 */
#include "model/state.h"

#include <stdlib.h>
#include <string.h>

#include "model/distmgr_main.h"
#include "model/dp_transfer_ends.h"
#include "model/dp_transfers.h"
#include "model/dps.h"
#include "model/package_errors.h"
#include "model/package_lines.h"
#include "model/thread_life.h"

static const struct model_limits usual = {
	.jobs = 1024,
	.sites = 4096,
	.packages = 32768,
	.pairs = 1048576,
	.threads = 512,
	.dps = 4096,
	.servers = 8192,
	.files = 16384,
	.transfers = 4096,
	.requests = 16384,
	.notes = 256,
	.transitions = 1024,
	.failures = 200,
};

static uint32_t
or_usual(uint32_t limit, uint32_t instead, uint32_t most)
{
	limit = limit ? limit : instead;
	return limit < most ? limit : most;
}

static void
set_limits(struct model_limits *l, const struct model_limits *wish)
{
	static const struct model_limits none;
	const struct model_limits *w = wish ? wish : &none;

	l->jobs = or_usual(w->jobs, usual.jobs, 65535);
	l->sites = or_usual(w->sites, usual.sites, 65535);
	l->packages = or_usual(w->packages, usual.packages, 65535);
	l->pairs = or_usual(w->pairs, usual.pairs, 1u << 24);
	l->threads = or_usual(w->threads, usual.threads, 65535);
	l->dps = or_usual(w->dps, usual.dps, 65535);
	l->servers = or_usual(w->servers, usual.servers, 65535);
	l->files = or_usual(w->files, usual.files, 1u << 20);
	l->transfers = or_usual(w->transfers, usual.transfers, 1u << 20);
	l->requests = or_usual(w->requests, usual.requests, 1u << 20);
	l->notes = or_usual(w->notes, usual.notes, 1u << 20);
	l->transitions = or_usual(w->transitions, usual.transitions, 1u << 20);
	l->failures = or_usual(w->failures, usual.failures, 1u << 20);
}

/* Packages times threads per package: more than there are package threads. */
static uint32_t
transfer_threads(const struct model_limits *limits)
{
	return limits->threads < 8192 ? limits->threads * 8 : 65535;
}

static bool
make_tables(struct model *model)
{
	const struct model_limits *l = &model->limits;

	model->site_names = intern_new(l->sites, (size_t)l->sites * 16);
	model->package_names = intern_new(l->packages, (size_t)l->packages * 16);
	model->server_names = intern_new(l->servers, (size_t)l->servers * 48);
	model->component_names = intern_new(COMPONENTS_MOST - 1, COMPONENTS_MOST * 64);
	model->sites = calloc(l->sites, sizeof(*model->sites));
	model->packages = calloc(l->packages, sizeof(*model->packages));
	model->jobs = calloc(l->jobs, sizeof(*model->jobs));
	model->extras = calloc(l->jobs, sizeof(*model->extras));
	model->server_site = malloc(l->servers * sizeof(*model->server_site));
	model->server_shared = calloc(l->servers, sizeof(*model->server_shared));
	model->files = calloc(l->files, sizeof(*model->files));
	model->request_tries = calloc(l->requests, sizeof(*model->request_tries));
	model->request_high = calloc(l->requests, sizeof(*model->request_high));
	model->request_site = calloc(l->requests, sizeof(*model->request_site));
	model->points = calloc(SAMPLES_KEPT, sizeof(*model->points));
	model->notes = calloc(l->notes, sizeof(*model->notes));
	model->transitions = calloc(l->transitions, sizeof(*model->transitions));
	return failures_new(&model->failures, l->failures) && slots_new(&model->job_slots, l->jobs)
	       && distmgr_init(&model->distmgr, l->threads, l->dps)
	       && transfer_table_init(&model->transfers, l->transfers, transfer_threads(l))
	       && fifo_map_new(&model->file_keys, l->files) && fifo_map_new(&model->request_keys, l->requests)
	       && model->site_names && model->package_names && model->server_names && model->component_names
	       && model->sites && model->packages && model->jobs && model->extras && model->server_site
	       && model->server_shared && model->files && model->request_tries && model->request_site
	       && model->request_high && model->points && model->notes && model->transitions;
}

struct model *
model_new(const struct model_limits *limits)
{
	struct model *model = calloc(1, sizeof(*model));

	if (!model)
		return NULL;
	set_limits(&model->limits, limits);
	if (!make_tables(model) || !(model->ahead = ahead_new(model->limits.sites))) {
		model_free(model);
		return NULL;
	}
	for (uint32_t i = 0; i < model->limits.servers; i++)
		model->server_site[i] = NAME_NONE;
	for (size_t i = 0; i < MAINS_MOST; i++)
		model->mains[i].component = NAME_NONE;
	for (size_t i = 0; i < SECONDS_KEPT; i++)
		model->rate_counters.second[i] = INT64_MIN;
	for (size_t i = 0; i < 16; i++)
		model->rate_counters.byte_second[i] = INT64_MIN;
	model->newest = model->booked = model->freed = WHEN_NONE;
	model->requests.free = model->requests.row = REQUEST_NONE;
	model->requests.list_component = NAME_NONE;
	model->requests.listed_at = model->requests.begun = WHEN_NONE;
	model->drift = (struct drift){ DRIFT_UNBOUND, DRIFT_UNBOUND, WHEN_NONE, false };
	model->sending.capacity = model->sending.site_capacity = -1;
	model->sending.since = model->sending.due_since = WHEN_NONE;
	return model;
}

void
model_free(struct model *model)
{
	if (!model)
		return;
	intern_free(model->site_names);
	intern_free(model->package_names);
	intern_free(model->server_names);
	intern_free(model->component_names);
	slots_free(&model->job_slots);
	distmgr_destroy(&model->distmgr);
	transfer_table_destroy(&model->transfers);
	fifo_map_free(&model->file_keys);
	fifo_map_free(&model->request_keys);
	free(model->sites);
	free(model->packages);
	free(model->pairs);
	free(model->pair_index);
	free(model->jobs);
	free(model->extras);
	free(model->server_site);
	free(model->server_shared);
	free(model->files);
	free(model->request_tries);
	free(model->request_site);
	free(model->request_high);
	requests_free(&model->requests);
	ahead_free(model->ahead);
	free(model->points);
	free(model->notes);
	free(model->transitions);
	failures_free(&model->failures);
	free(model);
}

/* ---- what each kind of event does ---- */

/* The message may be about another component than the one that wrote it. */
static void
component_started(struct model *model, const struct event *event, uint32_t component)
{
	struct span named = event_text(event, TEXT_COMPONENT);
	uint32_t i = named.size > 0 ? component_at(model, named) : component;

	jobs_interrupt(model, i, event);
	threads_interrupt(model, i, event);
	model->components[i].unseen = 0;
	switch (model->components[i].family) {
	case FAMILY_SENDER: sites_forget_unseen(model); break;
	case FAMILY_DISTMGR: distmgr_interrupt(model, i); break;
	case FAMILY_TRANSFER: transfers_interrupt(model, i); break;
	default: break;
	}
	for (size_t k = 0; k < MAINS_MOST; k++)
		if (model->mains[k].component == i)
			model->mains[k] =
				(struct main_thread){ .component = NAME_NONE, .site = NAME_NONE, .package = NAME_NONE };
}

static void
component_stops(struct model *model, const struct event *event, uint32_t component)
{
	struct span named = event_text(event, TEXT_COMPONENT);
	uint32_t i = named.size > 0 ? component_at(model, named) : component;

	if (model->components[i].family == FAMILY_DISTMGR)
		model->distmgr.stops = true;
}

static void
log_gap(struct model *model, const struct event *event, uint32_t component)
{
	(void)event;
	model->components[component].gap = true;
	jobs_uncertain(model, component);
	transfers_uncertain(model, component);
	sched_forget_list(model, component);
	drift_hole(model, (enum family)model->components[component].family);
}

/* A kind without a line here is only noted. */
static apply_fn *const applies[EVENT_KIND_COUNT] = {
	[EVENT_COMPONENT_STARTED] = component_started,
	[EVENT_COMPONENT_STOPS] = component_stops,
	[EVENT_LOG_GAP] = log_gap,

	[EVENT_CAPACITY_ALL] = sender_capacity_all,
	[EVENT_CAPACITY_SITE] = sender_capacity_site,
	[EVENT_REQUEST_FOUND] = sender_found,
	[EVENT_REQUEST_PENDING] = sender_pending,
	[EVENT_THREAD_CREATED] = sender_created,
	[EVENT_SITE_BUSY] = sender_busy,
	[EVENT_SITE_CLOSED] = sender_closed,
	[EVENT_CONNECTING] = sender_connecting,
	[EVENT_JOB_HEARD] = sender_heard,
	[EVENT_JOB_ERROR] = sender_error,
	[EVENT_SITE_UNREACHABLE] = sender_unreachable,
	[EVENT_PACKAGE_FILE] = sender_package_file,
	[EVENT_INSTRUCTION_FILE] = sender_instruction,
	[EVENT_REMOTE_FILE] = sender_remote,
	[EVENT_REMOTE_OPENED] = sender_opened,
	[EVENT_FILE_STARTED] = sender_file_started,
	[EVENT_WRITING] = sender_writing,
	[EVENT_WROTE] = sender_wrote,
	[EVENT_FILE_DONE] = sender_file_done,
	[EVENT_SENT_PACKAGE] = sender_sent,
	[EVENT_JOB_DONE] = sender_done,
	[EVENT_JOB_FAILED] = sender_failed,
	[EVENT_JOB_RETURNED] = sender_returned,
	[EVENT_THROTTLED] = sender_throttled,
	[EVENT_JOB_YIELDS] = sender_yields,

	[EVENT_LIST_BEGINS] = sched_list,
	[EVENT_REQUEST_LISTED] = sched_listed,
	[EVENT_REQUEST_CREATED] = sched_created,
	[EVENT_REQUEST_DELETED] = sched_deleted,
	[EVENT_REQUEST_CHECKED] = sched_checked,
	[EVENT_REQUEST_COMPLETED] = sched_completed,
	[EVENT_REQUEST_SPEED] = sched_speed,
	[EVENT_SCHED_JOB] = sched_job,
	[EVENT_SCHED_DESTINATION] = sched_destination,
	[EVENT_SITE_UNADDRESSED] = sender_busy,

	[EVENT_TRANSFER_FOUND] = transfer_found,
	[EVENT_TRANSFER_STARTED] = transfer_started,
	[EVENT_TRANSFER_WROTE] = transfer_wrote,
	[EVENT_TRANSFER_HEARD] = transfer_heard,
	[EVENT_TRANSFER_STATUS] = transfer_status,
	[EVENT_TRANSFER_DONE] = transfer_done,
	[EVENT_TRANSFER_NOTIFIED] = transfer_notified,
	[EVENT_TRANSFER_ERROR] = transfer_error,
	[EVENT_TRANSFER_FAILED] = transfer_failed,
	[EVENT_TRANSFER_RETURNED] = transfer_returned,
	[EVENT_TRANSFER_DEFERRED] = transfer_deferred,
	[EVENT_TRANSFER_YIELDS] = transfer_yields,
	[EVENT_TRANSFER_THREAD] = transfer_thread,

	[EVENT_CAPACITY_PACKAGES] = distmgr_capacity,
	[EVENT_PACKAGE_NOTIFIED] = distmgr_notified,
	[EVENT_PACKAGE_QUEUED] = distmgr_notified,
	[EVENT_PACKAGE_STARTED] = distmgr_started,
	[EVENT_PACKAGE_PHASE] = distmgr_phase,
	[EVENT_PACKAGE_WAITS] = distmgr_waits,
	[EVENT_PACKAGE_SIZE] = distmgr_size,
	[EVENT_PACKAGE_COMPRESSED] = distmgr_compressed,
	[EVENT_PACKAGE_NAME] = distmgr_name,
	[EVENT_PACKAGE_ERROR] = distmgr_error,
	[EVENT_PACKAGE_GOOD] = distmgr_good,
	[EVENT_PACKAGE_BAD] = distmgr_bad,
	[EVENT_PACKAGE_EXIT] = distmgr_exit,
	[EVENT_SEND_DUE] = distmgr_due,
	[EVENT_REPLICATION] = distmgr_replication,
	[EVENT_REPLICATION_ERROR] = distmgr_replication_error,
	[EVENT_DP_ADDED] = distmgr_dp_added,
	[EVENT_DP_STARTED] = distmgr_dp_started,
	[EVENT_DP_WORKING] = distmgr_dp_working,
	[EVENT_DP_SIGN] = distmgr_dp_sign,
	[EVENT_DP_FAILED] = distmgr_dp_failed,
	[EVENT_DP_ENDED] = distmgr_dp_ended,
	[EVENT_DPS_DONE] = distmgr_dps_done,
	[EVENT_DP_UPGRADE] = distmgr_upgrade,

	[EVENT_FILE_LOOKED] = file_looked,
};

static void
mark_time(struct model *model, const struct event *event)
{
	if (event->at == WHEN_NONE)
		return;
	if (event->zoned != model->zoned)
		model->newest = model->freed = WHEN_NONE; /* local times and UTC do not compare */
	if (model->newest == WHEN_NONE || event->at > model->newest)
		model->newest = event->at;
	history_pass(model, model->newest, event->zoned, event->kind != EVENT_WROTE && event->kind != EVENT_WRITING);
	model->zoned = event->zoned;
	if (event->zoned)
		model->bias = event->bias;
}

/* Whose records were heard, and since when. */
static void
mark_heard(struct model *model, const struct event *event)
{
	switch (event->family) {
	case FAMILY_SENDER:
		if (!model->sending.heard)
			drift_hole(model, FAMILY_SENDER);
		model->sending.heard = true;
		if (model->sending.since == WHEN_NONE)
			model->sending.since = event->at;
		break;
	case FAMILY_DISTMGR:
		if (!model->sending.due_heard)
			drift_hole(model, FAMILY_DISTMGR);
		model->distmgr.counts.heard = model->sending.due_heard = true;
		if (model->sending.due_since == WHEN_NONE)
			model->sending.due_since = event->at;
		break;
	case FAMILY_TRANSFER:
		model->transfers.counts.heard = true;
		if (model->transfers.counts.since == WHEN_NONE)
			model->transfers.counts.since = event->at;
		break;
	default: break;
	}
}

/*
 * Slots that are in use without our knowing whose: what the newest readings say
 * beyond the jobs we know. Jobs whose site is not known may be among a site's.
 */
static uint32_t
unseen_sends(const struct model *model)
{
	uint64_t all = 0, sites = model->site_unseen > model->siteless ? model->site_unseen - model->siteless : 0;

	for (uint32_t i = 0; i < intern_count(model->component_names); i++)
		all += model->components[i].unseen;
	return (uint32_t)(all > sites ? all : sites);
}

void
model_apply(struct model *model, const struct event *event)
{
	uint32_t component = component_at(model, event->component);
	apply_fn *apply = applies[event->kind];
	uint64_t serials = model->serials, failed = model->failure_count, happened = model->transition_count;
	bool block = event->kind == EVENT_WROTE || event->kind == EVENT_WRITING;

	model->events++;
	mark_time(model, event);
	mark_heard(model, event);
	if (event->family != FAMILY_NONE)
		model->components[component].family = event->family;
	if (model->requests.listing)
		sched_goes_on(model, event, component);
	if (event->kind == EVENT_NOTE || event->level > LEVEL_INFO || event->kind == EVENT_COMPONENT_STARTED)
		note_event(model, event);
	if (event->family == FAMILY_DISTMGR)
		distmgr_speaks(model, event, component);
	else if (event->family == FAMILY_TRANSFER)
		transfer_speaks(model, event, component);
	else if (event->family == FAMILY_SENDER && !apply)
		job_speaks(model, event, component);
	if (apply)
		apply(model, event, component);
	/* Most lines are blocks: they fail at nothing, and change nothing of what is unseen, unless one is the first word of a job. */
	if (!block || model->transition_count != happened)
		failures_hear(model, event, component, failed, happened);
	if (!block || model->serials != serials)
		model->unseen = unseen_sends(model);
}

/* ---- what can be asked of the whole ---- */

int64_t
model_newest(const struct model *model)
{
	return model->newest;
}

bool
model_zoned(const struct model *model)
{
	return model->zoned;
}

int
model_bias(const struct model *model)
{
	return model->bias;
}

uint64_t
model_lost(const struct model *model)
{
	const struct model_truncated *t = &model->truncated;

	return t->sites + t->packages + t->pairs + t->jobs + t->threads + t->dps + t->servers + t->files + t->transfers
	       + t->requests;
}

struct model_truncated
model_truncated(const struct model *model)
{
	return model->truncated;
}

uint64_t
model_resent_bytes(const struct model *model)
{
	return model->resent;
}

const char *
model_component(const struct model *model, uint32_t component)
{
	return intern_name(model->component_names, component);
}

const struct site *
model_sites(const struct model *model, size_t *count)
{
	*count = intern_count(model->site_names);
	return model->sites;
}

const struct package *
model_packages(const struct model *model, size_t *count)
{
	*count = intern_count(model->package_names);
	return model->packages;
}

struct sending
model_sending(const struct model *model)
{
	struct sending s = model->sending;
	uint32_t open = model->job_slots.count[SLOTS_OPEN];

	s.unseen = model->unseen;
	s.used = open + s.unseen;
	s.running = open - model->replicating;
	s.listed = model->requests.active;
	s.listed_at = model->requests.listed_at;
	return s;
}
