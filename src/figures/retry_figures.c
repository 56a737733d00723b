/* When something is tried again, as far as the text in the log can be read for certain. */
#include "cmtop/figures.h"

int64_t
failure_retry(const struct model *model, const struct failure *failure)
{
	return model_announced(model, &failure->retry);
}

int64_t
transfer_restart(const struct model *model, const struct transfer *transfer)
{
	return model_announced(model, &transfer->restart);
}
