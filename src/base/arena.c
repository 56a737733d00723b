#include "cmtop/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_LEAST (64 * 1024)
#define ALIGNMENT   _Alignof(max_align_t)

struct chunk {
	struct chunk *next;
	size_t size, used; /* in bytes */
	max_align_t bytes[];
};

/* Chunks before `now` are full enough, those behind it are left from earlier frames. */
struct arena {
	struct chunk *first, *now;
};

struct arena *
arena_new(void)
{
	return calloc(1, sizeof(struct arena));
}

void
arena_free(struct arena *arena)
{
	struct chunk *chunk, *next;

	if (!arena)
		return;
	for (chunk = arena->first; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(arena);
}

static struct chunk *
add_chunk(struct arena *arena, size_t size)
{
	struct chunk *chunk;

	if (size < CHUNK_LEAST)
		size = CHUNK_LEAST;
	chunk = malloc(sizeof(*chunk) + size);
	if (!chunk)
		return NULL;
	chunk->size = size;
	chunk->used = 0;
	chunk->next = arena->now ? arena->now->next : NULL;
	if (arena->now)
		arena->now->next = chunk;
	else
		arena->first = chunk;
	return chunk;
}

/* A chunk with `size` bytes left: the present one, one left from before, or a new one. */
static struct chunk *
chunk_for(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->now;

	if (chunk && chunk->size - chunk->used >= size)
		return chunk;
	chunk = chunk ? chunk->next : arena->first;
	if (chunk)
		chunk->used = 0;
	if (!chunk || chunk->size < size)
		chunk = add_chunk(arena, size);
	if (chunk)
		arena->now = chunk;
	return chunk;
}

void *
arena_take(struct arena *arena, size_t size)
{
	struct chunk *chunk;
	void *out;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	chunk = chunk_for(arena, size);
	if (!chunk)
		return NULL;
	out = (char *)chunk->bytes + chunk->used;
	chunk->used += size;
	return memset(out, 0, size);
}

const char *
arena_format(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *out;
	int size;

	va_start(args, format);
	size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	out = size < 0 ? NULL : arena_take(arena, (size_t)size + 1);
	if (!out)
		return "";
	va_start(args, format);
	vsnprintf(out, (size_t)size + 1, format, args);
	va_end(args);
	return out;
}

void
arena_clear(struct arena *arena)
{
	arena->now = arena->first;
	if (arena->first)
		arena->first->used = 0;
}
