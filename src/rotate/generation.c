#include "rotate/generation.h"

#include <string.h>

struct generation
generation_of(const struct seen *seen)
{
	struct generation g = { .slot = seen->slot };

	generation_learn(&g, seen);
	return g;
}

bool
heads_agree(const char *a, size_t a_size, const char *b, size_t b_size)
{
	size_t shorter = a_size < b_size ? a_size : b_size;

	return shorter == 0 || memcmp(a, b, shorter) == 0;
}

bool
begin_alike(const struct generation *a, const struct generation *b, size_t enough)
{
	if (a->head_size < enough && a->head_size != b->head_size)
		return false;
	return a->head_size > 0 && b->head_size >= a->head_size
	       && heads_agree(a->head, a->head_size, b->head, b->head_size);
}

size_t
common_head(const struct generation *a, const struct generation *b)
{
	size_t shorter = a->head_size < b->head_size ? a->head_size : b->head_size, size = 0;

	while (size < shorter && a->head[size] == b->head[size])
		size++;
	return size;
}

bool
same_file(const struct generation *g, const struct seen *seen)
{
	return g->device == seen->device && g->inode == seen->inode;
}

/*
 * The size alone proves nothing: on a share it may be an old one. So the bytes
 * before the offset are asked for each time, and it is they that are missed.
 */
enum likeness
generation_like(const struct generation *g, const struct look *look, const struct seen *seen)
{
	if (!heads_agree(g->head, g->head_size, seen->head, seen->head_size))
		return LIKE_OTHER;
	if (seen->head_size < g->head_size)
		return LIKE_SHORTER;
	if (look->want == 0)
		return seen->size < g->offset ? LIKE_SHORTER : LIKE_SAME;
	if (!heads_agree(g->anchor, g->anchor_size, seen->data, seen->data_size))
		return LIKE_OTHER;
	if (seen->data_size < g->anchor_size || (g->anchor_size == 0 && seen->size < g->offset))
		return LIKE_SHORTER;
	return LIKE_SAME;
}

bool
generation_is(const struct generation *g, const struct seen *seen, bool copy, size_t enough)
{
	if (!heads_agree(g->head, g->head_size, seen->head, seen->head_size))
		return false;
	if (copy || same_file(g, seen))
		return true;
	/* A copy, perhaps, or the folder has been mounted anew. Of a short file all must agree. */
	if (!seen->local && seen->head_size > 0 && seen->head_size == seen->size && seen->head_size == g->head_size)
		return true;
	return g->head_size >= enough && seen->head_size >= enough;
}

void
generation_learn(struct generation *g, const struct seen *seen)
{
	if (seen->head_size > g->head_size) {
		memcpy(g->head, seen->head, seen->head_size);
		g->head_size = seen->head_size;
	}
	if (seen->size > g->size)
		g->size = seen->size;
	if (seen->slot >= 0)
		g->slot = seen->slot;
	g->device = seen->device;
	g->inode = seen->inode;
	g->changed = seen->changed;
	g->born = seen->born;
	g->unlinked = seen->unlinked;
}

void
generation_take(struct generation *g, const char *bytes, size_t size)
{
	size_t keep = 0;

	g->offset += size;
	if (g->size < g->offset)
		g->size = g->offset;
	if (size < ROTATION_ANCHOR) {
		keep = g->anchor_size < ROTATION_ANCHOR - size ? g->anchor_size : ROTATION_ANCHOR - size;
		memmove(g->anchor, g->anchor + g->anchor_size - keep, keep);
	} else {
		bytes += size - ROTATION_ANCHOR;
		size = ROTATION_ANCHOR;
	}
	memcpy(g->anchor + keep, bytes, size);
	g->anchor_size = keep + size;
}

/* A line of UTF-16 ends with "\n\0". */
bool
generation_midline(const struct generation *g)
{
	size_t n = g->anchor_size;

	if (n > 1 && g->anchor[n - 1] == '\0')
		n--;
	return n > 0 && g->anchor[n - 1] != '\n';
}
