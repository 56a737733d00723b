/*
 * Lines of sending threads: the file, the position, and the result. The position
 * is that of the package file; the instruction that follows it never touches it.
 */
#include "model/sender/sender.h"

#include <string.h>

#include "model/records/journal.h"
#include "model/sender/package_files.h"
#include "model/tables/places.h"
#include "model/sender/send_pace.h"
#include "model/sender/uplink.h"

void
sender_connecting(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_STRONG);

	model->sender->jobs[i].state = JOB_CONNECTING;
}

void
sender_active(struct model *model, const struct event *event, uint32_t component)
{
	job_of_event(model, event, component, EVIDENCE_WEAK);
}

void
sender_error(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_WEAK);

	if (i != JOB_NONE)
		job_blame(model, i, event->message);
}

/* ---- the files of a job ---- */

/*
 * The job that names another request or package than its thread's last one has
 * begun without our seeing it: the old one is gone.
 */
static uint32_t
other_job(struct model *model, const struct event *event, uint32_t component)
{
	return job_begin(model, component, event->thread, false, event);
}

/* "\\PS1SITE.CONTOSO.COM\SMS_SITE\202SQCS1.PCK": the server, and the request's id. */
static uint32_t
take_remote_path(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_STRONG), server = NAME_NONE;
	struct span path = span_stored(event_text(event, TEXT_PATH)), name = span_basename(path);
	struct span request = span_part(name, 0, span_find_last(name, SPAN(".")));
	struct job *job = &model->sender->jobs[i];

	if (job->request[0] && request.size > 0 && !span_is_nocase(span_of(job->request), request)) {
		i = other_job(model, event, component);
		job = &model->sender->jobs[i];
	}
	job_request(model, i, request);
	if (span_skip(&path, SPAN("\\\\")))
		server = server_at(model, span_part(path, 0, span_find(path, SPAN("\\"))));
	if (job->site == NAME_NONE)
		job_site(model, i, site_of_server(model, server));
	else if (job->start_seen)
		server_serves(model, server, job->site);
	return i;
}

static bool
same_content(const struct model *model, const struct job *job, const struct file_content *content)
{
	return span_is_nocase(span_of(model->places->packages[job->package].id), content->package)
	       && (job->version == 0 || content->version == 0 || job->version == content->version);
}

static void
name_content(struct model *model, uint32_t i, const struct file_content *content)
{
	job_package(model, i, package_at(model, content->package), content->version, content->delta_from);
}

/* Takes note of what the file says of the job; true if it is the package file, or what stands for it. */
static bool
take_file_name(struct model *model, uint32_t *i, const struct event *event, uint32_t component)
{
	struct span path = event_text(event, TEXT_PATH);
	struct job *job = &model->sender->jobs[*i];
	struct file_content content;

	if (is_instruction(path))
		return false;
	if (is_replication(path) || !file_content(path, &content)) {
		job_replication(model, *i);
		return true;
	}
	if (job->kind == KIND_REPLICATION || (job->package != NAME_NONE && !same_content(model, job, &content)))
		*i = other_job(model, event, component);
	name_content(model, *i, &content);
	return true;
}

void
sender_package_file(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_STRONG);

	take_file_name(model, &i, event, component);
}

void
sender_instruction(struct model *model, const struct event *event, uint32_t component)
{
	job_of_event(model, event, component, EVIDENCE_STRONG);
}

/* Names are also said behind the end of a job; these begin none. */
void
sender_remote(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t known = slots_find(&model->sender->slots, component, event->thread);

	if (known != NAME_NONE && job_ended(&model->sender->jobs[known]) && model->sender->jobs[known].state != JOB_LOST
	    && !span_starts_nocase(event->message, SPAN("Checking"))
	    && !span_starts_nocase(event->message, SPAN("Attempt")))
		return;
	take_remote_path(model, event, component);
}

/* On the other side the package is "request.PCK", the instruction "request.TMP". */
static bool
is_remote_package(struct span path, bool in_package)
{
	if (path.size > 4 && memcmp(path.at + path.size - 4, ".PCK", 4) == 0)
		return true; /* as nearly all are spelled */
	if (span_ends_nocase(path, SPAN(".pck")))
		return true;
	if (span_ends_nocase(path, SPAN(".tmp")) || span_ends_nocase(path, SPAN(".sni")))
		return false;
	return in_package;
}

static void
enter_file(struct model *model, uint32_t i, bool package)
{
	struct job *job = &model->sender->jobs[i];

	model->sender->extras[i].in_package = package;
	job->state = package ? JOB_SENDING : JOB_FINISHING;
	job->error[0] = '\0'; /* whatever it was, it has been overcome */
}

void
sender_opened(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = take_remote_path(model, event, component);

	enter_file(model, i, is_remote_package(event_text(event, TEXT_PATH), true));
}

/* ---- progress ---- */

void
sender_file_started(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_STRONG);
	bool package = take_file_name(model, &i, event, component);

	enter_file(model, i, package);
}

void
sender_writing(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_NONE);
	struct job *job;

	if (i == JOB_NONE)
		i = take_remote_path(model, event, component);
	job = &model->sender->jobs[i];
	/* The rate counts from when the first block set out. */
	if (!job->wrote && event_has_number(event, NUMBER_OFFSET) && model->sender->extras[i].progress.count == 0
	    && is_remote_package(event_text(event, TEXT_PATH), model->sender->extras[i].in_package)) {
		job->writes_since = event->at;
		job_sample(model, i, event->at, event->number[NUMBER_OFFSET]);
	}
	if (job->state < JOB_SENDING)
		enter_file(model, i, is_remote_package(event_text(event, TEXT_PATH), true));
}

static void
tell_resumed(struct model *model, const struct job *job, const struct event *event)
{
	struct transition *t = transition_record(model, TRANSITION_JOB_RESUMED, event);

	t->site = job->site;
	t->package = job->package;
	t->version = job->version;
	t->bytes = (int64_t)job->position;
	memcpy(t->request, job->request, sizeof(t->request));
}

/* The first block of the file that this job, or our reading of it, begins with. */
static void
first_block(struct model *model, uint32_t i, const struct event *event, uint64_t from)
{
	struct job *job = &model->sender->jobs[i];

	job->wrote = true;
	job->position = from;
	model->sender->extras[i].high = from;
	if (job->start_seen && from < model->sender->extras[i].before)
		model->sender->resent += model->sender->extras[i].before - from;
	if (from == 0 || !job->start_seen)
		return;
	job->resumed = true;
	tell_resumed(model, job, event);
}

/* Whether the path is that of the request that the job is known by. */
static bool
names_request(const struct job *job, struct span path)
{
	size_t size = strlen(job->request), before;

	if (size == 0 || path.size < size + 4)
		return false;
	before = path.size - 4 - size;
	return path.at[path.size - 4] == '.'
	       && (memcmp(path.at + before, job->request, size) == 0
	           || span_is_nocase(span_part(path, before, size), (struct span){ job->request, size }))
	       && (before == 0 || path.at[before - 1] == '\\' || path.at[before - 1] == '/');
}

void
sender_wrote(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_NONE);
	struct span path = event_text(event, TEXT_PATH);
	uint64_t bytes = event->number[NUMBER_BYTES], from, to;
	struct job_extra *extra;
	struct job *job;

	if (i == JOB_NONE || !names_request(&model->sender->jobs[i], path))
		i = take_remote_path(model, event, component);
	job = &model->sender->jobs[i];
	extra = &model->sender->extras[i];
	if (job->state < JOB_SENDING)
		enter_file(model, i, is_remote_package(path, true));
	if (!is_remote_package(path, extra->in_package))
		return;
	from = event_has_number(event, NUMBER_OFFSET) ? event->number[NUMBER_OFFSET] : job->position;
	if (from > INT64_MAX / 2 || bytes > INT64_MAX / 2)
		return; /* no file is so large: the figure is none */
	to = from + bytes;
	if (!job->wrote)
		first_block(model, i, event, from);
	job->position = to;
	if (to > extra->high) {
		job->bytes += to - extra->high;
		extra->high = to;
		job_bytes(model, i, event->at);
	}
	uplink_block(model, job, event->at, bytes);
	send_pace_pause(model, job, event->at);
	job_block(model, i, event->at, to);
}

void
sender_file_done(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_STRONG);
	bool package = take_file_name(model, &i, event, component);
	struct job *job = &model->sender->jobs[i];

	model->sender->extras[i].in_package = false;
	job->state = JOB_FINISHING;
	if (package && job->package != NAME_NONE && job->wrote && !model->sender->extras[i].uncertain)
		file_sent(model, job);
}

void
sender_sent(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_WEAK);
	uint64_t version = event->number[NUMBER_VERSION];

	if (i == JOB_NONE)
		return;
	job_site(model, i, site_at(model, event_text(event, TEXT_SITE)));
	if (model->sender->jobs[i].kind != KIND_REPLICATION && version <= UINT32_MAX)
		job_package(model, i, package_at(model, event_text(event, TEXT_PACKAGE)), (uint32_t)version, 0);
	if (model->sender->jobs[i].state < JOB_FINISHING)
		model->sender->jobs[i].state = JOB_FINISHING;
}

/* ---- the end ---- */

void
sender_done(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_WEAK);

	if (i != JOB_NONE)
		job_end(model, i, JOB_DONE, event, "");
}

void
sender_failed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_WEAK);
	char text[sizeof(((struct transition *)0)->text)];

	if (i == JOB_NONE)
		return;
	strcpy(text, model->sender->jobs[i].error[0] ? model->sender->jobs[i].error : "failed");
	strcat(text, "; ");
	span_copy(event->message, text + strlen(text), sizeof(text) - strlen(text));
	job_end(model, i, JOB_FAILED, event, text);
}

void
sender_returned(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = job_of_event(model, event, component, EVIDENCE_NONE);

	if (i != JOB_NONE)
		job_return(model, i, event);
}
