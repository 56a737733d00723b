/*
 * Status messages, as any component writes them into its log:
 *
 *	STATMSG: ID=2301 SEV=I LEV=M SOURCE="SMS Server" COMP="…" SYS=… SITE=PS1 PID=5428
 *	TID=5776 GMTDATE=… ISTR0="Dummy2" ISTR1="PS100039" … NUMATTRS=1 AID0=400 AVAL0="PS100039"
 *
 * Values may hold quotes that nothing escapes, so a value ends where the next
 * field begins, not at a quote.
 */
#include "wall.h"

#include <string.h>

/* What a status message says to the model; all others are only seen. */
static const struct { uint64_t id; uint8_t kind; int16_t detail; } meanings[] = {
	{ 2300, EVENT_PACKAGE_NAME,  0 },
	{ 2301, EVENT_PACKAGE_GOOD,  0 },
	{ 2302, EVENT_PACKAGE_BAD,   0 },
	{ 2306, EVENT_PACKAGE_ERROR, 1 },
	{ 2328, EVENT_PACKAGE_ERROR, 1 },
};

enum { ATTRIBUTE_PACKAGE = 400 };

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

static struct span
package_of(struct span message)
{
	uint64_t id;
	struct span package;

	if (!number_field(message, SPAN(" AID0="), &id) || id != ATTRIBUTE_PACKAGE)
		return SPAN("");
	package = quoted_field(message, SPAN(" AVAL0=\""), SPAN("\""));
	return package.size <= 15 ? package : SPAN("");
}

static uint8_t
level_of(struct span message)
{
	struct span severity = plain_field(message, SPAN(" SEV="));

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

bool
status_match(struct event *event)
{
	struct span message = event->message;
	uint64_t id, thread;

	if (!span_starts_nocase(message, SPAN("STATMSG:")) || !number_field(message, SPAN(" ID="), &id))
		return false;
	event->kind = EVENT_SEEN;
	event->detail = 0;
	event->texts = event->numbers = 0;
	event->level = level_of(message);
	if (number_field(message, SPAN(" TID="), &thread) && thread <= UINT32_MAX)
		event->thread = (uint32_t)thread;
	for (size_t i = 0; i < COUNT_OF(meanings); i++) {
		if (meanings[i].id != id)
			continue;
		event->kind = meanings[i].kind;
		event->detail = meanings[i].detail;
	}
	set_text(event, TEXT_PACKAGE, package_of(message));
	if (id >= 2300 && id <= 2302)
		set_text(event, TEXT_NAME, quoted_field(message, SPAN(" ISTR0=\""), SPAN("\" ISTR1=")));
	return true;
}
