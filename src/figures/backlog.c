/* What is left to send: of a package, and of all. */
#include "cmtop/figures.h"
#include "figures/elapsed.h"

/* What is left to send, send by send. */
struct left {
	int64_t bytes;    /* of those whose size is known, */
	int64_t sizes;    /* … what they weigh in all, */
	uint64_t known;   /* … and how many these are */
	uint64_t unknown; /* the others, */
	uint64_t begun;   /* … and what these have written already */
};

/* The running jobs of a package. */
static void
add_running(const struct model *model, uint32_t package, struct left *left)
{
	enum size_source source;

	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job)) {
		int64_t size;

		if (job->package != package)
			continue;
		size = job_size(model, job, &source);
		left->known += size >= 0;
		left->unknown += size < 0;
		left->begun += size < 0 && job->wrote ? job->position : 0;
		if (size < 0)
			continue;
		left->sizes += size;
		if ((uint64_t)size > job->position)
			left->bytes += size - (int64_t)job->position;
	}
}

static void
add_waiting(const struct model *model, uint32_t i, struct left *left)
{
	size_t count;
	const struct package *package = &model_packages(model, &count)[i];
	enum size_source source;
	int64_t size, bytes = 0;
	uint64_t unknown = 0;

	if (model_sending(model).listed) {
		bytes = (int64_t)package->waiting_kbytes * 1024;
		unknown = package->waiting_unsized < package->waiting ? package->waiting_unsized : package->waiting;
	} else {
		size = package_size(model, i, &source);
		unknown = size < 0 ? package->waiting : 0;
		if (size > 0 && package->waiting < (uint64_t)(INT64_MAX / 2 / size))
			bytes = size * (int64_t)package->waiting;
	}
	left->bytes += bytes;
	left->sizes += bytes;
	left->known += package->waiting - unknown;
	left->unknown += unknown;
}

static void
add_package(const struct model *model, uint32_t i, struct left *left)
{
	size_t count;
	const struct package *package = &model_packages(model, &count)[i];

	if (package->running > 0)
		add_running(model, i, left);
	if (package->waiting > 0)
		add_waiting(model, i, left);
}

/* Jobs whose package is not named yet, but for those that must carry a send which still counts as waiting. */
static uint64_t
unnamed_jobs(const struct model *model)
{
	uint64_t jobs = 0, carry = 0;
	size_t count;
	const struct site *sites = model_sites(model, &count);

	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		jobs += job->kind == KIND_UNKNOWN;
	for (size_t i = 0; jobs > 0 && i < count; i++)
		carry += sites[i].waiting < sites[i].unnamed ? sites[i].waiting : sites[i].unnamed;
	return jobs > carry ? jobs - carry : 0;
}

/* Sends without a size are taken for the mean of the others; -1: there is no other. */
static int64_t
with_unknown(const struct left *left)
{
	double mean = left->known ? (double)left->sizes / (double)left->known : 0;
	double more = mean * (double)left->unknown - (double)left->begun;

	if (left->unknown > 0 && left->known == 0)
		return -1;
	return more > 0 && more < 4e18 ? left->bytes + (int64_t)more : left->bytes;
}

int64_t
package_bytes_left(const struct model *model, uint32_t package)
{
	struct left left = { 0 };

	add_package(model, package, &left);
	return left.unknown == 0 ? left.bytes : -1;
}

#define HOUR_LEAST (5 * WHEN_MINUTE)

static double
per_hour(const struct model *model, enum rate_counter rate_counter, int64_t from, int64_t now)
{
	int64_t span = elapsed(from, now);

	if (from == WHEN_NONE || span < HOUR_LEAST)
		return -1;
	if (span > WHEN_HOUR)
		span = WHEN_HOUR;
	return (double)model_rate_count(model, rate_counter, now, span) * (double)WHEN_HOUR / (double)span;
}

static int64_t
time_to_empty(const struct backlog *backlog)
{
	double left = (double)(backlog->waiting + backlog->running),
	       net = backlog->done_per_hour - backlog->due_per_hour;

	if (!backlog->known)
		return ETA_UNKNOWN;
	if (left == 0)
		return 0;
	if (backlog->done_per_hour < 0 || backlog->due_per_hour < 0)
		return ETA_UNKNOWN;
	if (net <= 0)
		return backlog->due_per_hour > 0 ? ETA_NEVER : ETA_UNKNOWN;
	return eta_rounded(left / net * (double)WHEN_HOUR);
}

struct backlog
backlog_at(const struct model *model, int64_t now)
{
	struct sending sending = model_sending(model);
	struct backlog backlog = {
		.known = sending.due_seen || sending.listed,
		.listed = sending.listed,
		.waiting = sending.waiting,
		.running = sending.running,
		.since = sending.listed ? WHEN_NONE : sending.due_since,
		.counted = sending.listed && sending.due_seen ? (int64_t)sending.counted : -1,
		.drift = model_drift(model, now),
	};
	struct left left = { 0 };
	size_t count;

	model_packages(model, &count);
	for (uint32_t i = 0; i < count; i++)
		add_package(model, i, &left);
	left.unknown += unnamed_jobs(model);
	backlog.bytes_least = left.bytes;
	backlog.bytes_unknown = left.unknown;
	backlog.bytes_left = backlog.known ? with_unknown(&left) : -1;
	backlog.done_per_hour = per_hour(model, RATE_DONE, sending.since, now);
	backlog.due_per_hour = per_hour(model, RATE_DUE, sending.due_since, now);
	backlog.eta = time_to_empty(&backlog);
	return backlog;
}
