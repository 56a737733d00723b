/* Sends that hold a slot: one row a sending thread. */
#include "fields/values.h"

#define JOB(name, ...) VALUE(name, struct job, job, __VA_ARGS__)

static const char *
kind_word(const struct job *job)
{
	switch (job->kind) {
	case KIND_PACKAGE: return "package";
	case KIND_REPLICATION: return "replication";
	default: return NULL;
	}
}

static const char *
kind_words(size_t i)
{
	static const char *const words[] = { "package", "replication" };

	return i < COUNT_OF(words) ? words[i] : NULL;
}

static const char *
state_words(size_t i)
{
	return i < JOB_DONE ? job_state_word((enum job_state)i) : NULL;
}

static const char *
source_words(size_t i)
{
	return i <= SIZE_ESTIMATE - SIZE_EXACT ? size_source_word((enum size_source)(SIZE_EXACT + i)) : NULL;
}

static enum size_source
source_of(const struct field_context *of, const struct job *job)
{
	enum size_source source = SIZE_UNKNOWN;

	return job_size(of->model, job, &source) < 0 ? SIZE_UNKNOWN : source;
}

static int64_t
size_of(const struct field_context *of, const struct job *job)
{
	enum size_source source;

	return job_size(of->model, job, &source);
}

static bool
is_estimate(const struct field_context *of, const struct job *job)
{
	return source_of(of, job) == SIZE_ESTIMATE;
}

/* More than an estimate of the size is no share of it. */
static double
share_of(const struct field_context *of, const struct job *job)
{
	int64_t size = size_of(of, job);

	return size > 0 && job->wrote && job->position <= (uint64_t)size ? (double)job->position / (double)size : -1;
}

static const char *
name_of(const struct field_context *of, const struct job *job)
{
	size_t count;
	const struct package *packages = model_packages(of->model, &count);

	return job->kind != KIND_REPLICATION && job->package < count ? packages[job->package].name : NULL;
}

JOB(request, value_of_text(job->request))
JOB(site, value_of_text(site_name(of->model, job->site)))
JOB(package, value_of_text(package_name(of->model, job->package)))
JOB(name, value_of_text(name_of(of, job)))
JOB(version, value_nonzero(job->version))
JOB(kind, value_of_text(kind_word(job)))
JOB(component, value_of_text(model_component(of->model, job->component)))
JOB(thread, value_count(job->thread))
JOB(state, value_of_text(job_state_word((enum job_state)job->state)))
JOB(attempt, value_count(job->attempt))
JOB(position, value_where(job->wrote, value_count(job->position)))
JOB(size, value_estimate(value_known(size_of(of, job)), is_estimate(of, job)))
JOB(size_source, value_of_text(size_source_word(source_of(of, job))))
JOB(share, value_estimate(value_real(share_of(of, job)), is_estimate(of, job)))
JOB(rate, value_estimate(value_real(job_rate_told(job, of->now)), job_rate_estimated(job)))
JOB(eta, value_estimate(value_left(job_eta_told(of->model, job, of->now)), is_estimate(of, job)))
JOB(started, value_time(of, job->started_log, job->started))
JOB(last, value_time(of, job->log, job->last))
JOB(written, value_time(of, job->log, job->last_write))
JOB(stalled, value_flag(job_stalled(job, of->now)))
JOB(error, value_of_text(job->error))
JOB(throttled, value_flag(job_throttled(job)))

/* Stalled ones first, then as far as they have come. */
JOB(rank, value_known(job_stalled(job, of->now) ? 0 : 1 + job->state))

/* clang-format off */
static const struct field rows[] = {
	{ "request", "REQUEST", UNIT_TEXT, FIELD_ROW, "send request id",
	  .value = request, SORTED(4, "send request id") },
	{ "site", "SITE", UNIT_TEXT, FIELD_ROW, "destination site",
	  .value = site, SORTED(2, "site code") },
	{ "package", "PACKAGE", UNIT_TEXT, FIELD_ROW, "package id; null for replication, or if not known yet",
	  .value = package, SORTED(3, "package id") },
	{ "version", NULL, UNIT_NUMBER, FIELD_ROW, "of the package", .value = version },
	{ "kind", NULL, UNIT_WORD, FIELD_ROW, "package or replication; null until the log names the file",
	  .value = kind, .words = kind_words },
	{ "component", NULL, UNIT_TEXT, FIELD_ROW, "the sender that runs the thread", .value = component },
	{ "thread", "THREAD", UNIT_NUMBER, FIELD_ROW | FIELD_KNOWN, "of the sender",
	  .value = thread, SORTED(12, "thread number") },
	{ "state", "STATE", UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "starting, connecting, sending or finishing",
	  .value = state, .words = state_words, .filter = "state", SORTED(10, "state, stalled first"), .sort_value = rank },
	{ "attempt", "TRY", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "1 at the first try",
	  .value = attempt, .filter = "try", .sort = { 5, "try", "attempt" }, .down = true },
	{ "position", "DONE / TOTAL", UNIT_BYTES, FIELD_ROW, "bytes of the package file that have arrived",
	  .value = position, SORTED_DOWN(7, "bytes that have been sent") },
	{ "size", NULL, UNIT_BYTES, FIELD_ROW, "bytes of the package file",
	  .value = size, .filter = "size", SORTED_DOWN(8, "size of what is being sent") },
	{ "size_source", NULL, UNIT_WORD, FIELD_ROW, "exact, sched or estimate",
	  .value = size_source, .words = source_words },
	{ "rate", "RATE", UNIT_RATE, FIELD_ROW, "bytes per second over the last 15 seconds of writes",
	  .value = rate, .filter = "rate", SORTED_DOWN(9, "bytes per second") },
	{ "eta", "ETA", UNIT_SECONDS, FIELD_ROW, "seconds until it is done",
	  .value = eta, SORTED(1, "time left") },
	{ "started", "STARTED", UNIT_TIME, FIELD_ROW, "when its thread was created",
	  .value = started, .filter = "age", SORTED(11, "when the sending thread began") },
	{ "last", NULL, UNIT_TIME, FIELD_ROW, "time of the last log line of its thread", .value = last },
	{ "stalled", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "no progress for 6 times its usual gap, at least one minute",
	  .value = stalled, .filter = "state" },
	{ "error", NULL, UNIT_TEXT, FIELD_ROW, "first error since its last progress",
	  .value = error, .filter = "text" },
	{ "throttled", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "a rate limit or pulse mode makes it pause",
	  .value = throttled, .filter = "state" },
	/* On the screen and in orders alone. */
	{ "name", "NAME", UNIT_TEXT, 0, "name of the package", .value = name },
	{ "percent", "%", UNIT_SHARE, 0, "share of the package file that has been sent",
	  .value = share, SORTED_DOWN(6, "share that has been sent") },
	{ "written", "GAP", UNIT_TIME, 0, "when its last block was written", .value = written },
};
/* clang-format on */

const struct field_list fields_sends = { "jobs", "job", "A sending thread that holds a slot.", rows, COUNT_OF(rows) };
