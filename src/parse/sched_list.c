/*
 * Rows of the scheduler's list of send requests: labelled fields, on one record
 *
 *	Send Request 202SQCS1 JobID: … DestSite: PS1 FinalSite: State: Pending Status: Action: None
 *	Total size: 204864k Remaining: 204864k Heartbeat: 12:23 Start: 12:00 Finish: 12:00
 *	Retry: SWD PkgID: PS100039 SWD Pkg Version: 1
 *
 * or spread over several. A value goes up to the next label and may be empty.
 * Or columns under a header row: listed_columns.c.
 */
#include "parse/rules.h"

#include <string.h>

#define NAME(text, field) \
	{ \
		text, sizeof(text) - 1, field \
	}

/*
 * By their first letter: every word of the log is asked, and that and the second settle it for most.
 * Where one name is the beginning of another, the longer one comes first.
 */
static const struct {
	const char *text;
	size_t size;
	enum list_field field;
} names[26][10] = {
	['a' - 'a'] = {
		NAME("Action",           LIST_ACTION),
	},
	['d' - 'a'] = {
		NAME("Destination Site", LIST_SITE),
		NAME("Dest Site",        LIST_SITE),
		NAME("DestSite",         LIST_SITE),
	},
	['f' - 'a'] = {
		NAME("Final Site",       LIST_FINAL),
		NAME("FinalSite",        LIST_FINAL),
		NAME("Finish",           LIST_FINISH),
	},
	['h' - 'a'] = {
		NAME("Heartbeat",        LIST_HEARTBEAT),
	},
	['j' - 'a'] = {
		NAME("Job ID",           LIST_JOB),
		NAME("JobID",            LIST_JOB),
	},
	['p' - 'a'] = {
		NAME("Priority",         LIST_PRIORITY),
		NAME("PkgID",            LIST_PACKAGE),
		NAME("Package ID",       LIST_PACKAGE),
		NAME("PackageID",        LIST_PACKAGE),
		NAME("Pkg Version",      LIST_VERSION),
	},
	['r' - 'a'] = {
		NAME("Request ID",       LIST_REQUEST),
		NAME("RequestID",        LIST_REQUEST),
		NAME("Request",          LIST_REQUEST),
		NAME("Remaining",        LIST_LEFT),
		NAME("Retry",            LIST_RETRY),
	},
	['s' - 'a'] = {
		NAME("Send Request ID",  LIST_REQUEST),
		NAME("Send Request",     LIST_REQUEST),
		NAME("SendRequest",      LIST_REQUEST),
		NAME("State",            LIST_STATE),
		NAME("Status",           LIST_STATUS),
		NAME("Start",            LIST_START),
		NAME("SWD PkgID",        LIST_PACKAGE),
		NAME("SWD Pkg ID",       LIST_PACKAGE),
		NAME("SWD Pkg Version",  LIST_VERSION),
	},
	['t' - 'a'] = {
		NAME("Total size",       LIST_TOTAL),
		NAME("TotalSize",        LIST_TOTAL),
	},
	['v' - 'a'] = {
		NAME("Version",          LIST_VERSION),
	},
};

#undef NAME

enum list_field
list_name(struct span text, size_t *size)
{
	unsigned letter = text.size > 1 ? (unsigned)to_lower(text.at[0]) - 'a' : 26;
	char second;

	if (letter >= 26)
		return LIST_FIELDS;
	second = to_lower(text.at[1]);
	for (size_t i = 0; names[letter][i].text; i++) {
		if (to_lower(names[letter][i].text[1]) != second
		    || !span_starts_nocase(text, (struct span){ names[letter][i].text, names[letter][i].size }))
			continue;
		*size = names[letter][i].size;
		return names[letter][i].field;
	}
	return LIST_FIELDS;
}

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
	struct span whole = *text;
	size_t size;

	for (size_t i = 0; i < whole.size; i++) {
		if ((i > 0 && !is_blank(whole.at[i - 1])) || label_at(span_from(whole, i), &size) == LIST_FIELDS)
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

void
list_keep(struct event *event, enum list_field field, struct span value)
{
	switch (field) {
	case LIST_REQUEST: keep_word(event, TEXT_REQUEST, value); break;
	case LIST_SITE: keep_word(event, TEXT_SITE, value); break;
	case LIST_STATE: keep_text(event, TEXT_STATE, value, 23); break;
	case LIST_RETRY: keep_text(event, TEXT_TIME, value, 63); break;
	case LIST_PACKAGE: keep_word(event, TEXT_PACKAGE, value); break;
	case LIST_TOTAL: keep_number(event, NUMBER_KBYTES, value); break;
	case LIST_LEFT: keep_number(event, NUMBER_LEFT, value); break;
	case LIST_VERSION: keep_number(event, NUMBER_VERSION, value); break;
	case LIST_PRIORITY: keep_number(event, NUMBER_PRIORITY, value); break;
	default: break;
	}
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
