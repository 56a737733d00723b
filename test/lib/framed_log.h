/*
 * The logs of a site server, made record by record: a message gets the frame that the
 * product gives it, and goes through a parser into a model, as a real log does.
 *
 *	struct framed_log s;
 *
 *	framed_log_open(&s, NULL);
 *	record(&s, 4, "Checking for sending capacity. Used %d out of 5.", 0);
 *	... what s.model tells ...
 *	framed_log_close(&s);
 *
 * A suite that needs only the frame, or only the way into a model, takes frame_record() or
 * feed_model().
 */
#ifndef TEST_FRAMED_LOG_H
#define TEST_FRAMED_LOG_H

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/figures.h"
#include "cmtop/logstore.h"
#include "cmtop/parser.h"

#define BIAS 240 /* minutes that the site server's clock is behind UTC */

/* A record as a constant text; `time` "12:03:00.000+300", `thread` "4 (0x4)" or a form of printf(). */
#define FRAMED(component, time, thread, message) \
	message "  $$<" component "><07-30-2026 " time "><thread=" thread ">\r\n"

struct frame {
	const char *component;
	unsigned thread;
	int64_t at; /* UTC */
	int bias;
};

/* What stands behind a message, up to its line end. Answers its size, as snprintf() does. */
static inline int
frame_tail(char *out, size_t room, const struct frame *frame)
{
	struct civil c = when_civil(frame->at - frame->bias * WHEN_MINUTE);

	return snprintf(out, room, "  $$<%s><%02d-%02d-%04d %02d:%02d:%02d.%03d%+04d><thread=%u (0x%X)>\r\n",
	                frame->component, c.month, c.day, c.year, c.hour, c.minute, c.second, c.milli, frame->bias,
	                frame->thread, frame->thread);
}

/* Message and frame. Answers the size of the line, which must have room. */
static inline size_t
frame_record(char *line, size_t room, const struct frame *frame, const char *message)
{
	size_t size = strlen(message);

	ck_assert_uint_lt(size, room);
	memcpy(line, message, size);
	size += (size_t)frame_tail(line + size, room - size, frame);
	ck_assert_uint_lt(size, room);
	return size;
}

/* Bytes of a log, read into a model and, unless NULL, a log store. */
static inline void
feed_model(struct parser *parser, struct model *model, struct logstore *logstore, const char *bytes, size_t size)
{
	struct event event;

	parser_feed(parser, bytes, size);
	while (parser_next(parser, &event)) {
		model_apply(model, &event);
		if (logstore)
			logstore_keep(logstore, model, &event);
	}
}

struct framed_log {
	struct parser *parser;
	struct model *model;
	struct logstore *logstore; /* of the test; NULL: no lines are kept */
	int64_t at;                /* UTC of the next record */
	int64_t step;              /* milliseconds from one record to the next */
	const char *component;
};

static inline void
framed_log_open(struct framed_log *log, const struct model_limits *limits)
{
	*log = (struct framed_log){ .parser = parser_new(0), .model = model_new(limits), .step = 1 };
	ck_assert_ptr_nonnull(log->parser);
	ck_assert_ptr_nonnull(log->model);
	ck_assert(when_parse(SPAN("2026-07-30T12:00:00Z"), &log->at));
	log->component = "SMS_LAN_SENDER";
}

static inline void
framed_log_close(struct framed_log *log)
{
	parser_free(log->parser);
	model_free(log->model);
}

/* The model is checked after each event. */
static inline void
framed_log_bytes(struct framed_log *log, const char *bytes, size_t size)
{
	struct event event;
	const char *wrong;

	parser_feed(log->parser, bytes, size);
	while (parser_next(log->parser, &event)) {
		model_apply(log->model, &event);
		if (log->logstore)
			logstore_keep(log->logstore, log->model, &event);
		wrong = model_check(log->model);
		ck_assert_msg(!wrong, "%s, after: %.*s", wrong, (int)event.message.size, event.message.at);
	}
}

/* A record of this thread. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static inline void
record(struct framed_log *log, unsigned thread, const char *format, ...)
{
	struct frame frame = { log->component, thread, log->at, BIAS };
	char message[2048], line[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	framed_log_bytes(log, line, frame_record(line, sizeof(line), &frame, message));
	log->at += log->step;
}

/* The job of a thread that holds a slot, or NULL. */
static inline const struct job *
job_of(const struct framed_log *log, uint32_t thread)
{
	for (const struct job *job = model_next_job(log->model, NULL); job; job = model_next_job(log->model, job))
		if (job->thread == thread)
			return job;
	return NULL;
}

static inline const struct site *
site_of(const struct framed_log *log, const char *code)
{
	size_t count;
	const struct site *sites = model_sites(log->model, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(sites[i].code, code) == 0)
			return &sites[i];
	ck_abort_msg("no site %s", code);
	return NULL;
}

static inline const struct package *
package_of(const struct framed_log *log, const char *id)
{
	size_t count;
	const struct package *packages = model_packages(log->model, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(packages[i].id, id) == 0)
			return &packages[i];
	ck_abort_msg("no package %s", id);
	return NULL;
}

/* A request found, and a thread for it. */
static inline void
record_started(struct framed_log *log, unsigned main, unsigned thread, const char *request, const char *site, int used)
{
	record(log, main, "Found send request.  ID: %s, Dest Site: %s~", request, site);
	record(log, main, "Checking for site-specific sending capacity.  Used %d out of 3.~", used);
	record(log, main, "~Created sending thread (Thread ID = %X)", thread);
}

static inline void
record_file(struct framed_log *log, unsigned thread, const char *package, const char *request)
{
	record(log, thread, "~Trying the No. 1 address (out of 1)");
	record(log, thread, "~Passed the xmit file test, use the existing connection");
	record(log, thread, "~Package file = E:\\SMSPKG\\%s.PCK.1", package);
	record(log, thread, "~Instruction file = E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl");
	record(log, thread, "~Created/opened the remote file \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK", request);
	record(log, thread, "~Sending Started [E:\\SMSPKG\\%s.PCK.1]", package);
}

static inline void
record_block(struct framed_log *log, unsigned thread, const char *request, unsigned long long bytes,
             unsigned long long position)
{
	record(log, thread, "~Attempt to write %llu bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %llu",
	       bytes, request, position);
	record(log, thread, "~Wrote %llu bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %llu", bytes, request,
	       position);
}

static inline void
record_done(struct framed_log *log, unsigned thread, const char *package, const char *request, const char *site)
{
	record(log, thread, "~Sending completed [E:\\SMSPKG\\%s.PCK.1]", package);
	record(log, thread, "~Finished sending SWD package %s version 1 to site %s", package, site);
	record(log, thread, "~Sending Started [E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl]");
	record(log, thread, "~Attempt to write 2115 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP at position 0",
	       request);
	record(log, thread, "~Wrote 2115 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP at position 0", request);
	record(log, thread, "~Sending completed [E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl]");
	record(log, thread, "~Finished sending SWD package %s version 1 to site %s", package, site);
	record(log, thread,
	       "~Renaming remote file \\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.SNI",
	       request, request);
	record(log, thread, "~Rename completed [\\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP]", request);
	record(log, thread, "~Sending completed successfully");
}

/* A minijob of a package thread of the distribution manager. */
static inline void
record_due(struct framed_log *log, const char *package, const char *site)
{
	const char *before = log->component;

	log->component = "SMS_DISTRIBUTION_MANAGER";
	record(log, 4452,
	       "~Created minijob to send compressed copy of package %s to site %s.  Transfer root = "
	       "E:\\SMSPKG\\%s.PCK.1.",
	       package, site, package);
	log->component = before;
}

#endif
