/*
 * A rule set: all that is known of what a component writes.
 *
 * It belongs to components, not to a file: all senders share sender.log, and the
 * registry can send any component to any file.
 */
#ifndef PARSE_RULES_H
#define PARSE_RULES_H

#include "cmtop/count_of.h"
#include "parse/sched_list.h"
#include "parse/template.h"

struct rules {
	enum family family;
	const char *log;        /* file name without its end */
	const char *components; /* separated by blanks */
	const struct template *rows;
	size_t count;
	/* Asked where no row fits, with the message as it was written, blanks and all; may be NULL. */
	bool (*other)(struct event *event, struct span spaced, struct listed *listed);
};

/*
 * The logs that are looked for in a folder, in the order in which they are listed. A new
 * one is a file rules_NAME.c and its name here.
 */
#define RULES_OF_LOGS(_) _(sender) _(distmgr) _(sched) _(pkgxfer)

/* Understood where a file is given, and not looked for in a folder. */
#define RULES_OF_FILES(_) _(despool)

#define _(name) extern const struct rules rules_##name;
RULES_OF_LOGS(_)
RULES_OF_FILES(_)
#undef _

extern const struct rules rules_any; /* what any component may write; it has no log */

/* The rule sets of both lists, in their order; NULL past the last. */
const struct rules *rules_at(size_t i);

/* detail of EVENT_REQUEST_LISTED */
enum { LISTED_ROW = 0, LISTED_HEADER = 1 };

/* A row of the scheduler's list of send requests, or a piece of one, or the header of its columns: fills the event, false if it is none. */
bool listed_match(struct event *event, struct span spaced, struct listed *listed);
bool listed_holds_rows(struct span text, uint32_t thread,
                       const struct listed *listed); /* a text of several lines: some are of such a list */
void listed_goes_on(const struct event *event,
                    struct listed *listed); /* what a record of the scheduler has turned out to be */

extern const struct template listed_rule; /* event->rule of what listed_match() took */

/* A status message, "STATMSG: ID=2301 SEV=I …": fills the event, false if it is none. */
bool status_match(struct event *event);

#endif
