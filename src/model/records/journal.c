/*
 * The newest messages and transitions, in rings of a fixed size.
 */
#include "model/records/journal.h"
#include "model/records/written_times.h"

#include <stdlib.h>
#include <string.h>

struct journal *
journal_new(const struct model_limits *limits)
{
	struct journal *journal = calloc(1, sizeof(*journal));

	if (!journal)
		return NULL;
	journal->notes = calloc(limits->notes, sizeof(*journal->notes));
	journal->transitions = calloc(limits->transitions, sizeof(*journal->transitions));
	if (journal->notes && journal->transitions)
		return journal;
	journal_free(journal);
	return NULL;
}

void
journal_free(struct journal *journal)
{
	if (!journal)
		return;
	free(journal->notes);
	free(journal->transitions);
	free(journal);
}

void
note_event(struct model *model, const struct event *event)
{
	struct note *note = &model->journal->notes[model->journal->note_count++ % model->limits.notes];

	note->at = event->at;
	note->written = event_written(event);
	note->thread = event->thread;
	note->log = event->log;
	note->level = event->level;
	span_copy(event->message, note->text, sizeof(note->text));
}

const struct note *
model_note(const struct model *model, size_t i)
{
	if (i >= model->journal->note_count || i >= model->limits.notes)
		return NULL;
	return &model->journal->notes[(model->journal->note_count - 1 - i) % model->limits.notes];
}

struct transition *
transition_record(struct model *model, enum transition_kind kind, const struct event *event)
{
	struct transition *t =
		&model->journal->transitions[model->journal->transition_count++ % model->limits.transitions];

	memset(t, 0, sizeof(*t));
	t->number = model->journal->transition_count;
	t->at = event->at == WHEN_NONE ? model->newest : event->at;
	t->written =
		event->at == WHEN_NONE ? written_at(model->written, model->newest_log, t->at) : event_written(event);
	t->kind = (uint8_t)kind;
	t->site = t->package = t->dp = NAME_NONE;
	t->thread = event->thread;
	t->used = t->capacity = t->bytes = t->seconds = -1;
	return t;
}

void
transition_replace(struct model *model, const struct transition *transition)
{
	if (model_transition(model, transition->number))
		model->journal->transitions[(transition->number - 1) % model->limits.transitions] = *transition;
}

const struct transition *
model_transition(const struct model *model, uint64_t number)
{
	if (number == 0 || number > model->journal->transition_count
	    || model->journal->transition_count - number >= model->limits.transitions)
		return NULL;
	return &model->journal->transitions[(number - 1) % model->limits.transitions];
}

uint64_t
model_transitions(const struct model *model)
{
	return model->journal->transition_count;
}

const char *
transition_word(enum transition_kind kind)
{
	static const char *const words[] = {
#define _(kind, word) [TRANSITION_##kind] = word,
		TRANSITIONS(_)
#undef _
	};

	return words[kind];
}
