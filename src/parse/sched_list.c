/*
 * Rows of the scheduler's list of send requests: labelled fields, on one record
 *
 *	Send Request 202SQCS1 JobID: … DestSite: PS1 FinalSite: State: Pending Status: Action: None
 *	Total size: 204864k Remaining: 204864k Heartbeat: 12:23 Start: 12:00 Finish: 12:00
 *	Retry: SWD PkgID: PS100039 SWD Pkg Version: 1
 *
 * or spread over several. A value goes up to the next label and may be empty.
 * Or columns under a header row: sched_columns.c.
 */
#include "parse/rules.h"

/* A name and its colon, perhaps after a blank; the request's own label goes without one. */
static enum list_field
label_at(struct span text, size_t *size)
{
	enum list_field field = list_name(text, size);
	size_t colon;

	if (field == LIST_FIELDS)
		return field;
	colon = *size + (*size < text.size && text.at[*size] == ' ');
	if (colon < text.size && text.at[colon] == ':') {
		*size = colon + 1;
		return field;
	}
	return field == LIST_REQUEST && span_starts_nocase(text, SPAN("Send Request ")) ? field : LIST_FIELDS;
}

/* What stands before the next label; labels begin words. */
static struct span
take_value(struct span *text)
{
	struct span line = *text;
	size_t size;

	for (size_t i = 0; i < line.size; i++) {
		if ((i > 0 && !is_blank(line.at[i - 1])) || label_at(span_from(line, i), &size) == LIST_FIELDS)
			continue;
		*text = span_from(line, i);
		return span_trim(span_part(line, 0, i));
	}
	*text = span_from(line, line.size);
	return span_trim(line);
}

static bool
labelled_row(struct event *event)
{
	struct span text = event->message;
	enum list_field field;
	size_t size;

	if (label_at(text, &size) == LIST_FIELDS)
		return false;
	event->texts = event->numbers = 0;
	while (text.size > 0 && (field = label_at(text, &size)) < LIST_FIELDS) {
		text = span_from(text, size);
		list_keep(event, field, take_value(&text));
	}
	return true;
}

static struct list_layout *
layout_of(struct listed *listed, uint32_t thread)
{
	struct list_layout *layout;

	for (size_t i = 0; i < LISTS_AT_ONCE; i++)
		if (listed->of[i].thread == thread)
			return &listed->of[i];
	layout = &listed->of[listed->next];
	listed->next = (listed->next + 1) % LISTS_AT_ONCE;
	/* Another thread of the same product has the same columns. */
	*layout = listed->of[listed->next];
	for (size_t i = 0; i < LISTS_AT_ONCE && layout->count == 0; i++)
		*layout = listed->of[i];
	layout->thread = thread;
	layout->listing = false;
	return layout;
}

/* "-------- -------- ---": drawn under a header. */
static bool
is_underline(struct span text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] != '-' && !is_blank(text.at[i]))
			return false;
	return text.size > 2;
}

const struct template listed_rule = { "a row of the list of send requests, or its header", EVENT_REQUEST_LISTED, 0 };

bool
listed_match(struct event *event, struct span spaced, struct listed *listed)
{
	struct list_layout *layout = layout_of(listed, event->thread);

	event->detail = LISTED_ROW;
	event->texts = event->numbers = 0;
	if (list_header(spaced, layout)) {
		layout->listing = true;
		event->detail = LISTED_HEADER;
	} else if (layout->listing && is_underline(event->message)) {
		event->detail = LISTED_HEADER;
	} else if (!labelled_row(event) && !(layout->listing && layout->count > 0 && list_row(spaced, layout, event))) {
		event->detail = 0;
		return false;
	}
	event->kind = EVENT_REQUEST_LISTED;
	event->rule = &listed_rule;
	return true;
}

void
listed_goes_on(const struct event *event, struct listed *listed)
{
	if (event->kind == EVENT_LIST_BEGINS)
		layout_of(listed, event->thread)->listing = true;
	else if (list_ends(event))
		for (size_t i = 0; i < LISTS_AT_ONCE; i++)
			if (listed->of[i].thread == event->thread)
				listed->of[i].listing = false;
}

static bool
is_list_line(struct span line, const struct list_layout *layout)
{
	struct list_layout scratch = { .thread = 0 };
	struct event event = { .texts = 0 };
	size_t size;

	if (span_find_nocase(line, SPAN("Updating Send Request List")) < line.size || list_header(line, &scratch))
		return true;
	if (span_starts_nocase(line, SPAN("Send Request ")) && label_at(line, &size) == LIST_REQUEST)
		return true;
	return layout && layout->listing && layout->count > 0 && list_row(line, layout, &event);
}

bool
listed_holds_rows(struct span text, uint32_t thread, const struct listed *listed)
{
	const struct list_layout *layout = NULL;

	for (size_t i = 0; i < LISTS_AT_ONCE; i++)
		if (listed->of[i].thread == thread)
			layout = &listed->of[i];
	while (text.size > 0) {
		struct span line = span_part(text, 0, span_find(text, SPAN("\n")));

		if (is_list_line(line, layout))
			return true;
		text = span_from(text, line.size + 1);
	}
	return false;
}
