/* Findings about transfers to distribution points. */
#include "finding.h"

#include <stdio.h>

static const char *
package_id(const struct known *known, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(known->model, &count);

	return package == NAME_NONE ? "?" : packages[package].id;
}

bool
find_transfers_stalled(const struct known *known, char *text, size_t size)
{
	size_t count, stalled = 0, sending = 0;
	const struct transfer *t = model_transfers(known->model, &count), *worst = NULL;
	char silence[FMT_TEXT];

	for (size_t i = 0; i < count; i++) {
		sending += t[i].state == TRANSFER_SENDING;
		if (!transfer_stalled(&t[i], known->now))
			continue;
		stalled++;
		if (!worst || transfer_silence(&t[i], known->now) > transfer_silence(worst, known->now))
			worst = &t[i];
	}
	if (!worst)
		return false;
	fmt_duration(transfer_silence(worst, known->now), silence);
	snprintf(text, size, "%zu of %zu transfers under way %s silent; %s to %s (job %llu) for %s: is WMI on that distribution point up, and its disk?",
	         stalled, sending, stalled == 1 ? "is" : "are", package_id(known, worst->package),
	         model_server(known->model, worst->dp), (unsigned long long)worst->job, silence);
	return true;
}

#define COLLISIONS_LEAST 2  /* one may be anybody's */

/* Several threads at one job are how the product works: only that they get into each other's way is worth a word. */
bool
find_transfer_collision(const struct known *known, char *text, size_t size)
{
	size_t count;
	const struct transfer *t = model_transfers(known->model, &count), *worst = NULL;

	for (size_t i = 0; i < count; i++)
		if (t[i].collisions >= COLLISIONS_LEAST && t[i].state != TRANSFER_DONE && (!worst || t[i].collisions > worst->collisions))
			worst = &t[i];
	if (!worst)
		return false;
	snprintf(text, size, "%s to %s (job %llu): %u sharing violations while several threads were at it: fewer threads per package, or one job at a time",
	         package_id(known, worst->package), model_server(known->model, worst->dp), (unsigned long long)worst->job, worst->collisions);
	return true;
}

/* ---- rate limits ---- */

static bool
is_throttled(const struct transfer *t)
{
	return t->throttled && (t->state == TRANSFER_SENDING || t->state == TRANSFER_WAITING);
}

struct limited {
	uint32_t dp, sending, waiting;
	const struct transfer *limit;  /* one that tells what the limit is; NULL: none does */
};

static struct limited
limited_dp(const struct known *known, uint32_t dp)
{
	struct limited out = { .dp = dp };
	size_t count;
	const struct transfer *t = model_transfers(known->model, &count);

	for (size_t i = 0; i < count; i++) {
		if (t[i].dp != dp)
			continue;
		out.sending += t[i].state == TRANSFER_SENDING;
		out.waiting += t[i].state == TRANSFER_WAITING;
		if (is_throttled(&t[i]) && t[i].limit_rate >= 0 && (!out.limit || t[i].last > out.limit->last))
			out.limit = &t[i];
	}
	return out;
}

/* "PS1DP1.CONTOSO.COM sends at 10% of about 1.0 MB/s, about 104.9 KB/s, by its rate limit: 1 transfer under way, 3 wait" */
static void
say_limit(const struct known *known, const struct limited *worst, char *text, size_t size)
{
	const char *dp = model_server(known->model, worst->dp);
	char rate[FMT_TEXT];

	if (worst->limit) {
		fmt_rate((double)worst->limit->limit_rate, FMT_BYTES, rate);
		snprintf(text, size, "%s is sent to at %u%% of its line, ~%s, by its rate limit: %u transfer%s under way, %u wait%s", dp,
		         worst->limit->limit_percent, rate, worst->sending, worst->sending == 1 ? "" : "s", worst->waiting,
		         worst->waiting == 1 ? "s" : "");
	} else {
		snprintf(text, size, "%s takes one connection at a time, by its rate limit or pulse mode: %u transfer%s under way, %u wait%s", dp,
		         worst->sending, worst->sending == 1 ? "" : "s", worst->waiting, worst->waiting == 1 ? "s" : "");
	}
}

bool
find_dp_throttled(const struct known *known, char *text, size_t size)
{
	size_t count;
	const struct transfer *t = model_transfers(known->model, &count);
	struct limited worst = { .dp = NAME_NONE }, now;
	uint32_t held = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_throttled(&t[i]) || t[i].dp == NAME_NONE || t[i].dp == worst.dp)
			continue;
		now = limited_dp(known, t[i].dp);
		if (now.sending + now.waiting <= held)
			continue;
		worst = now;
		held = now.sending + now.waiting;
	}
	if (held == 0)
		return false;
	say_limit(known, &worst, text, size);
	return true;
}
