/*
 * What was said and what happened: rings of the latest, so that a year of it
 * takes no more room than a day.
 */
#include "model/state.h"

#include <string.h>

void
note_event(struct model *model, const struct event *event)
{
	struct note *note = &model->notes[model->note_count++ % model->limits.notes];

	note->at = event->at;
	note->zoned = event->zoned;
	note->thread = event->thread;
	note->log = event->log;
	note->level = event->level;
	span_copy(event->message, note->text, sizeof(note->text));
}

const struct note *
model_note(const struct model *model, size_t i)
{
	if (i >= model->note_count || i >= model->limits.notes)
		return NULL;
	return &model->notes[(model->note_count - 1 - i) % model->limits.notes];
}

struct happening *
happen(struct model *model, enum happening_kind kind, const struct event *event)
{
	struct happening *h = &model->happenings[model->happening_count++ % model->limits.happenings];

	memset(h, 0, sizeof(*h));
	h->number = model->happening_count;
	h->at = event->at == WHEN_NONE ? model->newest : event->at;
	h->zoned = model->zoned;
	h->kind = (uint8_t)kind;
	h->site = h->package = h->dp = NAME_NONE;
	h->thread = event->thread;
	h->used = h->capacity = h->bytes = h->seconds = -1;
	return h;
}

const struct happening *
model_happening(const struct model *model, uint64_t number)
{
	if (number == 0 || number > model->happening_count ||
	    model->happening_count - number >= model->limits.happenings)
		return NULL;
	return &model->happenings[(number - 1) % model->limits.happenings];
}

uint64_t
model_happened(const struct model *model)
{
	return model->happening_count;
}

const char *
happening_word(enum happening_kind kind)
{
	static const char *const words[] = {
#define _(kind, word) [HAPPENED_##kind] = word,
		HAPPENINGS(_)
#undef _
	};

	return words[kind];
}
