/*
 * Whether a message that no rule knows reports a failure. These logs do not say;
 * their words do: "error", "fail…", "cannot", "unable", "denied", "abort…", an
 * error code. A word counts where it reports something: not in "0 errors", "no
 * error", "error = 0", nor in what is only asked or looked for ("if it fails",
 * "Retry failed jobs"), nor where it is part of a name ("error.log").
 */
#include "cmtop/errors.h"
#include "cmtop/count_of.h"
#include "parse/classifier.h"

/* A piece of the message: a word, and where it stands. */
struct word {
	struct span text, message;
	size_t at; /* in the message */
};

static bool
is_letter_or_digit(char c)
{
	return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

static bool
is_word_character(char c)
{
	return is_letter_or_digit(c) || c == '_' || c == '\'' || (c & 0x80);
}

/* Moves past the next word at or behind `*at`. False: there is none. */
static bool
next_word(struct span message, size_t *at, struct word *out)
{
	size_t start = *at, end;

	while (start < message.size && !is_letter_or_digit(message.at[start]))
		start++;
	end = start;
	while (end < message.size && is_word_character(message.at[end]))
		end++;
	*at = end;
	while (end > start && message.at[end - 1] == '\'')
		end--;
	*out = (struct word){ span_part(message, start, end - start), message, start };
	return end > start;
}

/* The word before; false: none, or a comma, a full stop, … stands between. */
static bool
word_before(const struct word *word, struct word *out)
{
	struct span message = word->message;
	size_t end = word->at, start;

	while (end > 0 && is_blank(message.at[end - 1]))
		end--;
	start = end;
	while (start > 0 && is_word_character(message.at[start - 1]))
		start--;
	*out = (struct word){ span_part(message, start, end - start), message, start };
	return end > start;
}

static bool
is_one_of(struct span word, const char *list)
{
	struct span words = span_of(list), one;

	while (words.size > 0) {
		one = span_part(words, 0, span_find(words, SPAN(" ")));
		if (span_is_nocase(one, word))
			return true;
		words = span_from(words, one.size + 1);
	}
	return false;
}

/* ---- the words ---- */

/* "fail", "failed", "Failures", "aborted"; not "failover", nor a name as "FailCount". */
static bool
is_fail_or_abort(struct span word)
{
	static const char *const others[] = { "failover", "failback", "failsafe" };
	bool small = true, big = true;

	if (!span_starts_nocase(word, SPAN("fail")) && !span_starts_nocase(word, SPAN("abort")))
		return false;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (span_starts_nocase(word, span_of(others[i])))
			return false;
	for (size_t i = 1; i < word.size; i++) {
		small &= word.at[i] >= 'a' && word.at[i] <= 'z';
		big &= word.at[i] >= 'A' && word.at[i] <= 'Z';
	}
	return small || big;
}

static bool
is_failure_word(struct span word)
{
	return is_one_of(word, "error errors cannot can't unable denied") || is_fail_or_abort(word);
}

/* Words that are none by themselves, but with a code behind them. */
static bool
wants_code(struct span word)
{
	return is_one_of(word, "err errorcode lasterror lasterr getlasterror hresult");
}

/* A result that may also be a count or a state: it reports a failure where its number is a known error. */
static bool
is_result(struct span word)
{
	return is_one_of(word, "rc hr");
}

static bool
result_fails(uint32_t code)
{
	switch (code) {
	case 1:                  /* as a rule "true" */
	case 234:                /* more data, */
	case 259:                /* no more data, */
	case 997:                /* under way, */
	case 1641:               /* the computer restarts, */
	case 3010: return false; /* … or should */
	default: return failure_meaning(code) != NULL;
	}
}

/* A piece of a path, of a file's or a class's name, of a word with hyphens. */
static bool
is_in_name(const struct word *word)
{
	struct span message = word->message;
	size_t end = word->at + word->text.size;
	char before = word->at > 0 ? message.at[word->at - 1] : ' ', after = end < message.size ? message.at[end] : ' ';
	bool more = end + 1 < message.size && is_letter_or_digit(message.at[end + 1]);
	bool less = word->at > 1 && is_letter_or_digit(message.at[word->at - 2]);

	if (before == '\\' || before == '/' || before == '_' || before == '$' || after == '\\')
		return true;
	if (before == ':' && word->at > 1 && message.at[word->at - 2] == ':')
		return true;
	return ((after == '.' || after == '/' || after == '-') && more && !is_digit(message.at[end + 1]))
	       || ((before == '.' || before == '-') && less);
}

/* ---- what stands behind it ---- */

/* NAME: the two words are the name of a thing, as in "error reporting". */
enum behind { BEHIND_NOTHING, BEHIND_NAME, BEHIND_ZERO, BEHIND_CODE };

static void
skip_signs(struct span *text)
{
	span_skip(text, SPAN("(s)"));
	while (text->size > 0
	       && (is_blank(text->at[0]) || text->at[0] == '=' || text->at[0] == ':' || text->at[0] == '('
	           || text->at[0] == ')' || text->at[0] == '[' || text->at[0] == '#'))
		*text = span_from(*text, 1);
}

/* Past "code", "number" and the like, and the signs around them. */
static void
skip_filling(struct span *text)
{
	struct word word;
	size_t at = 0;

	skip_signs(text);
	while (next_word(*text, &at, &word) && word.at == 0
	       && is_one_of(word.text, "code codes number count value status is was are were returned win32 last")) {
		*text = span_from(*text, at);
		skip_signs(text);
		at = 0;
	}
}

static enum behind
behind(const struct word *word)
{
	struct span text = span_from(word->message, word->at + word->text.size);
	struct word next;
	uint64_t number;
	size_t at = 0;
	bool hex;

	skip_filling(&text);
	if (next_word(text, &at, &next) && next.at == 0) {
		if (is_one_of(next.text, "none nothing zero"))
			return BEHIND_ZERO;
		if (is_one_of(next.text,
		              "reporting handling handler logging log level checking correction recovery threshold"))
			return BEHIND_NAME;
	}
	span_skip(&text, SPAN("-"));
	hex = span_skip_nocase(&text, SPAN("0x"));
	if (!(hex ? span_take_hex(&text, &number) : span_take_uint(&text, &number)))
		return BEHIND_NOTHING;
	if (text.size > 0 && is_letter_or_digit(text.at[0]))
		return BEHIND_NOTHING;
	return number == 0 ? BEHIND_ZERO : BEHIND_CODE;
}

/* ---- what stands before it ---- */

/* The word is the number 0, or the 12 of "0 of 12". */
static bool
is_no_number(const struct word *word)
{
	struct word before = *word;
	struct span digits = word->text;
	uint64_t number;

	if (!span_take_uint(&digits, &number) || digits.size > 0)
		return false;
	return number == 0
	       || (word_before(&before, &before) && span_is_nocase(before.text, SPAN("of"))
	           && word_before(&before, &before) && span_is(before.text, SPAN("0")));
}

/* "no error", "without any errors", "0 failed", "0 packages failed", "did not fail" */
static bool
is_denied(const struct word *word)
{
	struct word before, number;

	if (!word_before(word, &before))
		return false;
	if (is_one_of(before.text, "a an any the further more known other") && is_denied(&before))
		return true;
	if (span_ends_nocase(before.text, SPAN("s")) && word_before(&before, &number) && is_no_number(&number))
		return true;
	return is_no_number(&before)
	       || is_one_of(before.text,
	                    "no not without zero never none any didn't doesn't don't hasn't wasn't isn't won't");
}

/* "Retry failed jobs", "Checking for errors", "Number of failures": it is looked for, or counted. */
static bool
is_looked_for(const struct word *word)
{
	struct word before, first;

	if (!word_before(word, &before))
		return false;
	if (is_one_of(before.text, "the a an all these previously last"))
		return is_looked_for(&before);
	if (span_is_nocase(before.text, SPAN("of")))
		return word_before(&before, &first) && is_one_of(first.text, "number count list total");
	return is_one_of(before.text,
	                 "for on retry retries retrying resend resending reprocess reprocessing restart restarting "
	                 "check checking clear cleared clearing reset resetting count handle handling");
}

/* "… again if it fails": within some words, and no comma between. */
static bool
is_condition(const struct word *word)
{
	struct word at = *word;

	for (int i = 0; i < 4 && word_before(&at, &at); i++)
		if (is_one_of(at.text, "if unless whether until"))
			return true;
	return false;
}

static bool
word_reports(const struct word *word)
{
	enum behind code;
	uint32_t result;

	if (span_starts_nocase(word->text, SPAN("0x8")))
		return word->text.size == 10 && error_code(word->text, &result);
	if (wants_code(word->text))
		return behind(word) == BEHIND_CODE;
	if (is_result(word->text))
		return behind(word) == BEHIND_CODE && !is_in_name(word)
		       && error_code(span_from(word->message, word->at), &result) && result_fails(result);
	if (!is_failure_word(word->text) || is_in_name(word))
		return false;
	code = behind(word);
	if (code != BEHIND_NOTHING)
		return code == BEHIND_CODE;
	return !is_denied(word) && !is_looked_for(word) && !is_condition(word);
}

bool
message_fails(struct span message)
{
	struct word word;
	size_t at = 0;

	while (next_word(message, &at, &word))
		if (word_reports(&word))
			return true;
	return false;
}

uint8_t
message_level(struct span message)
{
	if (message_fails(message))
		return LEVEL_ERROR;
	return span_find_nocase(message, SPAN("warn")) < message.size ? LEVEL_WARNING : LEVEL_INFO;
}
