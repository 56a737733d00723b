#include "cli/event_stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/figures.h"
#include "cmtop/query.h"
#include "cmtop/report.h"
#include "cli/session.h"
#include "cli/stdout_sink.h"
#include "follow/package_lookup.h"
#include "os/message.h"
#include "os/os.h"

#define STALLED_MOST 6144 /* remembered as stalled: as many sends, package threads and transfers as the model knows */

struct events {
	struct session session;
	struct query *query; /* NULL: everything is told */
	uv_timer_t second;
	struct out out;
	uint64_t told;                  /* number of the newest transition that was told, or was there before */
	bool started;                   /* what was there has been read: from now on what happens is told */
	uint64_t stalled[STALLED_MOST]; /* serials of what was told as stalled and still is */
	size_t stalled_count;
	enum log_state state[PATHS_MOST];
};

static void
leave(struct events *events, struct exit_status status)
{
	events->session.status = status;
	uv_stop(&events->session.loop);
}

/* ---- telling ---- */

static void
tell_of(struct events *events, const struct transition *transition)
{
	const struct model *model = watch_model(events->session.watch);

	if (events->query && !query_transition(events->query, model, transition, watch_now(events->session.watch)))
		return;
	if (events->session.options->format == FORMAT_JSON)
		report_event_json(model, transition, &events->out.sink);
	else
		report_event_text(model, transition, &events->out.sink);
	if (!out_flush(&events->out))
		leave(events, (struct exit_status){ .code = events->out.closed ? 0 : 1 });
}

/* What the program itself has noticed: what does not apply is marked so in the rest of the struct. */
static struct transition
noticed(const struct events *events, enum transition_kind kind, uint8_t log)
{
	int64_t now = watch_now(events->session.watch);

	return (struct transition){
		.at = now,
		.written = model_written(watch_model(events->session.watch), log, now),
		.kind = (uint8_t)kind,
		.site = NAME_NONE,
		.package = NAME_NONE,
		.dp = NAME_NONE,
		.used = -1,
		.capacity = -1,
		.bytes = -1,
		.seconds = -1,
	};
}

static void
applied(void *payload)
{
	struct events *events = payload;
	const struct model *model = watch_model(events->session.watch);
	uint64_t newest = model_transitions(model);

	if (!events->started)
		events->told = newest;
	while (events->told < newest) {
		const struct transition *transition = model_transition(model, ++events->told);

		if (transition)
			tell_of(events, transition);
	}
}

static void
rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	struct events *events = payload;
	struct transition transition;
	size_t count;

	if (!events->started)
		return;
	transition = noticed(events, TRANSITION_LOG_ROLLED, (uint8_t)log);
	span_copy(span_of(watch_logs(events->session.watch, &count)[log].name), transition.text,
	          sizeof(transition.text));
	tell_of(events, &transition);
	if (!gap)
		return;
	transition.kind = TRANSITION_LOG_MISSED;
	transition.bytes = missed ? (int64_t)missed : -1; /* not known */
	tell_of(events, &transition);
}

/* "sender: denied: permission denied" */
static void
tell_states(struct events *events)
{
	size_t count;
	const struct log_status *logs = watch_logs(events->session.watch, &count);

	for (size_t i = 0; i < count; i++) {
		struct transition transition;

		if (logs[i].state == events->state[i])
			continue;
		events->state[i] = logs[i].state;
		if (!events->started)
			continue;
		transition = noticed(events, TRANSITION_LOG_STATE, (uint8_t)i);
		snprintf(transition.text, sizeof(transition.text), "%.31s: %s%s%.60s", logs[i].name,
		         log_state_word(logs[i].state), logs[i].error[0] ? ": " : "", logs[i].error);
		tell_of(events, &transition);
	}
}

static void
changed(void *payload)
{
	struct events *events = payload;

	if (!events->session.watch) /* it is still being opened */
		return;
	tell_states(events);
	if (!events->started) /* it may be another model than before */
		events->told = model_transitions(watch_model(events->session.watch));
	events->started |= watch_caught_up(events->session.watch);
	if (watch_ended(events->session.watch))
		leave(events, (struct exit_status){ 0 });
}

/* ---- silence ---- */

static bool
was_stalled(const struct events *events, uint64_t serial)
{
	for (size_t i = 0; i < events->stalled_count; i++)
		if (events->stalled[i] == serial)
			return true;
	return false;
}

static void
tell_job(struct events *events, const struct job *job, int64_t now)
{
	struct transition transition = noticed(events, TRANSITION_JOB_STALLED, job->log);

	transition.site = job->site;
	transition.package = job->package;
	transition.version = job->version;
	transition.thread = job->thread;
	transition.attempt = job->attempt < 255 ? (uint8_t)job->attempt : 255;
	transition.bytes = job->wrote ? (int64_t)job->position : -1;
	transition.seconds = job_silence(job, now) / WHEN_SECOND;
	memcpy(transition.request, job->request, sizeof(transition.request));
	span_copy(span_of(job->error), transition.text, sizeof(transition.text));
	tell_of(events, &transition);
}

static void
tell_thread(struct events *events, const struct package_thread *thread, int64_t now)
{
	struct transition transition = noticed(events, TRANSITION_THREAD_STALLED, thread->log);

	transition.package = thread->package;
	transition.version = thread->version;
	transition.thread = thread->thread;
	transition.seconds = thread_silence(thread, now) / WHEN_SECOND;
	span_copy(span_of(thread->error[0] ? thread->error : phase_word((enum phase)thread->phase)), transition.text,
	          sizeof(transition.text));
	tell_of(events, &transition);
}

static void
tell_transfer(struct events *events, const struct transfer *transfer, int64_t now)
{
	struct transition transition = noticed(events, TRANSITION_TRANSFER_STALLED, transfer->log);

	snprintf(transition.request, sizeof(transition.request), "%llu", (unsigned long long)transfer->job);
	transition.package = transfer->package;
	transition.version = transfer->version;
	transition.thread = transfer->threads ? transfer->thread[0] : 0;
	transition.attempt = transfer->attempts < 255 ? (uint8_t)transfer->attempts : 255;
	transition.dp = transfer->dp;
	transition.bytes = transfer->pull ? -1 : (int64_t)transfer->bytes;
	transition.seconds = transfer_silence(transfer, now) / WHEN_SECOND;
	span_copy(span_of(transfer->error), transition.text, sizeof(transition.text));
	tell_of(events, &transition);
}

/* Those that stand still now, by the serial that no other send, thread or transfer has. */
struct still {
	uint64_t serial[STALLED_MOST];
	size_t count;
};

/* Whether there is room for it; `fresh`: it is to be told. */
static bool
stands(const struct events *events, struct still *still, uint64_t serial, bool *fresh)
{
	if (still->count == STALLED_MOST)
		return false;
	*fresh = !was_stalled(events, serial);
	still->serial[still->count++] = serial;
	return true;
}

static void
look_for_stalls(struct events *events, const struct model *model, int64_t now, struct still *still)
{
	size_t count;
	const struct transfer *transfers = model_transfers(model, &count);
	bool fresh;

	for (const struct job *job = NULL; (job = model_next_job(model, job));)
		if (job_stalled(job, now) && stands(events, still, job->serial, &fresh) && fresh)
			tell_job(events, job, now);
	for (const struct package_thread *thread = NULL; (thread = model_next_thread(model, thread));)
		if (thread_stalled(model, thread, now) && stands(events, still, thread->serial, &fresh) && fresh)
			tell_thread(events, thread, now);
	for (size_t i = 0; i < count; i++)
		if (transfer_stalled(&transfers[i], now) && stands(events, still, transfers[i].serial, &fresh) && fresh)
			tell_transfer(events, &transfers[i], now);
}

/* Nothing announces a stall: the clock alone does. Each is told once, and again when it had moved in between. */
static void
second_over(uv_timer_t *timer)
{
	struct events *events = timer->data;
	struct still still = { .count = 0 };

	if (!events->started)
		return;
	tell_states(events);
	look_for_stalls(events, watch_model(events->session.watch), watch_now(events->session.watch), &still);
	memcpy(events->stalled, still.serial, still.count * sizeof(still.serial[0]));
	events->stalled_count = still.count;
}

/* ---- from beginning to end ---- */

static void
asked_to_end(void *payload, int signum)
{
	leave(payload, (struct exit_status){ .signum = signum });
}

static void
reader_gone(void *payload)
{
	leave(payload, (struct exit_status){ 0 });
}

static void
run(struct events *events, struct demo *demo)
{
	const struct watch_events watched = { applied, changed, rolled, NULL, package_lookup_message, events };

	events->session.status.code = session_open(&events->session, demo, false, &watched);
	if (events->session.status.code)
		return;
	changed(events);
	uv_timer_start(&events->second, second_over, 1000, 1000);
	session_run(&events->session, history_message, NULL);
	if (out_end(&events->out))
		events->session.status.code = 1;
}

struct exit_status
event_stream_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	struct events events = { .query = NULL };
	struct query_error error;
	struct exit_status status;

	if (!session_init(&events.session, options, paths, asked_to_end, &events))
		return (struct exit_status){ .code = 1 };
	out_open(&events.out);
	uv_timer_init(&events.session.loop, &events.second);
	events.second.data = &events;
	if (options->filter)
		events.query = query_new(span_of(options->filter), &error);
	os_reader_open(&events.session.loop, reader_gone, &events);
	run(&events, demo);
	uv_close((uv_handle_t *)&events.second, NULL);
	os_reader_close();
	status = session_close(&events.session);
	query_free(events.query);
	return status;
}
