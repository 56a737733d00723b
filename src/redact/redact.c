#include "cmtop/redact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/hash.h"
#include "cmtop/intern.h"

#define ROOM         (512 * 1024) /* for the texts of an event: a record, its message, its fields */
#define SERVERS      8192
#define SERVER_BYTES (512 * 1024)
#define BARE_LEAST   4 /* shorter names of servers may be site codes or plain words */
#define SHORT_TEXT   16

struct redact {
	struct intern *servers; /* first labels, in small letters */
	struct span name;       /* of the package that the event is about */
	struct event event;     /* that was handed out */
	size_t used;
	char out[ROOM];
};

struct redact *
redact_new(void)
{
	struct redact *redact = calloc(1, sizeof *redact);

	if (redact)
		redact->servers = intern_new(SERVERS, SERVER_BYTES);
	if (redact && redact->servers)
		return redact;
	redact_free(redact);
	return NULL;
}

void
redact_free(struct redact *redact)
{
	if (!redact)
		return;
	intern_free(redact->servers);
	free(redact);
}

/* What does not fit is left out: better cut than told. */
static void
put(struct redact *redact, struct span text)
{
	if (text.size > ROOM - redact->used)
		text.size = ROOM - redact->used;
	if (text.size)
		memcpy(redact->out + redact->used, text.at, text.size);
	redact->used += text.size;
}

/* ---- short names ---- */

static uint64_t
fingerprint(struct span text)
{
	uint64_t out = hash_nocase(HASH_START, text);

	/* Names often differ in their last letter only, which the end of a sum alone would show. */
	out = (out ^ out >> 33) * UINT64_C(0xff51afd7ed558ccd);
	return out ^ out >> 33;
}

static void
put_short(struct redact *redact, const char *kind, struct span text)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	uint64_t left = fingerprint(text);
	char out[SHORT_TEXT];
	int size = snprintf(out, sizeof out - 5, "%s-", kind);

	for (int i = 0; i < 5; i++, left >>= 5)
		out[size++] = letters[left & 31];
	put(redact, (struct span){ out, (size_t)size });
}

/* ---- what a word is ---- */

static bool
is_name_char(char c)
{
	return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '-' || c == '_' || (c & 0x80);
}

static bool
is_word_char(char c)
{
	return is_name_char(c) || c == '.' || c == '\\' || c == ':' || c == '/' || c == '@' || c == '$';
}

static struct span
first_label(struct span host)
{
	return span_part(host, 0, span_find(host, SPAN(".")));
}

/* Labels with dots between them; answers how many, 0: something else is in it. `last` is the last one. */
static unsigned
count_labels(struct span word, struct span *last)
{
	unsigned count = 1;
	size_t start = 0;

	for (size_t i = 0; i < word.size; i++) {
		if (word.at[i] == '.') {
			if (i == start)
				return 0;
			start = i + 1;
			count++;
		} else if (!is_name_char(word.at[i])) {
			return 0;
		}
	}
	*last = span_from(word, start);
	return last->size ? count : 0;
}

static bool
is_address(struct span word)
{
	uint64_t number;
	int count = 0;

	do {
		if (!span_take_uint(&word, &number) || number > 255)
			return false;
		count++;
	} while (span_skip(&word, SPAN(".")));
	return count == 4 && !word.size;
}

/* "PS1DP1.CONTOSO.COM", but no class of .NET. */
static bool
is_full_host(struct span word)
{
	struct span last;

	if (count_labels(word, &last) < 3 || last.size < 2)
		return false;
	for (size_t i = 0; i < last.size; i++)
		if (to_lower(last.at[i]) < 'a' || to_lower(last.at[i]) > 'z')
			return false;
	return !span_starts_nocase(word, SPAN("System.")) && !span_starts_nocase(word, SPAN("Microsoft."));
}

/* "CONTOSO\svc-sms", "svc-sms@contoso.com", "S-1-5-21-…" */
static bool
is_account(struct span word)
{
	size_t slash = span_find(word, SPAN("\\")), at = span_find(word, SPAN("@"));

	if (span_starts_nocase(word, SPAN("S-1-5-")))
		return true;
	if (at > 0 && at < word.size)
		return span_find(span_from(word, at), SPAN(".")) < word.size - at;
	return slash > 0 && slash + 1 < word.size && slash == span_find_last(word, SPAN("\\"))
	       && span_find(word, SPAN(":")) == word.size && span_find(word, SPAN("/")) == word.size;
}

static struct span
in_small(struct span text, char out[256])
{
	if (text.size > 256)
		text.size = 256;
	for (size_t i = 0; i < text.size; i++)
		out[i] = to_lower(text.at[i]);
	return (struct span){ out, text.size };
}

static bool
is_known_server(const struct redact *redact, struct span word)
{
	char small[256];

	return word.size >= BARE_LEAST && intern_find(redact->servers, in_small(word, small)) != NAME_NONE;
}

/* The machine's own name stands for it, with or without its domain. */
static void
put_server(struct redact *redact, struct span host)
{
	struct span label = is_address(host) ? host : first_label(host);
	char small[256];

	intern_add(redact->servers, in_small(label, small));
	put_short(redact, "srv", label);
}

/* ---- a text ---- */

static struct span
take_while(struct span *text, bool (*fits)(char))
{
	struct span out = { text->at, 0 };

	while (out.size < text->size && fits(text->at[out.size]))
		out.size++;
	*text = span_from(*text, out.size);
	return out;
}

static bool
is_host_char(char c)
{
	return is_name_char(c) || c == '.';
}

static void
put_word(struct redact *redact, struct span word)
{
	struct span bare = word;

	while (bare.size && (bare.at[bare.size - 1] == '.' || bare.at[bare.size - 1] == ':'))
		bare.size--;
	if (is_account(bare))
		put_short(redact, "acct", bare);
	else if (is_address(bare) || is_full_host(bare) || is_known_server(redact, bare))
		put_server(redact, bare);
	else
		bare.size = 0;
	put(redact, span_from(word, bare.size));
}

/* "SYS=SERVER1", "user=…": what a value is by the word before it. */
static bool
put_value(struct redact *redact, struct span before, struct span *text)
{
	/* clang-format off */
	static const struct { const char *key; bool server; } keys[] = {
		{ "SYS=", true }, { "server=", true }, { "machine=", true },
		{ "user=", false }, { "username=", false }, { "account=", false },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct span value, rest = *text;

		if (!span_ends_nocase(before, span_of(keys[i].key)))
			continue;
		value = take_while(&rest, is_word_char);
		if (!value.size || value.at[0] == '\\')
			return false;
		*text = rest;
		if (keys[i].server)
			put_server(redact, value);
		else
			put_short(redact, "acct", value);
		return true;
	}
	return false;
}

/* In status messages the strings may be anything; ids and numbers are not names, and no id has other letters. */
static bool
is_id(struct span value)
{
	struct span last;

	if (!span_is_ascii(value))
		return false;
	if (value.size <= 3 || (value.size == 8 && count_labels(value, &last) == 1))
		return true;
	for (size_t i = 0; i < value.size; i++)
		if (!is_digit(value.at[i]))
			return false;
	return true;
}

/* After ISTR0=" */
static bool
is_insertion(struct span before)
{
	size_t start = before.size < sizeof "ISTR10=\"" - 1 ? 0 : before.size - (sizeof "ISTR10=\"" - 1);
	struct span end = span_from(before, start);

	return span_ends_nocase(before, SPAN("=\"")) && span_find_nocase(end, SPAN("ISTR")) < end.size;
}

static bool
put_inserted(struct redact *redact, struct span before, struct span *text)
{
	struct span value = span_part(*text, 0, span_find(*text, SPAN("\"")));

	if (!is_insertion(before) || is_id(value) || span_find(value, SPAN("\\")) < value.size)
		return false;
	put_short(redact, "name", value);
	*text = span_from(*text, value.size);
	return true;
}

static bool
is_blank_or_tilde(char c)
{
	return is_blank(c) || c == '~' || c == '\r' || c == '\n';
}

/*
 * How much of the text is the package's name, 0: it does not begin with it. The
 * name comes from the message, in which blanks are collapsed and control
 * characters are cleaned; in the record itself they stand as they were written.
 */
static size_t
name_size(struct span text, struct span name)
{
	size_t at = 0;

	for (size_t i = 0; i < name.size; i++) {
		bool blank = is_blank(name.at[i]);
		size_t begin = at;

		while (blank && at < text.size && is_blank_or_tilde(text.at[at]))
			at++;
		if (at > begin)
			continue;
		if (at == text.size)
			return 0;
		if (text.at[at] != name.at[i]
		    && !(name.at[i] == '?' && ((unsigned char)text.at[at] < ' ' || text.at[at] == 0x7f)))
			return 0;
		at++;
	}
	return at;
}

/* Answers where the same without names is. */
static struct span
scan(struct redact *redact, struct span text)
{
	struct span out = { redact->out + redact->used, 0 }, all = text;

	while (text.size) {
		struct span before = span_part(all, 0, all.size - text.size);
		size_t name = redact->name.size > 1 ? name_size(text, redact->name) : 0;

		if (name > 0) {
			put_short(redact, "name", redact->name);
			text = span_from(text, name);
		} else if (put_value(redact, before, &text) || put_inserted(redact, before, &text)) {
			continue;
		} else if (text.size > 2 && text.at[0] == '\\' && text.at[1] == '\\' && is_host_char(text.at[2])) {
			put(redact, SPAN("\\\\"));
			text = span_from(text, 2);
			put_server(redact, take_while(&text, is_host_char));
			put(redact, take_while(&text, is_word_char)); /* the rest of the path */
		} else if (is_word_char(*text.at) && *text.at != '\\') {
			put_word(redact, take_while(&text, is_word_char));
		} else {
			put(redact, span_part(text, 0, 1));
			text = span_from(text, 1);
		}
	}
	out.size = (size_t)(redact->out + redact->used - out.at);
	return out;
}

static struct span
short_one(struct redact *redact, enum text_field field, struct span text)
{
	struct span out = { redact->out + redact->used, 0 };

	if (!text.size)
		return text;
	if (field == TEXT_NAME)
		put_short(redact, "name", text);
	else if (span_find(text, SPAN("\\")) == text.size && field != TEXT_PATH)
		put_server(redact, text);
	else
		return scan(redact, text);
	out.size = (size_t)(redact->out + redact->used - out.at);
	return out;
}

const struct event *
redact_event(struct redact *redact, const struct event *event)
{
	static const enum text_field hidden[] = { TEXT_SERVER, TEXT_DP, TEXT_NAME, TEXT_PATH };

	struct event *out;

	if (!redact)
		return event;
	out = &redact->event;
	*out = *event;
	redact->used = 0;
	redact->name = event_text(event, TEXT_NAME);
	for (size_t i = 0; i < COUNT_OF(hidden); i++)
		if (event_has_text(event, hidden[i]))
			out->text[hidden[i]] = short_one(redact, hidden[i], event->text[hidden[i]]);
	out->message = scan(redact, event->message);
	out->raw = scan(redact, event->raw);
	return out;
}
