#include "say.h"

#include <stdarg.h>
#include <stdio.h>

#include "cmtop/utf8.h"

void
say_error(const char *subject, const char *format, ...)
{
	char clean[2048], reason[2048];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);

	/* One write, so that lines of several processes do not mix. */
	if (subject) {
		utf8_clean(span_of(subject), clean, sizeof(clean));
		fprintf(stderr, "cmtop: %s: %s\n", clean, reason);
	} else {
		fprintf(stderr, "cmtop: %s\n", reason);
	}
}
