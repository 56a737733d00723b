#include "query/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct { const char *name; bool numeric; } words[TERM_COUNT] = {
	[TERM_ANY]     = { "",        false },
	[TERM_SITE]    = { "site:",   false },
	[TERM_PACKAGE] = { "pkg:",    false },
	[TERM_NAME]    = { "name:",   false },
	[TERM_STATE]   = { "state:",  false },
	[TERM_SERVER]  = { "server:", false },
	[TERM_TRY]     = { "try:",    true  },
	[TERM_SIZE]    = { "size:",   true  },
	[TERM_RATE]    = { "rate:",   true  },
	[TERM_AGE]     = { "age:",    true  },
	[TERM_TEXT]    = { "text:",   false },
};
/* clang-format on */

struct suffix {
	const char *letters;
	double worth;
};

static const struct suffix byte_units[] = {
	{ "k", 1024.0 }, { "m", 1048576.0 }, { "g", 1073741824.0 }, { "t", 1099511627776.0 }, { "b", 1 }, { "", 0 },
};
static const struct suffix age_units[] = {
	{ "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 }, { "", 0 },
};
static const struct suffix no_units[] = {
	{ "", 0 },
};

static bool
broken(struct query_error *error, size_t at, const char *text)
{
	error->at = at;
	snprintf(error->text, sizeof(error->text), "%s", text);
	return false;
}

/*
 * Quotes are taken off, wherever they stand: name:"a b" and "name:a b" are the
 * same. A quote that is not closed, as while it is typed, reaches to the end.
 */
static size_t
unquote(struct span word, char *out)
{
	size_t i, used = 0;

	for (i = 0; i < word.size; i++) {
		if (word.at[i] == '"')
			continue;
		out[used++] = word.at[i];
		if (word.at[i] == '\\' && i + 1 < word.size)
			out[used++] = word.at[++i];
	}
	return used;
}

/* Where byte `at` of the unquoted word stands in the word as typed. */
static size_t
place_in(struct span word, size_t at)
{
	size_t i, used = 0;

	for (i = 0; i < word.size; i++) {
		if (word.at[i] == '"')
			continue;
		if (used++ == at)
			return i;
		if (word.at[i] == '\\' && i + 1 < word.size) {
			i++;
			if (used++ == at)
				return i;
		}
	}
	return word.size;
}

bool
term_asks_for(const struct term *term, const char *word)
{
	struct span name = span_of(words[term->field].name);

	return name.size > 0 && span_is(span_part(name, 0, name.size - 1), span_of(word));
}

const char *
query_word(size_t i)
{
	return i + 1 < TERM_COUNT ? words[i + 1].name : NULL;
}

static bool
no_such_field(struct query_error *error)
{
	size_t used = (size_t)snprintf(error->text, sizeof(error->text), "no such field; use");

	error->at = 0;
	for (size_t i = TERM_ANY + 1; i < TERM_COUNT && used < sizeof(error->text); i++)
		used += (size_t)snprintf(error->text + used, sizeof(error->text) - used, " %.*s",
		                         (int)strlen(words[i].name) - 1, words[i].name);
	return false;
}

/* "site:" off the text. Letters before a colon that name no field are a mistake, not a pattern. */
static bool
take_field(struct span *text, enum term_field *out, struct query_error *error)
{
	size_t size = 0, i;
	struct span name;

	while (size < text->size && to_lower(text->at[size]) >= 'a' && to_lower(text->at[size]) <= 'z')
		size++;
	*out = TERM_ANY;
	if (size == 0 || size == text->size || text->at[size] != ':')
		return true;
	name = span_part(*text, 0, size + 1);
	for (i = TERM_ANY + 1; i < TERM_COUNT; i++) {
		if (span_is_nocase(name, span_of(words[i].name))) {
			*out = (enum term_field)i;
			*text = span_from(*text, size + 1);
			return true;
		}
	}
	return no_such_field(error);
}

static enum comparison
take_comparison(struct span *text)
{
	if (span_skip(text, SPAN(">=")))
		return IS_AT_LEAST;
	if (span_skip(text, SPAN("<=")))
		return IS_AT_MOST;
	if (span_skip(text, SPAN(">")))
		return IS_ABOVE;
	if (span_skip(text, SPAN("<")))
		return IS_BELOW;
	span_skip(text, SPAN("="));
	return IS_EQUAL;
}

/* "1.5" */
static bool
take_decimal(struct span *text, double *out)
{
	double worth = 0.1;
	uint64_t integer;

	if (!span_take_uint(text, &integer))
		return false;
	*out = (double)integer;
	if (!span_skip(text, SPAN(".")))
		return true;
	for (; text->size > 0 && is_digit(text->at[0]); worth /= 10) {
		*out += worth * (text->at[0] - '0');
		*text = span_from(*text, 1);
	}
	return true;
}

/* "G", "GB", "GiB", "MB/s", "m" */
static double
take_unit(struct span *text, enum term_field field)
{
	const struct suffix *suffix = field == TERM_TRY ? no_units : field == TERM_AGE ? age_units : byte_units;
	double worth = 1;

	for (; suffix->letters[0]; suffix++) {
		if (!span_skip_nocase(text, span_of(suffix->letters)))
			continue;
		worth = suffix->worth;
		if (suffix->worth > 1 && field != TERM_AGE) {
			span_skip_nocase(text, SPAN("i"));
			span_skip_nocase(text, SPAN("b"));
		}
		break;
	}
	if (field == TERM_RATE)
		span_skip_nocase(text, SPAN("/s"));
	return worth;
}

static bool
parse_number(struct span text, struct term *out, struct query_error *error)
{
	struct span rest = text;

	out->comparison = take_comparison(&rest);
	if (!take_decimal(&rest, &out->number))
		return broken(error, text.size - rest.size, "expected a number");
	out->number *= take_unit(&rest, out->field);
	if (rest.size > 0)
		return broken(error, text.size - rest.size,
		              out->field == TERM_TRY   ? "this number has no unit"
		              : out->field == TERM_AGE ? "the units of time are s m h d"
		                                       : "the units of size are K M G T");
	return true;
}

static bool
parse_pattern(struct span text, struct term *out, struct query_error *error)
{
	struct pattern_error why;

	out->pattern = pattern_new(text, &why);
	return out->pattern ? true : broken(error, why.at, why.text);
}

/* `error` counts from the first byte of `plain`. */
static bool
parse_plain(struct span plain, struct term *out, struct query_error *error)
{
	struct span rest = plain;
	bool good;

	out->negative = span_skip(&rest, SPAN("!"));
	good = take_field(&rest, &out->field, error);
	out->empty = rest.size == 0;
	if (good && !out->empty)
		good = words[out->field].numeric ? parse_number(rest, out, error) : parse_pattern(rest, out, error);
	if (!good)
		error->at += plain.size - rest.size;
	return good;
}

bool
term_parse(struct span word, struct term *out, struct query_error *error)
{
	char *plain = malloc(word.size + 1);
	bool good;

	*out = (struct term){ .word = word };
	if (!plain)
		return broken(error, 0, "out of memory");
	good = parse_plain((struct span){ plain, unquote(word, plain) }, out, error);
	if (!good)
		error->at = place_in(word, error->at);
	free(plain);
	return good;
}

void
term_clear(struct term *term)
{
	pattern_free(term->pattern);
	term->pattern = NULL;
}

bool
term_finds(struct term *term, const char *text)
{
	enum pattern_answer answer;

	if (!term->pattern || term->off)
		return false;
	answer = pattern_try(term->pattern, span_of(text));
	if (answer == PATTERN_SLOW)
		term->off = true;
	return answer == PATTERN_HIT;
}

bool
term_compares(const struct term *term, double number)
{
	if (!(number >= 0))
		return false;
	switch (term->comparison) {
	case IS_ABOVE: return number > term->number;
	case IS_AT_LEAST: return number >= term->number;
	case IS_BELOW: return number < term->number;
	case IS_AT_MOST: return number <= term->number;
	case IS_EQUAL: break;
	}
	return number == term->number;
}
