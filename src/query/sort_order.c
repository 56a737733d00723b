#include "cmtop/sort_order.h"

#include <stdlib.h>

#include "cmtop/figures.h"

/*
 * What a row is ordered by. What is not known comes last, whichever way round:
 * nobody sorts by rate to see the rows without one.
 */
struct value {
	bool known;
	double number;
	const char *text; /* NULL: the number counts */
};

struct row {
	const struct job *job; /* or … */
	uint32_t index;        /* of a site, package or transfer */
};

struct entry {
	struct value value;
	struct row row;
	size_t was; /* where it stood: equal rows stay in order */
	int sign;   /* -1: largest first */
};

typedef struct value value_fn(const struct model *model, struct row row, int64_t now);

static struct value
number(double n)
{
	return (struct value){ n >= 0, n, NULL };
}

static struct value
text(const char *t)
{
	return (struct value){ t[0] != '\0', 0, t };
}

static const struct site *
site_of(const struct model *model, uint32_t site)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);

	return site < count ? &sites[site] : NULL;
}

static const struct package *
package_of(const struct model *model, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(model, &count);

	return package < count ? &packages[package] : NULL;
}

#define VALUE(name) static struct value name(const struct model *model, struct row row, int64_t now)

/* ---- jobs ---- */

/* What has stalled ends nobody knows when, whatever it did before. */
VALUE(job_by_eta) { return number((double)job_eta_told(model, row.job, now)); }
VALUE(job_by_rate)
{
	(void)model;
	return number(job_rate_told(row.job, now));
}
VALUE(job_by_try)
{
	(void)model;
	(void)now;
	return number(row.job->attempt);
}
VALUE(job_by_thread)
{
	(void)model;
	(void)now;
	return number(row.job->thread);
}
VALUE(job_by_request)
{
	(void)model;
	(void)now;
	return text(row.job->request);
}

VALUE(job_by_site)
{
	const struct site *site = site_of(model, row.job->site);

	(void)now;
	return text(site ? site->code : "");
}

VALUE(job_by_package)
{
	const struct package *package = package_of(model, row.job->package);

	(void)now;
	return text(package ? package->id : "");
}

VALUE(job_by_position)
{
	(void)model, (void)now;
	return number(row.job->wrote ? (double)row.job->position : -1);
}

VALUE(job_by_size)
{
	enum size_source source;

	(void)now;
	return number((double)job_size(model, row.job, &source));
}

VALUE(job_by_percent)
{
	enum size_source source;
	int64_t size = job_size(model, row.job, &source);

	(void)now;
	return number(size > 0 && row.job->wrote ? (double)row.job->position / (double)size : -1);
}

/* Stalled ones first, then as far as they have come. */
VALUE(job_by_state)
{
	(void)model;
	return number(job_stalled(row.job, now) ? 0 : 1 + row.job->state);
}

VALUE(job_by_started)
{
	(void)model, (void)now;
	return (struct value){ row.job->started != WHEN_NONE, (double)row.job->started, NULL };
}

/* ---- sites ---- */

#define SITE(model, row) (site_of(model, (row).index))

VALUE(site_by_waiting)
{
	(void)now;
	return number((double)site_waiting(SITE(model, row)));
}
VALUE(site_by_code)
{
	(void)now;
	return text(SITE(model, row)->code);
}
VALUE(site_by_used)
{
	(void)now;
	return number(site_slots(SITE(model, row)));
}
VALUE(site_by_done)
{
	(void)now;
	return number((double)SITE(model, row)->done);
}
VALUE(site_by_failed)
{
	(void)now;
	return number((double)SITE(model, row)->failed);
}
VALUE(site_by_bytes)
{
	(void)now;
	return number((double)SITE(model, row)->bytes);
}
VALUE(site_by_rate) { return number(site_rate(model, row.index, now)); }

/* The worst last. */
VALUE(site_by_state)
{
	/* clang-format off */
	static const uint8_t places[] = {
		[SITE_OK] = 0, [SITE_QUEUED] = 1, [SITE_FULL] = 2, [SITE_BLOCKED] = 3, [SITE_THROTTLED] = 4, [SITE_STALLED] = 5,
	};
	/* clang-format on */

	return number(places[site_state(model, row.index, now)]);
}

VALUE(site_by_last)
{
	int64_t last = SITE(model, row)->last_done;

	(void)now;
	return (struct value){ last != WHEN_NONE, (double)last, NULL };
}

/* ---- packages ---- */

#define PACKAGE(model, row) (package_of(model, (row).index))

VALUE(package_by_id)
{
	(void)now;
	return text(PACKAGE(model, row)->id);
}
VALUE(package_by_name)
{
	(void)now;
	return text(PACKAGE(model, row)->name);
}
VALUE(package_by_waiting)
{
	(void)now;
	return number((double)PACKAGE(model, row)->waiting);
}
VALUE(package_by_running)
{
	(void)now;
	return number((double)PACKAGE(model, row)->running);
}
VALUE(package_by_done)
{
	(void)now;
	return number((double)PACKAGE(model, row)->done);
}
VALUE(package_by_failed)
{
	(void)now;
	return number((double)PACKAGE(model, row)->failed);
}
VALUE(package_by_bytes)
{
	(void)now;
	return number((double)package_bytes_left(model, row.index));
}

VALUE(package_by_size)
{
	enum size_source source;

	(void)now;
	return number((double)package_size(model, row.index, &source));
}

VALUE(package_by_left)
{
	const struct package *package = PACKAGE(model, row);

	(void)now;
	return number((double)(package->waiting + package->running));
}

/* ---- transfers ---- */

static const struct transfer *
transfer_of(const struct model *model, struct row row)
{
	size_t count;

	return &model_transfers(model, &count)[row.index];
}

#define TRANSFER(model, row) (transfer_of(model, row))

VALUE(transfer_by_job)
{
	(void)now;
	return number((double)TRANSFER(model, row)->job);
}
VALUE(transfer_by_version)
{
	(void)now;
	return number((double)TRANSFER(model, row)->version);
}
VALUE(transfer_by_threads)
{
	(void)now;
	return number((double)TRANSFER(model, row)->threads);
}
VALUE(transfer_by_bytes)
{
	(void)now;
	return number((double)TRANSFER(model, row)->bytes);
}
VALUE(transfer_by_size)
{
	(void)now;
	return number((double)transfer_size(model, TRANSFER(model, row)));
}
VALUE(transfer_by_percent)
{
	(void)now;
	return number(transfer_share(model, TRANSFER(model, row)));
}
VALUE(transfer_by_rate) { return number(transfer_rate(TRANSFER(model, row), now)); }
VALUE(transfer_by_failures)
{
	(void)now;
	return number((double)TRANSFER(model, row)->failures);
}
VALUE(transfer_by_attempts)
{
	(void)now;
	return number((double)TRANSFER(model, row)->attempts);
}

VALUE(transfer_by_package)
{
	const struct package *package = package_of(model, TRANSFER(model, row)->package);

	(void)now;
	return text(package ? package->id : "");
}

VALUE(transfer_by_name)
{
	const struct package *package = package_of(model, TRANSFER(model, row)->package);

	(void)now;
	return text(package ? package->name : "");
}

VALUE(transfer_by_dp)
{
	(void)now;
	return text(model_server(model, TRANSFER(model, row)->dp));
}

/* What went wrong first, then what is under way, what waits, and what is done. */
VALUE(transfer_by_state)
{
	/* clang-format off */
	static const uint8_t places[TRANSFER_STATE_COUNT] = {
		[TRANSFER_FAILED] = 0, [TRANSFER_RETRY] = 2, [TRANSFER_SENDING] = 3, [TRANSFER_WAITING] = 4,
		[TRANSFER_NOTIFIED] = 5, [TRANSFER_DONE] = 6,
	};
	/* clang-format on */

	if (transfer_stalled(TRANSFER(model, row), now))
		return number(1);
	return number(places[TRANSFER(model, row)->state]);
}

VALUE(transfer_by_started)
{
	int64_t started = TRANSFER(model, row)->started;

	(void)now;
	return (struct value){ started != WHEN_NONE, (double)started, NULL };
}

/* name, what it says, largest first, function: the first of each is the default */
/* clang-format off */
#define JOB_KEYS(_) \
	_("eta",      "time left",                      false, job_by_eta) \
	_("site",     "site code",                      false, job_by_site) \
	_("package",  "package id",                     false, job_by_package) \
	_("request",  "send request id",                false, job_by_request) \
	_("try",      "attempt",                        true,  job_by_try) \
	_("percent",  "share that has been sent",       true,  job_by_percent) \
	_("position", "bytes that have been sent",      true,  job_by_position) \
	_("size",     "size of what is being sent",     true,  job_by_size) \
	_("rate",     "bytes per second",               true,  job_by_rate) \
	_("state",    "state, stalled first",           false, job_by_state) \
	_("started",  "when the sending thread began",  false, job_by_started) \
	_("thread",   "thread number",                  false, job_by_thread)

#define SITE_KEYS(_) \
	_("waiting",   "sends that wait",               true,  site_by_waiting) \
	_("site",      "site code",                     false, site_by_code) \
	_("used",      "slots held",                    true,  site_by_used) \
	_("done",      "sends done",                    true,  site_by_done) \
	_("failed",    "sends failed",                  true,  site_by_failed) \
	_("bytes",     "bytes sent",                    true,  site_by_bytes) \
	_("rate",      "bytes per second",              true,  site_by_rate) \
	_("last_done", "when a send was last done",     false, site_by_last) \
	_("state",     "ok queued full blocked throttled stalled", true,  site_by_state)

#define PACKAGE_KEYS(_) \
	_("left",       "sends that wait or run",       true,  package_by_left) \
	_("package",    "package id",                   false, package_by_id) \
	_("name",       "package name",                 false, package_by_name) \
	_("waiting",    "sends that wait",              true,  package_by_waiting) \
	_("running",    "sends that run",               true,  package_by_running) \
	_("done",       "sends done",                   true,  package_by_done) \
	_("failed",     "sends failed",                 true,  package_by_failed) \
	_("size",       "size of one send",             true,  package_by_size) \
	_("bytes_left", "bytes that are left to send",  true,  package_by_bytes)

#define TRANSFER_KEYS(_) \
	_("state",    "failed stalled retry sending waiting notified done", false, transfer_by_state) \
	_("job",      "job number",                     false, transfer_by_job) \
	_("package",  "package id",                     false, transfer_by_package) \
	_("name",     "package name",                   false, transfer_by_name) \
	_("version",  "version of the package",         true,  transfer_by_version) \
	_("dp",       "distribution point",             false, transfer_by_dp) \
	_("threads",  "threads at work on it",          true,  transfer_by_threads) \
	_("bytes",    "bytes that have been written",   true,  transfer_by_bytes) \
	_("size",     "size of the package's source",   true,  transfer_by_size) \
	_("percent",  "share that has been written",    true,  transfer_by_percent) \
	_("rate",     "bytes per second",               true,  transfer_by_rate) \
	_("failures", "how often it failed",            true,  transfer_by_failures) \
	_("attempts", "how often it was begun",         true,  transfer_by_attempts) \
	_("started",  "when it was last begun",         false, transfer_by_started)
/* clang-format on */

#define KEY(name, says, down, value)      { name, says, down },
#define FUNCTION(name, says, down, value) value,

static const struct order_key job_keys[] = { JOB_KEYS(KEY) };
static const struct order_key site_keys[] = { SITE_KEYS(KEY) };
static const struct order_key package_keys[] = { PACKAGE_KEYS(KEY) };
static const struct order_key transfer_keys[] = { TRANSFER_KEYS(KEY) };

static value_fn *const job_values[] = { JOB_KEYS(FUNCTION) };
static value_fn *const site_values[] = { SITE_KEYS(FUNCTION) };
static value_fn *const package_values[] = { PACKAGE_KEYS(FUNCTION) };
static value_fn *const transfer_values[] = { TRANSFER_KEYS(FUNCTION) };

static const struct {
	const struct order_key *keys;
	value_fn *const *values;
	size_t count;
	/* clang-format off */
} tables[ORDER_TABLES] = {
	[ORDER_JOBS]     = { job_keys, job_values, sizeof(job_keys) / sizeof(*job_keys) },
	[ORDER_SITES]    = { site_keys, site_values, sizeof(site_keys) / sizeof(*site_keys) },
	[ORDER_PACKAGES] = { package_keys, package_values, sizeof(package_keys) / sizeof(*package_keys) },
	[ORDER_TRANSFERS] = { transfer_keys, transfer_values, sizeof(transfer_keys) / sizeof(*transfer_keys) },
};
/* clang-format on */

const struct order_key *
order_keys(enum order_of table, size_t *count)
{
	*count = tables[table].count;
	return tables[table].keys;
}

static int
compare(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = 0;

	if (a->value.known != b->value.known)
		return a->value.known ? -1 : 1;
	if (a->value.known && a->value.text)
		order = span_order_nocase(span_of(a->value.text), span_of(b->value.text));
	else if (a->value.known)
		order = (a->value.number > b->value.number) - (a->value.number < b->value.number);
	if (order)
		return order * a->sign;
	return a->was < b->was ? -1 : a->was > b->was;
}

/* Jobs, or indexes of sites, packages or transfers, in order. Each value is worked out once, not once a comparison. */
static struct entry *
sorted(const struct model *model, enum order_of table, const struct job *const *jobs, const uint32_t *indexes,
       size_t count, size_t key, bool invert, int64_t now)
{
	struct entry *entries = count ? malloc(count * sizeof(*entries)) : NULL;
	int sign;
	size_t i;

	if (!entries)
		return NULL;
	if (key >= tables[table].count)
		key = 0;
	sign = tables[table].keys[key].down != invert ? -1 : 1;
	for (i = 0; i < count; i++) {
		struct row row = { jobs ? jobs[i] : NULL, indexes ? indexes[i] : 0 };

		entries[i] = (struct entry){ tables[table].values[key](model, row, now), row, i, sign };
	}
	qsort(entries, count, sizeof(*entries), compare);
	return entries;
}

void
order_jobs(const struct model *model, const struct job **rows, size_t count, size_t key, bool invert, int64_t now)
{
	struct entry *entries = sorted(model, ORDER_JOBS, rows, NULL, count, key, invert, now);
	size_t i;

	for (i = 0; entries && i < count; i++)
		rows[i] = entries[i].row.job;
	free(entries);
}

static void
order_indexes(const struct model *model, enum order_of table, uint32_t *rows, size_t count, size_t key, bool invert,
              int64_t now)
{
	struct entry *entries = sorted(model, table, NULL, rows, count, key, invert, now);
	size_t i;

	for (i = 0; entries && i < count; i++)
		rows[i] = entries[i].row.index;
	free(entries);
}

void
order_sites(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now)
{
	order_indexes(model, ORDER_SITES, rows, count, key, invert, now);
}

void
order_packages(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now)
{
	order_indexes(model, ORDER_PACKAGES, rows, count, key, invert, now);
}

void
order_transfers(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now)
{
	order_indexes(model, ORDER_TRANSFERS, rows, count, key, invert, now);
}
