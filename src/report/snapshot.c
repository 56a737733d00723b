/*
 * The snapshot of the contract, name by name in its order.
 */
#include "cmtop/report.h"

#include "report/json.h"
#include "report/rows.h"

#define NOTES_MOST 100

/* Milliseconds as whole seconds, for people and scripts; negative: unknown. */
static int64_t
in_seconds(int64_t milliseconds)
{
	return milliseconds < 0 ? -1 : (milliseconds + WHEN_SECOND / 2) / WHEN_SECOND;
}

static void
put_logs(struct json *json, const struct scene *scene)
{
	emit_list(json, "logs");
	emit_in_lines(json);
	for (size_t i = 0; i < scene->log_count; i++) {
		const struct log_status *log = &scene->logs[i];

		emit_object(json, NULL);
		emit_text(json, "name", log->name);
		emit_text(json, "path", log->path);
		emit_text(json, "state", log_state_word(log->state));
		emit_text(json, "error", log->error);
		emit_count(json, "bytes", log->bytes);
		emit_count(json, "records", log->records);
		emit_count(json, "unknown", log->unknown);
		emit_count(json, "damaged", log->damaged);
		emit_count(json, "rollovers", log->rollovers);
		emit_count(json, "missed", log->missed);
		emit_time(json, "newest", log->newest, log->zoned);
		emit_end(json);
	}
	emit_end(json);
}

static const char *
kind_word(const struct job *job)
{
	switch (job->kind) {
	case KIND_PACKAGE:     return "package";
	case KIND_REPLICATION: return "replication";
	default:               return NULL;
	}
}

static void
put_job(struct json *json, const struct scene *scene, const struct job *job)
{
	const struct model *model = scene->model;
	bool zoned = model_zoned(model);
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = job_size(model, job, &source);

	emit_object(json, NULL);
	emit_text(json, "request", job->request);
	emit_text(json, "site", site_name(model, job->site));
	emit_text(json, "package", package_name(model, job->package));
	emit_nonzero(json, "version", job->version);
	emit_text(json, "kind", kind_word(job));
	emit_text(json, "component", model_component(model, job->component));
	emit_count(json, "thread", job->thread);
	emit_text(json, "state", job_state_word(job->state));
	emit_count(json, "attempt", job->attempt);
	emit_known(json, "position", job->wrote ? (int64_t)job->position : -1);
	emit_known(json, "size", size);
	emit_text(json, "size_source", size < 0 ? NULL : size_source_word(source));
	emit_rounded(json, "rate", job_rate(job));
	emit_known(json, "eta", in_seconds(job_eta(model, job)));
	emit_time(json, "started", job->started, zoned);
	emit_time(json, "last", job->last, zoned);
	emit_flag(json, "stalled", job_stalled(job, scene->now));
	emit_text(json, "error", job->error);
	emit_end(json);
}

/* What waits, and what is left of it, is known only where something says what falls due. */
static void
emit_waiting(struct json *json, const struct backlog *backlog, uint64_t waiting)
{
	emit_known(json, "waiting", backlog->known ? (int64_t)waiting : -1);
}

static void
emit_left(struct json *json, const struct backlog *backlog, int64_t bytes)
{
	emit_known(json, "bytes_left", backlog->known ? bytes : -1);
}

static void
put_site(struct json *json, const struct scene *scene, const struct backlog *backlog, const struct site *site)
{
	const struct model *model = scene->model;
	uint32_t number = site_number(scene, site);
	bool zoned = model_zoned(model);

	emit_object(json, NULL);
	emit_text(json, "site", site->code);
	emit_count(json, "used", site->used);
	emit_known(json, "capacity", site->capacity);
	emit_waiting(json, backlog, site_waiting(site));
	emit_count(json, "done", site->done);
	emit_count(json, "failed", site->failed);
	emit_count(json, "bytes", site->bytes);
	emit_rounded(json, "rate", site_rate(model, number, scene->now));
	emit_time(json, "last_done", site->last_done, zoned);
	emit_text(json, "state", site_state_word(site_state(model, number, scene->now)));
	emit_time(json, "until", site->blocked_until, zoned);
	emit_end(json);
}

static void
put_sending(struct json *json, const struct scene *scene, const struct rows *rows)
{
	struct sending sending = model_sending(scene->model);

	emit_object(json, "sending");
	emit_count(json, "used", sending.used);
	emit_known(json, "capacity", sending.capacity);
	emit_count(json, "unseen", sending.unseen);
	emit_rounded(json, "rate", sending_rate(scene->model, scene->now));
	emit_count(json, "done", sending.done);
	emit_count(json, "failed", sending.failed);
	emit_count(json, "bytes", sending.bytes);
	emit_list(json, "jobs");
	emit_in_lines(json);
	for (size_t i = 0; i < rows->job_count; i++)
		put_job(json, scene, rows->jobs[i]);
	emit_end(json);
	emit_list(json, "sites");
	emit_in_lines(json);
	for (size_t i = 0; i < rows->site_count; i++)
		put_site(json, scene, &rows->backlog, rows->sites[i]);
	emit_end(json);
	emit_end(json);
}

static void
put_dps(struct json *json, const struct model *model, const struct package_thread *thread)
{
	emit_list(json, "dps");
	for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next)) {
		emit_object(json, NULL);
		emit_count(json, "thread", dp->thread);
		emit_text(json, "dp", model_server(model, dp->server));
		emit_text(json, "state", dp_state_word(dp->state));
		emit_end(json);
	}
	emit_end(json);
}

static void
put_thread(struct json *json, const struct model *model, const struct package_thread *thread)
{
	emit_object(json, NULL);
	emit_count(json, "thread", thread->thread);
	emit_text(json, "package", package_name(model, thread->package));
	emit_nonzero(json, "version", thread->version);
	emit_text(json, "phase", phase_word(thread->phase));
	emit_time(json, "since", thread->since, model_zoned(model));
	put_dps(json, model, thread);
	emit_end(json);
}

static void
put_distribution(struct json *json, const struct scene *scene, const struct rows *rows)
{
	struct distribution distribution = model_distribution(scene->model);

	emit_object(json, "distribution");
	emit_count(json, "used", distribution.used);
	emit_known(json, "capacity", distribution.capacity);
	emit_count(json, "done", distribution.done);
	emit_count(json, "failed", distribution.failed);
	emit_list(json, "queued");
	for (size_t i = 0; i < rows->queued_count; i++)
		emit_text(json, NULL, rows->queued[i]->id);
	emit_end(json);
	emit_list(json, "threads");
	emit_in_lines(json);
	for (size_t i = 0; i < rows->thread_count; i++)
		put_thread(json, scene->model, rows->threads[i]);
	emit_end(json);
	emit_end(json);
}

static void
put_backlog(struct json *json, const struct backlog *backlog)
{
	emit_object(json, "backlog");
	emit_text(json, "source", backlog->listed ? "sched" : backlog->known ? "distmgr" : NULL);
	emit_waiting(json, backlog, backlog->waiting);
	emit_count(json, "running", backlog->running);
	emit_left(json, backlog, backlog->bytes_left);
	emit_decimals(json, "done_per_hour", backlog->done_per_hour);
	emit_decimals(json, "due_per_hour", backlog->due_per_hour);
	emit_known(json, "eta", in_seconds(backlog->eta));
	emit_end(json);
}

static void
put_package(struct json *json, const struct scene *scene, const struct backlog *backlog, const struct package *package)
{
	uint32_t number = package_number(scene, package);
	enum size_source source;

	emit_object(json, NULL);
	emit_text(json, "package", package->id);
	emit_text(json, "name", package->name);
	emit_nonzero(json, "version", package->version);
	emit_known(json, "size", package_size(scene->model, number, &source));
	emit_waiting(json, backlog, package->waiting);
	emit_count(json, "running", package->running);
	emit_count(json, "done", package->done);
	emit_count(json, "failed", package->failed);
	emit_left(json, backlog, package_bytes_left(scene->model, number));
	emit_null(json, "eta");
	emit_end(json);
}

static void
put_packages(struct json *json, const struct scene *scene, const struct rows *rows)
{
	emit_list(json, "packages");
	emit_in_lines(json);
	for (size_t i = 0; i < rows->package_count; i++)
		put_package(json, scene, &rows->backlog, rows->packages[i]);
	emit_end(json);
}

static void
put_notes(struct json *json, const struct scene *scene)
{
	emit_list(json, "notes");
	emit_in_lines(json);
	for (size_t i = NOTES_MOST; i-- > 0;) {
		const struct note *note = model_note(scene->model, i);

		if (!note)
			continue;
		emit_object(json, NULL);
		emit_time(json, "time", note->at, note->zoned);
		emit_text(json, "log", note->log < scene->log_count ? scene->logs[note->log].name : NULL);
		emit_nonzero(json, "thread", note->thread);
		emit_text(json, "level", level_word(note->level));
		emit_text(json, "text", note->text);
		emit_end(json);
	}
	emit_end(json);
}

/* In the contract, but nothing here knows of them yet. */
static void
put_empty_lists(struct json *json)
{
	static const char *const keys[] = { "transfers", "what_if", "advice" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		emit_list(json, keys[i]);
		emit_end(json);
	}
}

bool
report_json(const struct scene *scene, const struct sink *sink)
{
	struct json json = { .sink = sink };
	struct rows rows;

	if (!rows_collect(&rows, scene))
		return false;
	emit_object(&json, NULL);
	emit_in_lines(&json);
	emit_count(&json, "schema", 1);
	emit_text(&json, "program", "cmtop " PROGRAM_VERSION);
	emit_time(&json, "now", scene->now, model_zoned(scene->model));
	put_logs(&json, scene);
	put_sending(&json, scene, &rows);
	put_distribution(&json, scene, &rows);
	put_backlog(&json, &rows.backlog);
	put_packages(&json, scene, &rows);
	put_empty_lists(&json);
	put_notes(&json, scene);
	emit_end(&json);
	sink_text(sink, "\n");
	rows_free(&rows);
	return !json.failed;
}
