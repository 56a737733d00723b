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
/* clang-format off */
#define ADVICES(_) \
	_(STALLED_SENDS,     "stalled-sends",     "stalled sends hold sending slots", find_stalled_sends) \
	_(SILENT,            "silent",            "sender.log is silent while slots are in use", find_silent) \
	_(SLOT_HOG,          "slot-hog",          "one stuck site holds the slots", find_slot_hog) \
	_(LINK_FULL,         "link-full",         "the network link is full", find_link_full) \
	_(SENDER_FULL,       "sender-full",       "all sending slots are in use while sends wait", find_sender_full) \
	_(SITE_FULL,         "site-full",         "sites are full while other slots are free", find_site_full) \
	_(IDLE_WITH_BACKLOG, "idle-with-backlog", "nothing is sent although sends wait", find_idle) \
	_(GROWING,           "growing",           "more sends become due than are done", find_growing) \
	_(DISTMGR_ABORTING,  "distmgr-aborting",  "every package fails with the same error", find_distmgr_aborting) \
	_(DISTMGR_STUCK,     "distmgr-stuck",     "package threads are stuck", find_distmgr_stuck) \
	_(DISTMGR_SILENT,    "distmgr-silent",    "distmgr.log is silent, other logs go on", find_distmgr_silent) \
	_(DP_UPGRADE_FULL,   "dp-upgrade-full",   "no DP install thread is free", find_dp_upgrade_full) \
	_(DISTMGR_FULL,      "distmgr-full",      "no package thread is free", find_distmgr_full) \
	_(DISTMGR_SERIAL,    "distmgr-serial",    "package threads wait while one compresses", find_distmgr_serial) \
	_(TRANSFERS_STALLED, "stalled-transfers", "DP transfers are stalled", find_transfers_stalled) \
	_(TRANSFER_COLLISION, "transfer-collision", "threads of one transfer block each other", find_transfer_collision) \
	_(SITE_BLOCKED,      "site-blocked",      "the sender skips sites that sends wait for", find_site_blocked) \
	_(ADDRESS_CLOSED,    "address-closed",    "schedules close sites that sends wait for", find_address_closed) \
	_(THROTTLED,         "throttled",         "a rate limit or pulse mode allows one connection", find_throttled) \
	_(DP_THROTTLED,      "dp-throttled",      "a rate limit slows DP transfers", find_dp_throttled) \
	_(RETRY_STORM,       "retry-storm",       "more sends fail than are done", find_retry_storm) \
	_(SMALL_BEHIND_BIG,  "small-behind-big",  "small sends wait behind a few large ones", find_small_behind_big) \
	_(LIMITS_EQUAL,      "limits-equal",      "one dead site can hold all slots", find_limits_equal) \
	_(CHANGED,           "changed",           "a limit was changed: before and after", find_changed)
/* clang-format on */

enum advice_code {
#define _(code, word, text, find) ADVICE_##code,
	ADVICES(_)
#undef _
		ADVICE_COUNT
};

struct advice {
	enum advice_code code;
	char text[240];     /* the evidence, in figures */
	const char *before; /* the setting as the console of 2007 calls it, NULL: none */
	const char *today;  /* … and that of today */
};

/* What is looked at. `live`: the logs are followed, so their silence means something. */
struct advice_look {
	const struct model *model;
	const struct log_status *logs;
	size_t log_count;
	int64_t now;
	bool live;
};

/* Fills at most ADVICE_COUNT findings, the weightiest first; answers how many. */
size_t advice_find(const struct advice_look *look, struct advice out[ADVICE_COUNT]);

/* Milliseconds that distmgr.log has been silent while other logs of the server went on; -1: it speaks, or has no reason to. */
int64_t distmgr_silence(const struct advice_look *look);

const char *advice_word(enum advice_code code);
const char *advice_text(enum advice_code code);

#endif
