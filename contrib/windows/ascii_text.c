/*
 * In the place of utf8.c and utf8_plain.c, whose library is not here: they know ASCII alone, as the logs that are
 * replayed have it.
 */
#include "cmtop/utf8.h"

#include <stddef.h>

bool
utf8_take_point(struct span *text, uint32_t *out)
{
	if (text->size == 0)
		return false;
	*out = (unsigned char)text->at[0];
	*text = span_from(*text, 1);
	return true;
}

size_t
utf8_put_point(uint32_t point, char out[5])
{
	out[0] = (char)point;
	out[1] = '\0';
	return 1;
}

uint32_t
utf8_lower(uint32_t point)
{
	return point < 0x80 ? (uint32_t)(unsigned char)to_lower((char)point) : point;
}

uint32_t
utf8_joined(uint32_t letter, uint32_t mark)
{
	(void)letter, (void)mark;
	return UTF8_BROKEN;
}

size_t
utf8_plain(struct span text, char *out, size_t size)
{
	size_t used = 0;

	for (; used < text.size && used + 1 < size; used++)
		out[used] = to_lower(text.at[used]);
	out[used] = '\0';
	return used;
}

/* ASCII is composed. */
char *
utf8_composed(struct span text, size_t *size)
{
	(void)text, (void)size;
	return NULL;
}
