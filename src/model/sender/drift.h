/* How far the count of due lines may be off for what was not read. */
#ifndef MODEL_SENDER_DRIFT_H
#define MODEL_SENDER_DRIFT_H

#include "model/tables/state.h"

#define DRIFT_UNBOUND UINT64_MAX

struct drift {
	uint64_t over;     /* counted, and perhaps sent unseen; DRIFT_UNBOUND: nothing is known of it */
	uint64_t under;    /* not counted, and perhaps waiting; likewise */
	int64_t due_since; /* due lines are read without a hole from here on, WHEN_NONE */
	bool holed;        /* records of the scheduler were lost since its last whole list */
};

struct drift *drift_new(void); /* NULL: out of memory */
void drift_free(struct drift *drift);

void drift_listed(struct model *model);                   /* a whole list was read */
void drift_hole(struct model *model, enum family family); /* its records begin here, or some were lost */
void drift_lost(struct model *model);                     /* a due send is at an end that was not seen */

#endif
