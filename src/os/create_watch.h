/*
 * How often a file came to be at a name, so that one that came and went between
 * two looks is noticed. Nobody is woken by what is written to a file, nor by
 * other names that stay.
 */
#ifndef LIVE_OS_BIRTHS_H
#define LIVE_OS_BIRTHS_H

#include <stdbool.h>
#include <stdint.h>

struct births;

/* Counts in a folder of this machine from now on; its path stays. NULL: nobody counts here. */
struct births *births_new(const char *folder);
void           births_free(struct births *births);

/*
 * Counts the births at `name`, without its folder, that happened since the last
 * call. False: the folder is gone or too much happened, and nobody counts any more.
 */
bool births_count(struct births *births, const char *name, uint64_t *count);

#endif
