/* What was said and what has changed: the latest of both. */
#ifndef MODEL_RECORDS_JOURNAL_H
#define MODEL_RECORDS_JOURNAL_H

#include "model/tables/state.h"

struct journal {
	struct note *notes;
	uint64_t note_count; /* ever */
	struct transition *transitions;
	uint64_t transition_count; /* ever */
};

struct journal *journal_new(const struct model_limits *limits); /* NULL: out of memory */
void journal_free(struct journal *journal);

void note_event(struct model *model, const struct event *event);
void transition_replace(struct model *model,
                        const struct transition *transition); /* that of its number, if still kept */
struct transition *transition_record(struct model *model, enum transition_kind kind, const struct event *event);

#endif
