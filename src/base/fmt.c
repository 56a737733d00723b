#include "cmtop/fmt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/when.h"
#include "cmtop/count_of.h"

static const char prefixes[] = " KMGTPE";

struct scaled {
	double divisor;
	size_t prefix; /* of prefixes[]; 0: none */
};

/* The largest unit of which there is one, as it will be rounded: 1,023.96 MB is 1.0 GB. */
static struct scaled
scale(double value, double step)
{
	struct scaled out = { 1, 0 };

	while (value / out.divisor >= (out.prefix == 0 ? step : step - 0.05) && prefixes[out.prefix + 1]) {
		out.divisor *= step;
		out.prefix++;
	}
	return out;
}

static void
print_scaled(double value, double step, const char *unit, char out[FMT_TEXT])
{
	struct scaled scaled = scale(value, step);

	if (scaled.prefix == 0)
		snprintf(out, FMT_TEXT, "%.0f %s", value, unit);
	else
		snprintf(out, FMT_TEXT, "%.1f %c%s", value / scaled.divisor, prefixes[scaled.prefix], unit);
}

static double
size_step(enum fmt_units units)
{
	return units == FMT_BYTES_SI ? 1000 : 1024;
}

void
fmt_size(uint64_t bytes, enum fmt_units units, char out[FMT_TEXT])
{
	print_scaled((double)bytes, size_step(units), "B", out);
}

/* Five columns: "  0.5", " 10.0", "999.9", " 1023". */
static void
print_part(double value, bool integer, char out[FMT_TEXT])
{
	snprintf(out, FMT_TEXT, "%5.*f", integer || value >= 999.95 ? 0 : 1, value);
}

void
fmt_part(int64_t part, int64_t total, bool estimate, enum fmt_units units, char out[FMT_TEXT])
{
	int64_t known = total >= 0 ? total : part > 0 ? part : 0;
	struct scaled scaled = scale((double)known, size_step(units));
	char left[FMT_TEXT] = "    -", right[FMT_TEXT] = "    ?";
	char *blank;

	if (part >= 0)
		print_part((double)part / scaled.divisor, scaled.prefix == 0, left);
	if (total >= 0)
		print_part((double)total / scaled.divisor, scaled.prefix == 0, right);
	blank = strrchr(right, ' ');
	if (estimate && total >= 0 && blank)
		*blank = '~';
	snprintf(out, FMT_TEXT, "%.8s / %.8s %s%s", left, right,
	         scaled.prefix ? (char[]){ prefixes[scaled.prefix], '\0' } : " ", "B");
}

void
fmt_rate(double bytes_per_second, enum fmt_units units, char out[FMT_TEXT])
{
	if (!(bytes_per_second >= 0))
		snprintf(out, FMT_TEXT, "-");
	else if (units == FMT_BITS)
		print_scaled(bytes_per_second * 8, 1000, "b/s", out);
	else
		print_scaled(bytes_per_second, size_step(units), "B/s", out);
}

void
fmt_count(uint64_t n, char out[FMT_TEXT])
{
	char digits[FMT_TEXT];
	size_t size = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, n);
	size_t i, used = 0;

	for (i = 0; i < size; i++) {
		if (i > 0 && (size - i) % 3 == 0)
			out[used++] = ',';
		out[used++] = digits[i];
	}
	out[used] = '\0';
}

/* Units of time, largest first. */
/* clang-format off */
static const struct { int64_t milliseconds; char letter; } spans[] = {
	{ WHEN_DAY, 'd' }, { WHEN_HOUR, 'h' }, { WHEN_MINUTE, 'm' }, { WHEN_SECOND, 's' },
};
/* clang-format on */

#define SPAN_LAST (COUNT_OF(spans) - 1)

/* What is longer than this is no time that anybody waits for. */
#define LONGEST (99999 * WHEN_DAY)

static int64_t
clamp(int64_t milliseconds)
{
	return milliseconds < 0 ? 0 : milliseconds > LONGEST ? LONGEST : milliseconds;
}

static size_t
largest_span(int64_t milliseconds)
{
	size_t i = 0;

	while (i < SPAN_LAST && milliseconds < spans[i].milliseconds)
		i++;
	return i;
}

void
fmt_duration_short(int64_t milliseconds, char out[FMT_TEXT])
{
	size_t i;

	milliseconds = clamp(milliseconds);
	i = largest_span(milliseconds);
	snprintf(out, FMT_TEXT, "%d%c", (int)(milliseconds / spans[i].milliseconds), spans[i].letter);
}

void
fmt_duration(int64_t milliseconds, char out[FMT_TEXT])
{
	int64_t rest;
	size_t i;

	milliseconds = clamp(milliseconds);
	i = largest_span(milliseconds);
	if (i == SPAN_LAST) {
		fmt_duration_short(milliseconds, out);
		return;
	}
	rest = milliseconds % spans[i].milliseconds;
	snprintf(out, FMT_TEXT, "%d%c %d%c", (int)(milliseconds / spans[i].milliseconds), spans[i].letter,
	         (int)(rest / spans[i + 1].milliseconds), spans[i + 1].letter);
}

void
fmt_clock(int64_t local, char out[FMT_TEXT])
{
	struct civil civil = when_civil(local);

	snprintf(out, FMT_TEXT, "%02d:%02d:%02d", civil.hour, civil.minute, civil.second);
}

void
fmt_clock_short(int64_t local, char out[FMT_TEXT])
{
	struct civil civil = when_civil(local);

	snprintf(out, FMT_TEXT, "%02d:%02d", civil.hour, civil.minute);
}

void
fmt_zone(int bias, char out[FMT_TEXT])
{
	int minutes = bias < 0 ? -bias : bias;

	snprintf(out, FMT_TEXT, "%c%02d%02d", bias > 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
}
