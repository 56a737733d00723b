#include "parse/dates/clock_digits.h"

bool
small_number(struct span *text, uint64_t most, int *out)
{
	uint64_t value;

	if (!span_take_uint(text, &value) || value > most)
		return false;
	*out = (int)value;
	return true;
}

/* Scripts write what their culture has in the place of ":", "12.03.00.000" in Finland. */
static struct span
sign_between(struct span text)
{
	size_t at = 0;

	while (at < text.size && is_digit(text.at[at]))
		at++;
	return at < text.size && text.at[at] == '.' ? SPAN(".") : SPAN(":");
}

bool
clock_digits(struct span *text, struct civil *c)
{
	struct span sign = sign_between(*text);
	int place = 100;

	c->milli = 0;
	if (!small_number(text, 99, &c->hour) || !span_skip(text, sign) || !small_number(text, 99, &c->minute)
	    || !span_skip(text, sign) || !small_number(text, 99, &c->second))
		return false;
	if (!span_skip(text, SPAN(".")))
		return true;
	for (; text->size > 0 && is_digit(text->at[0]); *text = span_from(*text, 1), place /= 10)
		c->milli += place * (text->at[0] - '0');
	return true;
}
