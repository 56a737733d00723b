/*
 * The despooler unpacks what other sites have sent. Read where its log is given
 * as a file: it takes part in no figure, but its failures are told.
 */
#include "parse/rules.h"

/* clang-format off */
static const struct template rows[] = {
	{ "Waiting for ready instruction file",                                EVENT_SEEN, 0 },
	{ "Waiting for an available despooling thread",                        EVENT_SEEN, 0 },
	{ "Found ready instruction",                                           EVENT_SEEN, 0 },
	{ "Used {used} out of {limit} despooling threads",                     EVENT_SEEN, 0 },
	{ "Created a new despooling thread",                                   EVENT_SEEN, 0 },
	{ "Verifying signature for instruction",                               EVENT_SEEN, 0 },
	{ "Signature checked out OK",                                          EVENT_SEEN, 0 },
	{ "Executing instruction of type",                                     EVENT_SEEN, 0 },
	{ "Received package {package} version {version}. Compressed file",     EVENT_SEEN, 0 },
	{ "Old package storedUNC path is",                                     EVENT_SEEN, 0 },
	{ "Use drive {} for storing the compressed package",                   EVENT_SEEN, 0 },
	{ "Uncompressing {path} to",                                           EVENT_SEEN, 0 },
	{ "Content Library:",                                                  EVENT_SEEN, 0 },
	{ "Extracting ",                                                       EVENT_SEEN, 0 },
	{ "Writing package definition for {package}",                          EVENT_SEEN, 0 },
	{ "Package {package} (version {}) exists in the distribution source",  EVENT_SEEN, 0 },
	{ "Stored Package {package}",                                          EVENT_SEEN, 0 },
	{ "Despooler successfully executed one instruction",                   EVENT_SEEN, 0 },
	{ "Memory usage: blocks",                                              EVENT_SEEN, 0 },
	{ "Created retry instruction for job",                                 EVENT_SEEN, 0 },

	/* failures */
	{ "Cannot find a public key for instruction {path} incoming from site {site}", EVENT_FAILURE, FAILING_OWN },
	{ "Cannot find valid public key for key exchange instruction coming from site {site}", EVENT_FAILURE, FAILING_OWN },
	{ "This package[{package}]'s information hasn't arrived yet for this version [{version}]", EVENT_FAILURE, FAILING_OWN },
	{ "Cannot decompress instruction file",                                EVENT_FAILURE, FAILING_OWN },
	{ "Failed to open {path} WIN32 ERROR = {code}",                        EVENT_FAILURE, FAILING_OWN },
	{ "Despooler failed to execute the instruction, error code = {hexcode}", EVENT_FAILURE, FAILING_SAME },
	{ "Despooler failed to execute the instruction",                       EVENT_FAILURE, FAILING_SAME },
	{ "Instruction {path} won't be processed till {time}",                 EVENT_FAILURE, FAILING_AGAIN },
};
/* clang-format on */

const struct rules rules_despool = { FAMILY_NONE, "despool", "SMS_DESPOOLER", rows, COUNT_OF(rows), NULL };
