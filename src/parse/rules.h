/*
 * A rules: all that is known of what a component says. Furniture of this room.
 *
 * A rules belongs to components, not to a file: all senders share sender.log, and
 * the registry can send any component to any file.
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

extern const struct rules rules_sender;
extern const struct rules rules_distmgr;
extern const struct rules rules_sched;
extern const struct rules rules_pkgxfer;
extern const struct rules rules_despool; /* known, but not looked for in a folder */
extern const struct rules rules_any;     /* what any component may say; it has no log */

/* The rule_sets of the known logs; NULL past the last. */
const struct rules *wall_at(size_t i);

/* detail of EVENT_REQUEST_LISTED */
enum { LISTED_ROW = 0, LISTED_HEADER = 1 };

/* A row of the scheduler's list of send requests, or a piece of one, or the header of its columns: fills the event, false if it is none. */
bool listed_match(struct event *event, struct span spaced, struct listed *listed);
bool listed_holds_rows(struct span text, uint32_t thread,
                       const struct listed *listed); /* a text of several lines: some are of such a list */
void listed_goes_on(const struct event *event,
                    struct listed *listed); /* what a record of the scheduler has turned out to be */

/* A status message, "STATMSG: ID=2301 SEV=I …": fills the event, false if it is none. */
bool status_match(struct event *event);

#endif
