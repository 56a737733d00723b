#ifndef MODEL_RECORDS_STATUS_TEXT_H
#define MODEL_RECORDS_STATUS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "cmtop/span.h"

/* "status message 2384: the first string; the second". False: it is no status message. */
bool status_text(struct span message, char *out, size_t size);

#endif
