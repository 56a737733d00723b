/* The lists of the rule sets, and what any component may write. */
#include "cmtop/parser.h"
#include "parse/rules.h"

static const struct rules *const of_logs[] = {
#define _(name) &rules_##name,
	RULES_OF_LOGS(_)
#undef _
};

static const struct rules *const of_files[] = {
#define _(name) &rules_##name,
	RULES_OF_FILES(_)
#undef _
};

const struct rules *
rules_at(size_t i)
{
	if (i < COUNT_OF(of_logs))
		return of_logs[i];
	return i - COUNT_OF(of_logs) < COUNT_OF(of_files) ? of_files[i - COUNT_OF(of_logs)] : NULL;
}

const char *
parser_known_log(size_t i)
{
	return i < COUNT_OF(of_logs) ? of_logs[i]->log : NULL;
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

/* ---- which rule it was ---- */

static bool
holds(const struct rules *rules, const struct template *rule)
{
	for (size_t i = 0; i < rules->count; i++)
		if (&rules->rows[i] == rule)
			return true;
	return false;
}

const char *
parser_rule_text(const struct event *event)
{
	return event->rule ? event->rule->text : NULL;
}

const char *
parser_rule_set(const struct event *event)
{
	if (!event->rule)
		return NULL;
	for (size_t i = 0; rules_at(i); i++)
		if (holds(rules_at(i), event->rule))
			return rules_at(i)->log;
	if (event->rule == &listed_rule)
		return rules_sched.log;
	return holds(&rules_any, event->rule) ? "any component" : "status messages";
}
