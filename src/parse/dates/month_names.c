#include "parse/dates/month_names.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/utf8.h"
#include "parse/dates/language_names.h"

#define UNREAD '\1' /* in a plain name: letters that could not be decoded */

/* "\xFC", as the decoder shows a byte that it cannot read. */
static bool
skip_unread(struct span *text)
{
	struct span digits = span_part(*text, 2, 2);
	uint64_t value;

	if (text->size < 4 || text->at[0] != '\\' || text->at[1] != 'x' || !span_take_hex(&digits, &value)
	    || digits.size > 0)
		return false;
	*text = span_from(*text, 4);
	return true;
}

/* Marks of direction and joiners, which some versions write and some do not. */
static bool
is_invisible(uint32_t point)
{
	return (point >= 0x200b && point <= 0x200f) || (point >= 0x202a && point <= 0x202e) || point == 0x61c
	       || point == 0xfeff || point == 0xad;
}

static uint32_t
fold(uint32_t point)
{
	switch (point) {
	case 0xa0:
	case 0x2007:
	case 0x2009:
	case 0x202f: return ' ';
	case 0x130: /* of the four letters i that Turkish has, one is left */
	case 0x131: return 'i';
	case 0x649: /* the code page has one letter for those of Arabia and Persia */
	case 0x6cc: return 0x64a;
	case 0x6a9: return 0x643;
	case 0x3c2: return 0x3c3; /* sigma at the end of a word */
	case 0x2019:
	case 0x2bc: return '\'';
	default: return utf8_lower(point);
	}
}

/* Room for the widest letter must be left. */
static void
put(struct plain_name *name, const char *bytes, size_t size)
{
	memcpy(name->text + name->size, bytes, size);
	name->size = (uint8_t)(name->size + size);
}

static bool
make_plain(struct span name, struct plain_name *out)
{
	char bytes[5];
	uint32_t point;

	*out = (struct plain_name){ 0 };
	while (name.size > 0) {
		if (out->size > NAME_BYTES - sizeof(bytes))
			return false;
		if (skip_unread(&name)) {
			point = UTF8_BROKEN;
		} else {
			utf8_take_point(&name, &point);
		}
		if (is_invisible(point))
			continue;
		if (point == UTF8_BROKEN || point == '?' || point == 0xfffd || point < ' ') {
			put(out, &(char){ UNREAD }, 1);
			out->unsure = true;
			continue;
		}
		point = fold(point);
		if (point == ' ' && (out->size == 0 || out->text[out->size - 1] == ' '))
			continue;
		put(out, bytes, utf8_put_point(point, bytes));
	}
	while (out->size > 0 && (out->text[out->size - 1] == '.' || out->text[out->size - 1] == ' '))
		out->size--;
	out->text[out->size] = '\0';
	return out->size > 0;
}

bool
name_plain(struct span name, struct plain_name *out)
{
	size_t size = 0;
	char *composed = utf8_composed(name, &size);
	bool made = make_plain(composed ? (struct span){ composed, size } : name, out);

	free(composed);
	return made;
}

static bool
is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

/*
 * Each undecoded byte is at most one letter, and at least half a one: two bytes of East Asia are one. Where one stands,
 * all letters that it may be are tried.
 */
static bool
fits(const char *name, size_t size, const char *known, size_t length)
{
	size_t unread = 0;

	while (size > 0 && name[0] != UNREAD) {
		if (length == 0 || *name != *known)
			return false;
		name++, size--, known++, length--;
	}
	if (size == 0)
		return length == 0;
	while (unread < size && name[unread] == UNREAD)
		unread++;
	for (size_t letters = 0; length > 0 && !is_ascii(*known) && letters < unread;) {
		do
			known++, length--;
		while (length > 0 && ((unsigned char)*known & 0xc0) == 0x80);
		letters++;
		if (letters * 2 >= unread && fits(name + unread, size - unread, known, length))
			return true;
	}
	return false;
}

/* Bits of the places in the list at which the name stands. */
static unsigned
places(const struct plain_name *name, const char *list)
{
	unsigned bits = 0, place = 0;

	if (!name->unsure && !strstr(list, name->text)) /* of most lists no more has to be seen */
		return 0;
	while (*list) {
		size_t length = strcspn(list, "/|");

		if (name->unsure ? fits(name->text, name->size, list, length)
		                 : length == name->size && memcmp(list, name->text, length) == 0)
			bits |= 1u << place;
		list += length;
		if (*list)
			place += *list++ == '|';
	}
	return bits;
}

/* "3", "03", and what Chinese and Korean put behind it. */
static int
number_of(const struct plain_name *name)
{
	struct span text = { name->text, name->size };
	uint64_t value;

	if (!span_take_uint(&text, &value) || value < 1 || value > 12)
		return 0;
	while (text.size > 0 && text.at[0] == ' ')
		text = span_from(text, 1);
	if (!span_is(text, SPAN("")) && !span_is(text, SPAN("月")) && !span_is(text, SPAN("월"))
	    && !(name->unsure && text.at[0] == UNREAD))
		return 0;
	return (int)value;
}

int
month_plain(struct span name)
{
	static const char months[12][4] = { "jan", "feb", "mar", "apr", "may", "jun",
		                            "jul", "aug", "sep", "oct", "nov", "dec" };
	struct plain_name plain;
	char small[3];

	if (name.size == 3 && is_ascii(name.at[0]) && !is_digit(name.at[0])) {
		for (size_t i = 0; i < 3; i++)
			small[i] = to_lower(name.at[i]);
		for (int i = 0; i < 12; i++)
			if (memcmp(small, months[i], 3) == 0)
				return i + 1;
		return 0;
	}
	return name.size > 0 && is_digit(name.at[0]) && name_plain(name, &plain) ? number_of(&plain) : 0;
}

unsigned
month_meanings(const struct plain_name *name, size_t language)
{
	const struct language *one = language_at(language);
	int number = number_of(name);
	unsigned bits = 0;

	if (number > 0)
		return 1u << number;
	if (one)
		return places(name, one->months) << 1;
	for (size_t i = 0; (one = language_at(i)); i++)
		bits |= places(name, one->months) << 1;
	return bits;
}

unsigned
day_meanings(const struct plain_name *name, size_t language)
{
	const struct language *one = language_at(language);
	unsigned bits = 0;

	if (one)
		return places(name, one->days);
	for (size_t i = 0; (one = language_at(i)); i++)
		bits |= places(name, one->days);
	return bits;
}

bool
share_language(struct span day, struct span month)
{
	struct plain_name plain_day, plain_month;

	if (!name_plain(day, &plain_day) || !name_plain(month, &plain_month))
		return false;
	for (size_t language = 0; language_at(language); language++)
		if (month_meanings(&plain_month, language) && day_meanings(&plain_day, language))
			return true;
	return false;
}
