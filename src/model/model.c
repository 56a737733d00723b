/*
 * Gives each event to the handler of the sub-state that owns it, and the queries
 * that concern the whole model.
 */
#include "cmtop/model.h"

#include <stdlib.h>
#include <string.h>

#include "model/sender/ahead.h"
#include "model/tables/components.h"
#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_main.h"
#include "model/transfers/dp_transfer_ends.h"
#include "model/transfers/dp_transfers.h"
#include "model/distmgr/dp_upgrades.h"
#include "model/distmgr/dps.h"
#include "model/sender/drift.h"
#include "model/failure_lines.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/distmgr/package_errors.h"
#include "model/sender/package_files.h"
#include "model/distmgr/package_lines.h"
#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/records/rate_counter.h"
#include "model/distmgr/replication.h"
#include "model/tables/requests.h"
#include "model/records/sample_ring.h"
#include "model/sample_booking.h"
#include "model/sender/send_pace.h"
#include "model/sender/sender.h"
#include "model/distmgr/thread_life.h"
#include "model/tables/tried_requests.h"
#include "model/transfers/transfer_table.h"
#include "model/tables/truncated.h"
#include "model/sender/uplink.h"
#include "model/records/written_times.h"

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

/* False: out of memory. */
static bool
make_parts(struct model *model)
{
	const struct model_limits *l = &model->limits;

	return (model->written = written_times_new()) && (model->components = components_new())
	       && (model->mains = main_threads_new()) && (model->places = places_new(l)) && (model->pairs = pairs_new())
	       && (model->sender = sender_new(l)) && (model->tried = tried_requests_new(l->requests))
	       && (model->paces = send_paces_new(l->sites)) && (model->uplink = uplink_new())
	       && (model->drift = drift_new()) && (model->files = package_files_new(l->files))
	       && (model->requests = requests_new()) && (model->ahead = ahead_new(l->sites))
	       && (model->rates = rate_counters_new(l->sites)) && (model->samples = sample_ring_new())
	       && (model->journal = journal_new(l)) && (model->failures = failures_new(l->failures))
	       && (model->truncation = truncation_new()) && (model->distmgr = distmgr_new(l->threads, l->dps))
	       && (model->transfers = transfer_table_new(l->transfers, transfer_threads(l)));
}

static void
free_parts(struct model *model)
{
	written_times_free(model->written);
	components_free(model->components);
	main_threads_free(model->mains);
	places_free(model->places);
	pairs_free(model->pairs);
	sender_free(model->sender);
	tried_requests_free(model->tried);
	send_paces_free(model->paces);
	uplink_free(model->uplink);
	drift_free(model->drift);
	package_files_free(model->files);
	requests_free(model->requests);
	ahead_free(model->ahead);
	rate_counters_free(model->rates);
	sample_ring_free(model->samples);
	journal_free(model->journal);
	failures_free(model->failures);
	truncation_free(model->truncation);
	distmgr_free(model->distmgr);
	transfer_table_free(model->transfers);
}

struct model *
model_new(const struct model_limits *limits)
{
	struct model *model = calloc(1, sizeof(*model));

	if (!model)
		return NULL;
	set_limits(&model->limits, limits);
	model->first = model->newest = WHEN_NONE;
	if (!make_parts(model)) {
		model_free(model);
		return NULL;
	}
	return model;
}

void
model_free(struct model *model)
{
	if (!model)
		return;
	free_parts(model);
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
	model->components->rows[i].unseen = 0;
	switch (model->components->rows[i].family) {
	case FAMILY_SENDER: sites_forget_unseen(model); break;
	case FAMILY_DISTMGR: distmgr_interrupt(model, i); break;
	case FAMILY_TRANSFER: transfers_interrupt(model, i); break;
	default: break;
	}
	mains_forget(model, i);
}

static void
component_stops(struct model *model, const struct event *event, uint32_t component)
{
	struct span named = event_text(event, TEXT_COMPONENT);
	uint32_t i = named.size > 0 ? component_at(model, named) : component;

	if (model->components->rows[i].family == FAMILY_DISTMGR)
		distmgr_stops(model);
}

static void
log_gap(struct model *model, const struct event *event, uint32_t component)
{
	(void)event;
	model->components->rows[component].gap = true;
	jobs_uncertain(model, component);
	transfers_uncertain(model, component);
	sched_forget_list(model, component);
	drift_hole(model, (enum family)model->components->rows[component].family);
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
	[EVENT_JOB_ACTIVE] = sender_active,
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
	[EVENT_TRANSFER_ACTIVE] = transfer_active,
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

static bool
is_block(const struct event *event)
{
	return event->kind == EVENT_WROTE || event->kind == EVENT_WRITING;
}

static void
mark_time(struct model *model, const struct event *event)
{
	if (event->at == WHEN_NONE)
		return;
	if (!event->stray)
		written_mark(model->written, event);
	if (model->first == WHEN_NONE)
		model->first = event->at;
	if (event->at > model->newest) {
		model->newest = event->at;
		model->newest_log = event->log;
	}
	if (is_block(event))
		samples_pass_block(model, model->newest);
	else
		samples_pass(model, model->newest);
}

/* Notes which components' records were read, and since when. */
static void
mark_seen(struct model *model, const struct event *event)
{
	struct family_seen *family = &model->components->families[event->family];

	if (event->family == FAMILY_NONE)
		return;
	if (!family->seen && (event->family == FAMILY_SENDER || event->family == FAMILY_DISTMGR))
		drift_hole(model, (enum family)event->family);
	family->seen = true;
	if (family->since == WHEN_NONE) {
		family->since = event->at;
		family->log = event->log;
	}
}

/*
 * Slots that are in use without our knowing whose: what the newest readings say
 * beyond the jobs we know. Jobs whose site is not known may be among a site's.
 */
static uint32_t
unseen_sends(const struct model *model)
{
	uint64_t all = 0, sites = model->sender->site_unseen > model->sender->siteless
	                                  ? model->sender->site_unseen - model->sender->siteless
	                                  : 0;

	for (uint32_t i = 0; i < intern_count(model->components->names); i++)
		all += model->components->rows[i].unseen;
	return (uint32_t)(all > sites ? all : sites);
}

void
model_apply(struct model *model, const struct event *event)
{
	uint32_t component = component_at(model, event->component);
	apply_fn *apply = applies[event->kind];
	uint64_t serials = model->serials, failed = model->failures->ever, happened = model->journal->transition_count;
	bool block = is_block(event);

	model->events++;
	mark_time(model, event);
	mark_seen(model, event);
	if (event->family != FAMILY_NONE)
		model->components->rows[component].family = event->family;
	if (model->requests->listing)
		sched_goes_on(model, event, component);
	if (event->kind == EVENT_NOTE || event->level > LEVEL_INFO || event->kind == EVENT_COMPONENT_STARTED)
		note_event(model, event);
	if (event->family == FAMILY_DISTMGR)
		distmgr_speaks(model, event, component);
	else if (event->family == FAMILY_TRANSFER)
		transfer_speaks(model, event, component);
	else if (event->family == FAMILY_SENDER && !apply)
		job_is_alive(model, event, component);
	if (apply)
		apply(model, event, component);
	/* Most lines are blocks: they fail at nothing, and change nothing of what is unseen, unless one is the first word of a job. */
	if (!block || model->journal->transition_count != happened)
		failures_after_event(model, event, component, failed, happened);
	if (!block || model->serials != serials)
		model->sender->unseen = unseen_sends(model);
}

/* ---- what can be asked of all ---- */

int64_t
model_newest(const struct model *model)
{
	return model->newest;
}

struct written_time
model_written(const struct model *model, uint8_t log, int64_t at)
{
	return written_at(model->written, log, at);
}

struct written_time
model_written_newest(const struct model *model, int64_t at)
{
	return written_at(model->written, model->newest_log, at);
}
