/* The replication threads: they take in metadata of packages that came from another site. */
#ifndef MODEL_DISTMGR_REPLICATION_H
#define MODEL_DISTMGR_REPLICATION_H

#include <stdbool.h>

#include "model/tables/apply.h"

#define REPLICATORS_MOST 4

/* A replication thread, and the package whose metadata it works on. */
struct replicator {
	uint32_t component, thread;
	uint32_t package; /* NAME_NONE */
	uint64_t failure; /* number of the transition that told that this try failed; 0: it has not */
};

struct replication_table {
	struct replicator rows[REPLICATORS_MOST];
	uint32_t next; /* to be used again */
};

apply_fn distmgr_replication;

bool replication_failed(struct model *model, const struct event *event,
                        uint32_t component); /* false: no replication thread said it */
uint32_t replication_package(const struct model *model, uint32_t component,
                             uint32_t thread); /* NAME_NONE: none, or no such thread */
void replication_forget(struct model *model, uint32_t component);

#endif
