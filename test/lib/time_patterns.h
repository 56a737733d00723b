/*
 * Times as the locales of Windows write them.
 */
#ifndef TEST_TIME_PATTERNS_H
#define TEST_TIME_PATTERNS_H

#include <stdio.h>
#include <string.h>

#include "cmtop/utf8.h"
#include "cmtop/when.h"

/*
 * A way to write times, as Windows has it: y (yyyy) yy M MM d dd h hh H HH mm ss, t or tt for the half of the day; other
 * letters between ''.
 */
struct time_pattern {
	const char *pattern, *am, *pm;
	uint32_t zero; /* its digit, or 0 for ASCII's */
	int years;     /* that its calendar is ahead */
};

static inline size_t
time_pattern_number(const struct time_pattern *way, int number, int digits, char *out)
{
	char text[16], bytes[5];
	size_t size = 0;

	snprintf(text, sizeof(text), "%0*d", digits, number);
	for (const char *c = text; *c; c++) {
		size_t more = utf8_put_point(
			way->zero && is_digit(*c) ? way->zero + (uint32_t)(*c - '0') : (uint32_t)*c, bytes);

		memcpy(out + size, bytes, more);
		size += more;
	}
	return size;
}

static inline int
time_pattern_value(char letter, const struct time_pattern *way, const struct civil *c, int digits)
{
	switch (letter) {
	case 'y': return digits == 2 ? (c->year + way->years) % 100 : c->year + way->years;
	case 'M': return c->month;
	case 'd': return c->day;
	case 'H': return c->hour;
	case 'h': return c->hour % 12 ? c->hour % 12 : 12;
	case 'm': return c->minute;
	default: return c->second;
	}
}

/* With day and month in the other order where `swapped`. */
static inline void
time_pattern_write(const struct time_pattern *way, int64_t at, bool swapped, char out[200])
{
	struct civil c = when_civil(at);
	size_t size = 0;

	for (const char *p = way->pattern; *p;) {
		char letter = swapped && *p == 'M' ? 'd' : swapped && *p == 'd' ? 'M' : *p;
		int digits = 0;

		if (*p == '\'') {
			for (p++; *p != '\''; p++)
				out[size++] = *p;
			p++;
		} else if (*p == 't') {
			size += (size_t)sprintf(out + size, "%s", c.hour < 12 ? way->am : way->pm);
			p += strspn(p, "t");
		} else if (strchr("yMdHhms", *p)) {
			digits = (int)strspn(p, (char[]){ *p, '\0' });
			p += digits;
			size += time_pattern_number(way, time_pattern_value(letter, way, &c, digits), digits,
			                            out + size);
		} else {
			out[size++] = *p++;
		}
	}
	out[size] = '\0';
}

#endif
