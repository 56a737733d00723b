/* Findings about transfers to distribution points. */
#include "advice/finding.h"

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
	snprintf(
		text, size,
		"%zu of %zu transfers under way %s silent. %s to %s (job %llu): nothing for %s. Check WMI and the disk "
		"of that distribution point",
		stalled, sending, stalled == 1 ? "is" : "are", package_id(known, worst->package),
		model_server(known->model, worst->dp), (unsigned long long)worst->job, silence);
	return true;
}

#define COLLISIONS_LEAST 2 /* one may be anybody's */

/* Several threads at one job are how the product works: only that they get into each other's way is worth a word. */
bool
find_transfer_collision(const struct known *known, char *text, size_t size)
{
	size_t count;
	const struct transfer *t = model_transfers(known->model, &count), *worst = NULL;

	for (size_t i = 0; i < count; i++)
		if (t[i].collisions >= COLLISIONS_LEAST && t[i].state != TRANSFER_DONE
		    && (!worst || t[i].collisions > worst->collisions))
			worst = &t[i];
	if (!worst)
		return false;
	snprintf(text, size,
	         "%s to %s (job %llu): %u sharing violations between its threads. Allow fewer threads per package, or "
	         "one job at a time",
	         package_id(known, worst->package), model_server(known->model, worst->dp),
	         (unsigned long long)worst->job, worst->collisions);
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
	const struct transfer *limit; /* one that tells what the limit is; NULL: none does */
};

#define LIMITED_MOST 64 /* distribution points that are looked at */

/* Those with a throttled transfer, in no order. */
static size_t
find_limited(const struct transfer *t, size_t count, struct limited out[LIMITED_MOST])
{
	size_t found = 0, k;

	for (size_t i = 0; i < count && found < LIMITED_MOST; i++) {
		if (!is_throttled(&t[i]) || t[i].dp == NAME_NONE)
			continue;
		for (k = 0; k < found && out[k].dp != t[i].dp;)
			k++;
		if (k == found)
			out[found++] = (struct limited){ .dp = t[i].dp };
		if (t[i].limit_rate >= 0 && (!out[k].limit || t[i].last > out[k].limit->last))
			out[k].limit = &t[i];
	}
	return found;
}

static void
count_limited(const struct transfer *t, size_t count, struct limited *limited)
{
	for (size_t i = 0; i < count; i++) {
		if (t[i].dp != limited->dp)
			continue;
		limited->sending += t[i].state == TRANSFER_SENDING;
		limited->waiting += t[i].state == TRANSFER_WAITING;
	}
}

/* "PS1DP1.CONTOSO.COM: a rate limit allows 10% of its bandwidth, ~104.9 KB/s. 1 transfer under way, 3 wait" */
static void
limit_text(const struct known *known, const struct limited *worst, char *text, size_t size)
{
	const char *dp = model_server(known->model, worst->dp);
	char rate[FMT_TEXT];

	if (worst->limit) {
		fmt_rate((double)worst->limit->limit_rate, FMT_BYTES, rate);
		snprintf(text, size,
		         "%s: a rate limit allows %u%% of its bandwidth, ~%s. %u transfer%s under way, %u wait%s", dp,
		         worst->limit->limit_percent, rate, worst->sending, worst->sending == 1 ? "" : "s",
		         worst->waiting, worst->waiting == 1 ? "s" : "");
	} else {
		snprintf(text, size,
		         "%s takes one connection at a time (rate limit or pulse mode). %u transfer%s under way, "
		         "%u wait%s",
		         dp, worst->sending, worst->sending == 1 ? "" : "s", worst->waiting,
		         worst->waiting == 1 ? "s" : "");
	}
}

/* Of several distribution points the one that most goes to. */
bool
find_dp_throttled(const struct known *known, char *text, size_t size)
{
	size_t count, found, worst = 0;
	const struct transfer *t = model_transfers(known->model, &count);
	struct limited limited[LIMITED_MOST];

	found = find_limited(t, count, limited);
	for (size_t i = 0; i < found; i++) {
		count_limited(t, count, &limited[i]);
		if (limited[i].sending + limited[i].waiting > limited[worst].sending + limited[worst].waiting)
			worst = i;
	}
	if (found == 0)
		return false;
	limit_text(known, &limited[worst], text, size);
	return true;
}
