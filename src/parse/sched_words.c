/*
 * What a word in a row of the scheduler's list looks like: which field it may be
 * of, and how well it would stand there.
 */
#include "cmtop/utf8.h"
#include "parse/rules.h"

struct looks {
	size_t size, digits, letters, others;
};

static struct looks
looks_of(struct span word)
{
	struct looks looks = { .size = word.size };

	for (size_t i = 0; i < word.size; i++) {
		char c = to_lower(word.at[i]);

		if (is_digit(c))
			looks.digits++;
		else if (c >= 'a' && c <= 'z')
			looks.letters++;
		else
			looks.others++;
	}
	return looks;
}

/* "12:23", "12:23:10", "12.23", in the digits of any script, perhaps with the half of the day right before it. */
static bool
is_clock(struct span word)
{
	char plain[64];
	uint64_t number;

	word = (struct span){ plain, utf8_plain(word, plain, sizeof(plain)) };
	while (word.size > 0 && (unsigned char)word.at[0] >= 0x80)
		word = span_from(word, 1);
	return span_take_uint(&word, &number) && number < 25
	       && (span_skip(&word, SPAN(":")) || span_skip(&word, SPAN("."))) && span_take_uint(&word, &number)
	       && number < 60;
}

static int
kbytes_score(struct span word)
{
	uint64_t number;

	if (!span_take_uint(&word, &number))
		return LIST_NEVER;
	if (word.size == 0)
		return 2;
	return span_is_nocase(word, SPAN("k")) || span_is_nocase(word, SPAN("kb")) ? 9 : LIST_NEVER;
}

/* "202SQCS1", "1_C6CT01" */
static int
request_score(struct span word, struct looks l)
{
	size_t underlines = 0;

	for (size_t i = 0; i < word.size; i++)
		underlines += word.at[i] == '_';
	if (l.size < 5 || l.size > 15 || l.others > underlines || l.digits == 0)
		return LIST_NEVER;
	return l.size == 8 ? 10 : 4;
}

static int
package_score(struct span word, struct looks l)
{
	struct span hex = span_from(word, 3);
	uint64_t number;

	if (l.size != 8 || l.others > 0 || l.digits == 0)
		return LIST_NEVER;
	/* "00000E2A" is a job: no site is called "000". */
	return span_take_hex(&hex, &number) && hex.size == 0 && !span_starts_nocase(word, SPAN("000")) ? 10 : 1;
}

/* Words that a field is known to hold. */
static bool
is_known(enum list_field field, struct span word)
{
	/* clang-format off */
	static const struct { enum list_field field; const char *word; } known[] = {
		{ LIST_STATE, "Pending" }, { LIST_STATE, "Sending" }, { LIST_STATE, "Active" }, { LIST_STATE, "Started" },
		{ LIST_STATE, "Connecting" }, { LIST_STATE, "Suspended" }, { LIST_STATE, "Error" }, { LIST_STATE, "Pulse" },
		{ LIST_ACTION, "None" }, { LIST_ACTION, "Retry" }, { LIST_ACTION, "Cancel" }, { LIST_ACTION, "Delete" },
		{ LIST_STATUS, "OK" }, { LIST_STATUS, "Error" }, { LIST_STATUS, "Failed" },
 { LIST_PRIORITY, "High" }, { LIST_PRIORITY, "Medium" }, { LIST_PRIORITY, "Low" },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (known[i].field == field && span_is_nocase(word, span_of(known[i].word)))
			return true;
	return false;
}

static bool
is_known_at_all(struct span word)
{
	return is_known(LIST_STATE, word) || is_known(LIST_STATUS, word) || is_known(LIST_ACTION, word);
}

/* Letters and digits and nothing else: no time, and no zone. */
static bool
is_id(struct looks l)
{
	return l.digits > 0 && l.letters > 0 && l.others == 0;
}

/* "Pulse Mode", "6:14:27 PM" */
static bool
never_first(struct span word)
{
	return span_is_nocase(word, SPAN("mode")) || span_is_nocase(word, SPAN("am"))
	       || span_is_nocase(word, SPAN("pm"));
}

/*
 * A clock that is written in several words, "午前 12:00", "18 h 05": the first that is none.
 * What such words come to decides nothing: the columns of times stand side by side.
 */
static int
clock_score(struct span word, struct looks l)
{
	if (is_clock(word))
		return 8;
	if (is_id(l) || is_known_at_all(word) || never_first(word))
		return LIST_NEVER;
	return (l.digits == l.size && l.size <= 2) || (l.digits == 0 && l.letters < l.others) ? 1 : LIST_NEVER;
}

/* "AM", "p.", "m.", "05", "μμ" */
static int
more_clock_score(struct span word, struct looks l)
{
	if (is_id(l) || is_known_at_all(word) || (l.digits > 2 && !is_clock(word)))
		return LIST_NEVER;
	return 3;
}

int
list_word_score(enum list_field field, struct span word)
{
	struct looks l = looks_of(word);

	switch (field) {
	case LIST_REQUEST: return request_score(word, l);
	case LIST_JOB:
		return l.others > 0 || is_known(LIST_STATE, word) ? LIST_NEVER : l.size == 8 || l.size == 7 ? 6 : 1;
	case LIST_SITE:
	case LIST_FINAL: return l.size != 3 || l.others > 0 ? LIST_NEVER : l.letters > 0 ? 9 : 3;
	case LIST_STATE:
	case LIST_STATUS:
	case LIST_ACTION:
		return l.digits > 0 || never_first(word) ? LIST_NEVER
		       : is_known(field, word)           ? 9
		       : l.letters > 0                   ? 5
		                                         : 0;
	case LIST_TOTAL:
	case LIST_LEFT: return kbytes_score(word);
	case LIST_HEARTBEAT:
	case LIST_START:
	case LIST_FINISH: return clock_score(word, l);
	case LIST_PACKAGE: return package_score(word, l);
	case LIST_VERSION: return l.digits == l.size ? 8 : LIST_NEVER;
	case LIST_PRIORITY: return (l.digits == 1 && l.size == 1) || is_known(field, word) ? 7 : LIST_NEVER;
	case LIST_RETRY: return is_id(l) || never_first(word) ? LIST_NEVER : l.others > 0 && l.digits > 0 ? 6 : 1;
	default: return 0;
	}
}

/* Further words of the same cell: a state, a time and its zone, "20480 k". */
int
list_more_score(enum list_field field, struct span word)
{
	struct looks l = looks_of(word);

	switch (field) {
	case LIST_STATE:
	case LIST_STATUS:
	case LIST_ACTION: return l.digits > 0 || is_known_at_all(word) ? LIST_NEVER : 5;
	case LIST_RETRY: return is_id(l) || is_known_at_all(word) ? LIST_NEVER : l.others > 0 && l.digits > 0 ? 5 : 3;
	case LIST_TOTAL:
	case LIST_LEFT: return span_is_nocase(word, SPAN("k")) || span_is_nocase(word, SPAN("kb")) ? 9 : LIST_NEVER;
	case LIST_HEARTBEAT:
	case LIST_START:
	case LIST_FINISH: return more_clock_score(word, l);
	case LIST_OTHER: return 0;
	default: return LIST_NEVER;
	}
}
