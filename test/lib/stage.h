/*
 * A small site server and a dashboard that watches it, for the tests of query,
 * order and view. What happens is told as the logs tell it.
 */
#ifndef TEST_STAGE_H
#define TEST_STAGE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/ui.h"
#include "framed_log.h"
#include "kept_text.h"
#include "run_suite.h"

#define STAGE_NOON INT64_C(1785427200000) /* 2026-07-30 16:00 UTC, 12:00 by the server's clock */

struct stage {
	struct parser *parser;
	struct model *model;
	struct logstore *logstore;
	struct log_status logs[2];
	struct scene scene;
	struct ui *ui;
	struct grid grid;
	struct kept kept; /* the picture, as text */
};

/* One record, so many seconds after noon. */
static inline void
stage_record(struct stage *stage, const char *component, unsigned thread, double at, const char *message)
{
	struct frame frame = { component, thread, STAGE_NOON + (int64_t)(at * 1000), BIAS };
	char ended[500], line[600];

	snprintf(ended, sizeof(ended), "%s~", message); /* as the product ends its messages */
	feed_model(stage->parser, stage->model, stage->logstore, line, frame_record(line, sizeof(line), &frame, ended));
	stage->scene.now = model_newest(stage->model);
}

static inline void
sender(struct stage *stage, unsigned thread, double at, const char *message)
{
	stage_record(stage, "SMS_LAN_SENDER", thread, at, message);
}

static inline void
distmgr(struct stage *stage, unsigned thread, double at, const char *message)
{
	stage_record(stage, "SMS_DISTRIBUTION_MANAGER", thread, at, message);
}

static inline void
pkgxfer(struct stage *stage, unsigned thread, double at, const char *message)
{
	stage_record(stage, "SMS_PACKAGE_TRANSFER_MANAGER", thread, at, message);
}

/* A transfer to a distribution point is found and begun; `kind` "Pull DP " or "". */
static inline void
stage_transfer(struct stage *stage, double at, unsigned job, unsigned thread, const char *package, unsigned version,
               const char *dp, const char *kind)
{
	char text[300];

	snprintf(text, sizeof(text),
	         "Found send request with ID: %u, Package: %s, Version:%u, Priority: 2, Destination: %s, "
	         "DPPriority: 200",
	         job, package, version, dp);
	pkgxfer(stage, 30, at, text);
	snprintf(text, sizeof(text),
	         "%sSending thread starting for Job: %u, package: %s, Version: %u, Priority: 2, server: %s, "
	         "DPPriority: 200",
	         kind, job, package, version, dp);
	pkgxfer(stage, thread, at, text);
}

/* So many blocks of 1 MB, one a second. */
static inline void
stage_copies(struct stage *stage, double at, unsigned thread, const char *dp, unsigned blocks)
{
	char text[200];
	unsigned i;

	for (i = 0; i < blocks; i++) {
		snprintf(text, sizeof(text),
		         "Wrote 1048576 bytes to \\\\%s\\SMS_DP$\\73E0.temp at position %u in 344 ticks", dp,
		         i * 1048576);
		pkgxfer(stage, thread, at + 1 + i, text);
	}
}

/*
 * Six transfers: one under way with two threads, one that failed and will be tried
 * again, one given up, one told to a pull DP, one sent back, one done.
 */
static inline void
stage_copy(struct stage *stage)
{
	distmgr(stage, 5420, -80, "The size of package ABC00F10, version 2 is 102400 KBytes");
	stage_transfer(stage, -80, 571, 3001, "ABC0018B", 1, "DP1.CONTOSO.COM", "");
	stage_copies(stage, -80, 3001, "DP1.CONTOSO.COM", 3);
	pkgxfer(stage, 3001, -76,
	        "Finished sending SWD package ABC0018B version 1 to distribution point DP1.CONTOSO.COM");
	pkgxfer(stage, 3001, -76, "Sending thread complete");
	stage_transfer(stage, -70, 572, 3002, "ABC0018B", 1, "DP2.CONTOSO.COM", "");
	pkgxfer(stage, 3002, -69, "CSendFileAction::SendFiles failed; 0x8007052e");
	pkgxfer(stage, 3002, -69,
	        "Sending failed. Failure count = 2, Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	pkgxfer(stage, 3002, -69, "Sending thread complete");
	stage_transfer(stage, -68, 573, 3003, "ABC0018B", 1, "DP3.CONTOSO.COM", "");
	pkgxfer(stage, 3003, -67,
	        "Sent status to the distribution manager for pkg ABC0018B, version 1, status 5 and distribution "
	        "point [\"Display=\\\\DP3.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP3.CONTOSO.COM\\");
	pkgxfer(stage, 3003, -67, "Sending thread complete");
	stage_transfer(stage, -66, 574, 3004, "ABC0018B", 1, "PULLDP.CONTOSO.COM", "Pull DP ");
	pkgxfer(stage, 3004, -65,
	        "PullDP notification sent. Attempted count = 3/30, Restart time = 7/30/2026 1:06:04 PM Eastern "
	        "Daylight Time");
	pkgxfer(stage, 3004, -65, "Pull DP Sending thread complete");
	stage_transfer(stage, -64, 575, 3005, "ABC00EA1", 1, "DP4.BRANCH.CONTOSO.COM", "");
	pkgxfer(stage, 3005, -63,
	        "Address to DP4.BRANCH.CONTOSO.COM is currently in pulse mode, therefore only one connection is "
	        "allowed.");
	pkgxfer(stage, 3005, -63, "Sending thread complete");
	stage_transfer(stage, -20, 576, 3006, "ABC00F10", 2, "DP1.CONTOSO.COM", "");
	pkgxfer(stage, 3007, -20,
	        "Sending thread starting for Job: 576, package: ABC00F10, Version: 2, Priority: 2, server: "
	        "DP1.CONTOSO.COM, DPPriority: 200");
	stage_copies(stage, -20, 3006, "DP1.CONTOSO.COM", 20);
}

/* "Created minijob …": a send of a package to a site falls due. */
static inline void
stage_due(struct stage *stage, double at, const char *package, const char *site)
{
	char text[200];

	snprintf(text, sizeof(text),
	         "Created minijob to send compressed copy of package %s to site %s.  "
	         "Transfer root = E:\\SMSPKG\\%s.PCK.1.",
	         package, site, package);
	distmgr(stage, 500, at, text);
}

/* A sending thread that has got as far as `position`, by blocks of 1 MB each second. */
static inline void
stage_send(struct stage *stage, double at, unsigned thread, const char *request, const char *site, unsigned used,
           const char *package, unsigned blocks)
{
	char text[300];
	unsigned i;

	snprintf(text, sizeof(text), "Found send request.  ID: %s, Dest Site: %s", request, site);
	sender(stage, 4, at, text);
	snprintf(text, sizeof(text), "Checking for site-specific sending capacity.  Used %u out of 3.", used);
	sender(stage, 4, at, text);
	snprintf(text, sizeof(text), "Created sending thread (Thread ID = %X)", thread);
	sender(stage, 4, at, text);
	sender(stage, thread, at, "Trying the No. 1 address (out of 1)");
	snprintf(text, sizeof(text), "Package file = E:\\SMSPKG\\%s.PCK.1", package);
	sender(stage, thread, at, text);
	snprintf(text, sizeof(text), "Created/opened the remote file \\\\%sSRV.CONTOSO.COM\\SMS_SITE\\%s.PCK", site,
	         request);
	sender(stage, thread, at, text);
	snprintf(text, sizeof(text), "Sending Started [E:\\SMSPKG\\%s.PCK.1]", package);
	sender(stage, thread, at, text);
	for (i = 0; i < blocks; i++) {
		snprintf(text, sizeof(text),
		         "Wrote 1048576 bytes to \\\\%sSRV.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %u", site, request,
		         i * 1048576);
		sender(stage, thread, at + 1 + i, text);
	}
}

static inline void
stage_log(struct log_status *log, const char *name)
{
	snprintf(log->name, sizeof(log->name), "%s", name);
	snprintf(log->path, sizeof(log->path), "/logs/%s.log", name);
	log->state = LOG_LIVE;
	log->newest = log->reached = WHEN_NONE;
	log->silent = -1;
	log->progress = 100;
}

/* Nothing has been read yet. */
static inline void
stage_open(struct stage *stage)
{
	struct ui_options options = { .sort_key = -1, .ascii = true };

	memset(stage, 0, sizeof(*stage));
	stage->parser = parser_new(0);
	stage->model = model_new(NULL);
	stage->logstore = logstore_new(0, 0);
	stage->ui = ui_new(&options);
	ck_assert(stage->parser && stage->model && stage->logstore && stage->ui);
	stage_log(&stage->logs[0], "sender");
	stage_log(&stage->logs[1], "distmgr");
	stage->scene = (struct scene){ .model = stage->model,
		                       .logstore = stage->logstore,
		                       .logs = stage->logs,
		                       .log_count = 2,
		                       .now = WHEN_NONE,
		                       .live = true };
}

/*
 * Five sends in five slots: S07 and S31 go well, S14 has stalled three times.
 * Twelve sends wait. One package is being processed for two DPs, two are queued.
 */
static inline void
stage_play(struct stage *stage)
{
	static const char *const sites[] = { "S07", "S14", "S22", "S31", "S40" };
	size_t i;

	distmgr(stage, 9, -7200, "Currently using 0 out of 3 allowed package processing threads.");
	for (i = 0; i < 5; i++) {
		stage_due(stage, -7190, "ABC0018B", sites[i]);
		stage_due(stage, -7180, "ABC00EA1", sites[i]);
		stage_due(stage, -7170, "ABC007F5", sites[i]);
	}
	distmgr(stage, 500, -7160, "The size of package ABC00EA1, version 1 is 10240 KBytes");
	distmgr(stage, 500, -7160, "The size of package ABC0018B, version 1 is 40960 KBytes");
	distmgr(stage, 500, -7150, "Exiting package processing thread for package ABC0018B.");
	distmgr(stage, 9, -100, "Adding package 'ABC00F10' to package processing queue.");
	distmgr(stage, 9, -100, "Adding package 'ABC00F11' to package processing queue.");
	distmgr(stage, 9, -100, "Adding package 'ABC00F12' to package processing queue.");
	distmgr(stage, 9, -99, "Started package processing thread for package 'ABC00F10', thread ID = 0x152C (5420)");
	distmgr(stage, 5420, -98,
	        "Created DP processing thread 22444 for addition or update of package ABC00F10 on server "
	        "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\");
	distmgr(stage, 5420, -98,
	        "Created DP processing thread 22445 for addition or update of package ABC00F10 on server "
	        "[\"Display=\\\\DP2.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP2.CONTOSO.COM\\");
	distmgr(stage, 22444, -91,
	        "Created package transfer job to send package ABC00F10 to distribution point "
	        "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\.");
	distmgr(stage, 5420, -90, "DP thread for package ABC00F10 with thread handle 1 and thread ID 22444 ended.");
	distmgr(stage, 5420, -89, "Waiting for all DP threads to complete for package ABC00F10 processing thread.");
	sender(stage, 4, -1400, "Checking for sending capacity. Used 0 out of 5.");
	stage_send(stage, -1380, 1001, "20001CS1", "S14", 0, "ABC00EA1", 4);
	stage_send(stage, -1370, 1002, "20002CS1", "S14", 1, "ABC007F5", 1);
	stage_send(stage, -1360, 1003, "20003CS1", "S14", 2, "ABC0018B", 2);
	stage_send(stage, -61, 1004, "20004CS1", "S22", 0, "ABC0018B", 3);
	sender(stage, 1004, -57,
	       "Cannot create/open the remote file \\\\S22SRV.CONTOSO.COM\\SMS_SITE\\20004CS1.PCK, Win32 error = 32.");
	sender(stage, 1004, -56, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	stage_send(stage, -50, 1005, "20005CS1", "S07", 0, "ABC0018B", 20);
	stage_send(stage, -25, 1006, "20006CS1", "S31", 0, "ABC00EA1", 8);
	sender(stage, 1005, 0, "Wrote 1048576 bytes to \\\\S07SRV\\SMS_SITE\\20005CS1.PCK at position 31457280");
}

static inline void
stage_close(struct stage *stage)
{
	ui_free(stage->ui);
	grid_destroy(&stage->grid);
	model_free(stage->model);
	logstore_free(stage->logstore);
	parser_free(stage->parser);
	kept_free(&stage->kept);
}

/* The picture as text. */
static inline const char *
stage_draw(struct stage *stage, int width, int height)
{
	struct sink sink = { keep_bytes, &stage->kept };
	const struct parser_counts *counts = parser_counts(stage->parser);

	stage->logs[0].records = counts->records;
	stage->logs[0].unknown = counts->unknown;
	stage->logs[0].damaged = counts->damaged;
	stage->logs[0].newest = stage->logs[1].newest = model_newest(stage->model);
	stage->logs[0].reached = stage->logs[1].reached = model_newest(stage->model);
	if (stage->grid.width != width || stage->grid.height != height || !stage->grid.cells)
		ck_assert(grid_resize(&stage->grid, width, height));
	ui_draw(stage->ui, &stage->scene, &stage->grid);
	stage->kept.size = 0;
	grid_text(&stage->grid, &sink);

	return stage->kept.text ? stage->kept.text : "";
}

/* Types, the picture drawn after each key; answers the last effect. */
static inline enum ui_effect
stage_type(struct stage *stage, const char *keys)
{
	struct span text = span_of(keys);
	enum ui_effect effect = UI_NOTHING;
	int key;

	if (!stage->grid.cells)
		stage_draw(stage, 80, 24);
	while (keys_take(&text, &key)) {
		effect = ui_key(stage->ui, &stage->scene, key);
		stage_draw(stage, stage->grid.width, stage->grid.height);
	}
	return effect;
}

static inline bool
stage_shows(const struct stage *stage, const char *what)
{
	return stage->kept.text && strstr(stage->kept.text, what) != NULL;
}

/* Of the one named `stage`: this stands in its picture, or does not. */
#define SHOWS(what) ck_assert_msg(stage_shows(&stage, what), "no \"%s\" in\n%s", what, stage.kept.text)
#define HIDES(what) ck_assert_msg(!stage_shows(&stage, what), "\"%s\" in\n%s", what, stage.kept.text)

#endif
