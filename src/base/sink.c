#include "cmtop/sink.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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
