/*
 * The rule_sets of the known logs, in the order in which logs are listed, and what
 * any component may say. A new log is a file rules_NAME.c and a line here.
 */
#include "cmtop/parser.h"
#include "parse/rules.h"

static const struct rules *const rule_sets[] = {
	&rules_sender,
	&rules_distmgr,
	&rules_sched,
	&rules_pkgxfer,
};

/* Understood where a file is given, and not looked for in a folder. */
static const struct rules *const more_rule_sets[] = {
	&rules_despool,
};

const struct rules *
wall_at(size_t i)
{
	if (i < COUNT_OF(rule_sets))
		return rule_sets[i];
	return i - COUNT_OF(rule_sets) < COUNT_OF(more_rule_sets) ? more_rule_sets[i - COUNT_OF(rule_sets)] : NULL;
}

const char *
parser_known_log(size_t i)
{
	return i < COUNT_OF(rule_sets) ? rule_sets[i]->log : NULL;
}

/* clang-format off */
static const struct template any_rows[] = {
	{ "SMS_EXECUTIVE started {component} as thread ID {thread}", EVENT_COMPONENT_STARTED, 0 },
	{ "SMS_EXECUTIVE signalled {component} to stop",             EVENT_COMPONENT_STOPS, 0 },
	{ "{} stopping. The exit code is",                           EVENT_SEEN, 0 },
	{ "===",                                                     EVENT_SEEN, 0 },
	{ "SQL>>>",                                                  EVENT_SEEN, 0 },
	{ "StateTable::CState::Handle",                              EVENT_SEEN, 0 },
	{ "Successfully send state change notification",             EVENT_SEEN, 0 },
};
/* clang-format on */

const struct rules rules_any = { FAMILY_NONE, NULL, "", any_rows, COUNT_OF(any_rows), NULL };
