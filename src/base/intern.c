/*
 * A hash index of numbers over one block of names. Nothing is ever removed, so a
 * number never changes its name.
 */
#include "cmtop/intern.h"

#include <stdlib.h>

#include "cmtop/hash_index.h"

struct intern {
	uint32_t most, count;
	struct hash_index index; /* of names, in any case */
	uint32_t *starts;        /* of each name in `text` */
	char *text;
	size_t size, used; /* of `text`, in bytes */
};

struct intern *
intern_new(uint32_t names, size_t bytes)
{
	struct intern *intern = calloc(1, sizeof(*intern));
	bool indexed;

	if (!intern)
		return NULL;
	intern->most = names;
	indexed = hash_index_init(&intern->index, names);
	intern->starts = calloc(names ? names : 1, sizeof(*intern->starts));
	intern->text = calloc(1, bytes ? bytes : 1);
	intern->size = bytes;
	if (!indexed || !intern->starts || !intern->text) {
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
	hash_index_destroy(&intern->index);
	free(intern->starts);
	free(intern->text);
	free(intern);
}

/* The number of the name, which has this hash; NAME_NONE: it has none. */
static uint32_t
number_of(const struct intern *intern, struct span name, uint64_t hash)
{
	uint32_t i = hash_index_first(&intern->index, hash);

	while (i != HASH_INDEX_NONE && !span_is_nocase(span_of(intern->text + intern->starts[i]), name))
		i = hash_index_next(&intern->index, i);
	return i == HASH_INDEX_NONE ? NAME_NONE : i;
}

uint32_t
intern_find(const struct intern *intern, struct span name)
{
	name = span_stored(name);
	return number_of(intern, name, hash_nocase(HASH_START, name));
}

uint32_t
intern_add(struct intern *intern, struct span name)
{
	uint64_t hash;
	uint32_t i;

	name = span_stored(name);
	if (name.size == 0)
		return NAME_NONE;
	hash = hash_nocase(HASH_START, name);
	i = number_of(intern, name, hash);
	if (i != NAME_NONE)
		return i;
	if (intern->count == intern->most || intern->size - intern->used < name.size + 1)
		return NAME_NONE;
	i = intern->count++;
	intern->starts[i] = (uint32_t)intern->used;
	span_copy(name, intern->text + intern->used, name.size + 1);
	intern->used += name.size + 1;
	hash_index_add(&intern->index, hash, i);
	return i;
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
