/*
 * Status messages, as any component writes them into its log:
 *
 *	STATMSG: ID=2301 SEV=I LEV=M SOURCE="SMS Server" COMP="…" SYS=… SITE=PS1 PID=5428
 *	TID=5776 GMTDATE=… ISTR0="Dummy2" ISTR1="PS100039" … NUMATTRS=1 AID0=400 AVAL0="PS100039"
 *
 * Values may hold quotes that nothing escapes, so a value ends where the next
 * field begins, not at a quote.
 */
#include "parse/rules.h"

#include <stdio.h>
#include <string.h>

/* Status messages that a figure comes from; all others are only seen. */
/* clang-format off */
#define RULE(id, kind, detail) { id, { "STATMSG: ID=" #id, kind, detail } }

static const struct { uint64_t id; struct template rule; } rows[] = {
	RULE(2300, EVENT_PACKAGE_NAME,  0),
	RULE(2301, EVENT_PACKAGE_GOOD,  0),
	RULE(2302, EVENT_PACKAGE_BAD,   0),
	RULE(2306, EVENT_PACKAGE_ERROR, ERROR_FATAL),
	RULE(2321, EVENT_PACKAGE_ERROR, ERROR_FATAL),
	RULE(2328, EVENT_DP_FAILED,     0),
	RULE(2330, EVENT_DP_SIGN,       DP_MESSAGE_DISTRIBUTED),
	RULE(2342, EVENT_DP_WORKING,    0),
	RULE(2357, EVENT_DP_SIGN,       DP_MESSAGE_TRANSFER),
	RULE(2370, EVENT_DP_UPGRADE,    UPGRADE_ENDED),
	RULE(2399, EVENT_DP_UPGRADE,    UPGRADE_ENDED),
	RULE(8203, EVENT_TRANSFER_ERROR, TRANSFER_IN_TROUBLE),
};
/* clang-format on */

#undef RULE

static const struct template any_status = { "STATMSG: ID={count}", EVENT_SEEN, 0 };

enum { ATTRIBUTE_PACKAGE = 400, ATTRIBUTE_DP = 404, ATTRIBUTES_MOST = 10, STRINGS_MOST = 10 };

/* What follows `name` up to the next blank; empty if there is no such field. */
static struct span
plain_field(struct span message, struct span name)
{
	size_t start = span_find(message, name);

	if (start == message.size)
		return SPAN("");
	message = span_from(message, start + name.size);
	return span_part(message, 0, span_find(message, SPAN(" ")));
}

/* What stands between `name` and `next`, its closing quote left out. */
static struct span
quoted_field(struct span message, struct span name, struct span next)
{
	size_t start = span_find(message, name), end;

	if (start == message.size)
		return SPAN("");
	message = span_from(message, start + name.size);
	end = span_find(message, next);
	return span_part(message, 0, end);
}

static bool
number_field(struct span message, struct span name, uint64_t *out)
{
	struct span text = plain_field(message, name);

	return span_take_uint(&text, out) && text.size == 0;
}

/* The value of the attribute; its end is where the next one, or what follows them, begins. */
static struct span
attribute(struct span message, uint64_t wanted)
{
	char name[24], begin[24];
	struct span value;
	uint64_t id;

	for (int i = 0; i < ATTRIBUTES_MOST; i++) {
		snprintf(name, sizeof(name), " AID%d=", i);
		snprintf(begin, sizeof(begin), " AVAL%d=\"", i);
		if (!number_field(message, span_of(name), &id) || id != wanted)
			continue;
		snprintf(name, sizeof(name), "\" AID%d=", i + 1);
		value = quoted_field(message, span_of(begin), span_of(name));
		value = span_part(value, 0, span_find_last(value, SPAN("\" LE=")));
		if (value.size > 0 && value.at[value.size - 1] == '"')
			value.size--;
		return value;
	}
	return SPAN("");
}

/* The i-th inserted string. */
static struct span
string_of(struct span message, int i)
{
	char begin[24], next[24];

	snprintf(begin, sizeof(begin), " ISTR%d=\"", i);
	snprintf(next, sizeof(next), "\" ISTR%d=", i + 1);
	return quoted_field(message, span_of(begin), i + 1 < STRINGS_MOST ? span_of(next) : SPAN("\" NUMATTRS="));
}

static bool
is_package_id(struct span text)
{
	if (text.size != 8)
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (!is_digit(text.at[i]) && !(to_lower(text.at[i]) >= 'a' && to_lower(text.at[i]) <= 'z'))
			return false;
	return true;
}

/* Where no attribute names it, those about whole packages have it as their second string. */
static struct span
package_of(struct span message, uint64_t id)
{
	struct span package = attribute(message, ATTRIBUTE_PACKAGE), second;

	if (package.size > 0)
		return package.size <= 15 ? package : SPAN("");
	second = id >= 2300 && id <= 2302 ? string_of(message, 1) : SPAN("");
	return is_package_id(second) ? second : SPAN("");
}

#define PULL_DP_IS_FULL 8211 /* with SEV=E, but it only waits for its turn */

static uint8_t
level_of(struct span message, uint64_t id)
{
	struct span severity = plain_field(message, SPAN(" SEV="));

	if (id == PULL_DP_IS_FULL)
		return LEVEL_INFO;
	return span_is(severity, SPAN("E")) ? LEVEL_ERROR : span_is(severity, SPAN("W")) ? LEVEL_WARNING : LEVEL_INFO;
}

static void
set_text(struct event *event, enum text_field field, struct span text)
{
	if (text.size == 0)
		return;
	event->text[field] = text;
	event->texts |= (uint16_t)(1u << field);
}

/* Of a failure: the first path that it names, and the second. */
static void
set_paths(struct event *event, struct span message)
{
	enum text_field field = TEXT_PATH;

	if (event->kind != EVENT_DP_FAILED && event->kind != EVENT_PACKAGE_ERROR && event->kind != EVENT_PACKAGE_BAD)
		return;
	for (int i = 0; i < STRINGS_MOST; i++) {
		struct span text = string_of(message, i);

		if (span_find(text, SPAN("\\")) == text.size)
			continue;
		set_text(event, field, text);
		if (field == TEXT_SERVER)
			return;
		field = TEXT_SERVER;
	}
}

static const struct template *
rule_of(uint64_t id)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].id == id)
			return &rows[i].rule;
	return &any_status;
}

bool
status_match(struct event *event)
{
	struct span message = event->message;
	uint64_t id, thread;

	if (!span_starts_nocase(message, SPAN("STATMSG:")) || !number_field(message, SPAN(" ID="), &id))
		return false;
	event->rule = rule_of(id);
	event->kind = event->rule->kind;
	event->status = id < UINT16_MAX ? (uint16_t)id : UINT16_MAX;
	event->detail = event->rule->detail;
	event->texts = event->numbers = 0;
	event->level = level_of(message, id);
	if (number_field(message, SPAN(" TID="), &thread) && thread <= UINT32_MAX)
		event->thread = (uint32_t)thread;
	event->number[NUMBER_COUNT] = id;
	event->numbers |= (uint16_t)(1u << NUMBER_COUNT);
	set_text(event, TEXT_PACKAGE, package_of(message, id));
	if (event->kind == EVENT_DP_FAILED || event->kind == EVENT_DP_SIGN || event->kind == EVENT_DP_WORKING
	    || event->kind == EVENT_DP_UPGRADE || (event->kind == EVENT_SEEN && event->level == LEVEL_ERROR))
		set_text(event, TEXT_DP, nal_server(attribute(message, ATTRIBUTE_DP)));
	if (id >= 2300 && id <= 2302)
		set_text(event, TEXT_NAME, string_of(message, 0));
	set_paths(event, message);
	return true;
}
