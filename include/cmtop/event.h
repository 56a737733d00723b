/*
 * The vocabulary: what the model understands. Whoever knows something about a
 * site server tells it as an event: a rule for a component's messages, a status
 * message, a gap that was noticed between two looks at a file.
 */
#ifndef CMTOP_EVENT_H
#define CMTOP_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/span.h"
#include "cmtop/when.h"

/* kind, its word, what it says */
/* clang-format off */
#define EVENT_KINDS(_) \
	_(NOTE,               "note",               "a message that no template knows") \
	_(SEEN,               "seen",               "a known message that changes nothing") \
	_(COMPONENT_STARTED,  "component-started",  "a component began anew: its threads are gone") \
	_(COMPONENT_STOPS,    "component-stops",    "a component was told to stop: its threads give up") \
	_(LOG_GAP,            "log-gap",            "bytes of a log were lost: what began in them was not seen") \
	/* the senders: main thread */ \
	_(CAPACITY_ALL,       "capacity-all",       "sending slots in use and allowed, all sites") \
	_(CAPACITY_SITE,      "capacity-site",      "the same for the site of the request just found") \
	_(REQUEST_FOUND,      "request-found",      "a send request was taken from the outbox") \
	_(REQUEST_PENDING,    "request-pending",    "the request just found went back") \
	_(THREAD_CREATED,     "thread-created",     "a sending thread got the request just found") \
	_(SITE_BUSY,          "site-busy",          "a site is left alone, for how long is not said (`detail` 1: since something is wrong)") \
	_(SITE_CLOSED,        "site-closed",        "the schedule closes the addresses to a site") \
	/* the senders: sending threads */ \
	_(CONNECTING,         "connecting",         "the thread tries an address") \
	_(JOB_ACTIVE,         "job-heard",          "a sign of life of a sending thread") \
	_(JOB_ERROR,          "job-error",          "something went wrong in a sending thread, perhaps not for good") \
	_(SITE_UNREACHABLE,   "site-unreachable",   "cannot connect: the site is left alone for an hour") \
	_(PACKAGE_FILE,       "package-file",       "what the thread is to send") \
	_(INSTRUCTION_FILE,   "instruction-file",   "the order that goes with it") \
	_(REMOTE_FILE,        "remote-file",        "a name on the other side, which holds the request's id") \
	_(REMOTE_OPENED,      "remote-opened",      "the file on the other side is open") \
	_(FILE_STARTED,       "file-started",       "the sending of one file begins") \
	_(WRITING,            "writing",            "a block is on its way") \
	_(WROTE,              "wrote",              "a block has been written") \
	_(FILE_DONE,          "file-done",          "one file is complete") \
	_(SENT_PACKAGE,       "sent-package",       "package, version and site of a sending thread") \
	_(JOB_DONE,           "job-done",           "a send has ended well") \
	_(JOB_FAILED,         "job-failed",         "a send has failed and will be tried again") \
	_(JOB_RETURNED,       "job-returned",       "a send was handed back before it began") \
	_(THROTTLED,          "throttled",          "one connection only: rate limit or pulse mode") \
	_(JOB_YIELDS,         "job-yields",         "a sending thread pauses because of a rate limit") \
	/* the scheduler */ \
	_(LIST_BEGINS,        "list-begins",        "a list of all send requests follows") \
	_(REQUEST_LISTED,     "request-listed",     "one of the list, or more about the one before") \
	_(REQUEST_CREATED,    "request-created",    "a send request was made: one more in the backlog") \
	_(REQUEST_DELETED,    "request-deleted",    "a send request is gone") \
	_(REQUEST_CHECKED,    "request-checked",    "a send request is looked at: what follows is about it") \
	_(REQUEST_COMPLETED,  "request-completed",  "the request looked at was sent whole") \
	_(REQUEST_SPEED,      "request-speed",      "its average speed, in bytes per second") \
	_(SCHED_JOB,          "sched-job",          "the scheduler works on the job of a package (`detail` 1: it goes on with it)") \
	_(SCHED_DESTINATION,  "sched-destination",  "where that job goes, and its priority") \
	_(SITE_UNADDRESSED,   "site-unaddressed",   "there is no address for a site, or none that may be used now (`detail` 1: none is defined)") \
	/* the package transfer manager */ \
	_(TRANSFER_FOUND,     "transfer-found",     "a job for a distribution point was found") \
	_(TRANSFER_STARTED,   "transfer-started",   "a thread works on it (`detail` 1: it tells a pull DP)") \
	_(TRANSFER_WROTE,     "transfer-wrote",     "a block of the file has been written") \
	_(TRANSFER_ACTIVE,    "transfer-heard",     "a sign of life of such a thread") \
	_(TRANSFER_STATUS,    "transfer-status",    "what the distribution manager was told of it") \
	_(TRANSFER_DONE,      "transfer-done",      "all of it has arrived") \
	_(TRANSFER_NOTIFIED,  "transfer-notified",  "the pull DP knows, and fetches for itself") \
	_(TRANSFER_ERROR,     "transfer-error",     "something went wrong, perhaps not for good") \
	_(TRANSFER_FAILED,    "transfer-failed",    "it failed and will be tried again") \
	_(TRANSFER_RETURNED,  "transfer-returned",  "it went back before it began") \
	_(TRANSFER_DEFERRED,  "transfer-deferred",  "the pull DP has no capacity: it is told later, which is no failure") \
	_(TRANSFER_YIELDS,    "transfer-yields",    "a thread of it pauses because of a rate limit") \
	_(TRANSFER_THREAD,    "transfer-thread",    "a thread has ended") \
	/* the distribution manager: main thread */ \
	_(CAPACITY_PACKAGES,  "capacity-packages",  "package processing threads in use and allowed") \
	_(PACKAGE_NOTIFIED,   "package-notified",   "a package wants to be processed") \
	_(PACKAGE_QUEUED,     "package-queued",     "a package was put into the queue") \
	_(PACKAGE_STARTED,    "package-started",    "a package processing thread began") \
	/* the distribution manager: package threads and DP threads */ \
	_(PACKAGE_PHASE,      "package-phase",      "what a package thread is doing (`detail`: enum phase)") \
	_(PACKAGE_WAITS,      "package-waits",      "a package waits for content from another site") \
	_(PACKAGE_SIZE,       "package-size",       "size of a package's source") \
	_(PACKAGE_COMPRESSED, "package-compressed", "compressed size of a package") \
	_(PACKAGE_NAME,       "package-name",       "the name that people gave a package") \
	_(PACKAGE_ERROR,      "package-error",      "something failed in a package thread or DP thread") \
	_(PACKAGE_GOOD,       "package-good",       "a package was processed successfully") \
	_(PACKAGE_BAD,        "package-bad",        "a package failed to process") \
	_(PACKAGE_EXIT,       "package-exit",       "a package processing thread ends") \
	_(REPLICATION,        "replication",        "a thread works on metadata from another site (`detail`: enum replication)") \
	_(REPLICATION_ERROR,  "replication-error",  "such metadata could not be taken in") \
	_(SEND_DUE,           "send-due",           "a package is to be sent to a site: one more in the backlog") \
	_(DP_ADDED,           "dp-added",           "a package thread turns to a distribution point") \
	_(DP_STARTED,         "dp-started",         "a DP thread was created for a package") \
	_(DP_WORKING,         "dp-working",         "a DP thread says what it works on") \
	_(DP_SIGN,            "dp-sign",            "a distribution point has the package or will get it (`detail`: enum dp_message)") \
	_(DP_FAILED,          "dp-failed",          "a package could not be brought to a distribution point") \
	_(DP_ENDED,           "dp-ended",           "a DP thread has ended") \
	_(DPS_DONE,           "dps-done",           "all DP threads of a package have ended") \
	/* any component */ \
	_(FAILURE,            "failure",            "something failed or will not be done, which is no thread's own end (`detail`: enum failing)") \
	_(DP_UPGRADE,         "dp-upgrade",         "of the threads that install distribution points (`detail`: enum dp_upgrade)") \
	/* no log */ \
	_(FILE_LOOKED,        "file-looked",        "a package's file was looked at: its size; none if that is in doubt again")
/* clang-format on */

enum event_kind {
#define _(kind, word, meaning) EVENT_##kind,
	EVENT_KINDS(_)
#undef _
		EVENT_KIND_COUNT
};

/* What a package processing thread is at. */
/* clang-format off */
#define PHASES(_) \
	_(STARTING,   "starting") \
	_(PROCESSING, "processing") \
	_(SNAPSHOT,   "snapshot") \
	_(COMPRESS,   "compress") \
	_(HASH,       "hash") \
	_(DPS,        "adding to DPs") \
	_(WAIT_DPS,   "waiting for DPs") \
	_(MINIJOBS,   "minijobs") \
	_(CONTENT,    "waiting for content") \
	_(FINISHING,  "finishing")
/* clang-format on */

enum phase {
#define _(phase, word) PHASE_##phase,
	PHASES(_)
#undef _
		PHASE_COUNT
};

/* What FAILURE says. */
enum failing {
	FAILING_OWN,   /* a failure of its own */
	FAILING_SAME,  /* the one that the thread has just told of: now it names what that was about */
	FAILING_AGAIN, /* when what the thread has just failed at is tried again: TEXT_TIME */
};

/* TRANSFER_ERROR: one of several lines that lead to a failure, or the one with which the thread gives up what it sends. */
enum transfer_trouble { TRANSFER_IN_TROUBLE, TRANSFER_GIVES_UP };

/* REPLICATION: BEGINS names the file or package, MAYBE is said by package threads too, THREAD names a thread. */
enum replication { REPLICATION_BEGINS, REPLICATION_GOES_ON, REPLICATION_ENDS, REPLICATION_MAYBE, REPLICATION_THREAD };

/* DP_SIGN: what the message says of the distribution point: will be sent, has it, needs nothing. */
enum dp_message { DP_MESSAGE_TRANSFER, DP_MESSAGE_DISTRIBUTED, DP_MESSAGE_NOTHING };

/*
 * DP_UPGRADE: NUMBER_THREAD works on one now, the limit is told, one has ended, there is no thread left;
 * HELPER: NUMBER_THREAD is one of the manager's other threads, which process no packages.
 * NAMED: TEXT_DP is what the thread installs; REMOVING, REMOVED: the thread takes a DP away, TEXT_SERVER at first.
 */
enum dp_upgrade {
	UPGRADE_STARTED,
	UPGRADE_LIMIT,
	UPGRADE_ENDED,
	UPGRADE_EXHAUSTED,
	UPGRADE_HELPER,
	UPGRADE_NAMED,
	UPGRADE_REMOVING,
	UPGRADE_REMOVED
};

/*
 * PACKAGE_ERROR: it may pass; it may pass, and the thread will tell if it does not;
 * the thread has failed; it has, and an earlier line says why; that is told by the code.
 */
enum package_error { ERROR_PASSING, ERROR_RETRIED, ERROR_FATAL, ERROR_VAGUE, ERROR_BY_CODE };

/* Fields that hold text, borrowed from the record. */
enum text_field {
	TEXT_REQUEST,   /* send request id, "202SQCS1" */
	TEXT_SITE,      /* site code */
	TEXT_PACKAGE,   /* package id */
	TEXT_PATH,      /* a file, here or there */
	TEXT_SERVER,    /* a server's name, without the backslashes */
	TEXT_DP,        /* NAL path or name of a distribution point */
	TEXT_COMPONENT, /* component that a message is about */
	TEXT_NAME,      /* of a package, for people */
	TEXT_TIME,      /* a time in the server's own way of writing */
	TEXT_STATE,     /* of a send request: "Pending" */
	TEXT_FIELD_COUNT
};

/* Fields that hold numbers. */
enum number_field {
	NUMBER_USED,  /* slots in use */
	NUMBER_LIMIT, /* slots allowed */
	NUMBER_BYTES,
	NUMBER_OFFSET,   /* position in a file, in bytes */
	NUMBER_CODE,     /* error */
	NUMBER_VERSION,  /* of a package */
	NUMBER_KBYTES,   /* 1,024 bytes each */
	NUMBER_THREAD,   /* a thread that the message is about */
	NUMBER_COUNT,    /* of something that the kind names */
	NUMBER_PRIORITY, /* 1 high, 2 medium, 3 low */
	NUMBER_LEFT,     /* KBytes still to send; NUMBER_KBYTES: of the whole */
	NUMBER_PERCENT,
	NUMBER_SECONDS, /* for which something pauses */
	NUMBER_FIELD_COUNT
};

/* Whose words a record is in. */
enum family { FAMILY_NONE, FAMILY_SENDER, FAMILY_DISTMGR, FAMILY_SCHEDULER, FAMILY_TRANSFER };

enum level { LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR };

struct template;

struct event {
	int64_t at; /* running time: goes on where the server's clock is set back; WHEN_NONE: the record has no time */
	int64_t shift; /* `at` less what the record itself says, 0 until the clock was set; the record's own time: at - shift */
	uint64_t offset;  /* of the record's first byte, in the file it came from */
	uint64_t end;     /* … and behind its last one, line end and blanks there left out */
	uint32_t thread;  /* that wrote it, 0: unknown */
	int16_t bias;     /* minutes to add to local time to get UTC, if zoned */
	bool zoned;       /* the record carries its bias, and its own time is UTC */
	bool stray;       /* its own time says nothing of when it was: far from those around it */
	uint8_t kind;     /* enum event_kind */
	uint8_t level;    /* enum level */
	uint8_t family;   /* enum family */
	uint8_t log;      /* which log it came from: the number its source was given */
	int16_t detail;   /* kind's own; PACKAGE_PHASE: enum phase */
	uint16_t status;  /* number of the status message that the record is; 0: it is none */
	uint16_t texts;   /* bit per text_field that is filled */
	uint16_t numbers; /* bit per number_field that is filled */
	const struct template *
		rule; /* that took the record, for parser_rule_text(); not owned, lives as long as the program; NULL: none did */
	struct span raw;       /* the record as it stands in the file, without its line end */
	struct span component; /* "SMS_LAN_SENDER" */
	struct span zone; /* its name, where a frame has that in the place of a bias; else empty. Valid unless zoned */
	struct span message;                 /* blanks collapsed, "~" trimmed */
	struct span text[TEXT_FIELD_COUNT];  /* valid where `texts` says so */
	uint64_t number[NUMBER_FIELD_COUNT]; /* likewise `numbers` */
};

static inline bool
event_has_text(const struct event *event, enum text_field field)
{
	return (event->texts >> field) & 1u;
}

static inline bool
event_has_number(const struct event *event, enum number_field field)
{
	return (event->numbers >> field) & 1u;
}

/* An empty span where the event does not say. */
static inline struct span
event_text(const struct event *event, enum text_field field)
{
	return event_has_text(event, field) ? event->text[field] : (struct span){ 0, 0 };
}

const char *event_kind_word(enum event_kind kind);
const char *event_kind_meaning(enum event_kind kind);
const char *event_text_word(enum text_field field);     /* "path" */
const char *event_number_word(enum number_field field); /* "bytes" */
const char *phase_word(enum phase phase);
const char *level_word(enum level level);

#endif
