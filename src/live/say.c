#include "say.h"

#include <stdarg.h>
#include <stdio.h>

#include "cmtop/utf8.h"

#define CLEAN_MOST 2048

static char first[2 * CLEAN_MOST + 4];
static bool silent;

static void
remember(const char *line)
{
	if (!first[0])
		snprintf(first, sizeof(first), "%s", line);
}

void
say_nothing(bool nothing)
{
	silent = nothing;
}

const char *
say_first(void)
{
	return first;
}

void
say_error(const char *subject, const char *format, ...)
{
	char clean[CLEAN_MOST] = "", said[CLEAN_MOST], reason[CLEAN_MOST], line[2 * CLEAN_MOST + 4];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(said, sizeof(said), format, arguments);
	va_end(arguments);
	utf8_clean(span_of(said), reason, sizeof(reason));

	if (subject)
		utf8_clean(span_of(subject), clean, sizeof(clean));
	snprintf(line, sizeof(line), "%s%s%s", clean, subject ? ": " : "", reason);
	remember(line);
	if (!silent)
		fprintf(stderr, "cmtop: %s\n", line);  /* one write, so that lines of several processes do not mix */
}

void
say_more(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (!silent)
		vfprintf(stderr, format, arguments);
	va_end(arguments);
}
