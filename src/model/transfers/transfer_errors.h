/* What the errors of a transfer to a distribution point tell. */
#ifndef MODEL_TRANSFERS_TRANSFER_ERRORS_H
#define MODEL_TRANSFERS_TRANSFER_ERRORS_H

#include "cmtop/model/transfer.h"

void transfer_keep_error(struct model *model, struct transfer *transfer, const struct event *event);
bool transfer_error_code(struct span text, uint32_t *out); /* false: there is none in it */

#endif
