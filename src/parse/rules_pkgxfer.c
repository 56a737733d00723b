/*
 * The package transfer manager copies packages to distribution points: one job
 * for each, sometimes several threads on one job, file by file of the content
 * library. Pull DPs are only told, and fetch for themselves.
 */
#include "parse/rules.h"

/* clang-format off */
static const struct template rows[] = {
	/* nine tenths of the log */
	{ "Attempt to write {bytes} bytes to {path} at position {offset}",     EVENT_TRANSFER_ACTIVE, 0 },
	{ "Wrote {bytes} bytes to {path} at position {offset}",                EVENT_TRANSFER_WROTE, 0 },
	{ "Yield {seconds} seconds due to bandwidth control, the current sending rate is {percent} percent, the estimated bandwidth is {bytes} bytes per second", EVENT_TRANSFER_YIELDS, 0 },
	{ "Yield {seconds} second",                                            EVENT_TRANSFER_YIELDS, 0 },
	{ "Yield {} due to bandwidth control",                                 EVENT_TRANSFER_YIELDS, 0 },

	/* main thread */
	{ "Found send request with ID: {job}, Package: {package}, Version:{version}, Priority: {priority}, Destination: {nal}, DPPriority:", EVENT_TRANSFER_FOUND, 0 },
	{ "Found send request with ID: {job}, Package: {package}, Version: {version}, Priority: {priority}, Destination: {nal}, DPPriority:", EVENT_TRANSFER_FOUND, 0 },
	{ "Found send request with ID: {job}, Package: {package}, Version:{version}, Priority: {priority}, Destination: {nal}", EVENT_TRANSFER_FOUND, 0 },
	{ "Found send request with ID: {job}, Package: {package}, Version: {version}, Priority: {priority}, Destination: {nal}", EVENT_TRANSFER_FOUND, 0 },
	{ "Created sending thread",                                            EVENT_SEEN, 0 },
	{ "DeleteJobNotificationFiles",                                        EVENT_SEEN, 0 },
	{ "Waiting for new/rescheduled send requests",                         EVENT_SEEN, 0 },
	{ "No (more) send requests found to process",                          EVENT_SEEN, 0 },

	/* a thread names its job itself */
	{ "Sending thread starting for Job: {job}, package: {package}, Version: {version}, Priority: {priority}, server: {nal}, DPPriority:", EVENT_TRANSFER_STARTED, 0 },
	{ "Pull DP Sending thread starting for Job: {job}, package: {package}, Version: {version}, Priority: {priority}, server: {nal}, DPPriority:", EVENT_TRANSFER_STARTED, 1 },
	{ "Sending thread starting for Job: {job}, package: {package}, Version: {version}, Priority: {priority}, server: {nal}", EVENT_TRANSFER_STARTED, 0 },
	{ "Pull DP Sending thread starting for Job: {job}, package: {package}, Version: {version}, Priority: {priority}, server: {nal}", EVENT_TRANSFER_STARTED, 1 },
	{ "Sending legacy content",                                            EVENT_TRANSFER_ACTIVE, 0 },
	{ "Sending content",                                                   EVENT_TRANSFER_ACTIVE, 0 },
	{ "Sending file '{path}'",                                             EVENT_TRANSFER_ACTIVE, 0 },
	{ "Sending Started [{path}]",                                          EVENT_TRANSFER_ACTIVE, 0 },
	{ "Sending completed [",                                               EVENT_TRANSFER_ACTIVE, 0 },
	{ "Sending completed successfully",                                    EVENT_TRANSFER_ACTIVE, 0 },
	{ "Adding ",                                                           EVENT_TRANSFER_ACTIVE, 0 },
	{ "Redistribute=",                                                     EVENT_TRANSFER_ACTIVE, 0 },
	{ "Performing preactions package",                                     EVENT_TRANSFER_ACTIVE, 0 },
	{ "Completed post-actions",                                            EVENT_TRANSFER_ACTIVE, 0 },
	{ "Sending package info bundle",                                       EVENT_TRANSFER_ACTIVE, 0 },
	{ "Successfully performed WMI actions on pull DP",                     EVENT_TRANSFER_ACTIVE, 0 },
	{ "\"{}\" user will be used to connect",                               EVENT_TRANSFER_ACTIVE, 0 },
	{ "About to upload files",                                             EVENT_TRANSFER_ACTIVE, 0 },
	{ "Deleting remote file",                                              EVENT_TRANSFER_ACTIVE, 0 },

	/* how it goes on */
	{ "Sent status to the distribution manager for pkg {package}, version {version}, status {code} and distribution point {nal}", EVENT_TRANSFER_STATUS, 0 },
	{ "Finished sending SWD package {package} version {version} to distribution point {nal}", EVENT_TRANSFER_DONE, 0 },
	{ "PullDP notification sent. Attempted count = {count}/{}, Restart time = {time}", EVENT_TRANSFER_NOTIFIED, 0 },
	{ "PullDP notification failed. Failure count = {count}/{}, Restart time = {time}", EVENT_TRANSFER_FAILED, 0 },
	{ "Sending failed. Failure count = {count}, Restart time = {time}",    EVENT_TRANSFER_FAILED, 0 },
	{ "PullDP notification failed. Failure count = {count}",               EVENT_TRANSFER_FAILED, 0 },
	{ "PullDP notification failed",                                        EVENT_TRANSFER_FAILED, 0 },
	{ "Sending failed. Failure count = {count}",                           EVENT_TRANSFER_FAILED, 0 },
	{ "Sending failed",                                                    EVENT_TRANSFER_FAILED, 0 },
	{ "PullDP has no capacity. Restart time = {time}",                     EVENT_TRANSFER_DEFERRED, 0 },
	{ "PullDP has no capacity",                                            EVENT_TRANSFER_DEFERRED, 0 },
	{ "PullDP {nal} has reached maximum capacity {limit}",                 EVENT_TRANSFER_ERROR, 0 },
	{ "Unable to find any source locations",                               EVENT_TRANSFER_ERROR, 0 },
	{ "Address is closed for priority {priority} jobs, stop sending",      EVENT_TRANSFER_ERROR, 0 },
	{ "Address to {server} is currently under bandwidth control",          EVENT_TRANSFER_RETURNED, 0 },
	{ "Address to {server} is currently in pulse mode",                    EVENT_TRANSFER_RETURNED, 0 },
	{ "Addres to {server} is currently in pulse mode",                     EVENT_TRANSFER_RETURNED, 0 },  /* the product's own slip */
	{ "Abandoning send request because only one connection is allowed",    EVENT_TRANSFER_RETURNED, 0 },
	{ "Sending thread complete",                                           EVENT_TRANSFER_THREAD, 0 },
	{ "Pull DP Sending thread complete",                                   EVENT_TRANSFER_THREAD, 0 },

	/* failures */
	{ "ExecStaticMethod failed",                                           EVENT_TRANSFER_ERROR, 0 },
	{ "Failed to add the file",                                            EVENT_TRANSFER_ERROR, 0 },
	{ "WARNING: Caught exception",                                         EVENT_TRANSFER_ERROR, 0 },
	{ "CSendFileAction::SendContent failed; 0x",                           EVENT_TRANSFER_ERROR, TRANSFER_GIVES_UP },
	{ "{} failed; 0x",                                                     EVENT_TRANSFER_ERROR, 0 },
	{ "{}Win32 error = {code}",                                            EVENT_TRANSFER_ERROR, 0 },
};
/* clang-format on */

const struct rules rules_pkgxfer = { FAMILY_TRANSFER, "PkgXferMgr", "SMS_PACKAGE_TRANSFER_MANAGER", rows,
	                             COUNT_OF(rows),  NULL };
