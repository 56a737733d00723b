/*
 * Orders of rows. Every sort is stable, so rows that are equal do not jump.
 */
#ifndef CMTOP_SORT_ORDER_H
#define CMTOP_SORT_ORDER_H

#include "cmtop/model.h"

enum order_of { ORDER_JOBS, ORDER_SITES, ORDER_PACKAGES, ORDER_TRANSFERS, ORDER_TABLES };

struct order_key {
	const char *name; /* as in --sort=NAME */
	const char *says; /* for --sort=help */
	bool down;        /* largest first unless told otherwise */
};

/* The keys of a table; the first is its default. */
const struct order_key *order_keys(enum order_of table, size_t *count);

/* Sort pointers or indexes in place by key number `key`, turned round when `invert`. */
void order_jobs(const struct model *model, const struct job **rows, size_t count, size_t key, bool invert, int64_t now);
void order_sites(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now);
void order_packages(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now);
void order_transfers(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now);

#endif
