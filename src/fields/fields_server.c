/*
 * Figures of the whole server, in the order of the snapshot, whose objects are the groups.
 * Those that are no members of it are in the metrics or in --check.
 */
#include "fields/values.h"

#define SERVER(name, ...) \
	static struct value name(const struct field_context *of, const void *row) \
	{ \
		(void)of, (void)row; \
		return __VA_ARGS__; \
	}

/* Which logs a figure of --check stands on. */
#define ON_SENDS    "sender"
#define ON_BACKLOG  "sender distmgr sched"
#define ON_TRANSFER "PkgXferMgr"
#define ON_THREADS  "distmgr"
#define ON_RETRIES  "sender distmgr PkgXferMgr"

/* ---- sending ---- */

SERVER(used, value_count(of->sending.used))
SERVER(capacity, value_known(of->sending.capacity))
SERVER(unseen, value_count(of->sending.unseen))
SERVER(rate, value_real(sending_rate(of->model, of->now)))
SERVER(done, value_count(of->sending.done))
SERVER(failed, value_count(of->sending.failed))
SERVER(bytes, value_count(of->sending.bytes))
SERVER(stalled, value_count(of->trouble.sends_stalled))
SERVER(sends_retrying, value_count(of->trouble.sends_retrying))

/* ---- distribution ---- */

SERVER(threads_used, value_count(of->distribution.used))
SERVER(threads_limit, value_known(of->distribution.capacity))
SERVER(packages_queued, value_count(of->distribution.queued))
SERVER(packages_done, value_count(of->distribution.done))
SERVER(packages_failed, value_count(of->distribution.failed))
SERVER(packages_ended, value_count(of->distribution.ended))
SERVER(dps_ended, value_count(of->distribution.dps_ended))
SERVER(threads_stalled, value_where(of->distribution.seen, value_count(of->trouble.threads_stalled)))

/* ---- backlog ---- */

static const char *
source_words(size_t i)
{
	static const char *const words[] = { "distmgr", "sched" };

	return i < COUNT_OF(words) ? words[i] : NULL;
}

/* What waits, and what is left of it, is known only where something says what falls due. */
#define WHERE_KNOWN(value) value_where(of->backlog.known, value)

SERVER(source, value_of_text(of->backlog.listed ? "sched" : of->backlog.known ? "distmgr" : NULL))
SERVER(waiting, WHERE_KNOWN(value_count(of->backlog.waiting)))
SERVER(running, value_count(of->backlog.running))
SERVER(bytes_left, WHERE_KNOWN(value_estimate(value_known(of->backlog.bytes_left), of->backlog.bytes_unknown > 0)))
SERVER(done_per_hour, value_real(of->backlog.done_per_hour))
SERVER(due_per_hour, value_real(of->backlog.due_per_hour))
SERVER(eta, value_estimate(value_left(of->backlog.eta), true))
SERVER(since, value_time(of->backlog.since, of->zoned))
SERVER(counted, value_known(of->backlog.counted))
SERVER(bytes_unknown, WHERE_KNOWN(value_count(of->backlog.bytes_unknown)))

/* Below 0 where sched.log lists more: so it is not value_known(). */
SERVER(drift, (struct value){ .kind = VALUE_INTEGER, .integer = of->backlog.drift })

/* ---- what the time to empty stands on ---- */

/* All zero where there is no forecast yet. */
static struct forecast_basis
basis_of(const struct field_context *of)
{
	return of->forecast ? *forecast_basis(of->forecast) : (struct forecast_basis){ 0 };
}

#define BASIS(name, ...) \
	static struct value name(const struct field_context *of, const void *row) \
	{ \
		struct forecast_basis basis = basis_of(of); \
		(void)row; \
		return value_where(of->forecast, __VA_ARGS__); \
	}

BASIS(lacks, value_of_text(forecast_lack_text(basis.lack)))
BASIS(sends, value_count(basis.sends))
BASIS(guessed, value_count(basis.guessed))
BASIS(unheard_sites, value_count(basis.unmeasured))
BASIS(left_out, value_count(basis.left_out))
BASIS(left_out_site, value_of_text(site_name(of->model, basis.left_out_site)))
BASIS(apart, value_count(basis.apart))
BASIS(apart_site, value_of_text(site_name(of->model, basis.apart_site)))
BASIS(apart_eta, value_left(basis.apart_eta))
SERVER(not_in_this_release, value_unknown())

/* ---- transfers to distribution points, and threads that install these ---- */

#define OF_TRANSFERS(value) value_where(of->transfers.seen, value_count(value))

SERVER(transfers_running, OF_TRANSFERS(of->transfers.running))
SERVER(transfers_waiting, OF_TRANSFERS(of->transfers.waiting))
SERVER(transfers_retrying, OF_TRANSFERS(of->trouble.transfers_retrying))
SERVER(transfers_failed, OF_TRANSFERS(of->trouble.transfers_failed))
SERVER(transfers_stalled, OF_TRANSFERS(of->trouble.transfers_stalled))
SERVER(transfers_throttled, OF_TRANSFERS(of->trouble.transfers_throttled))
SERVER(transfers_done, value_count(of->transfers.done))
SERVER(transfer_failures, value_count(of->transfers.failures))
SERVER(upgrades_used, value_where(of->upgrades.seen, value_count(of->upgrades.used)))
SERVER(upgrades_limit, value_where(of->upgrades.seen, value_known(of->upgrades.capacity)))
SERVER(upgrades_waiting, value_where(of->upgrades.seen, value_count(of->upgrades.waiting)))

/* ---- all of it ---- */

SERVER(lost, value_count(model_lost(of->model)))
SERVER(retrying, value_where(of->sending.seen || of->transfers.seen,
                             value_count(of->trouble.sends_retrying + of->trouble.transfers_retrying)))

/* Whole seconds, never below 0. */
static struct value
silent(const struct field_context *of, const void *row)
{
	int64_t newest = model_newest(of->model), least = -1;

	(void)row;
	if (newest == WHEN_NONE)
		return value_unknown();
	if (of->clock != WHEN_NONE)
		return value_known(newest > of->clock ? 0 : (of->clock - newest) / WHEN_SECOND);
	for (size_t i = 0; i < of->scene->log_count; i++)
		if (of->scene->logs[i].silent >= 0 && (least < 0 || of->scene->logs[i].silent < least))
			least = of->scene->logs[i].silent;
	return least < 0 ? value_unknown() : value_known(least / WHEN_SECOND);
}

#define KNOWN (FIELD_JSON | FIELD_KNOWN)

/* clang-format off */
static const struct field rows[] = {
	{ "used", NULL, UNIT_COUNT, KNOWN, "sending threads in use, all sites",
	  .group = "sending", .value = used, METRIC(2, "sending_slots_used", NULL), CHECKED(2, "used", NULL, ON_SENDS) },
	{ "capacity", NULL, UNIT_COUNT, FIELD_JSON, "sending threads allowed for all sites, as last logged",
	  .group = "sending", .value = capacity, METRIC(3, "sending_slots_limit", NULL), CHECKED(3, "capacity", NULL, ON_SENDS) },
	{ "unseen", NULL, UNIT_COUNT, KNOWN, "sending threads in use that began before the logs",
	  .group = "sending", .value = unseen, METRIC(4, "sending_slots_unseen", NULL) },
	{ "rate", NULL, UNIT_RATE, FIELD_JSON, "bytes per second, all sites", .group = "sending", .value = rate },
	{ "done", NULL, UNIT_COUNT, KNOWN, "package sends that were done",
	  .group = "sending", .value = done, METRIC(12, "sends_done_total", NULL) },
	{ "failed", NULL, UNIT_COUNT, KNOWN, "sends that failed, to be tried again",
	  .group = "sending", .value = failed, METRIC(13, "sends_failed_total", NULL), CHECKED(4, "failed", NULL, ON_SENDS) },
	{ "bytes", NULL, UNIT_BYTES, KNOWN, "package bytes written",
	  .group = "sending", .value = bytes, METRIC(14, "sent_bytes_total", NULL) },
	{ "stalled", NULL, UNIT_COUNT, FIELD_KNOWN, "stalled sends",
	  .group = "sending", .value = stalled, METRIC(7, "sends_stalled", NULL), CHECKED(5, "stalled", NULL, ON_SENDS) },
	{ "retrying", NULL, UNIT_COUNT, FIELD_KNOWN, "sends that failed and will be tried again",
	  .group = "sending", .value = sends_retrying, METRIC(8, "sends_retrying", NULL) },

	{ "used", NULL, UNIT_COUNT, KNOWN, "package threads in use",
	  .group = "distribution", .value = threads_used, METRIC(31, "package_threads_used", NULL) },
	{ "capacity", NULL, UNIT_COUNT, FIELD_JSON, "package threads allowed, as last logged",
	  .group = "distribution", .value = threads_limit, METRIC(32, "package_threads_limit", NULL) },
	{ "done", NULL, UNIT_COUNT, KNOWN, "packages that were processed successfully",
	  .group = "distribution", .value = packages_done, METRIC(34, "packages_done_total", NULL) },
	{ "failed", NULL, UNIT_COUNT, KNOWN, "packages that could not be processed",
	  .group = "distribution", .value = packages_failed, METRIC(35, "packages_failed_total", NULL) },
	{ "ended", NULL, UNIT_COUNT, KNOWN, "package threads that ended without success or failure in the log",
	  .group = "distribution", .value = packages_ended, METRIC(36, "packages_ended_total", NULL) },
	{ "dps_ended", NULL, UNIT_COUNT, KNOWN, "DP threads that ended without success or failure in the log",
	  .group = "distribution", .value = dps_ended, METRIC(39, "dps_ended_total", NULL) },
	/* The snapshot has them one by one. */
	{ "queued", NULL, UNIT_COUNT, FIELD_KNOWN, "packages in the queue, not started yet",
	  .group = "distribution", .value = packages_queued, METRIC(33, "packages_queued", NULL) },
	{ "stalled", NULL, UNIT_COUNT, 0, "stalled package threads",
	  .group = "distribution", .value = threads_stalled, METRIC(37, "package_threads_stalled", NULL),
	  CHECKED(13, "threads_stalled", NULL, ON_THREADS) },

	{ "source", NULL, UNIT_WORD, FIELD_JSON, "which log says what waits: distmgr, sched, or null",
	  .group = "backlog", .value = source, .words = source_words },
	{ "waiting", NULL, UNIT_COUNT, FIELD_JSON, "sends that are due and have no thread yet",
	  .group = "backlog", .value = waiting, METRIC(6, "sends_waiting", NULL), CHECKED(1, "waiting", NULL, ON_BACKLOG) },
	{ "running", NULL, UNIT_COUNT, KNOWN, "running sends",
	  .group = "backlog", .value = running, METRIC(5, "sends_running", NULL) },
	{ "bytes_left", NULL, UNIT_BYTES, FIELD_JSON, "bytes left to send; a send of unknown size counts as the average of the others",
	  .group = "backlog", .value = bytes_left, METRIC(9, "backlog_bytes", NULL) },
	{ "done_per_hour", NULL, UNIT_PER_HOUR, FIELD_JSON, "sends done in the last hour of the logs",
	  .group = "backlog", .value = done_per_hour, CHECKED(8, "done_per_hour", NULL, ON_SENDS) },
	{ "due_per_hour", NULL, UNIT_PER_HOUR, FIELD_JSON, "sends that became due in the last hour of the logs",
	  .group = "backlog", .value = due_per_hour },
	{ "eta", NULL, UNIT_SECONDS, FIELD_JSON, "seconds until the backlog is empty",
	  .group = "backlog", .value = eta,
	  METRIC(11, "backlog_eta_seconds", "time until the backlog is empty; +Inf when more sends become due than are done"),
	  CHECKED(7, "eta", "seconds until the backlog is empty; never is above every number", ON_BACKLOG) },
	{ "since", NULL, UNIT_TIME, FIELD_JSON, "when the count in distmgr.log begins; null if sched.log lists what waits",
	  .group = "backlog", .value = since },
	{ "counted", NULL, UNIT_COUNT, FIELD_JSON, "sends that wait by the count in distmgr.log, if sched.log lists what waits",
	  .group = "backlog", .value = counted },
	{ "drift", NULL, UNIT_COUNT, KNOWN | FIELD_SIGNED, "counted minus waiting if this difference cannot be explained, else 0",
	  .group = "backlog", .value = drift },
	{ "bytes_unknown", NULL, UNIT_COUNT, FIELD_JSON, "sends that wait or run whose size is not known",
	  .group = "backlog", .value = bytes_unknown, METRIC(10, "backlog_unsized_sends", NULL) },

	{ "lacks", NULL, UNIT_TEXT, FIELD_JSON, "why there is no forecast", .group = "forecast", .value = lacks },
	{ "sends", NULL, UNIT_COUNT, KNOWN, "sends in the calculation; they wait or run", .group = "forecast", .value = sends },
	{ "guessed", NULL, UNIT_COUNT, KNOWN, "sends in the calculation whose size is not known", .group = "forecast", .value = guessed },
	{ "unheard_sites", NULL, UNIT_COUNT, KNOWN, "sites without a known speed yet", .group = "forecast", .value = unheard_sites },
	{ "left_out", NULL, UNIT_COUNT, KNOWN, "sends for sites that are blocked, closed or stalled; not in the calculation", .group = "forecast", .value = left_out },
	{ "left_out_site", NULL, UNIT_TEXT, FIELD_JSON, "one of the sites that are left out", .group = "forecast", .value = left_out_site },
	{ "apart", NULL, UNIT_COUNT, KNOWN, "sends for sites that are throttled or very slow; calculated separately", .group = "forecast", .value = apart },
	{ "apart_site", NULL, UNIT_TEXT, FIELD_JSON, "the slow site that is done last", .group = "forecast", .value = apart_site },
	{ "apart_eta", NULL, UNIT_SECONDS, FIELD_JSON, "seconds until apart_site is done", .group = "forecast", .value = apart_eta },
	{ "basis_seconds", NULL, UNIT_SECONDS, FIELD_JSON, "null in this release", .group = "forecast", .value = not_in_this_release },
	{ "past_error", NULL, UNIT_SHARE, FIELD_JSON, "null in this release", .group = "forecast", .value = not_in_this_release },

	{ "used", NULL, UNIT_COUNT, KNOWN, "threads in use that install or upgrade distribution points",
	  .group = "dp_upgrades", .value = upgrades_used, METRIC(40, "dp_upgrade_threads_used", NULL) },
	{ "capacity", NULL, UNIT_COUNT, FIELD_JSON, "threads allowed that install or upgrade distribution points, as last logged",
	  .group = "dp_upgrades", .value = upgrades_limit, METRIC(41, "dp_upgrade_threads_limit", NULL) },
	{ "waiting", NULL, UNIT_COUNT, KNOWN, "distribution points that wait for such a thread",
	  .group = "dp_upgrades", .value = upgrades_waiting, METRIC(42, "dp_upgrades_waiting", NULL) },

	{ "running", NULL, UNIT_COUNT, 0, "running transfers to distribution points",
	  .group = "transfers", .value = transfers_running, METRIC(43, "transfers_running", NULL),
	  CHECKED(10, "transfers", NULL, ON_TRANSFER) },
	{ "waiting", NULL, UNIT_COUNT, 0, "transfers to distribution points that wait",
	  .group = "transfers", .value = transfers_waiting, METRIC(44, "transfers_waiting", NULL) },
	{ "retrying", NULL, UNIT_COUNT, 0, "transfers to distribution points that failed and will be tried again",
	  .group = "transfers", .value = transfers_retrying, METRIC(45, "transfers_retrying", NULL) },
	{ "failed", NULL, UNIT_COUNT, 0, "transfers to distribution points that were given up",
	  .group = "transfers", .value = transfers_failed, METRIC(46, "transfers_failed", NULL),
	  CHECKED(11, "transfers_failed", NULL, ON_TRANSFER) },
	{ "stalled", NULL, UNIT_COUNT, 0, "stalled transfers to distribution points",
	  .group = "transfers", .value = transfers_stalled, METRIC(47, "transfers_stalled", NULL),
	  CHECKED(12, "transfers_stalled", NULL, ON_TRANSFER) },
	{ "throttled", NULL, UNIT_COUNT, 0, "transfers held back by a rate limit or by one connection only",
	  .group = "transfers", .value = transfers_throttled, METRIC(48, "transfers_throttled", NULL) },
	{ "done", NULL, UNIT_COUNT, FIELD_KNOWN, "transfers to distribution points that were done",
	  .group = "transfers", .value = transfers_done, METRIC(49, "transfers_done_total", NULL) },
	{ "failures", NULL, UNIT_COUNT, FIELD_KNOWN, "failures of transfers to distribution points",
	  .group = "transfers", .value = transfer_failures, METRIC(50, "transfer_failures_total", NULL) },

	{ "silent", NULL, UNIT_SECONDS, 0, "seconds since any log was written (real time)",
	  .group = "all", .value = silent, CHECKED(6, "silent", NULL, NULL) },
	{ "retrying", NULL, UNIT_COUNT, 0, "sends and transfers that failed and will be tried again",
	  .group = "all", .value = retrying, CHECKED(9, "retrying", NULL, ON_RETRIES) },
	{ "lost", NULL, UNIT_COUNT, FIELD_KNOWN, "entries that did not fit in memory",
	  .group = "all", .value = lost, METRIC(71, "entries_lost_total", NULL) },
};
/* clang-format on */

const struct field_list fields_server = { "server", "server", "The whole server.", rows, COUNT_OF(rows) };
