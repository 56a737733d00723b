/*
 * Rows of the scheduler's list of send requests: labelled fields, on one record
 *
 *	Send Request 202SQCS1 JobID: … DestSite: PS1 FinalSite: State: Pending Status: Action: None
 *	Total size: 204864k Remaining: 204864k Heartbeat: 12:23 Start: 12:00 Finish: 12:00
 *	Retry: SWD PkgID: PS100039 SWD Pkg Version: 1
 *
 * or spread over several. A value goes up to the next label and may be empty.
 */
#include "wall.h"

enum label {
	LABEL_REQUEST, LABEL_SITE, LABEL_STATE, LABEL_TOTAL, LABEL_LEFT, LABEL_RETRY, LABEL_PACKAGE, LABEL_VERSION,
	LABEL_PRIORITY, LABEL_OTHER,
};

#define ROW(text, label) { text, sizeof(text) - 1, label }

static const struct { const char *text; size_t size; enum label label; } labels[] = {
	ROW("Send Request ",     LABEL_REQUEST),
	ROW("JobID:",            LABEL_OTHER),
	ROW("DestSite:",         LABEL_SITE),
	ROW("FinalSite:",        LABEL_OTHER),
	ROW("State:",            LABEL_STATE),
	ROW("Status:",           LABEL_OTHER),
	ROW("Action:",           LABEL_OTHER),
	ROW("Total size:",       LABEL_TOTAL),
	ROW("Remaining:",        LABEL_LEFT),
	ROW("Heartbeat:",        LABEL_OTHER),
	ROW("Start:",            LABEL_OTHER),
	ROW("Finish:",           LABEL_OTHER),
	ROW("Retry:",            LABEL_RETRY),
	ROW("Priority:",         LABEL_PRIORITY),
	ROW("SWD PkgID:",        LABEL_PACKAGE),
	ROW("SWD Pkg Version:",  LABEL_VERSION),
};

#undef ROW

/* The label that the text begins with, by number; COUNT_OF(labels): none. */
static size_t
label_at(struct span text)
{
	size_t i = 0;

	if (text.size == 0)
		return COUNT_OF(labels);
	/* Every word of the log is asked: the first letter settles it for most. */
	while (i < COUNT_OF(labels) && (to_lower(text.at[0]) != to_lower(labels[i].text[0]) ||
	                                !span_starts_nocase(text, (struct span){ labels[i].text, labels[i].size })))
		i++;
	return i;
}

/* What stands before the next label; labels begin words. */
static struct span
take_value(struct span *text)
{
	struct span whole = *text;

	for (size_t i = 0; i < whole.size; i++) {
		if ((i > 0 && !is_blank(whole.at[i - 1])) || label_at(span_from(whole, i)) == COUNT_OF(labels))
			continue;
		*text = span_from(whole, i);
		return span_trim(span_part(whole, 0, i));
	}
	*text = span_from(whole, whole.size);
	return span_trim(whole);
}

static void
keep_text(struct event *event, enum text_field field, struct span value, size_t most)
{
	if (value.size == 0 || value.size > most)
		return;
	event->text[field] = value;
	event->texts |= (uint16_t)(1u << field);
}

/* The id that the value begins with: what follows a spoiled byte is no part of it. */
static void
keep_word(struct event *event, enum text_field field, struct span value)
{
	struct span word;

	if (template_word(&value, &word))
		keep_text(event, field, word, word.size);
}

/* "204864k", "204864 K", "1" */
static void
keep_number(struct event *event, enum number_field field, struct span value)
{
	uint64_t number;

	if (!span_take_uint(&value, &number))
		return;
	value = span_trim(value);
	if (value.size > 0 && !span_is_nocase(value, SPAN("k")) && !span_is_nocase(value, SPAN("kb")))
		return;
	event->number[field] = number;
	event->numbers |= (uint16_t)(1u << field);
}

static void
keep(struct event *event, enum label label, struct span value)
{
	switch (label) {
	case LABEL_REQUEST:  keep_word(event, TEXT_REQUEST, value); break;
	case LABEL_SITE:     keep_word(event, TEXT_SITE, value); break;
	case LABEL_STATE:    keep_text(event, TEXT_STATE, value, 23); break;
	case LABEL_RETRY:    keep_text(event, TEXT_TIME, value, 63); break;
	case LABEL_PACKAGE:  keep_word(event, TEXT_PACKAGE, value); break;
	case LABEL_TOTAL:    keep_number(event, NUMBER_KBYTES, value); break;
	case LABEL_LEFT:     keep_number(event, NUMBER_LEFT, value); break;
	case LABEL_VERSION:  keep_number(event, NUMBER_VERSION, value); break;
	case LABEL_PRIORITY: keep_number(event, NUMBER_PRIORITY, value); break;
	case LABEL_OTHER:    break;
	}
}

bool
listed_match(struct event *event)
{
	struct span text = event->message;
	size_t label;

	if (label_at(text) == COUNT_OF(labels))
		return false;
	event->texts = event->numbers = 0;
	while (text.size > 0 && (label = label_at(text)) < COUNT_OF(labels)) {
		text = span_from(text, labels[label].size);
		keep(event, labels[label].label, take_value(&text));
	}
	event->kind = EVENT_REQUEST_LISTED;
	event->detail = 0;
	return true;
}
