/* One site, and all sites together: their state, and how fast bytes go there. */
#include "cmtop/figures.h"
#include "figures/elapsed.h"

#define THROTTLE_LASTS WHEN_HOUR         /* said again well within that where it is still so */
#define RETURNED_LASTS (5 * WHEN_MINUTE) /* a request that went back for that is not taken again at once */

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
	return site->throttled != WHEN_NONE && site->used <= 1 && elapsed(site->throttled, now) < THROTTLE_LASTS;
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
	if (is_throttled(site, now) && (slots > 0 || !waits || elapsed(site->throttled, now) < RETURNED_LASTS))
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
	int64_t from = model_sending(model).since, covered = elapsed(from, now);
	double recent;

	if (from == WHEN_NONE || covered < RATE_LEAST)
		return -1;
	recent = (double)bytes * 1000.0 / (double)(covered < RATE_WINDOW ? covered : RATE_WINDOW);
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
