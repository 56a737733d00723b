/*
 * The senders move packages and replication data between sites. One main thread
 * takes send requests from the outbox and creates a sending thread for each: a
 * sending thread holds a slot.
 */
#include "parse/rules.h"

/* clang-format off */
static const struct template rows[] = {
	/* nine tenths of the log */
	{ "Attempt to write {bytes} bytes to {path} at position {offset}",     EVENT_WRITING, 0 },
	{ "Wrote {bytes} bytes to {path} at position {offset}",                EVENT_WROTE, 0 },
	{ "Attempt to write {} at position {}",                                EVENT_NOTE, 0 },  /* a figure that is none */
	{ "Wrote {} at position {}",                                           EVENT_NOTE, 0 },
	{ "Attempt to write {bytes} bytes to {path}",                          EVENT_WRITING, 0 },
	{ "Wrote {bytes} bytes to {path}",                                     EVENT_WROTE, 0 },

	/* main thread: capacity */
	{ "Checking for sending capacity. Used {used} out of {limit}",         EVENT_CAPACITY_ALL, 0 },
	{ "Checking for site-specific sending capacity. Used {used} out of {limit}", EVENT_CAPACITY_SITE, 0 },

	/* main thread: taking work */
	{ "Found send request. ID: {request}, Dest Site: {site}",              EVENT_REQUEST_FOUND, 0 },
	{ "Created sending thread (Thread ID = {hexthread})",                  EVENT_THREAD_CREATED, 0 },
	{ "Connecting to {path}",                                              EVENT_SEEN, 0 },
	{ "No (more) send requests found to process",                          EVENT_SEEN, 0 },
	{ "Registry indicates no outbox for the sender to scan",               EVENT_FAILURE, FAILING_OWN },
	{ "COutbox::TakeNextToSend",                                           EVENT_SEEN, 0 },
	{ "We have {count} active connections",                                EVENT_SEEN, 0 },
	{ "There is no longer an address to destination site {site}",          EVENT_SITE_BUSY, 1 },  /* which is a failure */
	{ "Returning send request to pending because",                         EVENT_REQUEST_PENDING, 0 },
	{ "Site {site} added to list of busy sites because",                   EVENT_SITE_BUSY, 0 },
	{ "{}send request {request} is skipped for site {site}",               EVENT_REQUEST_PENDING, 0 },
	{ "{}existing addresses to destination site {site} are closed",        EVENT_SITE_CLOSED, 0 },

	/* sending thread: connecting */
	{ "Trying the No. {count} address",                                    EVENT_CONNECTING, 0 },
	{ "Passed the xmit file test",                                         EVENT_JOB_ACTIVE, 0 },
	{ "There is no existing connection",                                   EVENT_JOB_ACTIVE, 0 },
	{ "Error during WNetAddConnection2 to {path} ({code})",                EVENT_JOB_ERROR, 0 },
	{ "Error during WNetAddConnection2 ({code})",                          EVENT_JOB_ERROR, 0 },
	{ "{}WNetAddConnection2",                                              EVENT_JOB_ERROR, 0 },
	{ "Operation is retryable",                                            EVENT_JOB_ACTIVE, 0 },
	{ "Cannot connect to server {server} at remote site {site}, won't try send requests", EVENT_SITE_UNREACHABLE, 0 },
	{ "Cannot connect to server {server}",                                 EVENT_JOB_ERROR, 0 },
	{ "Could not establish connection",                                    EVENT_JOB_ERROR, 0 },
	{ "Attempt to connect failed",                                         EVENT_JOB_ERROR, 0 },
	{ "Error during connection to {server} ({code})",                      EVENT_JOB_ERROR, 0 },
	{ "Connection to {server} failed",                                     EVENT_JOB_ERROR, 0 },
	{ "Error is considered fatal",                                         EVENT_JOB_ERROR, 0 },
	{ "Send request will be retried",                                      EVENT_JOB_ACTIVE, 0 },
	{ "No need to disconnect",                                             EVENT_JOB_ACTIVE, 0 },
	{ "Restart time = {time}",                                             EVENT_JOB_FAILED, 0 },

	/* sending thread: files */
	{ "Package file = {path}",                                             EVENT_PACKAGE_FILE, 0 },
	{ "Instruction file = {path}",                                         EVENT_INSTRUCTION_FILE, 0 },
	{ "Checking for remote file {path}",                                   EVENT_REMOTE_FILE, 0 },
	{ "Attempt to create/open the remote file {path}",                     EVENT_REMOTE_FILE, 0 },
	{ "Created/opened the remote file {path}",                             EVENT_REMOTE_OPENED, 0 },
	{ "Cannot create/open the remote file {path}, Win32 error = {code}",   EVENT_JOB_ERROR, 0 },
	{ "Sending Started [{path}]",                                          EVENT_FILE_STARTED, 0 },
	{ "Sending completed [{path}]",                                        EVENT_FILE_DONE, 0 },
	{ "Finished sending SWD package {package} version {version} to site {site}", EVENT_SENT_PACKAGE, 0 },
	{ "Renaming remote file {path} to {}",                                 EVENT_REMOTE_FILE, 0 },
	{ "Rename completed [{path}]",                                         EVENT_REMOTE_FILE, 0 },
	{ "Closing remote file",                                               EVENT_JOB_ACTIVE, 0 },
	{ "Deleting remote file",                                              EVENT_JOB_ACTIVE, 0 },
	{ "Sending completed successfully",                                    EVENT_JOB_DONE, 0 },
	{ "Sending thread terminated",                                         EVENT_JOB_ACTIVE, 0 },

	/* sending thread: what goes wrong on the way */
	{ "Heartbeat is expired",                                              EVENT_JOB_ERROR, 0 },
	{ "Can't re-establish the connection",                                 EVENT_JOB_ERROR, 0 },
	{ "Error, trying to write beyond the end of the file",                 EVENT_JOB_ERROR, 0 },
	{ "Address is closed for priority {count} jobs, stop sending",         EVENT_SITE_CLOSED, 0 },
	{ "Address to {server} is currently under bandwidth control, therefore only one connection is allowed, returning", EVENT_THROTTLED, 1 },
	{ "Address to {server} is currently under bandwidth control",          EVENT_THROTTLED, 0 },
	{ "Address to {server} is currently in pulse mode",                    EVENT_THROTTLED, 0 },
	{ "Addres to {server} is currently in pulse mode",                     EVENT_THROTTLED, 0 },  /* the product's own slip */
	{ "Abandoning send request because only one connection is allowed",    EVENT_JOB_RETURNED, 0 },
	{ "Yield {seconds} seconds due to bandwidth control, the current sending rate is {percent} percent, the estimated bandwidth is {bytes} bytes per second", EVENT_JOB_YIELDS, 0 },
	{ "Yield {seconds} second",                                            EVENT_JOB_YIELDS, 0 },
	{ "Yield {} due to bandwidth control",                                 EVENT_JOB_YIELDS, 0 },

	/* capacity may stand anywhere in a message */
	{ "{}site-specific sending capacity. Used {used} out of {limit}",      EVENT_CAPACITY_SITE, 0 },
	{ "{}sending capacity. Used {used} out of {limit}",                    EVENT_CAPACITY_ALL, 0 },
	{ "{}Win32 error = {code}",                                            EVENT_JOB_ERROR, 0 },
};
/* clang-format on */

const struct rules rules_sender = {
	FAMILY_SENDER,
	"sender",
	"SMS_LAN_SENDER SMS_SENDER SMS_ASYNC_RAS_SENDER SMS_ISDN_RAS_SENDER SMS_X25_RAS_SENDER "
	"SMS_SNA_RAS_SENDER SMS_COURIER_SENDER SMS_SNA_BATCH_SENDER",
	rows,
	COUNT_OF(rows),
	NULL
};
