/* Findings about the ways to sites: blocked, closed, throttled. */
#include "advice/finding.h"

#include "cmtop/errors.h"

#include <stdio.h>
#include <string.h>

#define NAMED 3 /* sites that are named; the rest is counted */

struct group {
	uint32_t count;
	uint64_t waiting;
	char names[64];
	uint32_t first; /* the site that is named first, NAME_NONE */
	int64_t until;  /* the latest, WHEN_NONE: not said for any */
	uint8_t log;    /* … which is of this one */
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
	struct group group = { .first = NAME_NONE, .until = WHEN_NONE };

	for (uint32_t i = 0; i < known->site_count; i++) {
		const struct site *site = &known->sites[i];

		if (site_waiting(site) == 0 || !is(known, i))
			continue;
		if (group.first == NAME_NONE)
			group.first = i;
		if (group.count++ < NAMED)
			snprintf(group.names + strlen(group.names), sizeof(group.names) - strlen(group.names), "%s%s",
			         group.names[0] ? " " : "", site->code);
		group.waiting += site_waiting(site);
		if (site->blocked_until > group.until) {
			group.until = site->blocked_until;
			group.log = site->blocked_log;
		}
	}
	if (group.count > NAMED)
		snprintf(group.names + strlen(group.names), sizeof(group.names) - strlen(group.names), " and %u more",
		         group.count - NAMED);
	return group;
}

int64_t
advice_local(const struct known *known, uint8_t log, int64_t at)
{
	return written_local(model_written(known->model, log, at));
}

/* The newest failure of a send to the site that nothing mended since; NULL: none is kept. */
static const struct failure *
last_failure(const struct known *known, uint32_t site)
{
	const struct failure *failure;

	for (size_t i = 0; (failure = model_failure(known->model, i)); i++)
		if (failure->kind == FAILURE_SEND && failure->what.site == site && failure->resolved == WHEN_NONE)
			return failure;
	return NULL;
}

#define CAUSE_MOST 90 /* bytes of what the log says */

/* Why, without when it is tried again; no letter of several bytes is cut in two. */
static size_t
cause_size(const char *text)
{
	const char *again = strstr(text, "Restart time");
	size_t size = again && again > text ? (size_t)(again - text) : strlen(text);

	if (size > CAUSE_MOST)
		for (size = CAUSE_MOST; size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80; size--)
			continue;
	while (size > 0 && strchr(" ;,", text[size - 1]))
		size--;
	return size;
}

/* "Error 53: network path not found", with its site where several are named; in the log's own words where it has no code. */
static void
last_error(const struct known *known, const struct group *group, char *text, size_t size)
{
	const struct failure *failure = last_failure(known, group->first);
	const char *meaning = failure && failure->coded ? failure_meaning(failure->code) : NULL;
	char code[12], of[24] = "";

	if (group->count > 1)
		snprintf(of, sizeof(of), " of %s", known->sites[group->first].code);
	if (failure && failure->coded) {
		error_code_text(failure->code, code);
		snprintf(text, size, "Error%s%s%s%s%s", of, of[0] ? ": " : " ", code,
		         meaning ? of[0] ? ", " : ": " : "", meaning ? meaning : "");
	} else if (failure && failure->what.text[0]) {
		snprintf(text, size, "Last error%s: %.*s", of, (int)cause_size(failure->what.text), failure->what.text);
	} else {
		snprintf(text, size, "No reason is in these logs");
	}
}

bool
find_site_blocked(const struct known *known, char *text, size_t size)
{
	struct group group = gather(known, is_blocked);
	char waiting[FMT_TEXT], until[FMT_TEXT], time[FMT_TEXT + 24] = "", error[140];

	if (group.count == 0)
		return false;
	fmt_count(group.waiting, waiting);
	last_error(known, &group, error, sizeof(error));
	if (group.until != WHEN_NONE) {
		fmt_clock_short(advice_local(known, group.log, group.until), until);
		snprintf(time, sizeof(time), " until %s%s", until, group.count > 1 ? " at the latest" : "");
	}
	snprintf(text, size, "Sender skips %s%s; %s wait%s. %s", group.names, time, waiting,
	         group.waiting == 1 ? "s" : "", error);
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
	snprintf(text, size,
	         "%s closed by schedule; %s send%s until it opens. A changed schedule affects only sends that start "
	         "later",
	         group.names, waiting, group.waiting == 1 ? " waits" : "s wait");
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
	snprintf(
		text, size,
		"%s limited to one connection (rate limit or pulse mode); %s send%s. More slots do not help. A changed "
		"limit affects only sends that start later",
		group.names, waiting, group.waiting == 1 ? " waits" : "s wait");
	return true;
}
