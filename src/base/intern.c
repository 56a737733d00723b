/*
 * An open hash table of numbers over one block of names. Nothing is ever
 * removed, so there are no tombstones and a number never changes its name.
 */
#include "cmtop/intern.h"

#include <stdlib.h>

struct intern {
	uint32_t most, count;
	uint32_t mask;    /* slots - 1, a power of two, at least twice `most` */
	uint32_t *slots;  /* number + 1, 0: free */
	uint32_t *starts; /* of each name in `text` */
	char *text;
	size_t size, used; /* of `text`, in bytes */
};

struct intern *
intern_new(uint32_t names, size_t bytes)
{
	struct intern *intern = calloc(1, sizeof(*intern));
	uint32_t slots = 2;

	if (!intern)
		return NULL;
	while (slots < 2 * names)
		slots *= 2;
	intern->most = names;
	intern->mask = slots - 1;
	intern->slots = calloc(slots, sizeof(*intern->slots));
	intern->starts = calloc(names ? names : 1, sizeof(*intern->starts));
	intern->text = calloc(1, bytes ? bytes : 1);
	intern->size = bytes;
	if (!intern->slots || !intern->starts || !intern->text) {
		intern_free(intern);
		return NULL;
	}
	return intern;
}

void
intern_free(struct intern *intern)
{
	if (!intern)
		return;
	free(intern->slots);
	free(intern->starts);
	free(intern->text);
	free(intern);
}

/* FNV-1a over small letters. */
static uint32_t
hash_of(struct span name)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < name.size; i++)
		hash = (hash ^ (unsigned char)to_lower(name.at[i])) * 16777619u;
	return hash;
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t
slot_of(const struct intern *intern, struct span name)
{
	uint32_t slot = hash_of(name) & intern->mask;

	while (intern->slots[slot]) {
		const char *held = intern_name(intern, intern->slots[slot] - 1);

		if (span_is_nocase(span_of(held), name))
			break;
		slot = (slot + 1) & intern->mask;
	}
	return slot;
}

uint32_t
intern_find(const struct intern *intern, struct span name)
{
	uint32_t held = intern->slots[slot_of(intern, span_stored(name))];

	return held ? held - 1 : NAME_NONE;
}

uint32_t
intern_add(struct intern *intern, struct span name)
{
	uint32_t slot;

	name = span_stored(name);
	if (name.size == 0)
		return NAME_NONE;
	slot = slot_of(intern, name);
	if (intern->slots[slot])
		return intern->slots[slot] - 1;
	if (intern->count == intern->most || intern->size - intern->used < name.size + 1)
		return NAME_NONE;
	intern->starts[intern->count] = (uint32_t)intern->used;
	span_copy(name, intern->text + intern->used, name.size + 1);
	intern->used += name.size + 1;
	intern->slots[slot] = ++intern->count;
	return intern->count - 1;
}

const char *
intern_name(const struct intern *intern, uint32_t id)
{
	return id < intern->count ? intern->text + intern->starts[id] : "";
}

uint32_t
intern_count(const struct intern *intern)
{
	return intern->count;
}
