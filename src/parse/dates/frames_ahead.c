#include "parse/dates/frames_ahead.h"

bool
frame_ahead(struct span *bytes, struct span *time)
{
	for (;;) {
		size_t at = span_find(*bytes, SPAN("$$<")), size;

		if (at == bytes->size)
			return false;
		*bytes = span_from(*bytes, at + 3);
		size = span_find(span_part(*bytes, 0, COMPONENT_MOST), SPAN("><"));
		*time = span_part(*bytes, size + 2, FRAME_TIME_MOST);
		time->size = span_find(*time, SPAN("><thread="));
		if (time->size > 0 && time->size < FRAME_TIME_MOST)
			return true;
	}
}

void
dates_ahead(struct named_dates *dates, struct span bytes, const struct piece_reader *reader)
{
	struct named_date date;
	struct span time;

	while (frame_ahead(&bytes, &time))
		if (named_date_take(piece_text(reader, time), &date))
			dates_see(dates, &date);
}
