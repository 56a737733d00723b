/*
 * Where a clock stands in a text. What begins like one and goes on otherwise is none, and
 * makes the whole text one without a clock: a part of it would be another time.
 */
#include "cmtop/text/clock_text.h"

#include "cmtop/count_of.h"

/* clang-format off */
static const char *const hour_marks[] = { "h", "時", "时", "點", "点", "시" };
static const char *const minute_marks[] = { "min.", "min", "mn", "m", "'", "分", "분" };
static const char *const second_marks[] = { "sec", "s.", "s", "\"", "秒", "초" };
/* clang-format on */

static char
at(struct span text, size_t i)
{
	return i < text.size ? text.at[i] : '\0';
}

/* Reads one or two digits there that no other digit follows; 0: that is no such number. */
static size_t
number_at(struct span text, size_t i, size_t least, int *out)
{
	size_t digits = 0;

	for (*out = 0; digits < 3 && is_digit(at(text, i + digits)); digits++)
		*out = *out * 10 + (text.at[i + digits] - '0');
	return digits >= least && digits <= 2 ? digits : 0;
}

static size_t
two_digits(struct span text, size_t i, int *out)
{
	return number_at(text, i, 2, out);
}

/* Where the digits begin that end before `end`. */
static size_t
digits_before(struct span text, size_t end)
{
	while (end > 0 && is_digit(text.at[end - 1]))
		end--;
	return end;
}

/* "(UTC+01:00)", "GMT-5:30". */
static bool
is_signed(struct span text, size_t begin)
{
	return begin > 0 && (text.at[begin - 1] == '+' || text.at[begin - 1] == '-');
}

/* "Z", " +01:00": it is the time of another zone than the server's. */
static bool
has_offset(struct span text, size_t end)
{
	size_t i = end;

	if (at(text, end) == 'z' && (end + 1 == text.size || text.at[end + 1] == ' '))
		return true;
	while (is_blank(at(text, i)))
		i++;
	return (at(text, i) == '+' || at(text, i) == '-') && is_digit(at(text, i + 1));
}

/* Past what is finer than a second, ".123". */
static void
skip_fraction(struct span text, struct clock_text *clock)
{
	if ((at(text, clock->end) != '.' && at(text, clock->end) != ',') || !is_digit(at(text, clock->end + 1)))
		return;
	for (clock->end++; is_digit(at(text, clock->end));)
		clock->end++;
}

static bool
is_possible(const struct clock_text *clock)
{
	return clock->hour < 24 && clock->minute < 60 && clock->second < 60;
}

/* More numbers follow: what was read is a part of something else. */
static bool
goes_on(struct span text, size_t end)
{
	return at(text, end) == ':' || (at(text, end) == '.' && is_digit(at(text, end + 1)));
}

/* The clock whose hour ends at this sign, ':' or '.'. */
static bool
clock_around(struct span text, size_t sign_at, char sign, struct clock_text *out)
{
	size_t begin = digits_before(text, sign_at);

	*out = (struct clock_text){ .begin = begin, .end = sign_at + 3 };
	if (!number_at(text, begin, 1, &out->hour) || !two_digits(text, sign_at + 1, &out->minute))
		return false;
	if (begin > 1 && memchr(".:", text.at[begin - 1], 2) && is_digit(text.at[begin - 2]))
		return false;
	if (at(text, out->end) == sign) {
		if (!two_digits(text, out->end + 1, &out->second))
			return false;
		out->end += 3;
		out->has_seconds = true;
		skip_fraction(text, out);
	}
	return !goes_on(text, out->end);
}

enum found { FOUND_NOTHING, FOUND_CLOCK, FOUND_WRONG };

/* The only H:MM or H:MM:SS that is no zone's. */
static enum found
find_colons(struct span text, struct clock_text *out)
{
	enum found found = FOUND_NOTHING;
	struct clock_text clock;

	for (size_t i = 1; i < text.size; i++) {
		if (text.at[i] != ':' || !is_digit(text.at[i - 1]) || is_signed(text, digits_before(text, i)))
			continue;
		if (found != FOUND_NOTHING || !clock_around(text, i, ':', &clock))
			return FOUND_WRONG;
		found = FOUND_CLOCK;
		*out = clock;
		i = clock.end - 1;
	}
	return found;
}

/* Past blanks and one of the marks; `i` itself where none is there. */
static size_t
past_mark(struct span text, size_t i, const char *const *marks, size_t count)
{
	size_t begin = i;

	while (is_blank(at(text, begin)))
		begin++;
	for (size_t k = 0; k < count; k++)
		if (span_starts_nocase(span_from(text, begin), span_of(marks[k])))
			return begin + strlen(marks[k]);
	return i;
}

static size_t
past_blanks(struct span text, size_t i)
{
	while (is_blank(at(text, i)))
		i++;
	return i;
}

/* "18 h 05 min 07 s", from its hour on. */
static bool
marked_at(struct span text, size_t begin, struct clock_text *out)
{
	size_t hour = number_at(text, begin, 1, &out->hour), mark = begin + hour, next;

	*out = (struct clock_text){ .begin = begin, .hour = out->hour };
	if (hour == 0 || (begin > 0 && (is_digit(text.at[begin - 1]) || text.at[begin - 1] == '.')))
		return false;
	next = past_mark(text, mark, hour_marks, COUNT_OF(hour_marks));
	if (next == mark || !two_digits(text, next = past_blanks(text, next), &out->minute))
		return false;
	out->end = next + 2;
	next = past_mark(text, out->end, minute_marks, COUNT_OF(minute_marks));
	if (next == out->end)
		return true;
	out->end = next;
	next = past_blanks(text, next);
	if (!two_digits(text, next, &out->second))
		return true;
	out->has_seconds = true;
	out->end = past_mark(text, next + 2, second_marks, COUNT_OF(second_marks));
	return true;
}

static enum found
find_marked(struct span text, struct clock_text *out)
{
	for (size_t i = 0; i < text.size; i++)
		if (is_digit(text.at[i]) && marked_at(text, i, out))
			return goes_on(text, out->end) ? FOUND_WRONG : FOUND_CLOCK;
	return FOUND_NOTHING;
}

/* The last H.MM.SS; a date may look the same, and stands before it. */
static enum found
find_points(struct span text, struct clock_text *out)
{
	enum found found = FOUND_NOTHING;
	struct clock_text clock;

	for (size_t i = 1; i < text.size; i++) {
		if (text.at[i] != '.' || !is_digit(text.at[i - 1]) || !clock_around(text, i, '.', &clock)
		    || !clock.has_seconds)
			continue;
		found = FOUND_CLOCK;
		*out = clock;
		i = clock.end - 1;
	}
	return found;
}

bool
clock_find(struct span text, struct clock_text *out)
{
	enum found found = find_colons(text, out), marked;
	struct clock_text other;

	marked = find_marked(text, &other);
	if (found != FOUND_NOTHING && marked != FOUND_NOTHING)
		return false; /* "18h05:07" */
	if (marked != FOUND_NOTHING) {
		found = marked;
		*out = other;
	}
	if (found == FOUND_NOTHING)
		found = find_points(text, out);
	return found == FOUND_CLOCK && is_possible(out) && !has_offset(text, out->end);
}
