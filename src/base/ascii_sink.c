#include "cmtop/ascii_sink.h"

#include <string.h>

#include "cmtop/utf8.h"

/* How many bytes a character has that begins so; 1: it is ASCII, or begins none. */
static size_t
size_of(char first)
{
	unsigned char c = (unsigned char)first;

	return c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
}

static void
put_part(struct ascii_sink *ascii)
{
	struct span text = { ascii->part, ascii->size };
	uint32_t point;

	while (utf8_take_point(&text, &point)) {
		if (point == UTF8_BROKEN)
			sink_text(&ascii->to, "?");
		else if (point <= 0xffff)
			sink_format(&ascii->to, "\\u%04X", (unsigned)point);
		else if (!ascii->json)
			sink_format(&ascii->to, "\\U%08X", (unsigned)point);
		else
			sink_format(&ascii->to, "\\u%04X\\u%04X", 0xd800 + (unsigned)((point - 0x10000) >> 10),
			            0xdc00 + (unsigned)(point & 0x3ff));
	}
	ascii->size = 0;
}

static void
put(void *payload, const char *bytes, size_t size)
{
	struct ascii_sink *ascii = payload;
	size_t plain = 0;

	for (size_t i = 0; i < size; i++) {
		char c = bytes[i];

		if (ascii->size > 0 && ((unsigned char)c & 0xc0) != 0x80)
			put_part(ascii); /* it has broken off */
		if ((unsigned char)c < 0x80)
			continue;
		sink_put(&ascii->to, bytes + plain, i - plain);
		plain = i + 1;
		ascii->part[ascii->size++] = c;
		if (ascii->size >= size_of(ascii->part[0]))
			put_part(ascii);
	}
	sink_put(&ascii->to, bytes + plain, size - plain);
}

void
ascii_sink_open(struct ascii_sink *ascii, const struct sink *to, bool json)
{
	*ascii = (struct ascii_sink){ .sink = { put, ascii }, .to = *to, .json = json };
}
