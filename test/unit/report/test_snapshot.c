#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/query.h"
#include "cmtop/report.h"
#include "cmtop/utf8.h"
#include "framed_log.h"
#include "kept_text.h"
#include "run_suite.h"

/* ---- a site server's logs, read, and what is reported of them ---- */

#define SENDER(time, thread, message)  FRAMED("SMS_LAN_SENDER", time "+300", #thread " (0x0)", message)
#define DISTMGR(time, thread, message) FRAMED("SMS_DISTRIBUTION_MANAGER", time "+300", #thread " (0x0)", message)

/* clang-format off */
static struct log_status logs[] = {
	{ .name = "sender", .path = "/logs/sender.log", .state = LOG_READ, .newest = WHEN_NONE, .reached = WHEN_NONE, .silent = -1 },
	{ .name = "distmgr", .path = "/logs/dist\xffmgr.log", .state = LOG_DENIED, .error = "permission denied",
	  .newest = WHEN_NONE, .reached = WHEN_NONE, .silent = -1 },
};
/* clang-format on */

static struct model *model;
static struct parser *parsers[2];
static struct kept out;
static json_t *root;

static const struct sink sink = { keep_bytes, &out };

static void
set_up(void)
{
	model = model_new(NULL);
	for (uint8_t i = 0; i < 2; i++)
		parsers[i] = parser_new(i);
	out = (struct kept){ 0 };
	root = NULL;
}

static void
tear_down(void)
{
	model_free(model);
	for (size_t i = 0; i < 2; i++)
		parser_free(parsers[i]);
	kept_free(&out);
	json_decref(root);
}

static void
read_log(size_t log, const char *text)
{
	feed_model(parsers[log], model, NULL, text, strlen(text));
}

static struct scene
scene_now(struct query *query)
{
	return (struct scene){
		.model = model, .logs = logs, .log_count = 2, .now = model_newest(model), .query = query
	};
}

static json_t *
snapshot(struct query *query)
{
	struct scene scene = scene_now(query);
	json_error_t error;

	out.size = 0;
	ck_assert(report_json(&scene, &sink));
	json_decref(root);
	root = json_loadb(out.text, out.size, JSON_REJECT_DUPLICATES, &error);
	ck_assert_msg(root != NULL, "%s at %d in %s", error.text, error.position, out.text);
	return root;
}

/* A value by its way from the root: at("sending.jobs.0.site"). */
static json_t *
at(const char *way)
{
	json_t *value = root;
	char step[32];

	for (int n; *way; way += n + (way[n] == '.')) {
		n = (int)strcspn(way, ".");
		snprintf(step, sizeof step, "%.*s", n, way);
		value = json_is_array(value) ? json_array_get(value, (size_t)atoi(step)) : json_object_get(value, step);
		ck_assert_msg(value != NULL, "%s is not there: %s", step, out.text);
	}
	return value;
}

#define NUMBER(way) json_integer_value(at(way))
#define TEXT(way)   json_string_value(at(way))

/* Readers rely on these members and on their order; others may stand between, and the schema knows all. */
static void
expect_keys(const char *way, const char *expected)
{
	struct span rest = span_of(expected);
	const char *key;
	json_t *value;

	json_object_foreach(at(way), key, value)
	{
		struct span word = span_part(rest, 0, span_find(rest, SPAN(" ")));

		if (span_is(word, span_of(key)))
			rest = span_from(rest, word.size + 1);
	}
	ck_assert_msg(rest.size == 0, "%s lacks, or has in another order: %.*s", way, (int)rest.size, rest.at);
}

/* The same member of each row, as one text. */
static const char *
column(const char *way, const char *key)
{
	static char text[4096];
	json_t *list = at(way), *value;

	*text = '\0';
	for (size_t i = 0; i < json_array_size(list); i++) {
		value = json_object_get(json_array_get(list, i), key);
		if (i)
			strcat(text, " ");
		if (json_is_integer(value))
			snprintf(text + strlen(text), 32, "%lld", (long long)json_integer_value(value));
		else
			strcat(text, json_string_value(value) ? json_string_value(value) : "null");
	}
	return text;
}

/* ---- a story that has some of everything ---- */

static const char sending[] = SENDER("12:00:00.000", 100, "Checking for sending capacity. Used 0 out of 5.") SENDER(
	"12:00:00.100", 100, "Found send request.  ID: 202SQCS1, Dest Site: PS1~")
	SENDER("12:00:00.200", 100, "Checking for site-specific sending capacity.  Used 0 out of 3.~") SENDER(
		"12:00:00.300", 100, "~Created sending thread (Thread ID = 1150)")
		SENDER("12:00:00.400", 4432, "~Trying the No. 1 address (out of 1)") SENDER(
			"12:00:00.500", 4432, "~Passed the xmit file test, use the existing connection")
			SENDER("12:00:00.600", 4432, "~Package file = E:\\SMSPKG\\CS100015.PCK.1") SENDER(
				"12:00:00.700", 4432,
				"~Instruction file = E:\\inboxes\\schedule.box\\tosend\\00000E2A.Icl")
				SENDER("12:00:00.800", 4432,
                                       "~Created/opened the remote file \\\\PS1SITE\\SMS_SITE\\202SQCS1.PCK")
					SENDER("12:00:00.900", 4432, "~Sending Started [E:\\SMSPKG\\CS100015.PCK.1]")
						SENDER("12:00:01.000", 4432,
                                                       "~Wrote 1024 bytes to \\\\PS1SITE\\SMS_SITE\\202SQCS1.PCK at "
                                                       "position 0")
							SENDER("12:00:11.000", 4432,
                                                               "~Wrote 10000 bytes to "
                                                               "\\\\PS1SITE\\SMS_SITE\\202SQCS1.PCK at position 1024");

static const char distributing[] = DISTMGR("11:59:00.000", 50,
                                           "Found package properties updated notification for package 'CS100017'")
	DISTMGR("11:59:00.000", 50, "Adding package 'CS100017' to package processing queue.") DISTMGR(
		"11:59:00.010", 50, "Found package properties updated notification for package 'CS100016'")
		DISTMGR("11:59:00.010", 50, "Adding package 'CS100016' to package processing queue.") DISTMGR(
			"11:59:00.020", 50, "Found package properties updated notification for package 'CS100015'")
			DISTMGR("11:59:00.020", 50, "Adding package 'CS100015' to package processing queue.") DISTMGR(
				"11:59:00.030", 50, "~Currently using 0 out of 3 allowed package processing threads.")
				DISTMGR("11:59:00.040", 50,
                                        "~Started package processing thread for package 'CS100015', thread ID = 0x1164 "
                                        "(4452)") DISTMGR("11:59:01.000", 4452,
                                                          "~Processing package CS100015 "
                                                          "(SourceVersion:1;StoredVersion:0)")
					DISTMGR("11:59:02.000", 4452,
                                                "Taking package snapshot for package CS100015 from source "
                                                "\\\\S\\Source") DISTMGR("11:59:03.000", 4452,
                                                                         "The size of package CS100015, version 1 is "
                                                                         "204800 KBytes")
						DISTMGR("11:59:04.000", 4452,
                                                        "~Created DP processing thread 22444 for addition or update of "
                                                        "package CS100015 on server "
                                                        "[\"Display=\\\\PS1DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE="
                                                        "PS1\"]\\\\PS1DP1.CONTOSO.COM\\")
							DISTMGR("11:59:05.000", 4452,
                                                                "~Created minijob to send compressed copy of package "
                                                                "CS100015 to site PS1.  Transfer root = "
                                                                "E:\\SMSPKG\\CS100015.PCK.1.")
								DISTMGR("11:59:05.000", 4452,
                                                                        "~Created minijob to send compressed copy of "
                                                                        "package CS100015 to site PS2.  Transfer root "
                                                                        "= E:\\SMSPKG\\CS100015.PCK.1.");

/* ---- JSON ---- */

START_TEST(every_name_of_the_contract_is_there_in_its_order)
{
	read_log(1, distributing);
	read_log(0, sending);
	read_log(0, SENDER("12:00:11.000", 9, "Nobody knows this"));
	snapshot(NULL);

	expect_keys("", "schema program now logs sending distribution backlog packages transfers failures dp_upgrades "
	                "what_if advice notes "
	                "truncated");
	expect_keys("logs.0", "name path state error bytes records unknown damaged rollovers missed newest");
	expect_keys("sending", "used capacity unseen rate done failed bytes jobs sites");
	expect_keys("sending.jobs.0", "request site package version kind component thread state attempt position size "
	                              "size_source rate eta started last stalled error throttled");
	expect_keys("sending.sites.0", "site used capacity waiting done failed bytes rate last_done state until ahead");
	expect_keys("distribution", "used capacity done failed queued threads ended dps_ended");
	expect_keys("distribution.threads.0", "thread package version phase since last stalled error dps");
	expect_keys("distribution.threads.0.dps.0", "thread dp state text");
	expect_keys("backlog", "source waiting running bytes_left done_per_hour due_per_hour eta forecast since "
	                       "counted drift bytes_unknown");
	expect_keys("backlog.forecast",
	            "range lacks sends guessed unheard_sites left_out left_out_site apart apart_site apart_eta "
	            "basis_seconds past_error");
	expect_keys("truncated", "sites packages pairs jobs threads dps servers files transfers requests clients");
	expect_keys("packages.0", "package name version size waiting running done failed bytes_left eta");
	expect_keys("notes.0", "time log thread level text");
}
END_TEST

START_TEST(a_send_is_told_in_full)
{
	read_log(1, distributing);
	read_log(0, sending);
	snapshot(NULL);

	ck_assert_int_eq(NUMBER("schema"), 1);
	ck_assert_str_eq(TEXT("program"), "cmtop " PROGRAM_VERSION);
	ck_assert_str_eq(TEXT("now"), "2026-07-30T17:00:11.000Z");
	ck_assert_int_eq(NUMBER("sending.used"), 1);
	ck_assert_int_eq(NUMBER("sending.capacity"), 5);
	ck_assert_str_eq(TEXT("sending.jobs.0.request"), "202SQCS1");
	ck_assert_str_eq(TEXT("sending.jobs.0.site"), "PS1");
	ck_assert_str_eq(TEXT("sending.jobs.0.package"), "CS100015");
	ck_assert_int_eq(NUMBER("sending.jobs.0.version"), 1);
	ck_assert_str_eq(TEXT("sending.jobs.0.kind"), "package");
	ck_assert_str_eq(TEXT("sending.jobs.0.component"), "SMS_LAN_SENDER");
	ck_assert_int_eq(NUMBER("sending.jobs.0.thread"), 4432);
	ck_assert_str_eq(TEXT("sending.jobs.0.state"), "sending");
	ck_assert_int_eq(NUMBER("sending.jobs.0.attempt"), 1);
	ck_assert_int_eq(NUMBER("sending.jobs.0.position"), 11024);
	ck_assert_int_eq(NUMBER("sending.jobs.0.size"), 204800 * 1024);
	ck_assert_str_eq(TEXT("sending.jobs.0.size_source"), "estimate");
	ck_assert_int_eq(NUMBER("sending.jobs.0.rate"), 1000);
	ck_assert(json_is_integer(at("sending.jobs.0.eta")));
	ck_assert_str_eq(TEXT("sending.jobs.0.started"), "2026-07-30T17:00:00.300Z");
	ck_assert_str_eq(TEXT("sending.jobs.0.last"), "2026-07-30T17:00:11.000Z");
	ck_assert(json_is_false(at("sending.jobs.0.stalled")));
	ck_assert(json_is_null(at("sending.jobs.0.error")));
	ck_assert_int_eq(NUMBER("sending.sites.0.capacity"), 3);
	ck_assert(json_is_null(at("sending.sites.0.last_done")));
	ck_assert_str_eq(TEXT("sending.sites.0.state"), "ok");
	ck_assert(json_is_null(at("sending.sites.0.until")));
}
END_TEST

START_TEST(distribution_and_backlog_are_told_in_full)
{
	read_log(1, distributing);
	read_log(0, sending);
	snapshot(NULL);

	ck_assert_int_eq(NUMBER("distribution.used"), 1);
	ck_assert_int_eq(NUMBER("distribution.capacity"), 3);
	ck_assert_str_eq(TEXT("distribution.queued.0"), "CS100017");
	ck_assert_str_eq(TEXT("distribution.queued.1"), "CS100016");
	ck_assert_uint_eq(json_array_size(at("distribution.queued")), 2);
	ck_assert_int_eq(NUMBER("distribution.threads.0.thread"), 4452);
	ck_assert_str_eq(TEXT("distribution.threads.0.package"), "CS100015");
	ck_assert_int_eq(NUMBER("distribution.threads.0.dps.0.thread"), 22444);
	ck_assert_str_eq(TEXT("distribution.threads.0.dps.0.dp"), "PS1DP1.CONTOSO.COM");
	ck_assert_str_eq(TEXT("distribution.threads.0.dps.0.state"), "running");
	ck_assert_str_eq(TEXT("backlog.source"), "distmgr");
	ck_assert_int_eq(NUMBER("backlog.waiting"), 1);
	ck_assert_int_eq(NUMBER("backlog.running"), 1);
	ck_assert(json_is_null(at("backlog.eta")));
	ck_assert_str_eq(column("packages", "package"), "CS100015 CS100016 CS100017");
	ck_assert_int_eq(NUMBER("packages.0.size"), 204800 * 1024);
	ck_assert_int_eq(NUMBER("packages.0.waiting"), 1);
	ck_assert_int_eq(NUMBER("packages.0.running"), 1);
	ck_assert(json_is_null(at("packages.0.name")));
	ck_assert(json_is_null(at("packages.1.version")));
}
END_TEST

START_TEST(what_is_not_known_is_null)
{
	static const char *const unknown[] = {
		"now",
		"sending.capacity",
		"sending.rate",
		"distribution.capacity",
		"backlog.source",
		"backlog.waiting",
		"backlog.bytes_left",
		"backlog.done_per_hour",
		"backlog.due_per_hour",
		"backlog.eta",
		"logs.0.error",
		"logs.0.newest",
		"dp_upgrades",
		"backlog.bytes_unknown",
		"backlog.forecast.basis_seconds",
		"backlog.forecast.past_error",
	};
	static const char *const empty[] = {
		"sending.jobs",
		"sending.sites",
		"distribution.queued",
		"distribution.threads",
		"packages",
		"transfers",
		"failures",
		"what_if",
		"advice",
		"notes",
	};

	snapshot(NULL);
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		ck_assert_msg(json_is_null(at(unknown[i])), "%s", unknown[i]);
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		ck_assert_msg(json_array_size(at(empty[i])) == 0, "%s", empty[i]);
	ck_assert_int_eq(NUMBER("sending.used"), 0);
	ck_assert_int_eq(NUMBER("backlog.running"), 0);
}
END_TEST

START_TEST(a_send_whose_site_and_package_are_unknown_says_so)
{
	read_log(0, SENDER("12:00:00.000", 7, "~Trying the No. 1 address (out of 1)"));
	snapshot(NULL);

	ck_assert_int_eq(NUMBER("sending.jobs.0.thread"), 7);
	ck_assert(json_is_null(at("sending.jobs.0.request")));
	ck_assert(json_is_null(at("sending.jobs.0.site")));
	ck_assert(json_is_null(at("sending.jobs.0.package")));
	ck_assert(json_is_null(at("sending.jobs.0.version")));
	ck_assert(json_is_null(at("sending.jobs.0.kind")));
	ck_assert(json_is_null(at("sending.jobs.0.position")));
	ck_assert(json_is_null(at("sending.jobs.0.size")));
	ck_assert(json_is_null(at("sending.jobs.0.size_source")));
	ck_assert(json_is_null(at("sending.jobs.0.rate")));
	ck_assert(json_is_null(at("sending.jobs.0.eta")));
	ck_assert(json_is_null(at("sending.jobs.0.started")));
}
END_TEST

START_TEST(without_a_distribution_manager_nobody_knows_what_waits)
{
	read_log(0, sending);
	snapshot(NULL);

	ck_assert(json_is_null(at("backlog.waiting")));
	ck_assert(json_is_null(at("backlog.bytes_left")));
	ck_assert(json_is_null(at("sending.sites.0.waiting")));
	ck_assert(json_is_null(at("packages.0.waiting")));
	ck_assert_int_eq(NUMBER("packages.0.running"), 1);
}
END_TEST

START_TEST(logs_are_told_with_their_state_and_error)
{
	snapshot(NULL);
	ck_assert_str_eq(column("logs", "name"), "sender distmgr");
	ck_assert_str_eq(column("logs", "state"), "read denied");
	ck_assert_str_eq(TEXT("logs.1.error"), "permission denied");
	ck_assert_str_eq(TEXT("logs.1.path"), "/logs/dist?mgr.log");
}
END_TEST

START_TEST(lists_are_in_their_fixed_order)
{
	read_log(0,
	         SENDER("12:00:00.000", 9, "Found send request.  ID: 2000ZCS1, Dest Site: ZS1")
	                 SENDER("12:00:00.100", 9, "Created sending thread (Thread ID = 300)")
	                         SENDER("12:00:00.200", 9, "Found send request.  ID: 2000ACS1, Dest Site: AS1")
	                                 SENDER("12:00:00.300", 9, "Created sending thread (Thread ID = 100)") SENDER(
						 "12:00:00.400", 9, "Found send request.  ID: 2000MCS1, Dest Site: MS1")
	                                         SENDER("12:00:00.500", 9, "Created sending thread (Thread ID = 200)"));
	snapshot(NULL);
	ck_assert_str_eq(column("sending.jobs", "thread"), "256 512 768");
	ck_assert_str_eq(column("sending.sites", "site"), "AS1 MS1 ZS1");
}
END_TEST

START_TEST(notes_are_the_last_hundred_oldest_first)
{
	char line[256];

	for (int i = 0; i < 120; i++) {
		snprintf(line, sizeof line, SENDER("12:00:00.000", 77, "Nobody knows this %d"), i);
		read_log(0, line);
	}
	snapshot(NULL);
	ck_assert_uint_eq(json_array_size(at("notes")), 100);
	ck_assert_str_eq(TEXT("notes.0.text"), "Nobody knows this 20");
	ck_assert_str_eq(TEXT("notes.99.text"), "Nobody knows this 119");
	ck_assert_str_eq(TEXT("notes.99.log"), "sender");
	ck_assert_int_eq(NUMBER("notes.99.thread"), 77);
	ck_assert_str_eq(TEXT("notes.99.level"), "info");
	ck_assert_str_eq(TEXT("notes.99.time"), "2026-07-30T17:00:00.000Z");
}
END_TEST

START_TEST(hostile_bytes_become_text)
{
	read_log(0, SENDER("12:00:00.000", 9, "Nobody knows \xff\xfe \"this\\ \x1b[2J \xc3( \xe2\x82")
	                    SENDER("12:00:00.000", 9,
	                           "Found send request.  ID: 2\x1b\xff"
	                           "1, Dest Site: \xc3\x9c\xff\x01")
	                            SENDER("12:00:00.100", 9, "Created sending thread (Thread ID = 300)"));
	snapshot(NULL);
	for (size_t i = 0; i < out.size; i++)
		ck_assert_msg((unsigned char)out.text[i] >= ' ' || out.text[i] == '\n', "byte %d", out.text[i]);
	ck_assert_ptr_nonnull(strstr(TEXT("notes.0.text"), "\"this\\ ?[2J"));
}
END_TEST

START_TEST(times_without_a_bias_have_no_zone)
{
	read_log(0, "Checking for sending capacity. Used 1 out of 5.  "
	            "$$<SMS_LAN_SENDER><Wed Feb 03 10:11:12.345 2010 Eastern Standard Time><thread=9 (0x9)>\r\n");
	snapshot(NULL);
	ck_assert_str_eq(TEXT("now"), "2010-02-03T10:11:12.345");
}
END_TEST

START_TEST(a_query_filters_rows_and_no_total)
{
	struct query_error error;
	struct query *query = query_new(SPAN("site:^PS2"), &error);

	read_log(1, distributing);
	read_log(0, sending);
	snapshot(query);
	query_free(query);

	ck_assert_uint_eq(json_array_size(at("sending.jobs")), 0);
	ck_assert_str_eq(column("sending.sites", "site"), "PS2");
	ck_assert_str_eq(column("packages", "package"), "CS100015");
	ck_assert_int_eq(NUMBER("sending.used"), 1);
	ck_assert_int_eq(NUMBER("backlog.waiting"), 1);
	ck_assert_uint_eq(json_array_size(at("distribution.queued")), 2);
}
END_TEST

START_TEST(a_row_is_a_line)
{
	read_log(1, distributing);
	read_log(0, sending);
	snapshot(NULL);
	ck_assert_ptr_nonnull(strstr(out.text, "\n    {\"request\": \"202SQCS1\", \"site\": \"PS1\", "));
	ck_assert_int_eq(out.text[out.size - 1], '\n');
}
END_TEST

/* ---- text ---- */

static void
expect_narrow(void)
{
	char *line = out.text, *end;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		ck_assert_int_le(utf8_width((struct span){ line, (size_t)(end - line) }), 80);
		ck_assert_msg(end == line || end[-1] != ' ', "blanks at the end of: %.*s", (int)(end - line), line);
	}
	ck_assert_ptr_null(strchr(out.text, '\x1b'));
}

START_TEST(a_page_fits_80_columns)
{
	struct scene scene;

	read_log(1, distributing);
	read_log(0, sending);
	read_log(0, SENDER("12:10:00.000", 4432,
	                   "Error during WNetAddConnection2 to \\\\A.VERY.LONG.SERVER.NAME.CONTOSO.COM\\SMS_SITE"
	                   " which is a name that goes far beyond eighty columns (67)."));
	scene = scene_now(NULL);
	report_text(&scene, &sink);
	expect_narrow();
	ck_assert_ptr_nonnull(strstr(out.text, "sender    1 of 5 in use"));
	ck_assert_ptr_nonnull(strstr(out.text, "distmgr   1 of 3 in use, 2 packages queued"));
	ck_assert_ptr_nonnull(strstr(out.text, "queue     1 waiting, 1 running"));
	ck_assert_ptr_nonnull(strstr(out.text, "  4432 PS1  CS100015"));
}
END_TEST

START_TEST(a_page_of_nothing_says_so)
{
	struct scene scene = scene_now(NULL);

	report_text(&scene, &sink);
	expect_narrow();
	ck_assert_ptr_nonnull(strstr(out.text, "no log line with a time"));
	ck_assert_ptr_nonnull(strstr(out.text, "sender    nothing in these logs"));
	ck_assert_ptr_nonnull(strstr(out.text, "queue     ? waiting"));
}
END_TEST

/* ---- events ---- */

static const struct transition *
find_transition(enum transition_kind kind)
{
	for (uint64_t i = 1; i <= model_transitions(model); i++) {
		const struct transition *transition = model_transition(model, i);

		if (transition && transition->kind == kind)
			return transition;
	}
	ck_abort_msg("no %s", transition_word(kind));
	return NULL;
}

static void
event_of(enum transition_kind kind)
{
	json_error_t error;

	out.size = 0;
	ck_assert(report_event_json(model, find_transition(kind), &sink));
	ck_assert_ptr_eq(strchr(out.text, '\n'), out.text + out.size - 1);
	json_decref(root);
	root = json_loadb(out.text, out.size, JSON_REJECT_DUPLICATES, &error);
	ck_assert_ptr_nonnull(root);
}

START_TEST(an_event_leaves_out_what_does_not_apply)
{
	read_log(1, distributing);
	read_log(0, sending);
	event_of(TRANSITION_PACKAGE_QUEUED);
	expect_keys("", "time event package thread");
	ck_assert_str_eq(TEXT("time"), "2026-07-30T16:59:00.000Z");
	ck_assert_str_eq(TEXT("event"), "package-queued");
	ck_assert_str_eq(TEXT("package"), "CS100017");
	event_of(TRANSITION_JOB_STARTED);
	ck_assert_str_eq(TEXT("site"), "PS1");
	ck_assert_str_eq(TEXT("request"), "202SQCS1");
	ck_assert_int_eq(NUMBER("thread"), 4432);
	ck_assert_ptr_null(json_object_get(root, "dp"));
}
END_TEST

START_TEST(all_fields_of_an_event_are_in_their_order)
{
	struct transition transition;

	read_log(1, distributing);
	read_log(0, sending);
	transition = *find_transition(TRANSITION_JOB_STARTED);
	transition.package = transition.site = transition.dp = 0;
	transition.version = 2;
	transition.used = transition.capacity = transition.bytes = transition.seconds = 0;
	strcpy(transition.text, "why");
	out.size = 0;
	ck_assert(report_event_json(model, &transition, &sink));
	root = json_loadb(out.text, out.size, 0, NULL);
	expect_keys("", "time event site package version request thread dp used capacity bytes seconds text");
}
END_TEST

START_TEST(an_event_as_text_is_one_line)
{
	read_log(0, sending);
	report_event_text(model, find_transition(TRANSITION_JOB_STARTED), &sink);
	ck_assert_ptr_eq(strchr(out.text, '\n'), out.text + out.size - 1);
	ck_assert_int_eq(strncmp(out.text, "2026-07-30 12:00:00 job-started     PS1", 39), 0);
}
END_TEST

static Suite *
report_suite(void)
{
	Suite *s = suite_create("snapshot");
	TCase *tc = tcase_create("snapshot");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, every_name_of_the_contract_is_there_in_its_order);
	tcase_add_test(tc, a_send_is_told_in_full);
	tcase_add_test(tc, distribution_and_backlog_are_told_in_full);
	tcase_add_test(tc, what_is_not_known_is_null);
	tcase_add_test(tc, a_send_whose_site_and_package_are_unknown_says_so);
	tcase_add_test(tc, without_a_distribution_manager_nobody_knows_what_waits);
	tcase_add_test(tc, logs_are_told_with_their_state_and_error);
	tcase_add_test(tc, lists_are_in_their_fixed_order);
	tcase_add_test(tc, notes_are_the_last_hundred_oldest_first);
	tcase_add_test(tc, hostile_bytes_become_text);
	tcase_add_test(tc, times_without_a_bias_have_no_zone);
	tcase_add_test(tc, a_query_filters_rows_and_no_total);
	tcase_add_test(tc, a_row_is_a_line);
	tcase_add_test(tc, a_page_fits_80_columns);
	tcase_add_test(tc, a_page_of_nothing_says_so);
	tcase_add_test(tc, an_event_leaves_out_what_does_not_apply);
	tcase_add_test(tc, all_fields_of_an_event_are_in_their_order);
	tcase_add_test(tc, an_event_as_text_is_one_line);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(report_suite());
}
