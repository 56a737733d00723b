#include "os/message.h"

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
message_nothing(bool nothing)
{
	silent = nothing;
}

const char *
message_first(void)
{
	return first;
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 0)))
#endif
static void
write_message(const char *subject, const char *format, va_list arguments, bool error)
{
	char clean[CLEAN_MOST] = "", text[CLEAN_MOST], reason[CLEAN_MOST], line[2 * CLEAN_MOST + 4];

	vsnprintf(text, sizeof(text), format, arguments);
	utf8_shown(span_of(text), reason, sizeof(reason));
	if (subject)
		utf8_shown(span_of(subject), clean, sizeof(clean));
	snprintf(line, sizeof(line), "%s%s%s", clean, subject ? ": " : "", reason);
	if (error)
		remember(line);
	if (!silent)
		fprintf(stderr, "cmtop: %s\n", line); /* one write, so that lines of several processes do not mix */
}

void
message_error(const char *subject, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_message(subject, format, arguments, true);
	va_end(arguments);
}

void
message_note(const char *subject, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_message(subject, format, arguments, false);
	va_end(arguments);
}

void
message_more(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (!silent)
		vfprintf(stderr, format, arguments);
	va_end(arguments);
}
