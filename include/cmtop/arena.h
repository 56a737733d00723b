/*
 * Memory that is given back all at once: what one frame needs lives in an arena
 * that is emptied before the next.
 */
#ifndef CMTOP_ARENA_H
#define CMTOP_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void); /* NULL: out of memory */
void arena_free(struct arena *arena);

/* Zeroed, aligned for any type, valid until arena_clear(). NULL: out of memory. */
void *arena_take(struct arena *arena, size_t size);

/* printf() into the arena, NUL-terminated; "" when out of memory. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
arena_format(struct arena *arena, const char *format, ...);

void arena_clear(struct arena *arena); /* everything taken is void; the memory is kept for reuse */

#endif
