#include "logstore/line_ring.h"

#include <stdlib.h>
#include <string.h>

/*
 * Entries stand one behind the other; one that does not fit before the end of the
 * memory begins at its start, and an entry of no length tells the reader to do so.
 */
struct entry {
	size_t size; /* with its text, a multiple of ALIGNMENT; 0: go on at the start */
	struct logstore_line line;
};

#define ALIGNMENT _Alignof(struct entry)
#define SHARE     8 /* no line takes more than this part of the ring */

bool
ring_init(struct ring *ring, size_t bytes)
{
	size_t least = SHARE * 2 * sizeof(struct entry);

	*ring = (struct ring){ .size = (bytes > least ? bytes : least) / ALIGNMENT * ALIGNMENT };
	ring->memory = malloc(ring->size);
	return ring->memory != NULL;
}

void
ring_destroy(struct ring *ring)
{
	free(ring->memory);
}

static struct entry *
entry_at(const struct ring *ring, size_t place)
{
	return (struct entry *)(void *)(ring->memory + place);
}

/* The place of the entry that follows, the end of the memory taken into account. */
static size_t
settle(const struct ring *ring, size_t place)
{
	if (place + sizeof(struct entry) > ring->size || entry_at(ring, place)->size == 0)
		return 0;
	return place;
}

static void
drop_first(struct ring *ring)
{
	ring->first += entry_at(ring, ring->first)->size;
	ring->count--;
	ring->gone++;
	if (ring->count == 0)
		ring->first = ring->next = 0;
	else
		ring->first = settle(ring, ring->first);
}

/* Where so many bytes in a row are free after dropping what is in the way. */
static size_t
make_room(struct ring *ring, size_t size)
{
	if (ring->next + size > ring->size) {
		/* What stands behind, up to the end, is older than what stands at the start. */
		while (ring->count > 0 && ring->first >= ring->next)
			drop_first(ring);
		if (ring->next + sizeof(size_t) <= ring->size)
			entry_at(ring, ring->next)->size = 0;
		ring->next = 0;
	}
	while (ring->count > 0 && ring->first >= ring->next && ring->first < ring->next + size)
		drop_first(ring);
	return ring->next;
}

void
ring_add(struct ring *ring, const struct logstore_line *line)
{
	struct span text = span_part(line->text, 0, ring->size / SHARE - sizeof(struct entry));
	size_t size = (sizeof(struct entry) + text.size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct entry *entry = entry_at(ring, make_room(ring, size));
	char *copy = (char *)(entry + 1);

	entry->size = size;
	entry->line = *line;
	entry->line.text = (struct span){ copy, text.size };
	if (text.size > 0)
		memcpy(copy, text.at, text.size);
	ring->next += size;
	ring->count++;
}

const struct logstore_line *
ring_first(const struct ring *ring)
{
	return ring->count ? &entry_at(ring, ring->first)->line : NULL;
}

const struct logstore_line *
ring_after(const struct ring *ring, const struct logstore_line *line)
{
	const char *here = (const char *)line - offsetof(struct entry, line);
	size_t place = (size_t)(here - ring->memory) + ((const struct entry *)(const void *)here)->size;

	if (place == ring->next)
		return NULL;
	place = settle(ring, place);
	return place == ring->next ? NULL : &entry_at(ring, place)->line;
}
