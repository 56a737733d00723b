/*
 * The fields of the scheduler's list: by which names they are known, and how their
 * values are taken.
 */
#include "parse/sched_list.h"

#include "parse/template.h"

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
	case LIST_RETRY: keep_text(event, TEXT_TIME, value, 223); break;
	case LIST_PACKAGE: keep_word(event, TEXT_PACKAGE, value); break;
	case LIST_TOTAL: keep_number(event, NUMBER_KBYTES, value); break;
	case LIST_LEFT: keep_number(event, NUMBER_LEFT, value); break;
	case LIST_VERSION: keep_number(event, NUMBER_VERSION, value); break;
	case LIST_PRIORITY: keep_number(event, NUMBER_PRIORITY, value); break;
	default: break;
	}
}
