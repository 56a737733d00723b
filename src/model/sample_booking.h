/* Log time that passes, booked on the samples: how the slots stood in it. */
#ifndef MODEL_SAMPLE_BOOKING_H
#define MODEL_SAMPLE_BOOKING_H

#include "model/tables/state.h"

/* Log time has gone on; soon: the slots may change now. */
void samples_pass(struct model *model, int64_t to, bool zoned, bool soon);

#endif
