/* Findings about the sending slots: who holds them, and whether they are what is scarce. */
#include "advice/finding.h"

#include <stdio.h>
#include <string.h>

#define SILENT_FROM (2 * WHEN_MINUTE)
#define IDLE_FROM   (10 * WHEN_MINUTE)

bool
find_silent(const struct known *known, char *text, size_t size)
{
	char age[FMT_TEXT];

	if (!known->look->live || known->sending.used == 0)
		return false;
	for (size_t i = 0; i < known->look->log_count; i++) {
		const struct log_status *log = &known->look->logs[i];

		if (strcmp(log->name, "sender") != 0 || log->silent < SILENT_FROM)
			continue;
		if (log->state != LOG_LIVE && log->state != LOG_IDLE && log->state != LOG_READ) {
			snprintf(text, size,
			         "sender.log cannot be read. %u slot%s in use when it was last read. Is the share up?",
			         known->sending.used, known->sending.used == 1 ? "" : "s");
			return true;
		}
		fmt_duration(log->silent, age);
		snprintf(text, size, "sender.log silent %s with %u slot%s in use. Is SMS_EXECUTIVE running?", age,
		         known->sending.used, known->sending.used == 1 ? "" : "s");
		return true;
	}
	return false;
}

/* Two slots at least, and half of all that are used: less is a stuck send, not a hog. */
static bool
is_hog(const struct known *known)
{
	return known->hog != NAME_NONE && known->hog_slots >= 2 && known->hog_slots * 2 >= known->sending.used
	       && known->backlog.waiting > 0;
}

bool
find_slot_hog(const struct known *known, char *text, size_t size)
{
	char silence[FMT_TEXT];

	if (!is_hog(known))
		return false;
	fmt_duration(known->hog_silence, silence);
	snprintf(text, size,
	         "%s holds %u of %u slots in use and has sent nothing for %s. A lower limit per site keeps slots free "
	         "for other sites",
	         known->sites[known->hog].code, known->hog_slots, known->sending.used, silence);
	return true;
}

/* How many of the site's sends could begin if all sites together had slots for them. */
static uint64_t
could_begin(const struct known *known, uint32_t i)
{
	const struct site *site = &known->sites[i];
	uint64_t waiting = site_waiting(site), most = UINT64_MAX;
	enum site_state state = waiting > 0 ? site_state(known->model, i, known->now) : SITE_OK;
	int64_t limit = model_site_limit(known->model, i);

	if (state == SITE_BLOCKED || state == SITE_THROTTLED || site_hangs(known->model, i, known->now))
		return 0;
	if (limit >= 0)
		most = limit > (int64_t)site_slots(site) ? (uint64_t)limit - site_slots(site) : 0;
	return waiting < most ? waiting : most;
}

/* Where nothing that waits could begin with more slots, these are not what is missing. */
static bool
more_slots_help(const struct known *known)
{
	for (uint32_t i = 0; i < known->site_count; i++)
		if (could_begin(known, i) > 0)
			return true;
	return false;
}

/* Where a stuck site holds the slots, more slots are not what is missing, nor where the line is full. */
bool
find_sender_full(const struct known *known, char *text, size_t size)
{
	char waiting[FMT_TEXT];

	/* A slot that is just changing hands does not count; a limit that was raised does. */
	if (known->sending.capacity <= 0 || known->backlog.waiting == 0 || known->full < MOSTLY || is_hog(known)
	    || are_stalled(known->stuck, known->sending.used) || link_is_full(known) || !more_slots_help(known)
	    || (double)known->sending.used < MOSTLY * (double)known->sending.capacity)
		return false;
	fmt_count(known->backlog.waiting, waiting);
	snprintf(text, size, "All %lld slots were in use for %.0f%% of the last 15 min; %s sends wait. %s",
	         (long long)known->sending.capacity, known->full * 100, waiting,
	         link_has_room(known)
	                 ? "The limit for all sites holds them back"
	                 : "More slots help only with spare bandwidth. These logs do not show if there is any");
	return true;
}

bool
find_site_full(const struct known *known, char *text, size_t size)
{
	uint32_t full = 0, worst = 0;
	uint64_t waiting = 0;

	/* A fifth of all slots free: fewer come and go. */
	if (known->sending.capacity <= 0
	    || (known->sending.capacity - (int64_t)known->sending.used) * 5 < known->sending.capacity)
		return false;
	for (uint32_t i = 0; i < known->site_count; i++) {
		const struct site *site = &known->sites[i];

		if (site->capacity <= 0 || (int64_t)(site->used + site->unseen) < site->capacity
		    || site_waiting(site) == 0)
			continue;
		if (are_stalled(stalled_at(known, i), site_slots(site)))
			continue; /* that is what is wrong there */
		full++;
		if (site_waiting(site) > waiting) {
			waiting = site_waiting(site);
			worst = i;
		}
	}
	if (full == 0)
		return false;
	snprintf(text, size, "%u %s (%s %u of %lld, %llu wait). %lld of %lld slots for all sites are free", full,
	         full == 1 ? "site uses all its slots" : "sites use all their slots", known->sites[worst].code,
	         known->sites[worst].used + known->sites[worst].unseen, (long long)known->sites[worst].capacity,
	         (unsigned long long)waiting,
	         (long long)known->sending.used < (long long)known->sending.capacity
	                 ? (long long)known->sending.capacity - known->sending.used
	                 : 0LL,
	         (long long)known->sending.capacity);
	return true;
}

/* What waits for sites that are left alone does not count: that has a reason of its own. */
static uint64_t
could_be_sent(const struct known *known)
{
	uint64_t waiting = 0;

	for (uint32_t i = 0; i < known->site_count; i++)
		if (site_state(known->model, i, known->now) != SITE_BLOCKED)
			waiting += site_waiting(&known->sites[i]);
	return waiting;
}

bool
find_idle(const struct known *known, char *text, size_t size)
{
	const struct sample *sample;
	uint64_t waiting = could_be_sent(known);
	char count[FMT_TEXT];

	if (known->sending.used > 0 || waiting == 0 || known->sending.since == WHEN_NONE
	    || known->now - known->sending.since < IDLE_FROM)
		return false;
	for (size_t i = 0;
	     (sample = model_sample(known->model, i)) && sample->at + SAMPLE_SPAN > known->now - IDLE_FROM; i++)
		if (sample->slot_time > 0)
			return false;
	fmt_count(waiting, count);
	snprintf(text, size,
	         "No slot in use for 10 min, but %s sends wait for sites that are not blocked. Check the scheduler and "
	         "the outbox",
	         count);
	return true;
}

#define BIG       (INT64_C(1) << 30)
#define BIG_TIMES 20 /* as large as what counts as small */

bool
find_small_behind_big(const struct known *known, char *text, size_t size)
{
	const struct package *packages;
	enum size_source source;
	uint32_t big = 0;
	int64_t least = INT64_MAX, bytes;
	uint64_t small = 0;
	size_t count;
	char big_size[FMT_TEXT], small_count[FMT_TEXT];

	if (known->sending.capacity <= 0 || (int64_t)known->sending.used < known->sending.capacity)
		return false;
	for (const struct job *job = model_next_job(known->model, NULL); job; job = model_next_job(known->model, job)) {
		bytes = job_size(known->model, job, &source);
		if (bytes < BIG || job_stalled(job, known->now))
			continue;
		big++;
		if (bytes < least)
			least = bytes;
	}
	if (big * 2 < known->sending.used || big == 0)
		return false;
	packages = model_packages(known->model, &count);
	for (uint32_t i = 0; i < count; i++) {
		bytes = packages[i].waiting > 0 ? package_size(known->model, i, &source) : -1;
		if (bytes >= 0 && bytes < least / BIG_TIMES)
			small += packages[i].waiting;
	}
	if (small < 20 || small * 2 < known->backlog.waiting)
		return false;
	fmt_size((uint64_t)least, FMT_BYTES, big_size);
	fmt_count(small, small_count);
	snprintf(text, size,
	         "%u sends of %s or more hold %u of %u slots; %s sends wait that are 20 times smaller. Send the large "
	         "ones at night, or at low priority",
	         big, big_size, big, known->sending.used, small_count);
	return true;
}

bool
find_limits_equal(const struct known *known, char *text, size_t size)
{
	if (known->sending.capacity <= 1 || known->sending.capacity != known->sending.site_capacity)
		return false;
	snprintf(text, size, "The limits per site and for all sites are both %lld. One dead site can hold every slot",
	         (long long)known->sending.capacity);
	return true;
}
