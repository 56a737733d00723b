/*
 * How the code pages with letters of two bytes tell them from others.
 */
#ifndef PARSE_DECODE_TWO_BYTES_H
#define PARSE_DECODE_TWO_BYTES_H

#include <stdbool.h>

static inline bool
two_bytes_page(unsigned page)
{
	return page == 932 || page == 936 || page == 949 || page == 950;
}

/* A letter of one byte beyond ASCII: of half width, in Japanese. */
static inline bool
two_bytes_single(unsigned page, unsigned char byte)
{
	return page == 932 && byte >= 0xA1 && byte <= 0xDF;
}

/* May begin a letter, which the next byte ends. */
static inline bool
two_bytes_lead(unsigned page, unsigned char byte)
{
	if (page == 932)
		return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
	return two_bytes_page(page) && byte >= 0x81 && byte <= 0xFE;
}

static inline bool
two_bytes_pair(unsigned page, unsigned char byte, unsigned char next)
{
	if (!two_bytes_lead(page, byte) || next == 0x7F)
		return false;
	switch (page) {
	case 932: return next >= 0x40 && next <= 0xFC;
	case 936: return next >= 0x40 && next <= 0xFE;
	case 949:
		return (next >= 0x41 && next <= 0x5A) || (next >= 0x61 && next <= 0x7A)
		       || (next >= 0x81 && next <= 0xFE);
	default: return (next >= 0x40 && next <= 0x7E) || (next >= 0xA1 && next <= 0xFE);
	}
}

#endif
