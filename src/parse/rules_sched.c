/*
 * The scheduler turns jobs into send requests, and prints the list of them all
 * again and again: the true backlog, with sizes.
 */
#include "parse/rules.h"

/* clang-format off */
static const struct template rows[] = {
	/* the list */
	{ "{}Updating Send Request List",                                      EVENT_LIST_BEGINS, 0 },

	/* jobs and their requests */
	{ "<Activating JOB {}[Software Distribution for {name}, Package ID = {package}]", EVENT_SCHED_JOB, 0 },
	{ "<Updating JOB {}[Software Distribution for {name}, Package ID = {package}]", EVENT_SCHED_JOB, 1 },
	{ "<Activating JOB ",                                                  EVENT_SCHED_JOB, 0 },  /* of no package */
	{ "<Updating JOB ",                                                    EVENT_SCHED_JOB, 1 },
	{ "<JOB STATUS - ",                                                    EVENT_SEEN, 0 },
	{ "Destination site: {site}, Preferred Address: {}, Priority: {priority}", EVENT_SCHED_DESTINATION, 0 },
	{ "Destination site: {site}",                                          EVENT_SCHED_DESTINATION, 0 },
	{ "Instruction type:",                                                 EVENT_SEEN, 0 },
	{ "Creating instruction file:",                                        EVENT_SEEN, 0 },
	{ "Transfer root: {path}",                                             EVENT_SEEN, 0 },
	{ "Created new send request ID: {request}",                            EVENT_REQUEST_CREATED, 0 },
	{ "{count} jobs found in memory",                                      EVENT_SEEN, 0 },

	/* how a request ends */
	{ "Checking send requests for outbox",                                 EVENT_SEEN, 0 },
	{ "Checking send request {request}",                                   EVENT_REQUEST_CHECKED, 0 },
	{ "Sending completed ({bytes} bytes/sec)",                             EVENT_REQUEST_SPEED, 0 },
	{ "Send request has successfully completed",                           EVENT_REQUEST_COMPLETED, 0 },
	{ "Deleting send request with ID: {request}",                          EVENT_REQUEST_DELETED, 0 },
	{ "Deleting instruction file",                                         EVENT_SEEN, 0 },
	{ "Deleting job package source",                                       EVENT_SEEN, 0 },
	{ "Deleted reference counted file",                                    EVENT_SEEN, 0 },
	{ "Incremented ref count on file",                                     EVENT_SEEN, 0 },
	{ "Decremented ref count on file",                                     EVENT_SEEN, 0 },
	{ "Deleted job",                                                       EVENT_SEEN, 0 },

	/* no way there */
	{ "There is no address defined for site {site}",                       EVENT_SITE_UNADDRESSED, 1 },
	{ "No addresses available for site {site}",                            EVENT_SITE_UNADDRESSED, 0 },
	{ "No backup addresses available for site {site}",                     EVENT_SEEN, 0 },
	{ "There is direct address to site {site}",                            EVENT_SEEN, 0 },
	{ "Scheduling send request {request}",                                 EVENT_SEEN, 0 },
	{ "Cannot create the routing instruction",                             EVENT_FAILURE, FAILING_OWN },
	{ "Skipping minijob",                                                  EVENT_FAILURE, FAILING_OWN },
	{ "{}Skipping minijob",                                                EVENT_FAILURE, FAILING_OWN },
	{ "Error. Could not give send request to scheduler",                   EVENT_FAILURE, FAILING_OWN },
	{ "{}====",                                                            EVENT_SEEN, 0 },
};
/* clang-format on */

const struct rules rules_sched = { FAMILY_SCHEDULER, "sched", "SMS_SCHEDULER", rows, COUNT_OF(rows), listed_match };
