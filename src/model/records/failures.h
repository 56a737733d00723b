/*
 * What went wrong: a bounded list in which a storm of one failure leaves the
 * others their room.
 */
#ifndef MODEL_RECORDS_FAILURES_H
#define MODEL_RECORDS_FAILURES_H

#include "model/tables/state.h"

/* What two failures have in common: the kind of failure, or also whom it hit. */
enum failure_shapes { SHAPE_KIND, SHAPE_NAMED, SHAPES };

struct failure_shape {
	uint64_t shape;
	uint32_t count; /* of the failures kept; 0: free */
};

struct failure_row {
	struct failure failure;
	uint64_t shape[SHAPES];
	uint32_t group[SHAPES]; /* where these are counted */
	bool joined;            /* its thread has named what it was about */
	bool given_up;          /* its thread gave a transfer up, and has not said yet when it is tried again */
	bool guessed; /* when it is tried again is what its earlier ones tell: a line that says it counts more */
};

struct failures {
	uint32_t most, count;
	uint64_t ever;
	struct failure_row *rows; /* in no order */
	uint32_t *order;          /* rows, oldest first */
	uint32_t told;            /* row told last */
	struct failure_shape *shapes[SHAPES];
	uint32_t last[SHAPES]; /* counted last */
};

struct failures *failures_new(uint32_t most); /* NULL: out of memory */
void failures_free(struct failures *failures);

/* Keeps it among the failures: its code is taken from the event or the transition's text. Borrowed until the next one. */
struct failure *failure_record(struct model *model, const struct transition *transition, enum failure_kind kind,
                               const struct event *event, uint32_t component);
/* The i-th newest; i is below `count`. */
struct failure_row *failure_newest(struct failures *failures, uint32_t i);
void failure_find_code(struct failure *failure, const struct event *event);
/* After the row's names or text have changed. */
void failure_count_anew(struct failures *failures, struct failure_row *row);
void failures_resolve(struct model *model, const struct transition *done); /* what a later try has put right */

/* ---- repeats.c ---- */

void failure_repeats(const struct model *model, struct failure_row *row); /* how often it is tried */

/* ---- failure_names.c ---- */

/* What the line itself names goes before what its thread is at. */
void failure_names(struct model *model, const struct event *event, struct transition *transition,
                   enum failure_kind *kind);

#endif
