#include "cmtop/text/text_form.h"

#define ENOUGH 512 /* bytes without a newline after which it is no use to wait for one */

struct sample {
	struct span first, more;
	size_t size;
};

static unsigned char
byte_at(const struct sample *sample, size_t i)
{
	return (unsigned char)(i < sample->first.size ? sample->first.at[i] : sample->more.at[i - sample->first.size]);
}

static bool
begins(const struct sample *sample, const unsigned char *mark, size_t size)
{
	if (sample->size < size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (byte_at(sample, i) != mark[i])
			return false;
	return true;
}

/* By the mark at the beginning of the file. */
static enum text_form
marked(const struct sample *sample)
{
	static const unsigned char wide_le[] = { 0xFF, 0xFE, 0, 0 }, wide_be[] = { 0, 0, 0xFE, 0xFF };

	if (begins(sample, wide_le, 4) || begins(sample, wide_be, 4))
		return FORM_UTF32;
	if (sample->size >= 4 && begins(sample, wide_le, 2))
		return FORM_UTF16LE;
	if (begins(sample, wide_be + 2, 2))
		return FORM_UTF16BE;
	return FORM_UNKNOWN;
}

/*
 * Records hold much ASCII, in which all bytes but one of a character are NUL. A run of NULs, as a crash leaves it, is
 * NUL in all places.
 */
static enum text_form
form_of_nuls(const size_t nuls[4], size_t size)
{
	size_t part = size / 4, even = nuls[0] + nuls[2], odd = nuls[1] + nuls[3];

	if (part == 0)
		return FORM_UNKNOWN;
	if ((nuls[2] + nuls[3] >= 2 * part && nuls[1] * 4 >= part && nuls[0] * 16 < part)
	    || (nuls[0] + nuls[1] >= 2 * part && nuls[2] * 4 >= part && nuls[3] * 16 < part))
		return FORM_UTF32;
	if (odd * 4 >= part * 2 && even * 16 < part * 2)
		return FORM_UTF16LE;
	if (even * 4 >= part * 2 && odd * 16 < part * 2)
		return FORM_UTF16BE;
	return FORM_UNKNOWN;
}

enum text_form
text_form_of(struct span first, struct span more, uint64_t offset)
{
	struct sample sample = { first, more, first.size + more.size };
	size_t nuls[4] = { 0 };
	bool line = false;
	enum text_form form;

	if (sample.size > FORM_SAMPLE)
		sample.size = FORM_SAMPLE;
	form = offset == 0 ? marked(&sample) : FORM_UNKNOWN;
	if (form != FORM_UNKNOWN)
		return form;
	for (size_t i = 0; i < sample.size; i++) {
		unsigned char byte = byte_at(&sample, i);

		if (i < sample.size / 4 * 4)
			nuls[(offset + i) & 3] += byte == 0;
		line |= byte == '\n';
	}
	form = form_of_nuls(nuls, sample.size);
	if (form == FORM_UNKNOWN && ((line && sample.size >= 4) || sample.size >= ENOUGH))
		return FORM_BYTES;
	return form;
}

size_t
text_form_line(enum text_form form, struct span text, uint64_t offset, unsigned char before, bool *ends)
{
	const char *newline = text.size ? memchr(text.at, '\n', text.size) : NULL;

	*ends = newline != NULL;
	if (!form_is_utf16(form) || !text.size)
		return newline ? (size_t)(newline - text.at) + 1 : text.size;
	for (size_t i = 0; i < text.size; i++) {
		unsigned char byte = (unsigned char)text.at[i];

		if (((offset + i) & 1)
		    && (form == FORM_UTF16LE ? before == '\n' && byte == 0 : before == 0 && byte == '\n')) {
			*ends = true;
			return i + 1;
		}
		before = byte;
	}
	*ends = false;
	return text.size;
}
