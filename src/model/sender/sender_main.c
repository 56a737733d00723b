/*
 * Lines of the senders' main threads: requests found and given to new threads, slots
 * in use and allowed, sites that are skipped.
 */
#include "model/sender/sender.h"

#include <string.h>

#include "model/tables/components.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/tables/places.h"
#include "model/records/rate_limit.h"
#include "model/tables/requests.h"
#include "model/sender/send_pace.h"

/* ---- capacity ---- */

static void
limit_changed(struct model *model, const struct event *event, int64_t before, uint32_t site, const char *text)
{
	int64_t limit = (int64_t)event->number[NUMBER_LIMIT];
	struct transition *t;

	if (before < 0 || before == limit)
		return;
	t = transition_record(model, TRANSITION_CAPACITY, event);
	t->site = site;
	t->used = (int64_t)event->number[NUMBER_USED];
	t->capacity = limit;
	span_copy(span_of(text), t->text, sizeof(t->text));
}

/* Slots are small numbers; a reading that is none is no reading. */
static bool
is_reading(const struct event *event)
{
	return event_has_number(event, NUMBER_USED) && event_has_number(event, NUMBER_LIMIT)
	       && event->number[NUMBER_USED] <= UINT32_MAX && event->number[NUMBER_LIMIT] <= UINT32_MAX;
}

/* All sites together hold fewer than single readings said before: those are out of date. */
void
sites_forget_unseen(struct model *model)
{
	for (uint32_t i = 0; model->sender->site_unseen > 0 && i < intern_count(model->places->site_names); i++) {
		model->sender->site_unseen -= model->places->sites[i].unseen;
		model->places->sites[i].unseen = 0;
	}
}

void
sender_capacity_all(struct model *model, const struct event *event, uint32_t component)
{
	struct component *c = &model->components->rows[component];
	uint32_t used;

	if (!is_reading(event))
		return;
	main_at(model, component, event->thread);
	limit_changed(model, event, model->sender->capacity, NAME_NONE, "all sites");
	model->sender->capacity = (int64_t)event->number[NUMBER_LIMIT];
	used = (uint32_t)event->number[NUMBER_USED];
	if (used < c->used)
		jobs_close_silent(model, component, NAME_NONE, c->used - used, event);
	c->unseen = used > c->used ? used - c->used : 0;
	if (c->unseen < model->sender->site_unseen)
		sites_forget_unseen(model);
}

void
sender_capacity_site(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *main = main_at(model, component, event->thread);
	struct site *site;
	uint32_t used;

	if (!is_reading(event))
		return;
	model->sender->site_capacity = (int64_t)event->number[NUMBER_LIMIT];
	if (main->site == NAME_NONE)
		return;
	site = &model->places->sites[main->site];
	limit_changed(model, event, site->capacity, main->site, "per site");
	if (site->capacity >= 0 && site->capacity != (int64_t)event->number[NUMBER_LIMIT])
		model->sender->limit_event = model->events;
	site->capacity = (int64_t)event->number[NUMBER_LIMIT];
	model->sender->site_limit_event[main->site] = model->events;
	used = (uint32_t)event->number[NUMBER_USED];
	if (used < site->used)
		jobs_close_silent(model, component, main->site, site->used - used, event);
	model->sender->site_unseen -= site->unseen;
	site->unseen = used > site->used ? used - site->used : 0;
	model->sender->site_unseen += site->unseen;
}

int64_t
model_site_limit(const struct model *model, uint32_t site)
{
	const struct site *of = &model->places->sites[site];
	bool outdated = of->capacity < 0 || model->sender->site_limit_event[site] < model->sender->limit_event;

	return outdated ? model->sender->site_capacity : of->capacity;
}

/* ---- taking work ---- */

static void
forget_find(struct main_thread *main)
{
	main->request[0] = '\0';
	main->site = NAME_NONE;
}

void
sender_found(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *main = main_at(model, component, event->thread);

	request_id(event_text(event, TEXT_REQUEST), main->request, sizeof(main->request));
	main->site = site_at(model, event_text(event, TEXT_SITE));
}

void
sender_pending(struct model *model, const struct event *event, uint32_t component)
{
	forget_find(main_at(model, component, event->thread));
}

void
sender_created(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *main = main_at(model, component, event->thread);
	struct site *site;
	struct transition *t;
	struct job *job;
	uint32_t i;

	if (event->number[NUMBER_THREAD] > UINT32_MAX)
		return;
	i = job_begin(model, component, (uint32_t)event->number[NUMBER_THREAD], true, event);
	job = &model->sender->jobs[i];
	job_site(model, i, main->site);
	job_request(model, i, span_of(main->request));
	if (job->site != NAME_NONE) {
		site = &model->places->sites[job->site];
		site->blocked = site->closed = false;
		site->blocked_until = WHEN_NONE;
	}
	forget_find(main);
	send_pace_job_began(model, event);
	t = transition_record(model, TRANSITION_JOB_STARTED, event);
	t->thread = job->thread;
	t->site = job->site;
	t->attempt = job->attempt > 255 ? 255 : (uint8_t)job->attempt;
	memcpy(t->request, job->request, sizeof(t->request));
}

/* ---- sites left alone ---- */

static void
block(struct model *model, const struct event *event, uint32_t i, int64_t until)
{
	struct site *site = &model->places->sites[i];
	struct transition *t;

	if (!site->blocked) {
		t = transition_record(model, TRANSITION_SITE_BLOCKED, event);
		t->site = i;
		span_copy(event->message, t->text, sizeof(t->text));
	}
	site->blocked = true;
	site->blocked_until = until;
	site->blocked_log = event->log;
}

void
sender_busy(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t site = site_at(model, event_text(event, TEXT_SITE));

	(void)component;
	if (site != NAME_NONE)
		block(model, event, site, WHEN_NONE);
}

/* The schedule closes an address: between sends for a whole site, or in the middle of one. */
void
sender_closed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t site = site_at(model, event_text(event, TEXT_SITE)), i;

	if (site == NAME_NONE) {
		i = job_of_event(model, event, component, EVIDENCE_WEAK);
		if (i == JOB_NONE)
			return;
		job_blame(model, i, event->message);
		site = model->sender->jobs[i].site;
	}
	if (site == NAME_NONE)
		return;
	block(model, event, site, WHEN_NONE);
	model->places->sites[site].closed = true;
}

void
sender_unreachable(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_WEAK);
	uint32_t site = site_at(model, event_text(event, TEXT_SITE));

	if (i != JOB_NONE) {
		job_blame(model, i, event->message);
		job_site(model, i, site);
	}
	if (site != NAME_NONE)
		block(model, event, site, event->at == WHEN_NONE ? WHEN_NONE : event->at + WHEN_HOUR);
}

/* `detail`: the request goes back with it. */
void
sender_throttled(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_NONE), site = NAME_NONE;
	struct main_thread *main;

	if (i != JOB_NONE)
		site = model->sender->jobs[i].site;
	else if (is_main(model, component, event->thread))
		site = main_at(model, component, event->thread)->site;
	if (i != JOB_NONE && event->detail == 0)
		model->sender->jobs[i].throttled = true; /* also where its site is not known */
	if (site == NAME_NONE)
		site = site_of_server(model, server_find(model, event_text(event, TEXT_SERVER)));
	if (site != NAME_NONE)
		send_pace_throttled(model, site, event);
	if (event->detail == 0)
		return;
	if (i != JOB_NONE) {
		job_return(model, i, event);
		return;
	}
	main = is_main(model, component, event->thread) ? main_at(model, component, event->thread) : NULL;
	if (main)
		forget_find(main);
}

/* A rate limit at work. Its pauses are announced, and whoever announces one is alive. */
void
sender_yields(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_WEAK);
	struct job *job;

	if (i == JOB_NONE)
		return;
	job = &model->sender->jobs[i];
	job->throttled = true;
	job->pauses_until = yielded_until(event);
	job->limit_rate = yielded_rate(event);
	if (job->site != NAME_NONE)
		send_pace_throttled(model, job->site, event);
}
