/* When something is tried again, as far as the text in the log can be read for certain. */
#include "cmtop/figures.h"

/* `at` and the answer are running time, the text is in the server's local one. */
static int64_t
read_text(const struct model *model, uint8_t log, const char *text, int64_t at)
{
	int64_t written = written_local(model_written(model, log, at));
	int64_t local = written == WHEN_NONE ? WHEN_NONE : when_in_text(span_of(text), written);

	return local == WHEN_NONE ? WHEN_NONE : at + (local - written);
}

int64_t
failure_retry(const struct model *model, const struct failure *failure)
{
	return read_text(model, failure->log, failure->retry, failure->what.at);
}

/* The text was said between the two; a thread of it may have spoken after that time. */
int64_t
transfer_restart(const struct model *model, const struct transfer *transfer)
{
	int64_t at = read_text(model, transfer->log, transfer->restart, transfer->last);

	return at != WHEN_NONE ? at : read_text(model, transfer->log, transfer->restart, transfer->started);
}
