/*
 * The lifetime of a job: from the first line of its thread to the end of its slot.
 * All counts of jobs that wait again, are done or failed are changed only here.
 */
#include "model/sender/sender.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/tables/components.h"
#include "model/sender/due.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/records/rate_counter.h"
#include "model/tables/requests.h"
#include "model/sender/send_pace.h"
#include "model/tables/truncated.h"

struct sender *
sender_new(const struct model_limits *limits)
{
	struct sender *sender = calloc(1, sizeof(*sender));

	if (!sender)
		return NULL;
	sender->capacity = sender->site_capacity = -1;
	sender->jobs = calloc(limits->jobs, sizeof(*sender->jobs));
	sender->extras = calloc(limits->jobs, sizeof(*sender->extras));
	sender->site_limit_event = calloc(limits->sites, sizeof(*sender->site_limit_event));
	if (slots_init(&sender->slots, limits->jobs) && sender->jobs && sender->extras && sender->site_limit_event)
		return sender;
	sender_free(sender);
	return NULL;
}

void
sender_free(struct sender *sender)
{
	if (!sender)
		return;
	slots_destroy(&sender->slots);
	free(sender->jobs);
	free(sender->extras);
	free(sender->site_limit_event);
	free(sender);
}

static bool
is_open(const struct model *model, uint32_t i)
{
	return slots_where(&model->sender->slots, i) == SLOTS_OPEN;
}

/* ---- beginning ---- */

static void
tell_of_job(const struct job *job, struct transition *t)
{
	t->site = job->site;
	t->package = job->package;
	t->version = job->version;
	t->thread = job->thread;
	t->attempt = job->attempt > 255 ? 255 : (uint8_t)job->attempt;
	memcpy(t->request, job->request, sizeof(t->request));
}

/* The longest silent open job, of one site or of any; JOB_NONE: none is open. */
static uint32_t
most_silent(const struct model *model, uint32_t component, uint32_t site)
{
	uint32_t found = JOB_NONE;

	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i)) {
		if (component != NAME_NONE && model->sender->jobs[i].component != component)
			continue;
		if (site != NAME_NONE && model->sender->jobs[i].site != site)
			continue;
		if (found == JOB_NONE || model->sender->extras[i].last_event < model->sender->extras[found].last_event)
			found = i;
	}
	return found;
}

static uint32_t
take_record(struct model *model, uint32_t component, uint32_t thread, const struct event *event)
{
	uint32_t i = slots_find(&model->sender->slots, component, thread);

	if (i != NAME_NONE && is_open(model, i))
		job_end(model, i, JOB_LOST, event, "its thread began something else");
	i = slots_take(&model->sender->slots, component, thread);
	if (i != NAME_NONE)
		return i;
	model->truncation->lost.jobs++;
	job_end(model, most_silent(model, NAME_NONE, NAME_NONE), JOB_LOST, event, "too many threads to remember");
	return slots_take(&model->sender->slots, component, thread);
}

uint32_t
job_begin(struct model *model, uint32_t component, uint32_t thread, bool start_seen, const struct event *event)
{
	uint32_t i = take_record(model, component, thread, event);
	struct component *c = &model->components->rows[component];
	struct job *job = &model->sender->jobs[i];

	memset(job, 0, sizeof(*job));
	memset(&model->sender->extras[i], 0, sizeof(model->sender->extras[i]));
	job->thread = thread;
	job->component = component;
	job->site = job->package = NAME_NONE;
	job->attempt = 1;
	job->start_seen = start_seen;
	job->started = start_seen ? event->at : WHEN_NONE;
	job->last = event->at;
	job->log = job->started_log = event->log;
	job->writes_since = job->last_write = job->pauses_until = WHEN_NONE;
	job->limit_rate = -1;
	job->rate_from.at = WHEN_NONE;
	job->serial = ++model->serials;
	model->sender->extras[i].last_event = model->events;
	slots_put(&model->sender->slots, i, SLOTS_OPEN);
	job_count_running(model, i, +1);
	if (!start_seen && c->unseen > 0)
		c->unseen--; /* it is one of those that were counted without being known */
	return i;
}

static void
revive(struct model *model, uint32_t i)
{
	struct job *job = &model->sender->jobs[i];

	job->state = model->sender->extras[i].before_lost;
	slots_put(&model->sender->slots, i, SLOTS_OPEN);
	job_count_running(model, i, +1);
	job_carries(model, i);
}

uint32_t
job_begin_or_revive(struct model *model, const struct event *event, uint32_t component, enum evidence evidence)
{
	uint32_t i = slots_find(&model->sender->slots, component, event->thread);

	if (i != NAME_NONE && model->sender->jobs[i].state == JOB_LOST) {
		revive(model, i);
		return job_of_event(model, event, component, evidence);
	}
	if (evidence == EVIDENCE_STRONG
	    || (evidence == EVIDENCE_WEAK && i == NAME_NONE && !is_main(model, component, event->thread)))
		return job_begin(model, component, event->thread, false, event);
	return JOB_NONE;
}

/* Any line shows that the thread is active. A job that was given up is reopened only by a line of its own thread. */
void
job_is_alive(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = slots_find(&model->sender->slots, component, event->thread);

	if (i == NAME_NONE
	    || (!is_open(model, i) && (event->kind != EVENT_NOTE || is_main(model, component, event->thread))))
		return;
	job_of_event(model, event, component, EVIDENCE_NONE);
}

/* ---- the end ---- */

static void
count_done(struct model *model, const struct job *job, struct pair *pair, int64_t at)
{
	if (job->kind != KIND_PACKAGE)
		return;
	model->sender->done++;
	rate_count(model, RATE_DONE, at);
	if (job->package != NAME_NONE)
		model->places->packages[job->package].done++;
	if (pair)
		pair->done++;
	if (job->site == NAME_NONE)
		return;
	model->places->sites[job->site].done++;
	model->places->sites[job->site].last_done = at == WHEN_NONE ? model->newest : at;
	model->places->sites[job->site].done_log = job->log;
}

static void
count_failed(struct model *model, const struct job *job, struct pair *pair, int64_t at)
{
	if (job->kind == KIND_REPLICATION)
		return;
	model->sender->failed++;
	rate_count(model, RATE_FAILED, at);
	if (job->package != NAME_NONE)
		model->places->packages[job->package].failed++;
	if (pair)
		pair->failed++;
	if (job->site == NAME_NONE)
		return;
	model->places->sites[job->site].failed++;
	model->places->sites[job->site].last_failed = at == WHEN_NONE ? model->newest : at;
	model->places->sites[job->site].failed_log = job->log;
}

static bool
gave_up(const struct job *job)
{
	return job->state == JOB_INTERRUPTED || job->state == JOB_LOST;
}

static void
tell_end(struct model *model, const struct job *job, const struct event *event, const char *text)
{
	/* clang-format off */
	static const enum transition_kind kinds[JOB_STATE_COUNT] = {
		[JOB_DONE] = TRANSITION_JOB_DONE, [JOB_FAILED] = TRANSITION_JOB_FAILED,
		[JOB_INTERRUPTED] = TRANSITION_JOB_INTERRUPTED, [JOB_LOST] = TRANSITION_JOB_LOST,
	};
	/* clang-format on */
	struct transition *t = transition_record(model, kinds[job->state], event);

	tell_of_job(job, t);
	if (job->wrote)
		t->bytes = (int64_t)(job->state == JOB_DONE ? job->position : job->bytes);
	if (job->started != WHEN_NONE && t->at != WHEN_NONE && t->at >= job->started)
		t->seconds = (t->at - job->started) / WHEN_SECOND;
	/* How it ended, and what had gone wrong before, if that is not how it ended. */
	snprintf(t->text, sizeof(t->text), "%s%s%s", text, gave_up(job) && job->error[0] ? "; before that: " : "",
	         gave_up(job) ? job->error : "");
	if (!job->returned && job->state != JOB_DONE)
		failure_record(model, t, job->kind == KIND_REPLICATION ? FAILURE_REPLICATION : FAILURE_SEND, event,
		               job->component);
}

void
job_end(struct model *model, uint32_t i, enum job_state state, const struct event *event, const char *text)
{
	struct job *job = &model->sender->jobs[i];
	struct pair *pair = pair_find(model, job->package, job->site);
	bool again = state == JOB_FAILED || state == JOB_INTERRUPTED;

	send_pace_job_ends(model, job, state, event->at);
	job_count_running(model, i, -1);
	model->sender->extras[i].before_lost = job->state;
	job->state = (uint8_t)state;
	slots_put(&model->sender->slots, i, SLOTS_ENDED);
	if (state == JOB_DONE)
		count_done(model, job, pair, event->at);
	if (state == JOB_FAILED)
		count_failed(model, job, pair, event->at);
	due_again(model, job);
	request_put_down(model, span_of(job->request), i, state);
	if (state != JOB_LOST)
		job_remember_request(model, job, again);
	tell_end(model, job, event, text);
}

void
job_return(struct model *model, uint32_t i, const struct event *event)
{
	struct job *job = &model->sender->jobs[i];

	job->returned = true;
	if (job->site != NAME_NONE)
		send_pace_throttled(model, job->site, event);
	job_end(model, i, JOB_INTERRUPTED, event, "returned: only one connection is allowed");
}

void
jobs_interrupt(struct model *model, uint32_t component, const struct event *event)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&model->sender->slots, i);
		if (model->sender->jobs[i].component == component)
			job_end(model, i, JOB_INTERRUPTED, event, "the component was started anew");
	}
}

void
jobs_recount(struct model *model, bool out)
{
	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i))
		job_count_running(model, i, out ? -1 : +1);
}

void
jobs_uncertain(struct model *model, uint32_t component)
{
	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i))
		if (model->sender->jobs[i].component == component)
			model->sender->extras[i].uncertain = true;
}

void
jobs_close_silent(struct model *model, uint32_t component, uint32_t site, uint32_t count, const struct event *event)
{
	uint32_t i;

	while (count-- > 0 && (i = most_silent(model, component, site)) != JOB_NONE)
		job_end(model, i, JOB_LOST, event, "the sender counts fewer slots in use");
}

const struct job *
model_next_job(const struct model *model, const struct job *after)
{
	uint32_t i = after ? slots_next(&model->sender->slots, (uint32_t)(after - model->sender->jobs))
	                   : slots_first(&model->sender->slots, SLOTS_OPEN);

	return i == NAME_NONE ? NULL : &model->sender->jobs[i];
}

const char *
job_state_word(enum job_state state)
{
	static const char *const words[] = {
#define _(state, word) [JOB_##state] = word,
		JOB_STATES(_)
#undef _
	};

	return words[state];
}
