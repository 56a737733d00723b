/* How transfers to distribution points end, as their threads tell it. */
#ifndef MODEL_TRANSFERS_DP_TRANSFER_ENDS_H
#define MODEL_TRANSFERS_DP_TRANSFER_ENDS_H

#include "model/tables/apply.h"

apply_fn transfer_status, transfer_done, transfer_notified, transfer_error, transfer_failed, transfer_returned,
	transfer_deferred, transfer_thread;

#endif
