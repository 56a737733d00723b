/* What follows from a transfer to a distribution point and the time of day. */
#include "cmtop/figures.h"

bool
transfer_told(const struct transfer *transfer, int64_t now)
{
	return transfer->state != TRANSFER_DONE || transfer->last == WHEN_NONE || now == WHEN_NONE ||
	       now - transfer->last < WHEN_HOUR;
}

bool
transfer_stalled(const struct transfer *transfer, int64_t now)
{
	(void)transfer, (void)now;
	return false;
}

double
transfer_rate(const struct transfer *transfer, int64_t now)
{
	int64_t last = now / WHEN_SECOND, span;
	uint64_t bytes = 0;

	if (transfer->state != TRANSFER_SENDING || transfer->pull || now == WHEN_NONE)
		return -1;
	span = transfer->started == WHEN_NONE ? RATE_WINDOW : now - transfer->started;
	if (span < RATE_LEAST)
		return -1;
	for (size_t i = 0; i < 16; i++)
		if (transfer->second_bytes[i] > 0 && transfer->second[i] > last - 15 && transfer->second[i] <= last)
			bytes += transfer->second_bytes[i];
	return (double)bytes * 1000.0 / (double)(span < RATE_WINDOW ? span : RATE_WINDOW);
}

int64_t
transfer_size(const struct model *model, const struct transfer *transfer)
{
	return model_source_size(model, transfer->package, transfer->version);
}

double
transfer_share(const struct model *model, const struct transfer *transfer)
{
	int64_t size = transfer_size(model, transfer);

	if (transfer->state != TRANSFER_SENDING || transfer->pull || transfer->attempts > 1 || transfer->failures > 0 ||
	    size <= 0 || transfer->bytes > (uint64_t)size)
		return -1;
	return (double)transfer->bytes / (double)size;
}
