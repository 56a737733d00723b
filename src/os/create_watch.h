/*
 * How often a file came to be at a name, so that one that came and went between
 * two looks is noticed. Nobody is woken by what is written to a file, nor by
 * other names that stay.
 */
#ifndef OS_CREATE_WATCH_H
#define OS_CREATE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct create_watch;

/* Counts in a folder of this machine from now on; its path stays. NULL: nobody counts here. */
struct create_watch *create_watch_new(const char *folder);
void create_watch_free(struct create_watch *create_watch);

/*
 * Adds to `count` how often a file came to be at `name`, which is without its folder, since the
 * last call. False: the folder is gone or too much happened, and nobody counts any more.
 */
bool create_watch_count(struct create_watch *create_watch, const char *name, uint64_t *count);

#endif
