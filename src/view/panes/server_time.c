#include "view/panes/server_time.h"

struct span
clock_of(struct span time)
{
	size_t colon = span_find(time, SPAN(":")), begin = colon, end = colon;

	while (begin > 0 && is_digit(time.at[begin - 1]))
		begin--;
	while (end < time.size && (is_digit(time.at[end]) || time.at[end] == ':'))
		end++;
	if (span_starts_nocase(span_from(time, end), SPAN(" AM"))
	    || span_starts_nocase(span_from(time, end), SPAN(" PM")))
		end += 3;
	return span_part(time, begin, end - begin);
}
