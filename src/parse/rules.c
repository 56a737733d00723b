/*
 * The walls of the known logs, in the order in which logs are listed, and what
 * any component may say. A new log is a file wall_NAME.c and a line here.
 */
#include "cmtop/parser.h"
#include "parse/rules.h"

static const struct wall *const walls[] = {
	&wall_sender,
	&wall_distmgr,
	&wall_sched,
	&wall_pkgxfer,
};

/* Understood where a file is given, and not looked for in a folder. */
static const struct wall *const more_walls[] = {
	&wall_despool,
};

const struct wall *
wall_at(size_t i)
{
	if (i < COUNT_OF(walls))
		return walls[i];
	return i - COUNT_OF(walls) < COUNT_OF(more_walls) ? more_walls[i - COUNT_OF(walls)] : NULL;
}

const char *
source_known_log(size_t i)
{
	return i < COUNT_OF(walls) ? walls[i]->log : NULL;
}

static const struct template any_rows[] = {
	{ "SMS_EXECUTIVE started {component} as thread ID {thread}", EVENT_COMPONENT_STARTED, 0 },
	{ "SMS_EXECUTIVE signalled {component} to stop",             EVENT_COMPONENT_STOPS, 0 },
	{ "{} stopping. The exit code is",                           EVENT_SEEN, 0 },
	{ "===",                                                     EVENT_SEEN, 0 },
	{ "SQL>>>",                                                  EVENT_SEEN, 0 },
	{ "StateTable::CState::Handle",                              EVENT_SEEN, 0 },
	{ "Successfully send state change notification",             EVENT_SEEN, 0 },
};

const struct wall wall_any = { FAMILY_NONE, NULL, "", any_rows, COUNT_OF(any_rows), NULL };
