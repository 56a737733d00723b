/*
 * The only file with pcre2: options and limits are decided here, once.
 */
#include "cmtop/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmtop/utf8.h"

/*
 * "(a+)+$" against forty a and a b takes 100 ms under the library's own limits.
 * A filter is tried on thousands of short texts between two pictures.
 */
#define MATCH_LIMIT 100000

/*
 * As a rule a match takes some steps for each byte of the text. One that takes many more
 * may go on up to the limit above, but not on each of a hundred thousand texts: a few are
 * free, and then one of so many.
 */
#define CHEAP_LIMIT 100
#define CHEAP_BYTE  4
#define DEAR_FREE   8
#define DEAR_EVERY  4096

#define DEPTH_LIMIT 10000
#define HEAP_LIMIT  4096 /* KiB */

struct pattern {
	pcre2_code *code;
	pcre2_match_data *found;
	pcre2_match_context *limits, *cheap;
	struct spent *spent;
};

/* What has been tried, and how much of it was dear. */
struct spent {
	uint64_t tries, dear;
};

/* Past "\S", "\p{Lu}", "\x{AB}": their capitals are not the user's. `text` stands behind the backslash. */
static void
skip_escape(struct span *text)
{
	size_t end;

	*text = span_from(*text, 1);
	if (text->size == 0 || text->at[0] != '{')
		return;
	end = span_find(*text, SPAN("}"));
	*text = span_from(*text, end + 1);
}

static bool
has_capital(struct span text)
{
	uint32_t point;

	while (utf8_take_point(&text, &point)) {
		if (point == '\\')
			skip_escape(&text);
		else if (utf8_is_capital(point))
			return true;
	}
	return false;
}

static pcre2_code *
compile(struct span text, struct pattern_error *error)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE at = 0;
	pcre2_code *code;
	int number;

	if (!has_capital(text))
		options |= PCRE2_CASELESS;
	code = pcre2_compile((PCRE2_SPTR)text.at, text.size, options, &number, &at, NULL);
	if (!code) {
		error->at = at <= text.size ? at : text.size;
		if (pcre2_get_error_message(number, (PCRE2_UCHAR *)error->text, sizeof(error->text)) < 0)
			snprintf(error->text, sizeof(error->text), "broken pattern");
	}
	return code;
}

/* As it is tried. Where it is broken the place is one of what was typed. */
static pcre2_code *
compile_composed(struct span text, struct pattern_error *error)
{
	size_t size;
	char *composed = utf8_composed(text, &size);
	pcre2_code *code = composed ? compile((struct span){ composed, size }, error) : NULL;

	free(composed);
	return code ? code : compile(text, error);
}

static pcre2_match_context *
context(uint32_t steps)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);

	if (!limits)
		return NULL;
	pcre2_set_match_limit(limits, steps);
	pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(limits, HEAP_LIMIT);
	return limits;
}

struct pattern *
pattern_new(struct span text, struct pattern_error *error)
{
	struct pattern *pattern = calloc(1, sizeof(*pattern));

	*error = (struct pattern_error){ 0 };
	snprintf(error->text, sizeof(error->text), "out of memory");
	if (!pattern)
		return NULL;
	if (!text.at)
		text = SPAN("");
	pattern->code = compile_composed(text, error);
	if (!pattern->code)
		goto broken;
	pattern->found = pcre2_match_data_create(1, NULL);
	pattern->limits = context(MATCH_LIMIT);
	pattern->cheap = context(CHEAP_LIMIT);
	pattern->spent = calloc(1, sizeof(*pattern->spent));
	if (!pattern->found || !pattern->limits || !pattern->cheap || !pattern->spent)
		goto broken;
	/* Where there is no compiler for this machine the interpreter does it. */
	(void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	return pattern;

broken:
	pattern_free(pattern);
	return NULL;
}

void
pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	free(pattern->spent);
	pcre2_match_context_free(pattern->cheap);
	pcre2_match_context_free(pattern->limits);
	pcre2_match_data_free(pattern->found);
	pcre2_code_free(pattern->code);
	free(pattern);
}

static int
match(const struct pattern *pattern, struct span text, pcre2_match_context *limits)
{
	return pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.size, 0, 0, pattern->found, limits);
}

static enum pattern_answer
try_composed(const struct pattern *pattern, struct span text)
{
	struct spent *spent = pattern->spent;
	int answer;

	pcre2_set_match_limit(pattern->cheap,
	                      (uint32_t)(text.size < MATCH_LIMIT ? CHEAP_LIMIT + CHEAP_BYTE * text.size : MATCH_LIMIT));
	answer = match(pattern, text, pattern->cheap);
	spent->tries++;
	if (answer == PCRE2_ERROR_MATCHLIMIT && spent->dear < DEAR_FREE + spent->tries / DEAR_EVERY) {
		spent->dear++;
		answer = match(pattern, text, pattern->limits);
	}
	if (answer >= 0)
		return PATTERN_HIT;
	/* Whatever else it is, limits or memory, this pattern is not to be tried again. */
	return answer == PCRE2_ERROR_NOMATCH ? PATTERN_MISS : PATTERN_SLOW;
}

enum pattern_answer
pattern_try(const struct pattern *pattern, struct span text)
{
	size_t size;
	char *composed = utf8_composed(text, &size);
	enum pattern_answer answer = try_composed(pattern, composed  ? (struct span){ composed, size }
	                                                   : text.at ? text
	                                                             : SPAN(""));

	free(composed);
	return answer;
}
