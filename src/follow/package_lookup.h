/*
 * Packages' files that the logs name are looked at where their paths can be mapped,
 * and what is seen becomes an event. A worker thread looks, so that a share that
 * hangs delays nothing; only sizes are missing then.
 */
#ifndef FOLLOW_PACKAGE_LOOKUP_H
#define FOLLOW_PACKAGE_LOOKUP_H

#include <uv.h>

#include "cmtop/mapping.h"
#include "cmtop/model.h"

struct package_lookup;

struct package_lookup_events {
	/* Whether it is worth a look, now that there is time for it. */
	bool (*wanted)(void *payload, struct span path);

	/* A size is known, or in doubt again: for the model. */
	void (*looked)(void *payload, const struct event *event);

	/* A folder that paths are mapped to cannot be looked at: a negative libuv error, told once. May be NULL. */
	void (*trouble)(void *payload, const char *folder, int error);
	void *payload;
};

/*
 * 0, or a negative libuv error. *out is NULL where nothing is mapped, and all else
 * here does nothing then. Without a loop nothing is looked at before package_lookup_settle().
 * The mappings must stay.
 */
int package_lookup_open(struct package_lookup **out, uv_loop_t *loop, const struct mappings *mappings,
                        const struct package_lookup_events *events);
void package_lookup_close(struct package_lookup *lookup); /* no callback any more */

/* The event as the log has it, after the model has taken it. */
void package_lookup_note(struct package_lookup *lookup, const struct model *model, const struct event *event);

/* All sizes that are known are told again, to a model that did not know the files when they were seen. */
void package_lookup_repeat(struct package_lookup *lookup);

/* Looks at all that is wanted, and waits: seconds, where nobody answers. */
void package_lookup_settle(struct package_lookup *lookup);

/* A package_lookup_events.trouble that says so on standard error. */
void package_lookup_message(void *payload, const char *folder, int error);

#endif
