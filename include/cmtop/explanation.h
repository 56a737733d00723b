/*
 * What one event of a log changes, in words: for whoever asks why a line has, or has
 * not, made a figure. All figures are looked at before and after the event is applied.
 *
 *	explanation_before(explanation, model, event);
 *	model_apply(model, event);
 *	explanation_after(explanation, model, event);
 *	explanation_print(explanation, model, event, &source, sink);
 */
#ifndef CMTOP_EXPLANATION_H
#define CMTOP_EXPLANATION_H

#include "cmtop/event.h"
#include "cmtop/model.h"
#include "cmtop/sink.h"

struct explanation;

/* Where the event comes from. */
struct explained_source {
	const char *file; /* as people call it; made harmless when it is printed */
	uint64_t line;
	const char *rule, *rule_set; /* as parser_rule_text() and parser_rule_set() say; NULL: no rule took it */
};

struct explanation *explanation_new(void); /* NULL: out of memory */
void explanation_free(struct explanation *explanation);

/*
 * Around model_apply() of one event, once or again for another one. Both look at the
 * figures of one and the same moment, that of the event: what changes only because time
 * goes on is no difference. Times left and the forecast are not compared, since nearly
 * every event moves them. False: out of memory.
 */
bool explanation_before(struct explanation *explanation, const struct model *model, const struct event *event);
bool explanation_after(struct explanation *explanation, const struct model *model);

/* The event as it was applied: what it is, and what it has changed. */
void explanation_print(const struct explanation *explanation, const struct model *model, const struct event *event,
                       const struct explained_source *source, const struct sink *sink);

/* Of a line that is no record; `text` is what stands in it, and `message` why it is none. */
void explanation_print_none(const struct explained_source *source, struct span text, const char *message,
                            const struct sink *sink);

#endif
