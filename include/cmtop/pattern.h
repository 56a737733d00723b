/*
 * The patterns that users type: PCRE2 regular expressions over UTF-8, with
 * limits, so that no pattern can stop the program.
 */
#ifndef CMTOP_PATTERN_H
#define CMTOP_PATTERN_H

#include "cmtop/span.h"

struct pattern;

struct pattern_error {
	size_t at;      /* byte of the pattern where it broke */
	char text[128]; /* what is wrong, NUL-terminated */
};

enum pattern_answer {
	PATTERN_MISS,
	PATTERN_HIT,
	PATTERN_SLOW, /* gave up: it takes too long */
};

/*
 * Small letters ignore case; one capital makes the pattern exact. A letter with its mark is the same in one code
 * point and in two, in the pattern and in the text. NULL: broken, see `error`.
 */
struct pattern *pattern_new(struct span text, struct pattern_error *error);
void pattern_free(struct pattern *pattern);
enum pattern_answer pattern_try(const struct pattern *pattern, struct span text);

#endif
