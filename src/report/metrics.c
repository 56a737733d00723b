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
	const struct rows  *rows;
	struct sending      sending;
	struct distribution distribution;
	uint32_t           *stalled;   /* jobs, by number of the site */
	uint32_t            stalled_all;
	struct transfers    transfers;
	bool                advised[ADVICE_COUNT];
	const struct sink  *sink;
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

#define VALUE(name, ...) \
	static double \
	name(const struct measured *of, size_t row) \
	{ \
		(void)of, (void)row; \
		return __VA_ARGS__; \
	}
#define SITE (of->rows->sites[row])
#define LOG  (&of->scene->logs[row])

VALUE(build, 1)
VALUE(slots_used, of->sending.used)
VALUE(slots_limit, known(of->sending.capacity))
VALUE(slots_unseen, of->sending.unseen)
VALUE(sends_running, (double)of->rows->backlog.running)
VALUE(sends_waiting, of->rows->backlog.known ? (double)of->rows->backlog.waiting : (double)NAN)
VALUE(sends_stalled, of->stalled_all)
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
VALUE(transfers_retrying, of->transfers.heard ? (double)of->transfers.retrying : (double)NAN)
VALUE(transfers_done, (double)of->transfers.done)
VALUE(transfer_failures, (double)of->transfers.failures)
VALUE(advised, of->advised[row])
VALUE(log_readable, LOG->state == LOG_LIVE || LOG->state == LOG_IDLE || LOG->state == LOG_READ)
VALUE(log_age, LOG->newest == WHEN_NONE ? (double)NAN : seconds(of->scene->now > LOG->newest ? of->scene->now - LOG->newest : 0))
VALUE(log_newest, LOG->newest == WHEN_NONE || !LOG->zoned ? (double)NAN : (double)LOG->newest / WHEN_SECOND)
VALUE(log_bytes, (double)LOG->bytes)
VALUE(log_records, (double)LOG->records)
VALUE(log_unknown, (double)LOG->unknown)
VALUE(log_damaged, (double)LOG->damaged)
VALUE(log_rollovers, (double)LOG->rollovers)
VALUE(log_missed, (double)LOG->missed)
VALUE(entries_lost, (double)model_lost(of->scene->model))

enum label { OF_ALL, OF_BUILD, OF_SITE, OF_LOG, OF_ADVICE };

static const struct metric {
	const char *name;
	const char *help;
	enum label  label;
	value_fn   *value;
} metrics[] = {
	{ "build_info",                   "Version of cmtop, always 1.", OF_BUILD, build },
	{ "sending_slots_used",           "Sending threads in use, all sites.", OF_ALL, slots_used },
	{ "sending_slots_limit",          "Sending threads allowed for all sites, as last logged.", OF_ALL, slots_limit },
	{ "sending_slots_unseen",         "Sending threads in use that began before the logs did.", OF_ALL, slots_unseen },
	{ "sends_running",                "Sends under way.", OF_ALL, sends_running },
	{ "sends_waiting",                "Sends that are due and that no thread carries.", OF_ALL, sends_waiting },
	{ "sends_stalled",                "Sends that have fallen silent.", OF_ALL, sends_stalled },
	{ "backlog_bytes",                "Bytes left to send of what waits and runs.", OF_ALL, bytes_left },
	{ "backlog_eta_seconds",          "Time until the backlog is empty; +Inf when more falls due than is done.", OF_ALL, backlog_eta },
	{ "sends_done_total",             "Package sends that ended well.", OF_ALL, sends_done },
	{ "sends_failed_total",           "Sends that failed, to be tried again.", OF_ALL, sends_failed },
	{ "sent_bytes_total",             "Package bytes written.", OF_ALL, sent_bytes },
	{ "site_sending_slots_used",      "Sending threads in use.", OF_SITE, site_used },
	{ "site_sending_slots_limit",     "Sending threads allowed, as last logged.", OF_SITE, site_limit },
	{ "site_sends_waiting",           "Sends that are due and that no thread carries.", OF_SITE, site_wait },
	{ "site_sends_stalled",           "Sends that have fallen silent.", OF_SITE, site_stalled },
	{ "site_blocked",                 "1 while the sender leaves the site alone.", OF_SITE, site_blocked },
	{ "site_sends_done_total",        "Package sends that ended well.", OF_SITE, site_done },
	{ "site_sends_failed_total",      "Sends that failed, to be tried again.", OF_SITE, site_failed },
	{ "site_sent_bytes_total",        "Package bytes written.", OF_SITE, site_bytes },
	{ "package_threads_used",         "Package processing threads in use.", OF_ALL, threads_used },
	{ "package_threads_limit",        "Package processing threads allowed, as last logged.", OF_ALL, threads_limit },
	{ "packages_queued",              "Packages notified and not yet taken up.", OF_ALL, packages_queued },
	{ "packages_done_total",          "Packages processed well.", OF_ALL, packages_done },
	{ "packages_failed_total",        "Packages that failed to process.", OF_ALL, packages_failed },
	{ "transfers_running",            "Transfers to distribution points under way.", OF_ALL, transfers_running },
	{ "transfers_waiting",            "Transfers to distribution points that wait.", OF_ALL, transfers_waiting },
	{ "transfers_retrying",           "Transfers to distribution points that failed and will be tried again.", OF_ALL, transfers_retrying },
	{ "transfers_done_total",         "Transfers to distribution points that ended well.", OF_ALL, transfers_done },
	{ "transfer_failures_total",      "Failures of transfers to distribution points.", OF_ALL, transfer_failures },
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
};

#define METRIC_COUNT (sizeof metrics / sizeof *metrics)

static const char *
type_word(const struct metric *metric)
{
	return span_ends_nocase(span_of(metric->name), SPAN("_total")) ? "counter" : "gauge";
}

bool
report_metric(size_t i, struct metric_words *out)
{
	static const char *const labels[] = {
		[OF_ALL] = "", [OF_BUILD] = "version", [OF_SITE] = "site", [OF_LOG] = "log",
		[OF_ADVICE] = "code",
	};

	if (i >= METRIC_COUNT)
		return false;
	*out = (struct metric_words){ metrics[i].name, type_word(&metrics[i]), labels[metrics[i].label], metrics[i].help };
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
	case OF_ALL:   sink_text(of->sink, " "); break;
	case OF_BUILD: put_label("version", PROGRAM_VERSION, 1, of->sink); break;
	case OF_SITE:  put_label("site", of->rows->sites[row]->code, 1, of->sink); break;
	case OF_ADVICE: put_label("code", advice_word((enum advice_code)row), 1, of->sink); break;
	case OF_LOG:   put_label("log", of->scene->logs[row].name, copy_of(of->scene, row), of->sink); break;
	}
	put_value(value, of->sink);
}

static void
put_metric(const struct measured *of, const struct metric *metric)
{
	size_t count = metric->label == OF_SITE ? of->rows->site_count :
	               metric->label == OF_LOG ? of->scene->log_count :
	               metric->label == OF_ADVICE ? ADVICE_COUNT : 1;

	sink_format(of->sink, "# HELP cmtop_%s %s\n# TYPE cmtop_%s %s\n",
	            metric->name, metric->help, metric->name, type_word(metric));
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
		if (!job_stalled(job, of->scene->now))
			continue;
		of->stalled_all++;
		if (job->site < sites)
			of->stalled[job->site]++;
	}
	return true;
}

static void
ask_advice(struct measured *of)
{
	const struct scene *scene = of->scene;
	struct advice_look look = { scene->model, scene->logs, scene->log_count, scene->now, scene->live };
	struct advice found[ADVICE_COUNT];
	size_t count = advice_find(&look, found);

	for (size_t i = 0; i < count; i++)
		of->advised[found[i].code] = true;
}

bool
report_metrics(const struct scene *scene, const struct sink *sink)
{
	struct rows rows;
	struct measured of = {
		.scene = scene, .rows = &rows, .sink = sink,
		.sending = model_sending(scene->model), .distribution = model_distribution(scene->model),
	};
	bool good;

	if (!rows_collect(&rows, scene))
		return false;
	of.transfers = model_transfer_counts(scene->model);
	ask_advice(&of);
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
