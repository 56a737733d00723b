/* Transfers to distribution points. */
#include "fields/values.h"

#define TRANSFER(name, ...) VALUE(name, struct transfer, transfer, __VA_ARGS__)

static const char *
state_words(size_t i)
{
	return i < TRANSFER_STATE_COUNT ? transfer_state_word((enum transfer_state)i) : NULL;
}

/* What went wrong first, then what is under way, what waits, and what is done. */
static int64_t
rank_of(const struct transfer *transfer, int64_t now)
{
	/* clang-format off */
	static const uint8_t ranks[TRANSFER_STATE_COUNT] = {
		[TRANSFER_FAILED] = 0, [TRANSFER_RETRY] = 2, [TRANSFER_SENDING] = 3, [TRANSFER_WAITING] = 4,
		[TRANSFER_NOTIFIED] = 5, [TRANSFER_DONE] = 6,
	};
	/* clang-format on */

	return transfer_stalled(transfer, now) ? 1 : ranks[transfer->state];
}

static const char *
name_of(const struct field_context *of, const struct transfer *transfer)
{
	size_t count;
	const struct package *packages = model_packages(of->model, &count);

	return transfer->package < count ? packages[transfer->package].name : NULL;
}

static struct value
threads(const struct field_context *of, const void *row)
{
	const struct transfer *transfer = row;

	(void)of;
	return (struct value){ .kind = VALUE_LIST,
		               .list = transfer->thread,
		               .integer = transfer->threads < TRANSFER_THREADS ? transfer->threads : TRANSFER_THREADS };
}

/* Text is all there is where the time in it cannot be read. */
static const char *
restart_words(const struct field_context *of, const struct transfer *transfer)
{
	return transfer_restart(of->model, transfer) == WHEN_NONE ? transfer->restart.text : NULL;
}

TRANSFER(job, value_count(transfer->job))
TRANSFER(package, value_of_text(package_name(of->model, transfer->package)))
TRANSFER(name, value_of_text(name_of(of, transfer)))
TRANSFER(version, value_nonzero(transfer->version))
TRANSFER(dp, value_of_text(model_server(of->model, transfer->dp)))
TRANSFER(state, value_of_text(transfer_state_word((enum transfer_state)transfer->state)))
TRANSFER(bytes, value_count(transfer->bytes))
TRANSFER(size, value_estimate(value_known(transfer_size(of->model, transfer)), true))
TRANSFER(share, value_estimate(value_real(transfer_share(of->model, transfer)), true))
TRANSFER(rate, value_estimate(value_real(transfer_rate(transfer, of->now)), transfer_rate_estimated(transfer, of->now)))
TRANSFER(attempts, value_count(transfer->attempts))
TRANSFER(failures, value_count(transfer->failures))
TRANSFER(restart, value_where(transfer_restart(of->model, transfer) != WHEN_NONE,
                              value_time(transfer->restart.written, transfer->restart.zoned)))
TRANSFER(restart_text, value_of_text(restart_words(of, transfer)))
TRANSFER(priority, value_nonzero(transfer->priority))
TRANSFER(pull, value_flag(transfer->pull))
TRANSFER(throttled, value_flag(transfer->throttled))
TRANSFER(limit_percent, value_nonzero(transfer->limit_percent))
TRANSFER(stalled, value_flag(transfer_stalled(transfer, of->now)))
TRANSFER(error, value_of_text(transfer->error))
TRANSFER(last, value_time(transfer->last, of->zoned))
TRANSFER(started, value_time(transfer->started, of->zoned))
TRANSFER(rank, value_known(rank_of(transfer, of->now)))
TRANSFER(thread_count, value_count(transfer->threads))

/* clang-format off */
static const struct field rows[] = {
	{ "job", "JOB", UNIT_NUMBER, FIELD_ROW | FIELD_KNOWN, "number of the transfer job",
	  .value = job, SORTED(2, "job number") },
	{ "package", "PACKAGE", UNIT_TEXT, FIELD_ROW, "package id", .value = package, SORTED(3, "package id") },
	{ "version", "VER", UNIT_NUMBER, FIELD_ROW, "of the package",
	  .value = version, SORTED_DOWN(5, "version of the package") },
	{ "dp", "DP", UNIT_TEXT, FIELD_ROW, "distribution point",
	  .value = dp, .filter = "server", SORTED(6, "distribution point") },
	{ "threads", "THR", UNIT_LIST, FIELD_ROW | FIELD_KNOWN, "numbers of the threads at work on it",
	  .value = threads, SORTED_DOWN(7, "threads at work on it"), .sort_value = thread_count },
	{ "state", "STATE", UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "waiting, sending, notified (a pull DP), retry, failed or done",
	  .value = state, .words = state_words, .filter = "state",
	  SORTED(1, "failed stalled retry sending waiting notified done"), .sort_value = rank },
	{ "bytes", "BYTES", UNIT_BYTES, FIELD_ROW | FIELD_KNOWN, "bytes written, over all files and attempts",
	  .value = bytes, SORTED_DOWN(8, "bytes that have been written") },
	{ "size", "SIZE", UNIT_BYTES, FIELD_ROW, "bytes of the package source: an estimate",
	  .value = size, .filter = "size", SORTED_DOWN(9, "size of the package's source") },
	{ "rate", "RATE", UNIT_RATE, FIELD_ROW, "bytes per second over the last 15 seconds",
	  .value = rate, .filter = "rate", SORTED_DOWN(11, "bytes per second") },
	{ "attempts", "TRY", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "how often it was started",
	  .value = attempts, .filter = "try", SORTED_DOWN(13, "how often it was started") },
	{ "failures", "FAIL", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "how often it failed, from the log",
	  .value = failures, SORTED_DOWN(12, "how often it failed") },
	{ "restart", "AGAIN", UNIT_TIME, FIELD_ROW, "when it is tried again; null if the log does not say it for certain",
	  .value = restart },
	{ "restart_text", NULL, UNIT_TEXT, FIELD_ROW, "the time as logged if it is not certain", .value = restart_text },
	{ "priority", NULL, UNIT_NUMBER, FIELD_ROW, "1 high, 2 medium, 3 low", .value = priority },
	{ "pull", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "the distribution point fetches the package itself", .value = pull },
	{ "throttled", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "only one connection is allowed, or a rate limit makes it pause",
	  .value = throttled, .filter = "state" },
	{ "limit_percent", NULL, UNIT_PERCENT, FIELD_ROW, "percentage of its bandwidth that a rate limit allows",
	  .value = limit_percent },
	{ "stalled", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "no log line for 6 times its usual gap, at least ten minutes",
	  .value = stalled, .filter = "state" },
	{ "error", "ERROR", UNIT_TEXT, FIELD_ROW, "first error since its last progress", .value = error, .filter = "text" },
	{ "last", NULL, UNIT_TIME, FIELD_ROW, "time of the last log line of its threads", .value = last },
	/* On the screen, in orders and in filters alone. */
	{ "name", "NAME", UNIT_TEXT, 0, "name of the package", .value = name, SORTED(4, "package name") },
	{ "percent", "%", UNIT_SHARE, 0, "share that has been written",
	  .value = share, SORTED_DOWN(10, "share that has been written") },
	{ "started", NULL, UNIT_TIME, 0, "when it was last started",
	  .value = started, .filter = "age", SORTED(14, "when it was last started") },
};
/* clang-format on */

const struct field_list fields_transfers = {
	"transfers", "transfer", "A transfer to a distribution point; one that was done stays for one hour.", rows,
	COUNT_OF(rows)
};
