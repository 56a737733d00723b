/* Package processing threads, which are the distribution slots. */
#include "fields/values.h"

#define THREAD(name, ...) VALUE(name, struct package_thread, thread, __VA_ARGS__)

static const char *
phase_words(size_t i)
{
	return i < PHASE_COUNT ? phase_word((enum phase)i) : NULL;
}

static uint64_t
dps_that_are(const struct field_context *of, const struct package_thread *thread, enum dp_state state)
{
	uint64_t count = 0;

	for (const struct dp *dp = model_dp(of->model, thread->first_dp); dp; dp = model_dp(of->model, dp->next))
		count += dp->state == state;
	return count;
}

static struct value
size(const struct field_context *of, const void *row)
{
	const struct package_thread *thread = row;
	enum size_source source = SIZE_UNKNOWN;
	int64_t bytes = thread->package == NAME_NONE ? -1 : package_size(of->model, thread->package, &source);

	return value_estimate(value_known(bytes), source == SIZE_ESTIMATE);
}

static struct value
name(const struct field_context *of, const void *row)
{
	size_t count;
	const struct package *packages = model_packages(of->model, &count);
	uint32_t package = ((const struct package_thread *)row)->package;

	return value_of_text(package < count ? packages[package].name : NULL);
}

THREAD(number, value_count(thread->thread))
THREAD(package, value_of_text(package_name(of->model, thread->package)))
THREAD(version, value_nonzero(thread->version))
THREAD(phase, value_of_text(phase_word((enum phase)thread->phase)))
THREAD(since, value_time(of, thread->since_log, thread->since))
THREAD(started, value_time(of, thread->started_log, thread->started))
THREAD(last, value_time(of, thread->log, thread->last))
THREAD(stalled, value_flag(thread_stalled(of->model, thread, of->now)))
THREAD(error, value_of_text(thread->error))
THREAD(dps_running, value_count(dps_that_are(of, thread, DP_RUNNING)))
THREAD(dps_done, value_count(dps_that_are(of, thread, DP_DONE)))
THREAD(dps_ended, value_count(dps_that_are(of, thread, DP_ENDED)))
THREAD(dps_failed, value_count(dps_that_are(of, thread, DP_FAILED)))

/* JSON has the distribution points of a thread one by one instead of their counts. */
/* clang-format off */
static const struct field rows[] = {
	{ "thread", NULL, UNIT_NUMBER, FIELD_ROW | FIELD_KNOWN, "number of the thread", .value = number },
	{ "package", "PACKAGE", UNIT_TEXT, FIELD_ROW, "package id", .value = package },
	{ "version", NULL, UNIT_NUMBER, FIELD_ROW, "of the package", .value = version },
	{ "phase", "PHASE", UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "what it is doing",
	  .value = phase, .words = phase_words, .filter = "state" },
	{ "since", "FOR", UNIT_TIME, FIELD_ROW, "when this phase began", .value = since },
	{ "last", NULL, UNIT_TIME, FIELD_ROW, "time of its last log line", .value = last },
	{ "stalled", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "no log line for far longer than its phase usually takes",
	  .value = stalled, .filter = "state" },
	{ "error", "ERROR", UNIT_TEXT, FIELD_ROW, "its first error", .value = error, .filter = "text" },
	{ "dps_running", NULL, UNIT_COUNT, FIELD_CSV | FIELD_KNOWN, "distribution points it works on", .value = dps_running },
	{ "dps_done", NULL, UNIT_COUNT, FIELD_CSV | FIELD_KNOWN, "distribution points that are done", .value = dps_done },
	{ "dps_ended", NULL, UNIT_COUNT, FIELD_CSV | FIELD_KNOWN, "distribution points whose thread ended without success or failure in the log",
	  .value = dps_ended },
	{ "dps_failed", NULL, UNIT_COUNT, FIELD_CSV | FIELD_KNOWN, "distribution points that failed", .value = dps_failed },
	/* On the screen and in filters alone. */
	{ "size", "SIZE", UNIT_BYTES, 0, "bytes of the package", .value = size, .filter = "size" },
	{ "name", "NAME", UNIT_TEXT, 0, "name of the package", .value = name },
	{ "started", NULL, UNIT_TIME, 0, "when it began", .value = started, .filter = "age" },
};
/* clang-format on */

const struct field_list fields_threads = { "threads", "thread", "A package thread: one that processes a package.", rows,
	                                   COUNT_OF(rows) };
