/*
 * What went wrong, with the names that it concerns.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_FAILURE_H
#define CMTOP_MODEL_FAILURE_H

#include "cmtop/model/announced.h"
#include "cmtop/model/transition.h"

/* clang-format off */
#define FAILURE_KINDS(_) \
	_(SEND,        "send") \
	_(PACKAGE,     "package") \
	_(DP,          "dp") \
	_(TRANSFER,    "transfer") \
	_(REPLICATION, "replication") \
	_(COMPONENT,   "component")
/* clang-format on */

enum failure_kind {
#define _(kind, word) FAILURE_##kind,
	FAILURE_KINDS(_)
#undef _
		FAILURE_KIND_COUNT
};

/* Something that went wrong, with the names that it concerns. */
struct failure {
	struct transition what; /* the event that told of it; its number is that of the event */
	uint8_t kind;           /* enum failure_kind */
	uint8_t log;            /* number of its source */
	uint32_t component;     /* model_component() that said it, NAME_NONE: not known */
	uint32_t code;          /* Win32 or HRESULT, valid if `coded` */
	bool coded;
	struct announced retry;   /* when it is tried again, or in its text alone how often it has been */
	int64_t resolved;         /* when a later try of the same was done, WHEN_NONE: not yet */
	uint8_t resolved_attempt; /* … and which one of a send's that was, 255 for more; 0: not known */
};

/*
 * The i-th newest of those kept, 0 is the newest; NULL past the oldest. Of one
 * failure that comes again and again only so many are kept that the others have
 * their room.
 */
const struct failure *model_failure(const struct model *model, size_t i);
uint64_t model_failures_dropped(const struct model *model); /* not kept any more */
const char *failure_kind_word(enum failure_kind kind);

#endif
