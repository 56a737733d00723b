/*
 * What --check asks: the conditions, as they were read.
 */
#ifndef REPORT_CONDITIONS_H
#define REPORT_CONDITIONS_H

#include "cmtop/check.h"
#include "cmtop/fields.h"

#define CONDITIONS_MOST 32
#define FIGURES_MOST    32

enum relation { MORE, MORE_OR_SAME, LESS, LESS_OR_SAME, SAME };

struct condition {
	size_t figure; /* figure_at() */
	enum relation relation;
	double number;
	bool warns;
};

struct check {
	struct condition condition[CONDITIONS_MOST];
	size_t count;
};

/* The figures that may be asked for, in their order; NULL past the last, of FIGURES_MOST. */
const struct field *figure_at(size_t i);
const char *figure_word(size_t i);
bool figure_in_seconds(size_t i);

const char *relation_sign(enum relation relation); /* ">=" */

/* The same as the plugin convention writes it, with "%" where a number stands: an alert outside, with "@" inside. */
const char *relation_range(enum relation relation);

#endif
