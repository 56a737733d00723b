/*
 * A status message for people: its number and its strings, without the fields
 * that are for programs.
 */
#include "model/records/status_text.h"

#include <stdio.h>
#include <string.h>

/* Where the string `number` of the message is; false: it has no such. A quote inside a value is not marked: it ends where the next field begins. */
static bool
take_string(struct span message, int number, struct span *out)
{
	char name[24], next[24];
	size_t start, end;

	snprintf(name, sizeof(name), " ISTR%d=\"", number);
	snprintf(next, sizeof(next), "\" ISTR%d=\"", number + 1);
	start = span_find(message, span_of(name));
	if (start == message.size)
		return false;
	*out = span_from(message, start + strlen(name));
	end = span_find(*out, span_of(next));
	if (end == out->size)
		end = span_find(*out, SPAN("\" NUMATTRS="));
	*out = span_trim(span_part(*out, 0, end));
	return true;
}

static void
append(char *out, size_t size, struct span text)
{
	size_t used = strlen(out);

	span_copy(text, out + used, size - used);
}

bool
status_text(struct span message, char *out, size_t size)
{
	size_t start = span_find(message, SPAN(" ID="));
	struct span number = span_from(message, start + 4), string;
	bool first = true;

	if (!span_starts_nocase(message, SPAN("STATMSG:")) || start == message.size)
		return false;
	span_copy(SPAN("status message "), out, size);
	append(out, size, span_part(number, 0, span_find(number, SPAN(" "))));
	for (int i = 0; i < 10 && take_string(message, i, &string); i++) {
		if (string.size == 0)
			continue;
		append(out, size, first ? SPAN(": ") : SPAN("; "));
		append(out, size, string);
		first = false;
	}
	return true;
}
