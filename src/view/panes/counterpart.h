/*
 * The same thing in another model of the same logs, where it has another number:
 * found by names, threads and times. NAME_NONE or NULL: it is not in there.
 */
#ifndef VIEW_PANES_COUNTERPART_H
#define VIEW_PANES_COUNTERPART_H

#include "view/panes/pane.h"

struct handover {
	const struct scene *from, *to;
	struct arena *arena;
	enum group group; /* of the active sends */
};

uint32_t same_site(const struct handover *handover, uint32_t site);
uint32_t same_package(const struct handover *handover, uint32_t package);

/* What the same thread does now. */
const struct job *same_job(const struct handover *handover, uint64_t serial);
const struct package_thread *same_thread(const struct handover *handover, uint64_t serial);
uint32_t same_dp(const struct handover *handover, uint32_t index);

uint64_t id_or_gone(uint32_t index); /* as the id of a row, ROW_GONE for NAME_NONE */

#endif
