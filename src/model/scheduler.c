/*
 * What the scheduler says: jobs and the requests made for them, requests that
 * are gone, and the list of all that are there. The list is complete when the
 * same thread goes on to something else.
 */
#include "state.h"

static bool
in_list(const struct model *model, const struct event *event, uint32_t component)
{
	const struct requests *r = &model->requests;

	return r->listing && r->list_thread == event->thread && r->list_component == component;
}

/* From now on the list tells what waits; the count of due lines goes on beside it. */
static void
believe_list(struct model *model)
{
	for (uint32_t i = 0; i < model->pair_count; i++)
		while (model->pairs[i].waiting > 0)
			pair_wait(model, &model->pairs[i], -1);
	jobs_recount(model, true);
	model->requests.active = true;
	jobs_recount(model, false);
}

static void
list_complete(struct model *model)
{
	struct requests *r = &model->requests;

	r->listing = false;
	if (!r->active)
		believe_list(model);
	for (uint32_t i = 0; i < r->used; i++) {
		if (!r->rows[i].id[0])
			continue;
		if (r->rows[i].list == r->list)
			request_count(model, i);
		else
			request_remove(model, i);
	}
	drift_listed(model);
}

void
sched_goes_on(struct model *model, const struct event *event, uint32_t component)
{
	if (event->kind != EVENT_REQUEST_LISTED && event->kind != EVENT_NOTE && in_list(model, event, component))
		list_complete(model);
}

void
sched_forget_list(struct model *model, uint32_t component)
{
	if (model->requests.list_component == component)
		model->requests.listing = false;
}

void
sched_list(struct model *model, const struct event *event, uint32_t component)
{
	struct requests *r = &model->requests;

	r->listing = true;
	r->list++;
	r->list_thread = event->thread;
	r->list_component = component;
	r->row = REQUEST_NONE;
	r->listed_at = event->at;
}

/* ---- rows of the list ---- */

static bool
says_running(struct span state)
{
	static const char *const words[] = { "send", "start", "connect", "active", "working" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_starts_nocase(state, span_of(words[i])))
			return true;
	return false;
}

static uint32_t
kbytes_of(uint64_t kbytes)
{
	return kbytes > UINT32_MAX ? UINT32_MAX : (uint32_t)kbytes;
}

static void
learn_sizes(struct model *model, struct request *row, const struct event *event)
{
	if (event_has_number(event, NUMBER_KBYTES) && !row->sized && model->requests.active)
		request_weighed(model, event->number[NUMBER_KBYTES] > UINT32_MAX ? 0 : event->number[NUMBER_KBYTES] * 1024,
		                row->second);
	if (event_has_number(event, NUMBER_KBYTES)) {
		row->kbytes = row->left = kbytes_of(event->number[NUMBER_KBYTES]);
		row->sized = true;
	}
	if (event_has_number(event, NUMBER_LEFT)) {
		row->left = kbytes_of(event->number[NUMBER_LEFT]);
		row->sized = true;
	}
	if (row->package != NAME_NONE && row->kbytes > 0)
		file_listed(model, row->package, row->version, (uint64_t)row->kbytes * 1024);
}

void
sched_listed(struct model *model, const struct event *event, uint32_t component)
{
	struct requests *r = &model->requests;
	struct span id = event_text(event, TEXT_REQUEST), state = event_text(event, TEXT_STATE);
	struct request *row;
	uint32_t package;

	if (id.size > 0)
		r->row = request_at(model, id);
	if (r->row == REQUEST_NONE || (id.size == 0 && !in_list(model, event, component)))
		return;
	row = &r->rows[r->row];
	request_uncount(model, r->row);
	row->list = r->list;
	if (event_has_text(event, TEXT_SITE))
		row->site = site_at(model, event->text[TEXT_SITE]);
	package = package_at(model, event_text(event, TEXT_PACKAGE));
	if (package != NAME_NONE)
		row->package = package;
	if (event_has_number(event, NUMBER_VERSION))
		row->version = kbytes_of(event->number[NUMBER_VERSION]);
	if (event_has_number(event, NUMBER_PRIORITY) && event->number[NUMBER_PRIORITY] <= UINT8_MAX)
		row->priority = (uint8_t)event->number[NUMBER_PRIORITY];
	if (state.size > 0)
		row->runs = row->carrier == JOB_NONE && says_running(state);
	package_seen(model, row->package, row->version, event->at);
	learn_sizes(model, row, event);
	request_count(model, r->row);
}

/* ---- requests made and gone ---- */

void
sched_job(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *thread = main_at(model, component, event->thread);
	struct span name = event_text(event, TEXT_NAME);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (event->detail == 0 || package != thread->package) {
		thread->site = NAME_NONE;
		thread->priority = 0;
	}
	thread->package = package;
	if (thread->package != NAME_NONE && name.size > 0)
		span_copy(name, model->packages[thread->package].name, sizeof(model->packages[thread->package].name));
}

void
sched_destination(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *thread = main_at(model, component, event->thread);

	thread->site = site_at(model, event_text(event, TEXT_SITE));
	if (event_has_number(event, NUMBER_PRIORITY) && event->number[NUMBER_PRIORITY] <= UINT8_MAX)
		thread->priority = (uint8_t)event->number[NUMBER_PRIORITY];
}

/* A job is activated, told where it goes, updated, and then gets its request: the place is said once. */
void
sched_created(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *thread = main_at(model, component, event->thread);
	uint32_t i = request_at(model, event_text(event, TEXT_REQUEST));
	struct request *row;

	if (i == REQUEST_NONE)
		return;
	row = &model->requests.rows[i];
	request_uncount(model, i);
	row->list = model->requests.list;
	if (row->package == NAME_NONE)
		row->package = thread->package;
	if (row->site == NAME_NONE)
		row->site = thread->site;
	if (row->priority == 0)
		row->priority = thread->priority;
	thread->site = NAME_NONE;
	request_count(model, i);
}

void
sched_deleted(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = request_find(model, event_text(event, TEXT_REQUEST));

	(void)component;
	if (i != REQUEST_NONE)
		request_remove(model, i);
	if (i == model->requests.row)
		model->requests.row = REQUEST_NONE;
}

void
sched_checked(struct model *model, const struct event *event, uint32_t component)
{
	request_id(event_text(event, TEXT_REQUEST), main_at(model, component, event->thread)->request,
	           sizeof(((struct main_thread *)0)->request));
}

void
sched_completed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = request_find(model, span_of(main_at(model, component, event->thread)->request));

	if (i == REQUEST_NONE)
		return;
	model->requests.rows[i].completed = true;
	request_count(model, i);
}

void
sched_speed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = request_find(model, span_of(main_at(model, component, event->thread)->request));
	uint64_t speed = event->number[NUMBER_BYTES];

	if (i != REQUEST_NONE && model->requests.rows[i].site != NAME_NONE && speed < INT64_MAX)
		model->sites[model->requests.rows[i].site].speed = (int64_t)speed;
}
