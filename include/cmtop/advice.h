/*
 * What holds the backlog back, and which setting rules it: findings from the
 * model alone, each with its evidence in figures. No finding without evidence,
 * and never two that contradict each other.
 */
#ifndef CMTOP_ADVICE_H
#define CMTOP_ADVICE_H

#include "cmtop/figures.h"
#include "cmtop/log.h"

/* In order of weight: what stops everything comes before what could be better. */
#define ADVICES(_) \
	_(STALLED_SENDS,     "stalled-sends",     "stalled sends hold sending slots") \
	_(SILENT,            "silent",            "a log is silent while its threads should speak") \
	_(SLOT_HOG,          "slot-hog",          "one stuck site holds the slots") \
	_(LINK_FULL,         "link-full",         "more slots bring no more bytes") \
	_(SENDER_FULL,       "sender-full",       "all sending slots are in use while sends wait") \
	_(SITE_FULL,         "site-full",         "sites are at their own limit while slots are free") \
	_(IDLE_WITH_BACKLOG, "idle-with-backlog", "nothing is sent although sends wait") \
	_(GROWING,           "growing",           "more falls due than is done") \
	_(DISTMGR_FULL,      "distmgr-full",      "all package threads are in use while packages queue") \
	_(DISTMGR_SERIAL,    "distmgr-serial",    "package threads wait for one that compresses") \
	_(SITE_BLOCKED,      "site-blocked",      "the sender leaves sites alone that have sends waiting") \
	_(ADDRESS_CLOSED,    "address-closed",    "the schedule closes the addresses of sites that have sends waiting") \
	_(THROTTLED,         "throttled",         "a rate limit or pulse mode allows one connection") \
	_(RETRY_STORM,       "retry-storm",       "more sends fail than are done") \
	_(SMALL_BEHIND_BIG,  "small-behind-big",  "small sends wait behind a few large ones") \
	_(LIMITS_EQUAL,      "limits-equal",      "one dead site can hold all slots") \
	_(CHANGED,           "changed",           "a limit was changed: before and after")

enum advice_code {
#define _(code, word, says) ADVICE_##code,
	ADVICES(_)
#undef _
	ADVICE_COUNT
};

struct advice {
	enum advice_code code;
	char        text[240];  /* the evidence, in figures */
	const char *before;     /* the setting as the console of 2007 calls it, NULL: none */
	const char *today;      /* … and that of today */
};

/* What is looked at. `live`: the logs are followed, so their silence means something. */
struct advice_look {
	const struct model      *model;
	const struct log_status *logs;
	size_t                   log_count;
	int64_t                  now;
	bool                     live;
};

/* Fills at most ADVICE_COUNT findings, the weightiest first; answers how many. */
size_t advice_find(const struct advice_look *look, struct advice out[ADVICE_COUNT]);

const char *advice_word(enum advice_code code);
const char *advice_says(enum advice_code code);

#endif
