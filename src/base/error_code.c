/* Where a text names an error code, in the forms in which these logs do. */
#include "cmtop/errors.h"

#include <string.h>

#include "cmtop/count_of.h"

static bool
is_letter(char c)
{
	return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}

/* "80004002": no Win32 error has so many digits. */
static bool
is_bare_result(struct span text)
{
	struct span rest = text;
	uint64_t value;

	return text.size > 0 && text.at[0] == '8' && span_take_hex(&rest, &value) && text.size - rest.size == 8;
}

/* Digits that nothing else is joined to, with a minus or "0x" before them. */
static bool
take_code(struct span *text, uint64_t *out)
{
	bool negative = span_skip(text, SPAN("-"));
	struct span digits = *text;
	bool hex = span_skip_nocase(text, SPAN("0x")) || is_bare_result(digits);

	if (hex ? !span_take_hex(text, out) : !span_take_uint(text, out))
		return false;
	if (text->size > 0 && (is_letter(text->at[0]) || is_digit(text->at[0])))
		return false;
	if (text->size > 1 && (text->at[0] == '.' || text->at[0] == ',' || text->at[0] == ':' || text->at[0] == '/')
	    && is_digit(text->at[1]))
		return false; /* "1,024", "10:47", "12/4": no code */
	if (negative)
		*out = *out <= UINT64_C(0x80000000) ? (0 - *out) & UINT32_MAX : 0;
	*out = *out >> 32 == UINT32_MAX && (*out & 0x80000000u) ? *out & UINT32_MAX : *out; /* 0xFFFFFFFF80070005 */
	return *out <= UINT32_MAX && digits.size > 0;
}

/* The words and signs between "error" and its number. */
static void
skip_between(struct span *text)
{
	static const char *const words[] = { "code", "number", "value", "status", "is", "was", "win32", "returned" };
	size_t i = 0;

	while (text->size > 0 && i < COUNT_OF(words)) {
		if (text->size > 1 && text->at[0] == '-' && is_blank(text->at[1])) {
			*text = span_from(*text, 1);
			i = 0;
			continue;
		}
		if (is_blank(text->at[0]) || text->at[0] == '=' || text->at[0] == ':' || text->at[0] == '('
		    || text->at[0] == ')' || text->at[0] == '[' || text->at[0] == '#' || text->at[0] == ';'
		    || text->at[0] == ',') {
			*text = span_from(*text, 1);
			i = 0;
			continue;
		}
		for (i = 0; i < COUNT_OF(words); i++)
			if (span_skip_nocase(text, span_of(words[i])))
				break;
	}
}

/* A number behind one of these words is a code: "error", "errors" is none, "failed; 0x800704d3". */
static bool
code_behind_word(struct span text, size_t at, uint32_t *out)
{
	static const char *const words[] = { "error",     "failed",  "failure",     "errorcode", "hresult",
		                             "hr",        "rc",      "return code", "exit code", "err",
		                             "lasterror", "lasterr", "getlasterror" };
	uint64_t code;

	if (!strchr("efhrlgEFHRLG", text.at[at]) || text.at[at] == '\0' || (at > 0 && is_letter(text.at[at - 1])))
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct span rest = span_from(text, at);

		if (!span_skip_nocase(&rest, span_of(words[i])) || rest.size == 0 || is_letter(rest.at[0]))
			continue;
		skip_between(&rest);
		if (take_code(&rest, &code) && code > 0) {
			*out = (uint32_t)code;
			return true;
		}
	}
	return false;
}

/* "version (15)" is no code, nor is any other number in a text that speaks of no error before. */
static bool
may_be_code(struct span before)
{
	static const char *const words[] = { "version", "thread", "id", "job", "package", "try", "attempt" };

	before = span_trim(before);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (span_ends_nocase(before, span_of(words[i])))
			return false;
	return span_find_nocase(before, SPAN("error")) < before.size
	       || span_find_nocase(before, SPAN("fail")) < before.size
	       || span_find_nocase(before, SPAN("cannot")) < before.size;
}

/* "(1326)", "(0x35)": a number alone in parentheses. */
static bool
code_in_parentheses(struct span text, size_t at, uint32_t *out)
{
	struct span rest = span_from(text, at);
	uint64_t code;

	if (text.at[at] != '(' || !may_be_code(span_part(text, 0, at)))
		return false;
	if (!span_skip(&rest, SPAN("(")) || !take_code(&rest, &code) || code == 0 || !span_skip(&rest, SPAN(")")))
		return false;
	*out = (uint32_t)code;
	return true;
}

/* "0x80070005" anywhere: no other figure of these logs has its highest bit set and eight digits. */
static bool
code_alone(struct span text, size_t at, uint32_t *out)
{
	struct span rest = span_from(text, at);
	uint64_t code;

	if (text.at[at] != '0' || !span_starts_nocase(rest, SPAN("0x8"))
	    || (at > 0 && (is_letter(text.at[at - 1]) || is_digit(text.at[at - 1]))))
		return false;
	if (!take_code(&rest, &code) || text.size - at - rest.size != 10)
		return false;
	*out = (uint32_t)code;
	return true;
}

typedef bool code_fn(struct span text, size_t at, uint32_t *out);

/* The surest form first, wherever it stands. */
bool
error_code(struct span text, uint32_t *out)
{
	static code_fn *const forms[] = { code_alone, code_behind_word, code_in_parentheses };

	for (size_t form = 0; form < COUNT_OF(forms); form++)
		for (size_t i = 0; i < text.size; i++)
			if (forms[form](text, i, out))
				return true;
	return false;
}
