/* Findings about the distribution manager: stuck, silent, aborting, or short of threads that install DPs. */
#include "advice/finding.h"

#include <stdio.h>
#include <string.h>

#define SAME_LEAST  3                  /* packages with the same error before it is that of the manager */
#define SILENT_BUSY (15 * WHEN_MINUTE) /* of a log whose component has work at hand */
#define SILENT_IDLE (2 * WHEN_HOUR)    /* … that has none: it sleeps for an hour at a time */

uint32_t
threads_stalled(const struct known *known)
{
	uint32_t count = 0;

	for (const struct package_thread *t = model_next_thread(known->model, NULL); t;
	     t = model_next_thread(known->model, t))
		count += thread_stalled(known->model, t, known->now);
	return count;
}

bool
find_distmgr_aborting(const struct known *known, char *text, size_t size)
{
	const struct distribution *d = &known->distribution;

	if (d->same_error < SAME_LEAST)
		return false;
	snprintf(text, size,
	         "The last %u packages all failed with 0x%08x, and none was done since. Restart SMS_EXECUTIVE. More "
	         "threads do not help",
	         d->same_error, d->same_code);
	return true;
}

/* The one that has been silent longest. */
bool
find_distmgr_stuck(const struct known *known, char *text, size_t size)
{
	const struct package_thread *worst = NULL;
	uint32_t stuck = threads_stalled(known);
	const struct package *packages;
	char silence[FMT_TEXT];
	size_t count;

	if (stuck == 0)
		return false;
	for (const struct package_thread *t = model_next_thread(known->model, NULL); t;
	     t = model_next_thread(known->model, t))
		if (thread_stalled(known->model, t, known->now)
		    && (!worst || thread_silence(t, known->now) > thread_silence(worst, known->now)))
			worst = t;
	packages = model_packages(known->model, &count);
	fmt_duration(thread_silence(worst, known->now), silence);
	snprintf(
		text, size,
		"%u of %u package threads are stuck. %s (%s) has logged nothing for %s%s. Check the package source and "
		"the virus scanner, then restart SMS_EXECUTIVE. More threads do not help",
		stuck, known->distribution.used, worst->package == NAME_NONE ? "One" : packages[worst->package].id,
		phase_word((enum phase)worst->phase), silence, known->distribution.queued ? ", and packages wait" : "");
	return true;
}

/* The newest record of any other log; WHEN_NONE. */
static int64_t
others_newest(const struct advice_look *look)
{
	int64_t newest = WHEN_NONE;

	for (size_t i = 0; i < look->log_count; i++)
		if (strcmp(look->logs[i].name, "distmgr") != 0 && look->logs[i].reached != WHEN_NONE
		    && (newest == WHEN_NONE || look->logs[i].reached > newest))
			newest = look->logs[i].reached;
	return newest;
}

int64_t
distmgr_silence(const struct advice_look *look)
{
	struct distribution d = model_distribution(look->model);
	int64_t others = others_newest(look), least = d.used > 0 || d.queued > 0 ? SILENT_BUSY : SILENT_IDLE;

	for (size_t i = 0; i < look->log_count; i++) {
		const struct log_status *log = &look->logs[i];

		if (strcmp(log->name, "distmgr") != 0 || log->reached == WHEN_NONE || others == WHEN_NONE)
			continue;
		/* The others go on: they spoke long after its last word, and did so lately. */
		if (others - log->reached < least || (look->now != WHEN_NONE && look->now - others > least))
			continue;
		return (look->now != WHEN_NONE && look->now > others ? look->now : others) - log->reached;
	}
	return -1;
}

bool
find_distmgr_silent(const struct known *known, char *text, size_t size)
{
	int64_t silence = distmgr_silence(known->look);
	char age[FMT_TEXT];

	if (silence < 0)
		return false;
	fmt_duration(silence, age);
	snprintf(text, size,
	         "distmgr.log silent for %s, but other logs go on. Package threads in use: %u. Packages that wait: "
	         "%llu. "
	         "Is SMS_DISTRIBUTION_MANAGER running?",
	         age, known->distribution.used, (unsigned long long)known->distribution.queued);
	return true;
}

bool
find_dp_upgrade_full(const struct known *known, char *text, size_t size)
{
	struct dp_upgrades u = model_dp_upgrades(known->model);

	if (!u.seen || u.capacity <= 0 || (int64_t)u.used < u.capacity || u.waiting == 0)
		return false;
	snprintf(text, size,
	         "All %lld threads that install or upgrade DPs are in use, and DP installs wait. DPUpgradeThreadLimit "
	         "sets their number. Package threads do not count",
	         (long long)u.capacity);
	return true;
}
