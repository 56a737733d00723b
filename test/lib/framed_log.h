/*
 * What a test lets a site server say: messages become records in the product's
 * form, go through a source into a model, and the model is checked after each.
 */
#ifndef TEST_SAID_H
#define TEST_SAID_H

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/figures.h"
#include "cmtop/parser.h"

#define BIAS 240

struct said {
	struct parser *source;
	struct model *model;
	int64_t at; /* UTC of the next record */
	const char *component;
};

static inline void
said_open(struct said *said, const struct model_limits *limits)
{
	said->source = parser_new(0);
	said->model = model_new(limits);
	ck_assert_ptr_nonnull(said->source);
	ck_assert_ptr_nonnull(said->model);
	ck_assert(when_parse(SPAN("2026-07-30T12:00:00Z"), &said->at));
	said->component = "SMS_LAN_SENDER";
}

static inline void
said_close(struct said *said)
{
	parser_free(said->source);
	model_free(said->model);
}

static inline void
said_bytes(struct said *said, const char *bytes, size_t size)
{
	struct event event;
	const char *wrong;

	parser_feed(said->source, bytes, size);
	while (parser_next(said->source, &event)) {
		model_apply(said->model, &event);
		wrong = model_check(said->model);
		ck_assert_msg(!wrong, "%s, after: %.*s", wrong, (int)event.message.size, event.message.at);
	}
}

/* A record of this thread; the clock goes on by a millisecond. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static inline void
say(struct said *said, unsigned thread, const char *format, ...)
{
	char message[2048], line[4096];
	struct civil c = when_civil(said->at - BIAS * WHEN_MINUTE);
	va_list args;
	int n;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	n = snprintf(line, sizeof(line), "%s  $$<%s><%02d-%02d-%04d %02d:%02d:%02d.%03d%+d><thread=%u (0x%X)>\r\n",
	             message, said->component, c.month, c.day, c.year, c.hour, c.minute, c.second, c.milli, BIAS,
	             thread, thread);
	said_bytes(said, line, (size_t)n);
	said->at++;
}

/* The job of a thread that holds a slot, or NULL. */
static inline const struct job *
job_of(const struct said *said, uint32_t thread)
{
	for (const struct job *job = model_next_job(said->model, NULL); job; job = model_next_job(said->model, job))
		if (job->thread == thread)
			return job;
	return NULL;
}

static inline const struct site *
site_of(const struct said *said, const char *code)
{
	size_t count;
	const struct site *sites = model_sites(said->model, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(sites[i].code, code) == 0)
			return &sites[i];
	ck_abort_msg("no site %s", code);
	return NULL;
}

static inline const struct package *
package_of(const struct said *said, const char *id)
{
	size_t count;
	const struct package *packages = model_packages(said->model, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(packages[i].id, id) == 0)
			return &packages[i];
	ck_abort_msg("no package %s", id);
	return NULL;
}

/* A request found, and a thread for it. */
static inline void
say_started(struct said *said, unsigned main, unsigned thread, const char *request, const char *site, int used)
{
	say(said, main, "Found send request.  ID: %s, Dest Site: %s~", request, site);
	say(said, main, "Checking for site-specific sending capacity.  Used %d out of 3.~", used);
	say(said, main, "~Created sending thread (Thread ID = %X)", thread);
}

static inline void
say_file(struct said *said, unsigned thread, const char *package, const char *request)
{
	say(said, thread, "~Trying the No. 1 address (out of 1)");
	say(said, thread, "~Passed the xmit file test, use the existing connection");
	say(said, thread, "~Package file = E:\\SMSPKG\\%s.PCK.1", package);
	say(said, thread, "~Instruction file = E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl");
	say(said, thread, "~Created/opened the remote file \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK", request);
	say(said, thread, "~Sending Started [E:\\SMSPKG\\%s.PCK.1]", package);
}

static inline void
say_wrote(struct said *said, unsigned thread, const char *request, unsigned long long bytes,
          unsigned long long position)
{
	say(said, thread, "~Attempt to write %llu bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %llu", bytes,
	    request, position);
	say(said, thread, "~Wrote %llu bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %llu", bytes, request,
	    position);
}

static inline void
say_ended(struct said *said, unsigned thread, const char *package, const char *request, const char *site)
{
	say(said, thread, "~Sending completed [E:\\SMSPKG\\%s.PCK.1]", package);
	say(said, thread, "~Finished sending SWD package %s version 1 to site %s", package, site);
	say(said, thread, "~Sending Started [E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl]");
	say(said, thread, "~Attempt to write 2115 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP at position 0", request);
	say(said, thread, "~Wrote 2115 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP at position 0", request);
	say(said, thread, "~Sending completed [E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl]");
	say(said, thread, "~Finished sending SWD package %s version 1 to site %s", package, site);
	say(said, thread,
	    "~Renaming remote file \\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.SNI", request,
	    request);
	say(said, thread, "~Rename completed [\\\\S.CONTOSO.COM\\SMS_SITE\\%s.TMP]", request);
	say(said, thread, "~Sending completed successfully");
}

/* A minijob of a package thread of the distribution manager. */
static inline void
say_due(struct said *said, const char *package, const char *site)
{
	const char *before = said->component;

	said->component = "SMS_DISTRIBUTION_MANAGER";
	say(said, 4452,
	    "~Created minijob to send compressed copy of package %s to site %s.  Transfer root = E:\\SMSPKG\\%s.PCK.1.",
	    package, site, package);
	said->component = before;
}

#endif
