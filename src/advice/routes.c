/* Findings about the ways to sites: blocked, closed, throttled. */
#include "finding.h"

#include <stdio.h>
#include <string.h>

#define NAMED 3  /* sites that are named; the rest is counted */

struct group {
	uint32_t count;
	uint64_t waiting;
	char     names[64];
	int64_t  until;  /* the latest, WHEN_NONE: not said for any */
};

static bool
is_closed(const struct known *known, uint32_t i)
{
	return known->sites[i].closed && site_state(known->model, i, known->now) == SITE_BLOCKED;
}

static bool
is_blocked(const struct known *known, uint32_t i)
{
	return !known->sites[i].closed && site_state(known->model, i, known->now) == SITE_BLOCKED;
}

static bool
is_throttled(const struct known *known, uint32_t i)
{
	return site_state(known->model, i, known->now) == SITE_THROTTLED;
}

static struct group
gather(const struct known *known, bool (*is)(const struct known *known, uint32_t site))
{
	struct group group = { .until = WHEN_NONE };

	for (uint32_t i = 0; i < known->site_count; i++) {
		const struct site *site = &known->sites[i];

		if (site_waiting(site) == 0 || !is(known, i))
			continue;
		if (group.count++ < NAMED)
			snprintf(group.names + strlen(group.names), sizeof(group.names) - strlen(group.names), "%s%s",
			         group.names[0] ? " " : "", site->code);
		group.waiting += site_waiting(site);
		if (site->blocked_until > group.until)
			group.until = site->blocked_until;
	}
	if (group.count > NAMED)
		snprintf(group.names + strlen(group.names), sizeof(group.names) - strlen(group.names), " and %u more", group.count - NAMED);
	return group;
}

int64_t
advice_local(const struct known *known, int64_t at)
{
	return model_zoned(known->model) ? at - model_bias(known->model) * WHEN_MINUTE : at;
}

bool
find_site_blocked(const struct known *known, char *text, size_t size)
{
	struct group group = gather(known, is_blocked);
	char waiting[FMT_TEXT], until[FMT_TEXT];

	if (group.count == 0)
		return false;
	fmt_count(group.waiting, waiting);
	if (group.until == WHEN_NONE) {
		snprintf(text, size, "%s left alone by the sender, %s sends wait for them: see their last error", group.names, waiting);
		return true;
	}
	fmt_clock_short(advice_local(known, group.until), until);
	snprintf(text, size, "%s left alone until %s at the latest, %s sends wait for them: see their last error", group.names, until, waiting);
	return true;
}

bool
find_address_closed(const struct known *known, char *text, size_t size)
{
	struct group group = gather(known, is_closed);
	char waiting[FMT_TEXT];

	if (group.count == 0)
		return false;
	fmt_count(group.waiting, waiting);
	snprintf(text, size, "%s closed by schedule, %s sends wait for the next opening; a change of the schedule does not touch a send that already runs",
	         group.names, waiting);
	return true;
}

bool
find_throttled(const struct known *known, char *text, size_t size)
{
	struct group group = gather(known, is_throttled);
	char waiting[FMT_TEXT];

	if (group.count == 0)
		return false;
	fmt_count(group.waiting, waiting);
	snprintf(text, size, "%s limited to one connection by a rate limit or pulse mode, whatever the slots; %s sends wait there. "
	         "A change of it does not touch a send that already runs", group.names, waiting);
	return true;
}
