/* What follows from transfers to distribution points and the time of day. */
#include "cmtop/figures.h"
#include "cmtop/rate_window.h"

#define SILENT_LEAST (10 * WHEN_MINUTE)
#define SILENT_FIRST (5 * WHEN_MINUTE) /* before the first block, or the first pause of a rate limit */

bool
transfer_told(const struct transfer *transfer, int64_t now)
{
	return transfer->state != TRANSFER_DONE || transfer->last == WHEN_NONE || now == WHEN_NONE
	       || now - transfer->last < WHEN_HOUR;
}

/* ---- stalls ---- */

int64_t
transfer_usual_gap(const struct transfer *transfer)
{
	return transfer->usual_gap;
}

int64_t
transfer_silence(const struct transfer *transfer, int64_t now)
{
	int64_t from = transfer->last;

	if (transfer->pauses_until != WHEN_NONE && transfer->pauses_until > from)
		from = transfer->pauses_until;
	return from == WHEN_NONE || now == WHEN_NONE || now < from ? 0 : now - from;
}

bool
transfer_stalled(const struct transfer *transfer, int64_t now)
{
	int64_t most = transfer_usual_gap(transfer) * STALL_TIMES;

	if (transfer->state != TRANSFER_SENDING)
		return false;
	if (transfer->moved == WHEN_NONE)
		return transfer_silence(transfer, now) > (most > SILENT_FIRST ? most : SILENT_FIRST);
	return transfer_silence(transfer, now) > (most > SILENT_LEAST ? most : SILENT_LEAST);
}

/* ---- rates ---- */

static uint64_t
bytes_lately(const struct transfer *transfer, int64_t now)
{
	return transfer->recent ? rate_window_sum(transfer->recent, when_between(transfer->recent_since, now), 15) : 0;
}

/* With a rate limit no block is logged at the usual level. */
bool
transfer_rate_estimated(const struct transfer *transfer, int64_t now)
{
	return transfer->state == TRANSFER_SENDING && !transfer->pull && now != WHEN_NONE && transfer->throttled
	       && transfer->limit_rate >= 0 && bytes_lately(transfer, now) == 0 && !transfer_stalled(transfer, now);
}

double
transfer_rate(const struct transfer *transfer, int64_t now)
{
	int64_t span;

	if (transfer->state != TRANSFER_SENDING || transfer->pull || now == WHEN_NONE)
		return -1;
	if (transfer_rate_estimated(transfer, now))
		return (double)transfer->limit_rate;
	span = transfer->started == WHEN_NONE ? RATE_WINDOW : now - transfer->started;
	if (span < RATE_LEAST)
		return -1;
	return (double)bytes_lately(transfer, now) * 1000.0 / (double)(span < RATE_WINDOW ? span : RATE_WINDOW);
}

/* ---- sizes ---- */

int64_t
transfer_size(const struct model *model, const struct transfer *transfer)
{
	return model_source_size(model, transfer->package, transfer->version);
}

double
transfer_share(const struct model *model, const struct transfer *transfer)
{
	int64_t size = transfer_size(model, transfer);

	if (transfer->state != TRANSFER_SENDING || transfer->pull || transfer->attempts > 1 || transfer->failures > 0
	    || size <= 0 || transfer->bytes > (uint64_t)size || (transfer->throttled && transfer->bytes == 0))
		return -1;
	return (double)transfer->bytes / (double)size;
}

/* ---- all of them ---- */

static void
add(struct transfers_now *all, const struct transfer *transfer, int64_t now)
{
	double rate = transfer_rate(transfer, now);

	all->waiting += transfer->state == TRANSFER_WAITING;
	all->notified += transfer->state == TRANSFER_NOTIFIED;
	all->retrying += transfer->state == TRANSFER_RETRY;
	all->failed += transfer->state == TRANSFER_FAILED;
	if (transfer->state != TRANSFER_SENDING)
		return;
	all->sending++;
	all->stalled += transfer_stalled(transfer, now);
	all->throttled += transfer->throttled;
	if (rate >= 0)
		all->rate = (all->rate < 0 ? 0 : all->rate) + rate;
	all->rate_estimated |= transfer_rate_estimated(transfer, now);
}

#define HOUR_LEAST (5 * WHEN_MINUTE)

struct transfers_now
transfers_at(const struct model *model, int64_t now)
{
	struct transfers counts = model_transfer_counts(model);
	struct transfers_now all = {
		.seen = counts.seen, .done = counts.done, .failures = counts.failures, .rate = -1, .done_per_hour = -1
	};
	size_t count;
	const struct transfer *transfers = model_transfers(model, &count);
	int64_t span = counts.since == WHEN_NONE || now == WHEN_NONE ? 0 : now - counts.since;

	for (size_t i = 0; i < count; i++)
		add(&all, &transfers[i], now);
	if (span > WHEN_HOUR)
		span = WHEN_HOUR;
	if (span >= HOUR_LEAST)
		all.done_per_hour =
			(double)model_rate_count(model, RATE_TRANSFERS, now, span) * (double)WHEN_HOUR / (double)span;
	return all;
}
