/* With the C library's iconv, which has these pages under one name or another, or not at all. */
#include <iconv.h>
#include <stdio.h>

#include "os/code_page.h"

static iconv_t
open_page(unsigned page)
{
	static const struct {
		unsigned page;
		const char *name[3];
	} others[] = {
		{ 874, { "WINDOWS-874", "TIS-620" } },
		{ 932, { "WINDOWS-31J", "SHIFT_JIS" } },
		{ 936, { "GBK", "GB18030" } },
		{ 949, { "UHC", "EUC-KR" } },
		{ 950, { "BIG5" } },
	};
	const iconv_t none = (iconv_t)-1;
	char name[24];
	iconv_t result;

	snprintf(name, sizeof(name), "CP%u", page);
	result = iconv_open("UTF-16BE", name);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		for (size_t k = 0; others[i].page == page && result == none && k < 3 && others[i].name[k]; k++)
			result = iconv_open("UTF-16BE", others[i].name[k]);
	if (result == none) {
		snprintf(name, sizeof(name), "WINDOWS-%u", page);
		result = iconv_open("UTF-16BE", name);
	}
	return result;
}

/* 0: these bytes are no letter, or more than one. */
static uint16_t
letter(iconv_t page, unsigned char *bytes, size_t size)
{
	unsigned char utf16[8];
	char *in = (char *)bytes, *out = (char *)utf16;
	size_t left = size, room = sizeof(utf16);
	bool good;

	iconv(page, NULL, NULL, NULL, NULL);
	good = iconv(page, &in, &left, &out, &room) == 0 && left == 0;
	/* A letter that a tone may follow is kept until it is asked for. */
	good = iconv(page, NULL, NULL, &out, &room) == 0 && good;
	return (uint16_t)(good && room == sizeof(utf16) - 2 ? utf16[0] << 8 | utf16[1] : 0);
}

/*
 * All that may follow one first byte, at once: a call for each letter takes too long. False: one of them is not
 * one letter, or the library stops elsewhere than at a letter.
 */
static bool
load_pairs(iconv_t page, int lead, uint16_t letters[256])
{
	unsigned char bytes[512], utf16[1024];
	char *in = (char *)bytes;
	size_t left = sizeof(bytes);

	for (size_t i = 0; i < 256; i++) {
		bytes[2 * i] = (unsigned char)lead;
		bytes[2 * i + 1] = (unsigned char)i;
	}
	while (left > 0) {
		size_t first = (sizeof(bytes) - left) / 2, room = sizeof(utf16), got;
		char *out = (char *)utf16;

		iconv(page, NULL, NULL, NULL, NULL);
		iconv(page, &in, &left, &out, &room);
		got = (sizeof(utf16) - room) / 2;
		if (left % 2 || first + got != (sizeof(bytes) - left) / 2)
			return false;
		for (size_t i = 0; i < got; i++)
			letters[first + i] = (uint16_t)(utf16[2 * i] << 8 | utf16[2 * i + 1]);
		if (left > 0) {
			letters[first + got] = 0;
			in += 2;
			left -= 2;
		}
	}
	return true;
}

bool
os_code_page_load(unsigned number, int lead, uint16_t out[256])
{
	iconv_t page = open_page(number);

	if (page == (iconv_t)-1)
		return false;
	if (lead >= 0 && load_pairs(page, lead, out)) {
		iconv_close(page);
		return true;
	}
	for (int i = 0; i < 256; i++) {
		unsigned char bytes[2] = { (unsigned char)(lead < 0 ? i : lead), (unsigned char)i };

		out[i] = letter(page, bytes, lead < 0 ? 1 : 2);
	}
	iconv_close(page);
	return true;
}

unsigned
os_code_page(void)
{
	return 0;
}
