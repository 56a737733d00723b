#include "cmtop/explanation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/fmt.h"
#include "cmtop/utf8.h"
#include "report/comparison.h"
#include "report/text_line.h"

#define HEAD 9 /* columns before the text of each line */

struct explanation {
	struct arena *arena;
	struct copied_rows before, after;
	int64_t now;
	uint64_t transitions; /* newest number before */
	struct note note;     /* newest before; all zero: there was none */
};

struct explanation *
explanation_new(void)
{
	struct explanation *explanation = calloc(1, sizeof(*explanation));

	if (!explanation)
		return NULL;
	explanation->arena = arena_new();
	if (explanation->arena)
		return explanation;
	free(explanation);
	return NULL;
}

void
explanation_free(struct explanation *explanation)
{
	if (!explanation)
		return;
	arena_free(explanation->arena);
	free(explanation);
}

/* ---- before and after ---- */

/* The newest time that the model knows after the event, as far as that can be told before it. */
static int64_t
now_of(const struct model *model, const struct event *event)
{
	int64_t newest = model_newest(model);

	return event->at > newest ? event->at : newest; /* WHEN_NONE is the smallest */
}

bool
explanation_before(struct explanation *explanation, const struct model *model, const struct event *event)
{
	struct scene scene = { .model = model, .now = now_of(model, event) };
	const struct note *note = model_note(model, 0);

	arena_clear(explanation->arena);
	explanation->now = scene.now;
	explanation->transitions = model_transitions(model);
	memset(&explanation->note, 0, sizeof(explanation->note));
	if (note)
		explanation->note = *note;
	return copied_rows_take(&explanation->before, explanation->arena, &scene);
}

bool
explanation_after(struct explanation *explanation, const struct model *model)
{
	struct scene scene = { .model = model, .now = explanation->now };

	return copied_rows_take(&explanation->after, explanation->arena, &scene);
}

/* ---- in words ---- */

/* Text of any length, made harmless. */
static void
put_clean(const struct sink *sink, struct span text)
{
	char *clean = malloc(text.size + 1);

	if (!clean) {
		sink_text(sink, "?");
		return;
	}
	utf8_clean(text, clean, text.size + 1);
	sink_text(sink, clean);
	free(clean);
}

/* "rule     " */
static void
put_head(const struct sink *sink, const char *head)
{
	sink_format(sink, "%-*s", HEAD, head);
}

static void
put_text(const struct sink *sink, struct span text)
{
	put_head(sink, "text");
	put_clean(sink, text);
	sink_text(sink, "\n");
}

static void
put_place(const struct sink *sink, const struct explained_source *source)
{
	put_clean(sink, span_of(source->file));
	sink_format(sink, ":%" PRIu64, source->line);
}

/* ", 2012-08-06 12:03:10.123 -0500", as the record has it */
static void
put_time(const struct sink *sink, const struct event *event)
{
	char text[WHEN_TEXT];
	struct written_time time = event_written(event);
	char zone[FMT_TEXT];

	if (event->at == WHEN_NONE) {
		sink_text(sink, ", no time");
		return;
	}
	when_format(written_local(time), false, text);
	text[strlen("2026-07-30")] = ' ';
	sink_format(sink, ", %s", text);
	if (!time.zoned)
		return;
	fmt_zone(time.bias, zone);
	sink_format(sink, " %s", zone);
}

static void
put_origin(const struct sink *sink, const struct event *event, const struct explained_source *source)
{
	put_place(sink, source);
	put_time(sink, event);
	if (event->component.size > 0) {
		sink_text(sink, ", component ");
		put_clean(sink, event->component);
	}
	if (event->thread)
		sink_format(sink, ", thread %lu (0x%lX)", (unsigned long)event->thread, (unsigned long)event->thread);
	sink_text(sink, "\n");
}

static void
put_rule(const struct sink *sink, const struct event *event, const struct explained_source *source)
{
	put_head(sink, "rule");
	if (source->rule)
		sink_format(sink, "rules of %s: \"%s\"\n", source->rule_set, source->rule);
	else if (event->kind == EVENT_NOTE)
		sink_text(sink, "no rule knows this message: it is a note\n");
	else if (event->kind == EVENT_FAILURE)
		sink_text(sink, "no rule knows this message, but its words report a failure\n");
	else
		sink_text(sink, "no row of a table of rules: it is read as a part of a list\n");
}

/* "bytes 524288, offset 1048576, path …": all that the event holds besides its kind. */
static void
put_fields(const struct sink *sink, const struct event *event)
{
	const char *between = "";

	if (!event->numbers && !event->texts)
		return;
	put_head(sink, "");
	for (int i = 0; i < NUMBER_FIELD_COUNT; i++)
		if (event_has_number(event, (enum number_field)i)) {
			sink_format(sink, "%s%s %" PRIu64, between, event_number_word((enum number_field)i),
			            event->number[i]);
			between = ", ";
		}
	for (int i = 0; i < TEXT_FIELD_COUNT; i++)
		if (event_has_text(event, (enum text_field)i)) {
			sink_format(sink, "%s%s ", between, event_text_word((enum text_field)i));
			put_clean(sink, event->text[i]);
			between = ", ";
		}
	sink_text(sink, "\n");
}

static void
put_event(const struct sink *sink, const struct event *event)
{
	enum event_kind kind = (enum event_kind)event->kind;

	put_head(sink, "event");
	sink_format(sink, "%s: %s", event_kind_word(kind), event_kind_meaning(kind));
	if (event->detail)
		sink_format(sink, " (detail %d)", event->detail);
	sink_text(sink, "\n");
	put_fields(sink, event);
}

/* ---- what it changed ---- */

struct changes {
	const struct sink *sink;
	bool any;
};

static void
put_change_head(struct changes *changes)
{
	put_head(changes->sink, changes->any ? "" : "changed");
	changes->any = true;
}

static void
put_value(const struct sink *sink, const char *value)
{
	put_clean(sink, span_of(*value ? value : "?"));
}

static void
put_difference(void *payload, const struct difference *difference)
{
	struct changes *changes = payload;
	const struct sink *sink = changes->sink;
	const struct field *field = difference->field;

	put_change_head(changes);
	put_clean(sink, span_of(difference->label));
	if (!field) {
		sink_text(sink, difference->kind == DIFFERENCE_NEW ? ": new\n" : ": gone\n");
		return;
	}
	sink_format(sink, ": %s%s%s ", field->group ? field->group : "", field->group ? "." : "", field->name);
	if (difference->before) {
		put_value(sink, difference->before);
		sink_text(sink, " -> ");
	}
	put_value(sink, difference->after);
	sink_text(sink, "\n");
}

static void
put_transitions(const struct explanation *explanation, const struct model *model, struct changes *changes)
{
	for (uint64_t i = explanation->transitions + 1; i <= model_transitions(model); i++) {
		const struct transition *transition = model_transition(model, i);
		struct line line = { 0 };

		if (!transition)
			continue;
		put_change_head(changes);
		sink_text(changes->sink, "transition ");
		line_transition(&line, model, transition);
		if (*transition->text)
			line_format(&line, " %s", transition->text);
		line_put(&line, 0, changes->sink);
	}
}

static bool
same_note(const struct note *a, const struct note *b)
{
	return a->at == b->at && a->thread == b->thread && a->log == b->log && a->level == b->level
	       && !strcmp(a->text, b->text);
}

static void
put_note(const struct explanation *explanation, const struct model *model, struct changes *changes)
{
	const struct note *note = model_note(model, 0);

	if (!note || same_note(note, &explanation->note))
		return;
	put_change_head(changes);
	sink_format(changes->sink, "note (%s)\n", level_word((enum level)note->level));
}

void
explanation_print(const struct explanation *explanation, const struct model *model, const struct event *event,
                  const struct explained_source *source, const struct sink *sink)
{
	struct changes changes = { sink, false };

	put_origin(sink, event, source);
	put_text(sink, event->message);
	put_rule(sink, event, source);
	put_event(sink, event);
	copied_rows_compare(&explanation->before, &explanation->after, put_difference, &changes);
	put_transitions(explanation, model, &changes);
	put_note(explanation, model, &changes);
	if (changes.any)
		return;
	put_change_head(&changes);
	sink_text(sink, "nothing that is shown\n");
}

void
explanation_print_none(const struct explained_source *source, struct span text, const char *message,
                       const struct sink *sink)
{
	put_place(sink, source);
	sink_text(sink, "\n");
	put_text(sink, text);
	put_head(sink, "rule");
	sink_format(sink, "none: %s\n", message);
}
