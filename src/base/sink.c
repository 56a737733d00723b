#include "cmtop/sink.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/count_of.h"

void
sink_put(const struct sink *sink, const char *bytes, size_t size)
{
	if (size > 0)
		sink->put(sink->payload, bytes, size);
}

void
sink_text(const struct sink *sink, const char *text)
{
	sink_put(sink, text, strlen(text));
}

/*
 * What spreadsheets calculate begins with one of these, in wide letters too, also
 * after blanks. A dash alone is how "nothing" is written.
 */
static bool
is_formula(const char *text)
{
	static const char *const signs[] = {
		"=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0",
	};
	bool dash = !strcmp(text, "-");

	text += strspn(text, " ");
	for (size_t i = 0; !dash && i < COUNT_OF(signs); i++)
		if (!strncmp(text, signs[i], strlen(signs[i])))
			return true;
	return false;
}

/* Quoted also where another separator than the comma would begin a new cell. */
void
sink_csv(const struct sink *sink, const char *text)
{
	bool formula = is_formula(text);
	const char *quote;

	if (!formula && !strpbrk(text, ",;\"\t\r\n")) {
		sink_text(sink, text);
		return;
	}
	sink_text(sink, formula ? "\"'" : "\"");
	for (; (quote = strchr(text, '"')); text = quote + 1) {
		sink_put(sink, text, (size_t)(quote - text));
		sink_text(sink, "\"\"");
	}
	sink_text(sink, text);
	sink_text(sink, "\"");
}

void
sink_format(const struct sink *sink, const char *format, ...)
{
	char line[4096];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (n > 0)
		sink_put(sink, line, (size_t)n < sizeof(line) ? (size_t)n : sizeof(line) - 1);
}
