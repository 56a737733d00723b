#include "cmtop/unknown_messages.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/hash.h"
#include "cmtop/utf8.h"

#define KINDS      4096        /* kept when there is no room for more */
#define BUCKETS    (4 * KINDS) /* of the hash table; a power of two */
#define KINDS_MOST (2 * KINDS)
#define TEXT       240

struct kind {
	uint64_t count;
	uint32_t hash;
	char text[TEXT]; /* "SMS_LAN_SENDER  Message with # in it", clean */
};

struct unknown {
	struct kind *kinds;
	size_t count;
	uint64_t dropped;         /* messages of kinds that made room */
	uint16_t bucket[BUCKETS]; /* 1 + index of the kind; 0: free */
};

struct unknown *
unknown_new(void)
{
	struct unknown *unknown = calloc(1, sizeof(*unknown));

	if (!unknown)
		return NULL;
	unknown->kinds = malloc(KINDS_MOST * sizeof(*unknown->kinds));
	if (!unknown->kinds) {
		free(unknown);
		return NULL;
	}
	return unknown;
}

void
unknown_free(struct unknown *unknown)
{
	if (!unknown)
		return;
	free(unknown->kinds);
	free(unknown);
}

static bool
is_hex_digit(char c)
{
	return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

/* Past one number, decimal or "0x80070040", at the start of `text`. */
static size_t
number_length(struct span text)
{
	size_t size = 0;

	if (text.size > 2 && text.at[0] == '0' && to_lower(text.at[1]) == 'x' && is_hex_digit(text.at[2]))
		for (size = 2; size < text.size && is_hex_digit(text.at[size]); size++)
			;
	while (size < text.size && is_digit(text.at[size]))
		size++;
	return size;
}

/* The component, and the message with "#" for each number. */
static void
shape_of(const struct event *event, char out[TEXT])
{
	char raw[TEXT];
	size_t used, i = 0;

	span_copy(event->component, raw, 64);
	used = strlen(raw);
	memcpy(raw + used, "  ", 2);
	used += 2;
	while (i < event->message.size && used < TEXT - 1) {
		size_t number = number_length(span_from(event->message, i));

		raw[used++] = number ? '#' : event->message.at[i];
		i += number ? number : 1;
	}
	utf8_clean((struct span){ raw, used }, out, TEXT);
}

/* FNV-1a */
static uint32_t
hash_of(const char *text)
{
	return hash_fold(hash_bytes(HASH_START, span_of(text)));
}

/* The bucket that holds the kind, or the free one where it belongs. */
static uint16_t *
find(struct unknown *unknown, const char *text, uint32_t hash)
{
	size_t i = hash % BUCKETS;

	for (; unknown->bucket[i]; i = (i + 1) % BUCKETS) {
		const struct kind *kind = &unknown->kinds[unknown->bucket[i] - 1];

		if (kind->hash == hash && !strcmp(kind->text, text))
			break;
	}
	return &unknown->bucket[i];
}

static int
by_count(const void *a, const void *b)
{
	const struct kind *one = a, *other = b;

	if (one->count != other->count)
		return one->count > other->count ? -1 : 1;
	return strcmp(one->text, other->text);
}

/* The rarer half goes. */
static void
make_room(struct unknown *unknown)
{
	qsort(unknown->kinds, unknown->count, sizeof(*unknown->kinds), by_count);
	while (unknown->count > KINDS)
		unknown->dropped += unknown->kinds[--unknown->count].count;
	memset(unknown->bucket, 0, sizeof(unknown->bucket));
	for (size_t i = 0; i < unknown->count; i++)
		*find(unknown, unknown->kinds[i].text, unknown->kinds[i].hash) = (uint16_t)(i + 1);
}

void
unknown_count(struct unknown *unknown, const struct event *event)
{
	struct kind kind = { .count = 1 };
	uint16_t *bucket;

	if (event->kind != EVENT_NOTE)
		return;
	if (unknown->count == KINDS_MOST)
		make_room(unknown);
	shape_of(event, kind.text);
	kind.hash = hash_of(kind.text);
	bucket = find(unknown, kind.text, kind.hash);
	if (*bucket) {
		unknown->kinds[*bucket - 1].count++;
		return;
	}
	unknown->kinds[unknown->count++] = kind;
	*bucket = (uint16_t)unknown->count;
}

void
unknown_print(struct unknown *unknown, const struct sink *sink)
{
	qsort(unknown->kinds, unknown->count, sizeof(*unknown->kinds), by_count);
	for (size_t i = 0; i < unknown->count; i++)
		sink_format(sink, "%9" PRIu64 "  %s\n", unknown->kinds[i].count, unknown->kinds[i].text);
	if (unknown->dropped)
		sink_format(sink, "%9" PRIu64 "  (rare messages that did not fit in this list)\n", unknown->dropped);
}
