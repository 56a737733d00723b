/*
 * The distribution manager takes packages up in package processing threads, one
 * slot each: snapshot, compression, copies to the distribution points of its own
 * site in DP threads, and a minijob for every child site, which is one more send
 * in the backlog.
 */
#include "wall.h"

/* PACKAGE_ERROR: the thread that says so has failed. */
enum { PASSING = 0, FATAL = 1 };

static const struct template rows[] = {
	/* main thread */
	{ "Found package properties updated notification for package '{package}'", EVENT_PACKAGE_NOTIFIED, 0 },
	{ "Found notification for package '{package}'",                        EVENT_PACKAGE_NOTIFIED, 0 },
	{ "Adding package '{package}' to package processing queue",            EVENT_PACKAGE_QUEUED, 0 },
	{ "Currently using {used} out of {limit} allowed",                     EVENT_CAPACITY_PACKAGES, 0 },
	{ "Used {used} out of {limit} allowed",                                EVENT_CAPACITY_PACKAGES, 0 },
	{ "Started package processing thread for package '{package}', thread ID = {hexthread}", EVENT_PACKAGE_STARTED, 0 },
	{ "Starting package processing thread, thread ID = {hexthread}",       EVENT_PACKAGE_STARTED, 0 },
	{ "Starting package processing thread,thread ID = {hexthread}",        EVENT_PACKAGE_STARTED, 0 },
	{ "Starting thread for processing replication",                        EVENT_SEEN, 0 },
	{ "Starting the ",                                                     EVENT_SEEN, 0 },
	{ "Sleep ",                                                            EVENT_SEEN, 0 },
	{ "Processing incoming file",                                          EVENT_SEEN, 0 },
	{ "Info: package '{package}' is set to replicate to site servers only", EVENT_SEEN, 0 },
	{ "Found file resetdps.trn",                                           EVENT_SEEN, 0 },

	/* package thread: what it is at */
	{ "Processing package {package} (SourceVersion:{version}",             EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "Processing package {package}",                                      EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "Start adding package {package} to server {nal}",                    EVENT_PACKAGE_PHASE, PHASE_DPS },
	{ "Start updating package {package} on server {nal}",                  EVENT_PACKAGE_PHASE, PHASE_DPS },
	{ "Start adding package to server {nal}",                              EVENT_PACKAGE_PHASE, PHASE_DPS },
	{ "Start adding package {package}",                                    EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "Start updating the package {package}",                              EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "Start deleting the package {package}",                              EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "No action specified for the package {package}",                     EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "The Package Action is",                                             EVENT_SEEN, 0 },
	{ "Taking package snapshot for package {package}",                     EVENT_PACKAGE_PHASE, PHASE_SNAPSHOT },
	{ "The size of package {package}, version {version} is {kbytes} KBytes", EVENT_PACKAGE_SIZE, 0 },
	{ "The size of package {package} is {kbytes} KBytes",                  EVENT_PACKAGE_SIZE, 0 },
	{ "The compressed size of package {package} is {kbytes} KBytes",       EVENT_PACKAGE_COMPRESSED, 0 },
	{ "Package {package} doesn't have a compressed copy of the source directory", EVENT_PACKAGE_PHASE, PHASE_COMPRESS },
	{ "Package {package} uses the compressed copy",                        EVENT_SEEN, 0 },
	{ "Use drive {} for storing the compressed package",                   EVENT_PACKAGE_PHASE, PHASE_COMPRESS },
	{ "Creating hash for algorithm",                                       EVENT_PACKAGE_PHASE, PHASE_HASH },
	{ "Successfully created RDC signatures for package {package}",         EVENT_PACKAGE_PHASE, PHASE_HASH },
	{ "Adding these contents to the package {package}",                    EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "Writing package definition for {package}",                          EVENT_PACKAGE_PHASE, PHASE_PROCESSING },
	{ "The source for package {package} has changed",                      EVENT_SEEN, 0 },
	{ "Successfully created/updated the package {package}",                EVENT_SEEN, 0 },
	{ "Waiting for all DP threads to complete for package {package}",      EVENT_PACKAGE_PHASE, PHASE_WAIT_DPS },
	{ "Needs to send the compressed package for package {package} to site {site}", EVENT_PACKAGE_PHASE, PHASE_MINIJOBS },
	{ "Sending a copy of package {package} to site {site}",                EVENT_PACKAGE_PHASE, PHASE_MINIJOBS },
	{ "Setting CMiniJob transfer root to {path}",                          EVENT_PACKAGE_PHASE, PHASE_MINIJOBS },
	{ "Created minijob to send compressed copy of package {package} to site {site}. Transfer root = {path}", EVENT_SEND_DUE, 0 },
	{ "Created minijob to send compressed copy of package {package} to site {site}", EVENT_SEND_DUE, 0 },
	{ "The contents for the package {package} hasn't arrived from site {site} yet", EVENT_PACKAGE_PHASE, PHASE_CONTENT },
	{ "Package {package} requires a newer version ({version}) of source files", EVENT_PACKAGE_PHASE, PHASE_CONTENT },
	{ "StoredPkgVersion ({version}) of package {package}",                 EVENT_PACKAGE_PHASE, PHASE_FINISHING },
	{ "SourceVersion ({version}) of package {package}",                    EVENT_PACKAGE_PHASE, PHASE_FINISHING },
	{ "Exiting package processing thread",                                 EVENT_PACKAGE_EXIT, 0 },

	/* package thread: said in passing */
	{ "Incremented ref count on file",                                     EVENT_SEEN, 0 },
	{ "Decremented ref count on file",                                     EVENT_SEEN, 0 },
	{ "CDistributionSrcSQL::",                                             EVENT_SEEN, 0 },
	{ "Package {package} does not have a preferred sender",                EVENT_SEEN, 0 },
	{ "Package {package} is new or has changed, replicating",              EVENT_SEEN, 0 },
	{ "A program for package {package} has been added or removed",         EVENT_SEEN, 0 },
	{ "A distribution point has been changed at this site",                EVENT_SEEN, 0 },
	{ "The reporting site of site {site}",                                 EVENT_SEEN, 0 },
	{ "Parent site of {site}",                                             EVENT_SEEN, 0 },
	{ "Package Server {nal} is a PullDP",                                  EVENT_SEEN, 0 },

	/* DP threads */
	{ "Created DP processing thread {thread} for {} of package {package} on server {nal}", EVENT_DP_STARTED, 0 },
	{ "DP Thread: Attempting to add or update package {package} on DP {nal}", EVENT_DP_WORKING, 0 },
	{ "Attempting to add or update a package on a distribution point",     EVENT_DP_WORKING, 0 },
	{ "Created package transfer job to send package {package} to distribution point {nal}", EVENT_DP_WORKING, 0 },
	{ "DP thread for package {package} with thread handle {} and thread ID {thread} ended", EVENT_DP_ENDED, 0 },
	{ "All DP threads have completed for package {package}",               EVENT_DPS_DONE, 0 },
	{ "Performing cleanup prior to returning",                             EVENT_SEEN, 0 },
	{ "Cancelling network connection to",                                  EVENT_SEEN, 0 },
	{ "Successfully made a network connection to",                         EVENT_SEEN, 0 },
	{ "CreateSignatureShare",                                              EVENT_SEEN, 0 },
	{ "Signature share exists",                                            EVENT_SEEN, 0 },
	{ "Share {} exists on distribution point",                             EVENT_SEEN, 0 },
	{ "Checking configuration of IIS",                                     EVENT_SEEN, 0 },
	{ "Creating, reading or updating IIS registry key",                    EVENT_SEEN, 0 },
	{ "Virtual Directory ",                                                EVENT_SEEN, 0 },

	/* failures */
	{ "The source directory {path} doesn't exist or the SMS service cannot access it", EVENT_PACKAGE_ERROR, FATAL },
	{ "Failed to take snapshot of package {package}",                      EVENT_PACKAGE_ERROR, FATAL },
	{ "Cannot update the package {package} in the package source, error = {code}", EVENT_PACKAGE_ERROR, FATAL },
	{ "Cannot update the package server {nal} for package {package}, error = {code}", EVENT_PACKAGE_ERROR, PASSING },
	{ "Cannot decompress package {path} to",                               EVENT_PACKAGE_ERROR, FATAL },
	{ "Failed to write to the output file",                                EVENT_PACKAGE_ERROR, PASSING },
	{ "Failed to make a network connection to {path} (",                   EVENT_PACKAGE_ERROR, PASSING },
	{ "Cannot establish connection to {nal}. Error = {code}",              EVENT_PACKAGE_ERROR, FATAL },
	{ "Failed to copy package {package}",                                  EVENT_PACKAGE_ERROR, FATAL },
	{ "Error occurred",                                                    EVENT_PACKAGE_ERROR, FATAL },
	{ "Error {code}: The process cannot access the file",                  EVENT_PACKAGE_ERROR, PASSING },
	{ "The package share directory {path} is not empty",                   EVENT_PACKAGE_ERROR, PASSING },
	{ "This PkgID ({package}) does not exist in the parent table",         EVENT_PACKAGE_ERROR, PASSING },
	{ "SQL Msg #",                                                         EVENT_PACKAGE_ERROR, PASSING },
	{ "SQL Err #",                                                         EVENT_PACKAGE_ERROR, PASSING },
	{ "{} failed; 0x",                                                     EVENT_PACKAGE_ERROR, PASSING },

	/* failures of what is named, or of nothing that has a thread of its own; decisions not to do something */
	{ "A newer version ({}) of package {package} has already arrived, delete the replication file {path} for version {version}", EVENT_FAILURE, FAILING_SAID },
	{ "A newer version ({}) of package {package} has already arrived",     EVENT_FAILURE, FAILING_SAID },
	{ "Package {package} program {} no longer exists, delete it",          EVENT_FAILURE, FAILING_SAID },
	{ "Failed to decrypt cert PFX data",                                   EVENT_FAILURE, FAILING_SAID },
	{ "{site} is not an active site, ignore it",                           EVENT_FAILURE, FAILING_SAID },
	{ "{}site {site} is not an active site, ignore it",                    EVENT_FAILURE, FAILING_SAID },
	{ "{}is not an active site, ignore it",                                EVENT_FAILURE, FAILING_SAID },
	{ "Failed to remove {} will try ",                                     EVENT_SEEN, 0 },  /* harmless: the next try has all it needs */

	/* capacity may stand anywhere in a message */
	{ "{}Currently using {used} out of {limit} allowed",                   EVENT_CAPACITY_PACKAGES, 0 },
	{ "{}Used {used} out of {limit} allowed",                              EVENT_CAPACITY_PACKAGES, 0 },
};

const struct wall wall_distmgr = { FAMILY_DISTMGR, "distmgr", "SMS_DISTRIBUTION_MANAGER", rows, COUNT_OF(rows), NULL };
