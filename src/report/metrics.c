/*
 * Metrics after the conventions of Prometheus: base units, totals that only grow,
 * a label for the site or the log, never for a package. What is not known has no
 * sample. A counter is declared under its full name, since the collectors that
 * read such a file from disk know no other.
 */
#include "cmtop/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/advice.h"
#include "cmtop/utf8.h"
#include "report/columns.h"

/* All that the metrics are made of. */
struct measured {
	const struct scene *scene;
	const struct rows *rows;
	struct sending sending;
	struct distribution distribution;
	uint32_t *stalled; /* jobs, by number of the site */
	struct transfers transfers;
	struct trouble trouble;
	struct dp_upgrades upgrades;
	uint64_t dps[DP_FAILED + 1];           /* of open threads, by enum dp_state */
	uint64_t failures[FAILURE_KIND_COUNT]; /* that no later try has mended */
	bool advised[ADVICE_COUNT];
	const struct sink *sink;
};

/* NAN: not known. `row` is the site's or the log's place in its list. */
typedef double value_fn(const struct measured *of, size_t row);

static double
known(int64_t number)
{
	return number < 0 ? (double)NAN : (double)number;
}

static double
seconds(int64_t milliseconds)
{
	return milliseconds < 0 ? (double)NAN : (double)milliseconds / WHEN_SECOND;
}

static struct truncated_row
truncated_of(const struct model *model, size_t row)
{
	struct truncated_row out = { 0 };

	truncated_row(model, row, &out);
	return out;
}

/* clang-format off */
#define VALUE(name, ...) \
	static double \
	name(const struct measured *of, size_t row) \
	{ \
		(void)of, (void)row; \
		return __VA_ARGS__; \
	}
/* clang-format on */
#define SITE (of->rows->sites[row])
#define LOG  (&of->scene->logs[row])

VALUE(build, 1)
VALUE(slots_used, of->sending.used)
VALUE(slots_limit, known(of->sending.capacity))
VALUE(slots_unseen, of->sending.unseen)
VALUE(sends_running, (double)of->rows->backlog.running)
VALUE(sends_waiting, of->rows->backlog.known ? (double)of->rows->backlog.waiting : (double)NAN)
VALUE(sends_stalled, (double)of->trouble.sends_stalled)
VALUE(sends_retrying, (double)of->trouble.sends_retrying)
VALUE(bytes_unknown, of->rows->backlog.known ? (double)of->rows->backlog.bytes_unknown : (double)NAN)
VALUE(bytes_left, of->rows->backlog.known ? known(of->rows->backlog.bytes_left) : (double)NAN)
VALUE(backlog_eta, of->rows->backlog.eta == ETA_NEVER ? (double)INFINITY : seconds(of->rows->backlog.eta))
VALUE(sends_done, (double)of->sending.done)
VALUE(sends_failed, (double)of->sending.failed)
VALUE(sent_bytes, (double)of->sending.bytes)
VALUE(site_used, site_slots(SITE))
VALUE(site_limit, known(SITE->capacity))
VALUE(site_wait, of->rows->backlog.known ? (double)site_waiting(SITE) : (double)NAN)
VALUE(site_stalled, of->stalled[site_number(of->scene, SITE)])
VALUE(site_blocked, SITE->blocked)
VALUE(site_queued, site_state(of->scene->model, site_number(of->scene, SITE), of->scene->now) == SITE_QUEUED)
VALUE(site_first,
      site_queued(of, row) > 0 ? known(site_ahead(of->scene->model, site_number(of->scene, SITE))) : (double)NAN)
VALUE(site_done, (double)SITE->done)
VALUE(site_failed, (double)SITE->failed)
VALUE(site_bytes, (double)SITE->bytes)
VALUE(threads_used, of->distribution.used)
VALUE(threads_limit, known(of->distribution.capacity))
VALUE(packages_queued, (double)of->distribution.queued)
VALUE(packages_done, (double)of->distribution.done)
VALUE(packages_failed, (double)of->distribution.failed)
VALUE(transfers_running, of->transfers.heard ? (double)of->transfers.running : (double)NAN)
VALUE(transfers_waiting, of->transfers.heard ? (double)of->transfers.waiting : (double)NAN)
VALUE(packages_ended, (double)of->distribution.ended)
VALUE(dps_ended, (double)of->distribution.dps_ended)
VALUE(threads_stalled, of->distribution.heard ? (double)of->trouble.threads_stalled : (double)NAN)
VALUE(dps, (double)of->dps[row])
VALUE(upgrades_used, of->upgrades.heard ? (double)of->upgrades.used : (double)NAN)
VALUE(upgrades_limit, of->upgrades.heard ? known(of->upgrades.capacity) : (double)NAN)
VALUE(upgrades_waiting, of->upgrades.heard ? (double)of->upgrades.waiting : (double)NAN)
VALUE(transfers_retrying, of->transfers.heard ? (double)of->trouble.transfers_retrying : (double)NAN)
VALUE(transfers_failed, of->transfers.heard ? (double)of->trouble.transfers_failed : (double)NAN)
VALUE(transfers_stalled, of->transfers.heard ? (double)of->trouble.transfers_stalled : (double)NAN)
VALUE(transfers_throttled, of->transfers.heard ? (double)of->trouble.transfers_throttled : (double)NAN)
VALUE(failures, (double)of->failures[row])
VALUE(transfers_done, (double)of->transfers.done)
VALUE(transfer_failures, (double)of->transfers.failures)
VALUE(advised, of->advised[row])
VALUE(log_readable, LOG->state == LOG_LIVE || LOG->state == LOG_IDLE || LOG->state == LOG_READ)
VALUE(log_age,
      LOG->newest == WHEN_NONE ? (double)NAN : seconds(of->scene->now > LOG->newest ? of->scene->now - LOG->newest : 0))
VALUE(log_newest, LOG->newest == WHEN_NONE || !LOG->zoned ? (double)NAN : (double)LOG->newest / WHEN_SECOND)
VALUE(log_bytes, (double)LOG->bytes)
VALUE(log_records, (double)LOG->records)
VALUE(log_unknown, (double)LOG->unknown)
VALUE(log_damaged, (double)LOG->damaged)
VALUE(log_rollovers, (double)LOG->rollovers)
VALUE(log_missed, (double)LOG->missed)
VALUE(entries_lost, (double)model_lost(of->scene->model))
VALUE(truncated, (double)truncated_of(of->scene->model, row).lost)

enum label { OF_ALL, OF_BUILD, OF_SITE, OF_LOG, OF_ADVICE, OF_DP_STATE, OF_FAILURE, OF_TABLE };

static const struct metric {
	const char *name;
	const char *help;
	enum label label;
	value_fn *value;
	/* clang-format off */
} metrics[] = {
	{ "build_info",                   "Version of cmtop, always 1.", OF_BUILD, build },
	{ "sending_slots_used",           "Sending threads in use, all sites.", OF_ALL, slots_used },
	{ "sending_slots_limit",          "Sending threads allowed for all sites, as last logged.", OF_ALL, slots_limit },
	{ "sending_slots_unseen",         "Sending threads in use that began before the logs did.", OF_ALL, slots_unseen },
	{ "sends_running",                "Sends under way.", OF_ALL, sends_running },
	{ "sends_waiting",                "Sends that are due and that no thread carries.", OF_ALL, sends_waiting },
	{ "sends_stalled",                "Sends that have fallen silent.", OF_ALL, sends_stalled },
	{ "sends_retrying",               "Sends that failed and will be tried again.", OF_ALL, sends_retrying },
	{ "backlog_bytes",                "Bytes left to send; one of unknown size counts as the mean of the others.", OF_ALL, bytes_left },
	{ "backlog_unsized_sends",        "Sends that wait or run whose size is not known.", OF_ALL, bytes_unknown },
	{ "backlog_eta_seconds",          "Time until the backlog is empty; +Inf when more falls due than is done.", OF_ALL, backlog_eta },
	{ "sends_done_total",             "Package sends that ended well.", OF_ALL, sends_done },
	{ "sends_failed_total",           "Sends that failed, to be tried again.", OF_ALL, sends_failed },
	{ "sent_bytes_total",             "Package bytes written.", OF_ALL, sent_bytes },
	{ "site_sending_slots_used",      "Sending threads in use.", OF_SITE, site_used },
	{ "site_sending_slots_limit",     "Sending threads allowed, as last logged.", OF_SITE, site_limit },
	{ "site_sends_waiting",           "Sends that are due and that no thread carries.", OF_SITE, site_wait },
	{ "site_sends_stalled",           "Sends that have fallen silent.", OF_SITE, site_stalled },
	{ "site_blocked",                 "1 while the sender leaves the site alone.", OF_SITE, site_blocked },
	{ "site_queued",                  "1 while sends wait and none runs because all slots are elsewhere.", OF_SITE, site_queued },
	{ "site_sends_ahead",             "Of a site that is queued: sends that come first.", OF_SITE, site_first },
	{ "site_sends_done_total",        "Package sends that ended well.", OF_SITE, site_done },
	{ "site_sends_failed_total",      "Sends that failed, to be tried again.", OF_SITE, site_failed },
	{ "site_sent_bytes_total",        "Package bytes written.", OF_SITE, site_bytes },
	{ "package_threads_used",         "Package processing threads in use.", OF_ALL, threads_used },
	{ "package_threads_limit",        "Package processing threads allowed, as last logged.", OF_ALL, threads_limit },
	{ "packages_queued",              "Packages notified and not yet taken up.", OF_ALL, packages_queued },
	{ "packages_done_total",          "Packages processed well.", OF_ALL, packages_done },
	{ "packages_failed_total",        "Packages that failed to process.", OF_ALL, packages_failed },
	{ "packages_ended_total",         "Package threads that ended without a word of success or failure.", OF_ALL, packages_ended },
	{ "package_threads_stalled",      "Package threads that have fallen silent.", OF_ALL, threads_stalled },
	{ "dps",                          "Distribution points of the package threads at work, by state.", OF_DP_STATE, dps },
	{ "dps_ended_total",              "DP threads that ended without a word of success or failure.", OF_ALL, dps_ended },
	{ "dp_upgrade_threads_used",      "Threads in use that install or upgrade distribution points.", OF_ALL, upgrades_used },
	{ "dp_upgrade_threads_limit",     "Such threads allowed, as last logged.", OF_ALL, upgrades_limit },
	{ "dp_upgrades_waiting",          "Distribution points that wait for such a thread.", OF_ALL, upgrades_waiting },
	{ "transfers_running",            "Transfers to distribution points under way.", OF_ALL, transfers_running },
	{ "transfers_waiting",            "Transfers to distribution points that wait.", OF_ALL, transfers_waiting },
	{ "transfers_retrying",           "Transfers to distribution points that failed and will be tried again.", OF_ALL, transfers_retrying },
	{ "transfers_failed",             "Transfers to distribution points that were given up.", OF_ALL, transfers_failed },
	{ "transfers_stalled",            "Transfers to distribution points that have fallen silent.", OF_ALL, transfers_stalled },
	{ "transfers_throttled",          "Transfers held back by a rate limit or by one connection only.", OF_ALL, transfers_throttled },
	{ "transfers_done_total",         "Transfers to distribution points that ended well.", OF_ALL, transfers_done },
	{ "transfer_failures_total",      "Failures of transfers to distribution points.", OF_ALL, transfer_failures },
	{ "failures",                     "Failures of the list of failures that no later try has mended, by kind.", OF_FAILURE, failures },
	{ "advice",                       "1 while the advice is given: what holds the backlog back.", OF_ADVICE, advised },
	{ "log_readable",                 "1 while the log can be read.", OF_LOG, log_readable },
	{ "log_age_seconds",              "Time since the newest record.", OF_LOG, log_age },
	{ "log_newest_timestamp_seconds", "Time of the newest record; none where records carry no time zone.", OF_LOG, log_newest },
	{ "log_bytes_total",              "Bytes read.", OF_LOG, log_bytes },
	{ "log_records_total",            "Whole records read.", OF_LOG, log_records },
	{ "log_unknown_total",            "Records whose message nothing here understands.", OF_LOG, log_unknown },
	{ "log_damaged_total",            "Pieces that are no record.", OF_LOG, log_damaged },
	{ "log_rollovers_total",          "Times the log rolled over while it was followed.", OF_LOG, log_rollovers },
	{ "log_missed_bytes_total",       "Bytes known to be lost between two looks.", OF_LOG, log_missed },
	{ "entries_lost_total",           "Entries that did not fit in memory.", OF_ALL, entries_lost },
	{ "truncated_total",              "The same by table; figures are too low where this is not 0.", OF_TABLE, truncated },
};
/* clang-format on */

#define METRIC_COUNT (sizeof metrics / sizeof *metrics)

static const char *
type_word(const struct metric *metric)
{
	return span_ends_nocase(span_of(metric->name), SPAN("_total")) ? "counter" : "gauge";
}

bool
report_metric(size_t i, struct metric_words *out)
{
	/* clang-format off */
	static const char *const labels[] = {
		[OF_ALL] = "", [OF_BUILD] = "version", [OF_SITE] = "site", [OF_LOG] = "log",
		[OF_ADVICE] = "code", [OF_DP_STATE] = "state", [OF_FAILURE] = "kind", [OF_TABLE] = "table",
	};
	/* clang-format on */

	if (i >= METRIC_COUNT)
		return false;
	*out = (struct metric_words){ metrics[i].name, type_word(&metrics[i]), labels[metrics[i].label],
		                      metrics[i].help };
	return true;
}

/* ---- samples ---- */

/* Whole numbers without a point, "+Inf" where there is no end. */
static void
put_value(double value, const struct sink *sink)
{
	if (isinf(value))
		sink_text(sink, "+Inf");
	else if (value == floor(value))
		sink_format(sink, "%.0f", value);
	else
		sink_format(sink, "%.3f", value);
	sink_text(sink, "\n");
}

static void
put_label(const char *name, const char *value, unsigned copy, const struct sink *sink)
{
	char clean[64];

	utf8_clean(span_of(value), clean, sizeof clean);
	sink_format(sink, "{%s=\"", name);
	for (const char *c = clean; *c; c++) {
		if (*c == '"' || *c == '\\')
			sink_text(sink, "\\");
		sink_put(sink, c, 1);
	}
	if (copy > 1)
		sink_format(sink, "-%u", copy);
	sink_text(sink, "\"} ");
}

/* Two files may hold the same log: the second one is "sender-2", for no series may stand there twice. */
static unsigned
copy_of(const struct scene *scene, size_t row)
{
	unsigned copy = 1;

	for (size_t i = 0; i < row; i++)
		copy += strcmp(scene->logs[i].name, scene->logs[row].name) == 0;
	return copy;
}

static void
put_sample(const struct measured *of, const struct metric *metric, size_t row)
{
	double value = metric->value(of, row);

	if (isnan(value))
		return;
	sink_format(of->sink, "cmtop_%s", metric->name);
	switch (metric->label) {
	case OF_ALL: sink_text(of->sink, " "); break;
	case OF_BUILD: put_label("version", PROGRAM_VERSION, 1, of->sink); break;
	case OF_SITE: put_label("site", of->rows->sites[row]->code, 1, of->sink); break;
	case OF_ADVICE: put_label("code", advice_word((enum advice_code)row), 1, of->sink); break;
	case OF_DP_STATE: put_label("state", dp_state_word((enum dp_state)row), 1, of->sink); break;
	case OF_FAILURE: put_label("kind", failure_kind_word((enum failure_kind)row), 1, of->sink); break;
	case OF_TABLE: put_label("table", truncated_of(of->scene->model, row).word, 1, of->sink); break;
	case OF_LOG: put_label("log", of->scene->logs[row].name, copy_of(of->scene, row), of->sink); break;
	}
	put_value(value, of->sink);
}

/* How many samples it has, known or not. */
static size_t
rows_of(const struct measured *of, enum label label)
{
	struct truncated_row row;
	size_t tables = 0;

	switch (label) {
	case OF_SITE: return of->rows->site_count;
	case OF_LOG: return of->scene->log_count;
	case OF_ADVICE: return ADVICE_COUNT;
	case OF_DP_STATE: return DP_FAILED + 1;
	case OF_FAILURE: return FAILURE_KIND_COUNT;
	case OF_TABLE:
		while (truncated_row(of->scene->model, tables, &row))
			tables++;
		return tables;
	default: return 1;
	}
}

static void
put_metric(const struct measured *of, const struct metric *metric)
{
	size_t count = rows_of(of, metric->label);

	sink_format(of->sink, "# HELP cmtop_%s %s\n# TYPE cmtop_%s %s\n", metric->name, metric->help, metric->name,
	            type_word(metric));
	for (size_t row = 0; row < count; row++)
		put_sample(of, metric, row);
}

/* False: out of memory. */
static bool
count_stalled(struct measured *of)
{
	const struct model *model = of->scene->model;
	size_t sites;

	model_sites(model, &sites);
	of->stalled = calloc(sites + 1, sizeof *of->stalled);
	if (!of->stalled)
		return false;
	for (const struct job *job = NULL; (job = model_next_job(model, job));) {
		if (job_stalled(job, of->scene->now) && job->site < sites)
			of->stalled[job->site]++;
	}
	return true;
}

static void
count_rows(struct measured *of)
{
	const struct failure *failure;

	for (size_t i = 0; i < of->rows->advice_count; i++)
		of->advised[of->rows->advice[i].code] = true;
	for (size_t i = 0; i < of->rows->dp_count; i++)
		of->dps[of->rows->dps[i].dp->state]++;
	for (size_t i = 0; (failure = model_failure(of->scene->model, i)); i++)
		of->failures[failure->kind] += failure->resolved == WHEN_NONE;
}

bool
report_metrics(const struct scene *scene, const struct sink *sink)
{
	struct rows rows;
	struct measured of = {
		.scene = scene,
		.rows = &rows,
		.sink = sink,
		.sending = model_sending(scene->model),
		.distribution = model_distribution(scene->model),
	};
	bool good;

	if (!rows_collect(&rows, scene))
		return false;
	of.transfers = model_transfer_counts(scene->model);
	of.trouble = trouble_at(scene->model, scene->now);
	of.upgrades = model_dp_upgrades(scene->model);
	count_rows(&of);
	good = count_stalled(&of);
	if (good) {
		for (size_t i = 0; i < METRIC_COUNT; i++)
			put_metric(&of, &metrics[i]);
		sink_text(sink, "# EOF\n");
	}
	free(of.stalled);
	rows_free(&rows);
	return good;
}
