/*
 * Lines of the scheduler: jobs and the requests created for them, requests that
 * were deleted, and the list of all requests. The list is complete when the
 * same thread writes any other line.
 */
#include "model/sender/drift.h"

#include "cmtop/count_of.h"
#include "model/tables/main_threads.h"
#include "model/sender/package_files.h"
#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/tables/requests.h"
#include "model/sender/sender.h"

static bool
in_list(const struct model *model, const struct event *event, uint32_t component)
{
	const struct requests *r = model->requests;

	return r->listing && r->list_thread == event->thread && r->list_component == component;
}

/* From now on the list tells what waits; the count of due lines continues next to it. */
static void
believe_list(struct model *model)
{
	for (uint32_t i = 0; i < model->pairs->count; i++)
		while (model->pairs->rows[i].waiting > 0)
			pair_wait(model, &model->pairs->rows[i], -1);
	jobs_recount(model, true);
	model->requests->active = true;
	jobs_recount(model, false);
}

static uint32_t
kbytes_of(uint64_t kbytes)
{
	return kbytes > UINT32_MAX ? UINT32_MAX : (uint32_t)kbytes;
}

/* Takes over what the list says of the request. */
static void
believe_row(struct model *model, uint32_t i)
{
	struct request *row = &model->requests->rows[i];
	const struct listed_request *listed = &row->listed;

	request_uncount(model, i);
	row->package = listed->package;
	row->site = listed->site;
	row->version = listed->version;
	row->priority = listed->priority;
	row->runs = listed->runs && row->carrier == JOB_NONE;
	if (listed->sized && !row->sized && listed->kbytes > 0 && model->requests->active)
		request_weighed(model, listed->kbytes == UINT32_MAX ? 0 : (uint64_t)listed->kbytes * 1024, row->second);
	row->kbytes = listed->kbytes;
	row->left = listed->left;
	row->sized = listed->sized;
	if (row->package != NAME_NONE && row->kbytes > 0)
		file_listed(model, row->package, row->version, (uint64_t)row->kbytes * 1024);
	if (row->carrier != JOB_NONE)
		job_carries(model, row->carrier);
	else
		request_count(model, i);
}

static void
list_complete(struct model *model)
{
	struct requests *r = model->requests;

	r->listing = false;
	if (r->read == 0 && r->unread > 0)
		return; /* there were rows, and none was understood: that is no list, least of all an empty one */
	if (!r->active)
		believe_list(model);
	r->listed_at = r->begun;
	for (uint32_t i = 0; i < r->used; i++) {
		if (!r->rows[i].id[0])
			continue;
		if (r->rows[i].listed.list == r->list)
			believe_row(model, i);
		else if (r->rows[i].list == r->list)
			request_count(model, i);
		else
			request_remove(model, i);
	}
	drift_listed(model);
}

/* A request that stands in a line of the list is there, though the line was not understood. */
static void
see_requests(struct model *model, struct span text)
{
	struct requests *r = model->requests;

	while (text.size > 0) {
		struct span word = span_part(text, 0, span_find(text, SPAN(" ")));
		uint32_t i = request_find(model, word);

		if (i != REQUEST_NONE)
			r->rows[i].list = r->list;
		text = span_from(text, word.size + 1);
	}
}

static bool
may_be_row(struct span text)
{
	for (size_t i = 0; i < text.size; i++)
		if (is_digit(text.at[i]))
			return true;
	return false;
}

void
sched_goes_on(struct model *model, const struct event *event, uint32_t component)
{
	if (event->kind == EVENT_REQUEST_LISTED || !in_list(model, event, component))
		return;
	/* What no rule knows may be a row of it all the same. */
	if (event->kind == EVENT_SEEN || event->kind == EVENT_COMPONENT_STARTED || event->kind == EVENT_COMPONENT_STOPS
	    || (event->kind >= EVENT_LIST_BEGINS && event->kind <= EVENT_SITE_UNADDRESSED)) {
		list_complete(model);
	} else if (may_be_row(event->message)) {
		model->requests->unread++;
		see_requests(model, event->message);
	}
}

void
sched_forget_list(struct model *model, uint32_t component)
{
	if (model->requests->list_component == component)
		model->requests->listing = false;
}

void
sched_list(struct model *model, const struct event *event, uint32_t component)
{
	struct requests *r = model->requests;

	r->listing = true;
	r->list++;
	r->list_thread = event->thread;
	r->list_component = component;
	r->row = REQUEST_NONE;
	r->read = r->unread = 0;
	r->begun = event->at;
	r->log = event->log;
}

/* ---- rows of the list ---- */

static bool
is_running_word(struct span state)
{
	static const char *const words[] = { "send", "start", "connect", "active", "working" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (span_starts_nocase(state, span_of(words[i])))
			return true;
	return false;
}

/* What the row adds to what is known of the request. */
static void
take_row_fields(struct model *model, struct listed_request *listed, const struct event *event, bool carried)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	struct span state = event_text(event, TEXT_STATE);

	if (event_has_text(event, TEXT_SITE))
		listed->site = site_at(model, event->text[TEXT_SITE]);
	if (package != NAME_NONE)
		listed->package = package;
	if (event_has_number(event, NUMBER_VERSION))
		listed->version = kbytes_of(event->number[NUMBER_VERSION]);
	if (event_has_number(event, NUMBER_PRIORITY) && event->number[NUMBER_PRIORITY] <= UINT8_MAX)
		listed->priority = (uint8_t)event->number[NUMBER_PRIORITY];
	if (state.size > 0)
		listed->runs = !carried && is_running_word(state);
	if (event_has_number(event, NUMBER_KBYTES))
		listed->kbytes = listed->left = kbytes_of(event->number[NUMBER_KBYTES]);
	if (event_has_number(event, NUMBER_LEFT))
		listed->left = kbytes_of(event->number[NUMBER_LEFT]);
	listed->sized |= event_has_number(event, NUMBER_KBYTES) || event_has_number(event, NUMBER_LEFT);
}

/* Rows of a list that has not ended count when it has: it may be torn. */
void
sched_listed(struct model *model, const struct event *event, uint32_t component)
{
	struct requests *r = model->requests;
	struct span id = event_text(event, TEXT_REQUEST);
	bool listing = in_list(model, event, component);
	struct request *row;

	if (event->detail != 0) { /* a header */
		r->row = listing ? REQUEST_NONE : r->row;
		return;
	}
	if (id.size > 0) {
		r->row = request_at(model, id);
		r->read += listing;
	}
	if (r->row == REQUEST_NONE || (id.size == 0 && !listing))
		return;
	row = &r->rows[r->row];
	row->list = r->list;
	if (row->listed.list != r->list || !listing)
		row->listed = (struct listed_request){
			.list = r->list,
			.package = row->package,
			.site = row->site,
			.version = row->version,
			.kbytes = row->kbytes,
			.left = row->left,
			.priority = row->priority,
			.sized = row->sized,
			.runs = row->runs,
		};
	take_row_fields(model, &row->listed, event, row->carrier != JOB_NONE);
	package_seen(model, row->listed.package, row->listed.version, event->at, event->log);
	if (!listing)
		believe_row(model, r->row);
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
		span_copy(name, model->places->packages[thread->package].name,
		          sizeof(model->places->packages[thread->package].name));
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
	row = &model->requests->rows[i];
	request_uncount(model, i);
	row->list = model->requests->list;
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
	if (i == model->requests->row)
		model->requests->row = REQUEST_NONE;
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
	model->requests->rows[i].completed = true;
	request_count(model, i);
}

void
sched_speed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = request_find(model, span_of(main_at(model, component, event->thread)->request));
	uint64_t speed = event->number[NUMBER_BYTES];

	if (i != REQUEST_NONE && model->requests->rows[i].site != NAME_NONE && speed < INT64_MAX)
		model->places->sites[model->requests->rows[i].site].speed = (int64_t)speed;
}
