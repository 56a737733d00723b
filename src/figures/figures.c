#include "cmtop/figures.h"

#define STALL_FACTOR   6
#define STALL_LEAST    (60 * WHEN_SECOND)
#define STALL_FIRST    (5 * WHEN_MINUTE) /* before the first block, and while connecting */
#define THROTTLE_LASTS WHEN_HOUR         /* said again well within that where it is still so */
#define RETURNED_LASTS (5 * WHEN_MINUTE) /* a request that went back for that is not taken again at once */

static int64_t
since(int64_t then, int64_t now)
{
	return then == WHEN_NONE || now == WHEN_NONE || now < then ? 0 : now - then;
}

int64_t
whole_seconds(int64_t milliseconds)
{
	return milliseconds < 0 ? -1 : (milliseconds + WHEN_SECOND / 2) / WHEN_SECOND;
}

/* ---- one job ---- */

/* With a rate limit no block is logged at the usual level: then what the limit comes to is the rate. */
static bool
yields_alone(const struct job *job)
{
	return job->throttled && job->limit_rate >= 0 && job->pauses_until != WHEN_NONE && !job_ended(job)
	       && (job->last_write == WHEN_NONE || job->pauses_until - job->last_write > RATE_WINDOW);
}

bool
job_throttled(const struct job *job)
{
	return job->throttled && !job_ended(job);
}

bool
job_rate_estimated(const struct job *job)
{
	return yields_alone(job);
}

double
job_rate(const struct job *job)
{
	const struct progress_sample *from = &job->rate_from;
	int64_t span;

	if (yields_alone(job))
		return (double)job->limit_rate;
	if (from->at == WHEN_NONE || job->last_write == WHEN_NONE)
		return -1;
	span = job->last_write - from->at;
	if (span < RATE_LEAST || job->position < from->position)
		return -1;
	return (double)(job->position - from->position) * 1000.0 / (double)span;
}

/* Any word of its thread ends a silence, and a pause that was announced is none. */
int64_t
job_silence(const struct job *job, int64_t now)
{
	int64_t from = job->last != WHEN_NONE ? job->last : job->started;

	if (job->pauses_until != WHEN_NONE && job->pauses_until > from)
		from = job->pauses_until;
	return since(from, now);
}

int64_t
job_usual_gap(const struct job *job)
{
	return job->usual_gap;
}

bool
job_stalled(const struct job *job, int64_t now)
{
	int64_t most = STALL_FIRST;

	if (job_ended(job))
		return false;
	if (job->last_write != WHEN_NONE && job->state == JOB_SENDING) {
		most = job_usual_gap(job) * STALL_FACTOR;
		if (most < STALL_LEAST)
			most = STALL_LEAST;
	}
	return job_silence(job, now) > most;
}

int64_t
job_size(const struct model *model, const struct job *job, enum size_source *source)
{
	uint64_t bytes = 0, listed;

	*source = SIZE_UNKNOWN;
	if (job->kind == KIND_PACKAGE)
		*source = model_size(model, job->package, job->version, job->delta_from, &bytes);
	/* Then it was another file of that name. */
	if (*source == SIZE_EXACT && job->wrote && job->position > bytes)
		*source = SIZE_UNKNOWN;
	if (job->kind == KIND_PACKAGE && *source != SIZE_EXACT
	    && (listed = model_request_kbytes(model, job->request)) > 0) {
		*source = SIZE_SCHED;
		bytes = listed * 1024;
	}
	/* An estimate that the job has left far behind is refuted. */
	if (*source == SIZE_ESTIMATE && job->wrote && job->position > bytes + bytes / 8)
		*source = SIZE_UNKNOWN;
	return *source == SIZE_UNKNOWN ? -1 : (int64_t)bytes;
}

#define BURSTS      (2 * WHEN_SECOND) /* pauses that are usual for a route that sends in bursts, */
#define BURSTS_LAST WHEN_MINUTE       /* … whose mean goes over some of them */

/* What the time that is left is worked out with: where a send comes in bursts, the mean over all of them. */
static double
lasting_rate(const struct job *job)
{
	int64_t span = when_between(job->writes_since, job->last_write);

	if (job_usual_gap(job) < BURSTS || span < BURSTS_LAST)
		return job_rate(job);
	return (double)job->bytes * 1000.0 / (double)span;
}

int64_t
job_eta(const struct model *model, const struct job *job)
{
	enum size_source source;
	int64_t size = job_size(model, job, &source);
	double rate = lasting_rate(job);

	if (size < 0 || !job->wrote)
		return -1;
	if (job->position >= (uint64_t)size)
		return 0;
	if (rate <= 0)
		return -1;
	return eta_in_whole_seconds((double)((uint64_t)size - job->position) / rate * 1000.0);
}

double
job_rate_told(const struct job *job, int64_t now)
{
	return job_stalled(job, now) ? -1 : job_rate(job);
}

int64_t
job_eta_told(const struct model *model, const struct job *job, int64_t now)
{
	return job_stalled(job, now) ? -1 : job_eta(model, job);
}

/* ---- one site, and all ---- */

static bool
all_stall(const struct model *model, uint32_t site, int64_t now)
{
	uint32_t sending = 0;

	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job)) {
		if (job->site != site)
			continue;
		if (!job_stalled(job, now))
			return false;
		sending++;
	}
	return sending > 0;
}

/* Left alone by the sender, and nothing says that this is over. */
static bool
is_blocked(const struct site *site, int64_t now)
{
	return site->blocked && (site->blocked_until == WHEN_NONE || now == WHEN_NONE || now < site->blocked_until);
}

bool
site_hangs(const struct model *model, uint32_t i, int64_t now)
{
	size_t count;
	const struct site *site = &model_sites(model, &count)[i];

	return !is_blocked(site, now) && site->used > 0 && all_stall(model, i, now);
}

static bool
any_stalls(const struct model *model, uint32_t site, int64_t now)
{
	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		if (job->site == site && job_stalled(job, now))
			return true;
	return false;
}

static bool
is_throttled(const struct site *site, int64_t now)
{
	return site->throttled != WHEN_NONE && site->used <= 1 && since(site->throttled, now) < THROTTLE_LASTS;
}

enum site_state
site_state(const struct model *model, uint32_t i, int64_t now)
{
	size_t count;
	const struct site *site = &model_sites(model, &count)[i];
	uint32_t slots = site_slots(site);
	bool waits = site_waiting(site) > 0;

	if (is_blocked(site, now))
		return SITE_BLOCKED;
	if (site_hangs(model, i, now))
		return SITE_STALLED;
	if (is_throttled(site, now) && (slots > 0 || !waits || since(site->throttled, now) < RETURNED_LASTS))
		return SITE_THROTTLED;
	if (site->capacity >= 0 && (int64_t)slots >= site->capacity && (slots > 0 || waits))
		return SITE_FULL;
	if (slots == 0 && waits)
		return SITE_QUEUED;
	return site->used > 0 && any_stalls(model, i, now) ? SITE_STALLED : SITE_OK;
}

const char *
site_state_word(enum site_state state)
{
	/* clang-format off */
	static const char *const words[] = {
		[SITE_OK] = "ok",
		[SITE_FULL] = "full",
		[SITE_BLOCKED] = "blocked",
		[SITE_THROTTLED] = "throttled",
		[SITE_STALLED] = "stalled",
		[SITE_QUEUED] = "queued",
	};
	/* clang-format on */

	return words[state];
}

/* What the jobs of a site, or of all, do together; those that stall do nothing. */
static double
rate_of_jobs(const struct model *model, uint32_t site, int64_t now)
{
	double sum = -1, rate;

	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job)) {
		if (job->kind == KIND_REPLICATION || (site != NAME_NONE && job->site != site))
			continue;
		rate = job_stalled(job, now) ? 0 : job_rate(job);
		if (rate >= 0)
			sum = (sum < 0 ? 0 : sum) + rate;
	}
	return sum;
}

/* Long sends are seen best by their own rate, short ones by the bytes of the last seconds. */
static double
better_of(const struct model *model, double jobs, uint64_t bytes, int64_t now)
{
	int64_t from = model_sending(model).since, heard = since(from, now);
	double recent;

	if (from == WHEN_NONE || heard < RATE_LEAST)
		return -1;
	recent = (double)bytes * 1000.0 / (double)(heard < RATE_WINDOW ? heard : RATE_WINDOW);
	return jobs > recent ? jobs : recent;
}

double
site_rate(const struct model *model, uint32_t i, int64_t now)
{
	size_t count;
	const struct site *site = &model_sites(model, &count)[i];

	if (now == WHEN_NONE)
		return -1;
	return better_of(model, site->used > 0 ? rate_of_jobs(model, i, now) : -1,
	                 model_site_recent_bytes(model, i, now, 15), now);
}

double
sending_rate(const struct model *model, int64_t now)
{
	if (now == WHEN_NONE)
		return -1;
	return better_of(model, rate_of_jobs(model, NAME_NONE, now), model_recent_bytes(model, now, 15), now);
}

/* ---- how long the slots were full ---- */

static double
share(uint64_t full, uint64_t known)
{
	return known == 0 ? -1 : (double)full / (double)known;
}

double
sending_full(const struct model *model, int64_t now, int64_t span)
{
	const struct sample *point;
	uint64_t full = 0, known = 0;

	for (size_t i = 0; now != WHEN_NONE && (point = model_sample(model, i)) && point->at + SAMPLE_SPAN > now - span;
	     i++) {
		full += point->full;
		known += point->known;
	}
	return share(full, known);
}

#define MOSTLY 0.8

bool
sending_is_full(const struct model *model, int64_t now)
{
	struct sending sending = model_sending(model);

	if (sending.capacity <= 0)
		return false;
	return sending.used >= (uint64_t)sending.capacity
	       || (sending_full(model, now, 15 * WHEN_MINUTE) >= MOSTLY
	           && (double)sending.used >= MOSTLY * (double)sending.capacity);
}

double
distribution_full(const struct model *model, int64_t now, int64_t span)
{
	const struct sample *point;
	uint64_t full = 0, known = 0;

	for (size_t i = 0; now != WHEN_NONE && (point = model_sample(model, i)) && point->at + SAMPLE_SPAN > now - span;
	     i++) {
		full += point->distmgr_full;
		known += point->distmgr_known;
	}
	return share(full, known);
}

/* ---- packages and the backlog ---- */

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
	int64_t span = since(from, now);

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
	return eta_in_whole_seconds(left / net * (double)WHEN_HOUR);
}

struct backlog
backlog_at(const struct model *model, int64_t now)
{
	struct sending sending = model_sending(model);
	struct backlog backlog = {
		.known = sending.due_heard || sending.listed,
		.listed = sending.listed,
		.waiting = sending.waiting,
		.running = sending.running,
		.since = sending.listed ? WHEN_NONE : sending.due_since,
		.counted = sending.listed && sending.due_heard ? (int64_t)sending.counted : -1,
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
