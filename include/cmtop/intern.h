/*
 * Names and small numbers for them: the same name, in either case, always has
 * the same number. A name ends at its first NUL, whoever asks. Numbers run from 0 upwards without a gap and are never taken
 * back, so they can index an array.
 */
#ifndef CMTOP_INTERN_H
#define CMTOP_INTERN_H

#include <stdint.h>

#include "cmtop/span.h"

#define NAME_NONE UINT32_MAX

struct intern;

/* Holds `names` names of `bytes` bytes in all, NULs counted. NULL: out of memory. */
struct intern *intern_new(uint32_t names, size_t bytes);
void intern_free(struct intern *intern);

/* The name's number; a new name gets the next one. NAME_NONE: full, or the name is empty. */
uint32_t intern_add(struct intern *intern, struct span name);

uint32_t intern_find(const struct intern *intern, struct span name); /* NAME_NONE: not there */
const char *intern_name(const struct intern *intern,
                        uint32_t id); /* first spelling; "" for NAME_NONE; lives as long as the table */
uint32_t intern_count(const struct intern *intern);

#endif
