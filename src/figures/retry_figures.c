/* When something is tried again, as far as the text in the log can be read for certain. */
#include "cmtop/figures.h"

/* `at` and the answer are running time, the text is in the server's local one. */
static int64_t
read_text(const char *text, int64_t at, struct written_time written)
{
	int64_t told = written_local(written);
	int64_t local = told == WHEN_NONE ? WHEN_NONE : when_in_text(span_of(text), told);

	return local == WHEN_NONE ? WHEN_NONE : at + (local - told);
}

int64_t
failure_retry(const struct model *model, const struct failure *failure)
{
	(void)model;
	return read_text(failure->retry, failure->what.at, failure->what.written);
}

/* The text was said between the two; a thread of it may have spoken after that time. */
int64_t
transfer_restart(const struct model *model, const struct transfer *transfer)
{
	int64_t at = read_text(transfer->restart, transfer->last, model_written(model, transfer->log, transfer->last));

	return at != WHEN_NONE ? at
	                       : read_text(transfer->restart, transfer->started,
	                                   model_written(model, transfer->started_log, transfer->started));
}

/* By the clock that wrote `written` at the running time `at`. */
static struct written_time
written_then(struct written_time written, int64_t at, int64_t then)
{
	written.at = then == WHEN_NONE ? WHEN_NONE : written.at + (then - at);
	return written;
}

struct written_time
failure_retry_written(const struct model *model, const struct failure *failure)
{
	return written_then(failure->what.written, failure->what.at, failure_retry(model, failure));
}

struct written_time
transfer_restart_written(const struct model *model, const struct transfer *transfer)
{
	return written_then(model_written(model, transfer->log, transfer->last), transfer->last,
	                    transfer_restart(model, transfer));
}
