/*
 * Spoiled names: each rule of each log is told with good values, and then with
 * one of them spoiled at its start, its middle and its end, twice. What is kept
 * of such a text must be what is looked for later: every count stays true, and
 * the second telling of the same line meets what the first one left.
 */
#include <stdlib.h>

#include "cmtop/logstore.h"
#include "cmtop/redact.h"
#include "parse/rules.h"
#include "run.h"
#include "said.h"

#define LINE_MOST 8192

/* ---- good lines ---- */

/* clang-format off */
static const struct { const char *hole, *value; } fillings[] = {
	{ "{request}", "202SQCS1" }, { "{site}", "PS1" }, { "{package}", "PS100039" },
	{ "{path}", "\\\\PS1SITE.CONTOSO.COM\\SMS_SITE\\202SQCS1.PCK" }, { "{server}", "\\\\PS1SITE.CONTOSO.COM" },
	{ "{nal}", "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\DP1.CONTOSO.COM\\" },
	{ "{component}", "SMS_LAN_SENDER" }, { "{time}", "12/4/2014 6:14:27 AM" }, { "{hexthread}", "0x100" },
	{ "{thread}", "264" }, { "{name}", "Office  2016" }, { "{}", "something" }, { "{", "17" },
};
/* clang-format on */

/* A line in pieces: piece `spoiled` is a value that a spoiler may be put into. */
struct pieces {
	struct span piece[32];
	bool value[32];
	size_t count;
};

static void
add_piece(struct pieces *out, struct span text, bool value)
{
	ck_assert_uint_lt(out->count, 32);
	out->piece[out->count] = text;
	out->value[out->count++] = value;
}

static void
cut_template(const char *template, struct pieces *out)
{
	struct span text = span_of(template);

	out->count = 0;
	while (text.size > 0) {
		size_t open = span_find(text, SPAN("{")), i = 0;

		if (open > 0)
			add_piece(out, span_part(text, 0, open), false);
		text = span_from(text, open);
		if (text.size == 0)
			break;
		while (!span_starts_nocase(text, span_of(fillings[i].hole)))
			i++;
		add_piece(out, span_of(fillings[i].value), true);
		text = span_from(text, span_find(text, SPAN("}")) + 1);
	}
}

/* Cuts at '<' and '>': what stands between them is a value. */
static void
cut_marked(const char *marked, struct pieces *out)
{
	struct span text = span_of(marked);
	bool value = false;

	out->count = 0;
	while (text.size > 0) {
		size_t end = span_find(text, value ? SPAN(">") : SPAN("<"));

		if (end > 0)
			add_piece(out, span_part(text, 0, end), value);
		text = span_from(text, end + 1);
		value = !value;
	}
}

/* ---- spoilers ---- */

static char long_text[5000], longer_name[40];

/* clang-format off */
static const struct span spoilers[] = {
	{ "\0", 1 }, { "\0\0\0", 3 }, { "\001", 1 }, { "\t", 1 }, { "\b", 1 }, { "\033[2J", 4 }, { "\177", 1 },
	{ "\302\205", 2 }, { "\205", 1 }, { "\377", 1 }, { "\303", 1 }, { "\355\240\200", 3 }, { "\342\200\256", 3 },
	{ "\342\200\213", 3 }, { "~", 1 }, { " ", 1 }, { "\"", 1 }, { "\\", 1 }, { "%s%n", 4 },
	{ longer_name, sizeof(longer_name) }, { long_text, sizeof(long_text) },
};
/* clang-format on */

enum place { AT_START, AT_MIDDLE, AT_END, INSTEAD, PLACES };

static size_t
put(char *out, size_t used, struct span text)
{
	ck_assert_uint_lt(used + text.size, 2 * LINE_MOST);
	memcpy(out + used, text.at, text.size);
	return used + text.size;
}

static size_t
join(const struct pieces *pieces, size_t spoiled, enum place place, struct span spoiler, char *out)
{
	size_t used = 0;

	for (size_t i = 0; i < pieces->count; i++) {
		struct span text = pieces->piece[i];
		size_t cut = place == AT_START ? 0 : place == AT_MIDDLE ? text.size / 2 : text.size;

		if (i != spoiled) {
			used = put(out, used, text);
			continue;
		}
		if (place != INSTEAD)
			used = put(out, used, span_part(text, 0, cut));
		used = put(out, used, spoiler);
		if (place != INSTEAD)
			used = put(out, used, span_from(text, cut));
	}
	return used;
}

/* ---- telling ---- */

struct told {
	struct parser *source;
	struct model *model;
	struct logstore *logstore;
	struct redact *redact; /* NULL: names are told as they are */
};

static void
tell_bytes(struct told *told, const char *bytes, size_t size)
{
	struct event event;

	parser_feed(told->source, bytes, size);
	while (parser_next(told->source, &event)) {
		const struct event *clean = redact_event(told->redact, &event);
		const char *wrong;

		model_apply(told->model, clean);
		logstore_keep(told->logstore, told->model, clean);
		wrong = model_check(told->model);
		ck_assert_msg(!wrong, "%s, after: %.*s", wrong, (int)event.message.size, event.message.at);
		ck_assert_uint_eq(span_stored(event.message).size, event.message.size);
	}
}

static void
tell(struct told *told, struct span message, const char *component, unsigned thread)
{
	static char line[3 * LINE_MOST];
	size_t used = put(line, 0, message);
	int frame = snprintf(line + used, sizeof(line) - used,
	                     "  $$<%s><07-30-2026 12:03:00.000+300><thread=%u (0x%X)>\r\n", component, thread, thread);

	tell_bytes(told, line, used + (size_t)frame);
}

/* So that the rules find work under way: a send, a package thread with a DP, a transfer, a list. */
static void
tell_beginning(struct told *told)
{
	/* clang-format off */
	static const struct { const char *component; unsigned thread; const char *message; } lines[] = {
		{ "SMS_LAN_SENDER", 100, "Found send request.  ID: 202SQCS1, Dest Site: PS1" },
		{ "SMS_LAN_SENDER", 100, "Created sending thread (Thread ID = 100)" },
		{ "SMS_LAN_SENDER", 256, "Package file = E:\\SMSPKG\\PS100039.PCK.1" },
		{ "SMS_LAN_SENDER", 256, "Wrote 1024 bytes to \\\\PS1SITE.CONTOSO.COM\\SMS_SITE\\202SQCS1.PCK at position 0" },
		{ "SMS_DISTRIBUTION_MANAGER", 100, "Started package processing thread for package 'PS100039', thread ID = 0x100 (256)" },
		{ "SMS_DISTRIBUTION_MANAGER", 256, "Created DP processing thread 264 for addition or update of package PS100039 on server [\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\DP1.CONTOSO.COM\\" },
		{ "SMS_PACKAGE_TRANSFER_MANAGER", 256, "Sending thread starting for Job: 17, package: PS100039, Version: 1, Priority: 2, server: DP1.CONTOSO.COM, DPPriority: 200" },
		{ "SMS_SCHEDULER", 100, "====== Updating Send Request List =======" },
		{ "SMS_SCHEDULER", 100, "Send Request 202SQCS1 DestSite: PS1 State: Pending Total size: 1k SWD PkgID: PS100039 SWD Pkg Version: 1" },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(lines); i++)
		tell(told, span_of(lines[i].message), lines[i].component, lines[i].thread);
}

static void
told_open(struct told *told, bool redacted)
{
	static const struct model_limits limits = {
		.jobs = 16,
		.sites = 16,
		.packages = 32,
		.pairs = 64,
		.threads = 16,
		.dps = 16,
		.servers = 32,
		.files = 32,
		.transfers = 16,
		.requests = 16,
		.notes = 8,
		.transitions = 32,
		.failures = 8,
	};

	*told = (struct told){ parser_new(0), model_new(&limits), logstore_new(0, 0), redacted ? redact_new() : NULL };
	ck_assert(told->source && told->model && told->logstore);
	tell_beginning(told);
}

static void
told_close(struct told *told)
{
	parser_free(told->source);
	model_free(told->model);
	logstore_free(told->logstore);
	redact_free(told->redact);
}

/* How many names there are; a line that is told again brings no new ones. */
static size_t
names(const struct model *model)
{
	size_t sites, packages, transfers, servers = 0;

	model_sites(model, &sites);
	model_packages(model, &packages);
	model_transfers(model, &transfers);
	while (model_server(model, (uint32_t)servers)[0])
		servers++;
	return sites + packages + transfers + servers;
}

/* Lines that only go on with what a thread is at: told twice, it is the same send still. */
static bool
goes_on(const struct template *row)
{
	return row->kind == EVENT_WROTE || row->kind == EVENT_WRITING || row->kind == EVENT_REMOTE_FILE
	       || row->kind == EVENT_REMOTE_OPENED || row->kind == EVENT_PACKAGE_FILE
	       || row->kind == EVENT_FILE_STARTED;
}

static uint64_t
newest_send(const struct model *model)
{
	uint64_t newest = 0;

	for (const struct job *job = NULL; (job = model_next_job(model, job));)
		newest = job->serial > newest ? job->serial : newest;
	return newest;
}

static void
tell_twice(struct told *told, struct span message, const char *component, const struct template *row)
{
	size_t before;
	uint64_t send;

	tell(told, message, component, 256);
	before = names(told->model);
	send = newest_send(told->model);
	tell(told, message, component, 256);
	ck_assert_msg(names(told->model) == before, "the same line is met again under another name: %.*s",
	              (int)message.size, message.at);
	if (row && goes_on(row))
		ck_assert_msg(newest_send(told->model) == send, "the same line begins another send: %.*s",
		              (int)message.size, message.at);
}

static void
spoil_all(struct told *told, const struct pieces *pieces, const char *component, const struct template *row)
{
	static char message[2 * LINE_MOST];

	for (size_t i = 0; i < pieces->count; i++) {
		if (!pieces->value[i])
			continue;
		for (size_t s = 0; s < COUNT_OF(spoilers); s++)
			for (enum place place = AT_START; place < PLACES; place++)
				tell_twice(told, (struct span){ message, join(pieces, i, place, spoilers[s], message) },
				           component, row);
	}
}

/* Of the w-th table of rules; past the last, those that any component may say. */
static void
spoil_rules(size_t w, bool redacted)
{
	const struct rules *rules = rules_at(w) ? rules_at(w) : &rules_any;
	struct span names_of = span_of(rules == &rules_any ? "SMS_LAN_SENDER" : rules->components);
	char component[64];

	span_copy(span_part(names_of, 0, span_find(names_of, SPAN(" "))), component, sizeof(component));
	for (size_t i = 0; i < rules->count; i++) {
		struct told told;
		struct pieces pieces;

		cut_template(rules->rows[i].text, &pieces);
		told_open(&told, redacted);
		spoil_all(&told, &pieces, component, &rules->rows[i]);
		told_close(&told);
	}
}

START_TEST(a_spoiled_value_of_a_rule_is_one_thing) { spoil_rules((size_t)_i, false); }
END_TEST

START_TEST(a_spoiled_value_is_one_thing_where_names_are_hidden) { spoil_rules((size_t)_i, true); }
END_TEST

/* Not by templates: the list of the scheduler, and status messages. */
START_TEST(spoiled_rows_of_a_list_and_status_messages_are_one_thing)
{
	static const struct {
		const char *component, *marked;
	} lines[] = {
		{ "SMS_SCHEDULER",
		  "Send Request <203SQCS1> JobID: <00000E2B> DestSite: <PS1> State: <Pending> Total size: <204864>k "
		  "Remaining: <104864>k Retry: <12:00> Priority: <2> SWD PkgID: <PS100039> SWD Pkg Version: <1>" },
		{ "SMS_DISTRIBUTION_MANAGER", "STATMSG: ID=<2301> SEV=<I> LEV=M SOURCE=\"<SMS Server>\" "
		                              "COMP=\"<SMS_DISTRIBUTION_MANAGER>\" SYS=<X> "
		                              "SITE=<PS1> PID=5428 TID=<256> GMTDATE=Mo ISTR0=\"<Dummy2>\" "
		                              "ISTR1=\"<PS100039>\" NUMATTRS=1 AID0=<400> AVAL0=\"<PS100039>\"" },
		{ "SMS_DISTRIBUTION_MANAGER", "STATMSG: ID=<9999> SEV=<E> LEV=M SOURCE=\"<SMS Server>\" SYS=<X> "
		                              "SITE=<PS1> PID=5428 TID=<256> GMTDATE=Mo "
		                              "ISTR0=\"<Dummy2>\" ISTR1=\"<\\\\FS01\\x>\" ISTR2=\"\" NUMATTRS=2 "
		                              "AID0=<400> AVAL0=\"<PS100039>\" AID1=404 AVAL1=\"<DP1>\"" },
	};
	struct told told;
	struct pieces pieces;

	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		cut_marked(lines[i].marked, &pieces);
		told_open(&told, _i == 1);
		spoil_all(&told, &pieces, lines[i].component, NULL);
		tell(&told, SPAN("======== Processing Jobs ========"), "SMS_SCHEDULER", 256);
		told_close(&told);
	}
}
END_TEST

/* Frames: the component, the time and the thread are text from a log too. */
START_TEST(spoiled_frames_are_one_thing)
{
	static const char *const marked[] = {
		"Found send request.  ID: 202SQCS1, Dest Site: PS1  $$[<SMS_LAN_SENDER>][<07-30-2026 "
		"12:03:00.000+300>][thread=<256 (0x100)>]\r\n",
		"[![LOG[Error, trying]LOG]!][time=\"<14:24:33.329+420>\" date=\"<06-26-2015>\" "
		"component=\"<SMS_LAN_SENDER>\" type=\"<3>\" thread=\"<256>\"]\r\n",
		"<Found send request.  ID: 202SQCS1, Dest Site: PS1>\t<SMS_LAN_SENDER>\t<10/9/2018> <3:36:30> "
		"PM\t<1424> (0x<0590>)\r\n",
	};
	static char line[2 * LINE_MOST];
	struct pieces pieces;
	struct told told;

	for (size_t m = 0; m < COUNT_OF(marked); m++) {
		cut_marked(marked[m], &pieces);
		told_open(&told, false);
		for (size_t i = 0; i < pieces.count; i++)
			for (size_t s = 0; pieces.value[i] && s < COUNT_OF(spoilers); s++)
				for (enum place place = AT_START; place < PLACES; place++) {
					size_t size = join(&pieces, i, place, spoilers[s], line);

					for (size_t k = 0; k < size; k++)
						line[k] = line[k] == '[' ? '<' : line[k] == ']' ? '>' : line[k];
					tell_bytes(&told, line, size);
				}
		told_close(&told);
	}
}
END_TEST

/* Below the readers too: whoever says an event to the model may hold anything in it. */
START_TEST(a_name_ends_at_its_nul_whoever_asks)
{
	struct model *model = model_new(NULL);
	struct event event = {
		.at = 1, .kind = EVENT_REQUEST_LISTED, .family = FAMILY_SCHEDULER, .component = { "A\0B", 3 }
	};

	event.texts = 1u << TEXT_REQUEST | 1u << TEXT_SITE | 1u << TEXT_PACKAGE;
	event.text[TEXT_REQUEST] = (struct span){ "202\0QCS1", 8 };
	event.text[TEXT_SITE] = (struct span){ "PS1\0x", 5 };
	event.text[TEXT_PACKAGE] = (struct span){ "PS1\00000039", 8 };
	model_apply(model, &event);
	ck_assert_ptr_null(model_check(model));
	event.component = SPAN("A");
	event.text[TEXT_REQUEST] = SPAN("202");
	event.text[TEXT_SITE] = SPAN("ps1");
	model_apply(model, &event);
	ck_assert_ptr_null(model_check(model));
	ck_assert_uint_eq(names(model), 2);
	ck_assert_uint_eq(model_site_named(model, SPAN("PS1")), 0);
	ck_assert_str_eq(model_component(model, 0), "A");
	event.text[TEXT_SITE] = (struct span){ long_text, sizeof(long_text) };
	event.text[TEXT_PACKAGE] = (struct span){ long_text, 16 };
	event.text[TEXT_REQUEST] = (struct span){ long_text, 16 };
	model_apply(model, &event);
	ck_assert_ptr_null(model_check(model));
	ck_assert_uint_eq(names(model), 2);
	ck_assert_uint_eq(model_site_named(model, (struct span){ long_text, 15 }), NAME_NONE);
	ck_assert_uint_eq(model_lost(model), 0); /* refused, which is not for want of room */
	model_free(model);
}
END_TEST

/* The name comes from the cleaned message; in the record it stands as it was written. */
START_TEST(a_spoiled_name_is_hidden_in_its_record_too)
{
	static const char line[] =
		"<Activating JOB 00000E2B>[Software Distribution for Secret  \0Tool~ Kit\033, Package ID = PS100039]  "
		"$$<SMS_SCHEDULER><07-30-2026 12:03:00.000+300><thread=100 (0x64)>\r\n";
	struct parser *source = parser_new(0);
	struct redact *redact = redact_new();
	struct event event;
	const struct event *hidden;

	parser_feed(source, line, sizeof(line) - 1);
	ck_assert(parser_next(source, &event));
	ck_assert_int_eq(event.kind, EVENT_SCHED_JOB);
	hidden = redact_event(redact, &event);
	ck_assert_uint_eq(span_find_nocase(hidden->message, SPAN("Secret")), hidden->message.size);
	ck_assert_uint_eq(span_find_nocase(hidden->raw, SPAN("Secret")), hidden->raw.size);
	ck_assert_uint_eq(span_find_nocase(hidden->raw, SPAN("Kit")), hidden->raw.size);
	ck_assert_uint_lt(span_find(hidden->raw, SPAN("PS100039")), hidden->raw.size);
	redact_free(redact);
	parser_free(source);
}
END_TEST

START_TEST(a_copy_is_cut_between_characters)
{
	char out[4];

	span_copy(SPAN("ab\303\274"), out, sizeof(out));
	ck_assert_str_eq(out, "ab");
	span_copy(SPAN("a\303\274b"), out, sizeof(out));
	ck_assert_str_eq(out, "a\303\274");
	span_copy(SPAN("\200\200\200\200\200"), out, sizeof(out));
	ck_assert_uint_eq(strlen(out), 3);
	span_copy((struct span){ "a\0b", 3 }, out, sizeof(out));
	ck_assert_str_eq(out, "a");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("spoiled");
	TCase *tcase = tcase_create("spoiled");
	int rule_sets = 0;

	memset(long_text, 'x', sizeof(long_text));
	memset(longer_name, 'N', sizeof(longer_name));
	while (rules_at((size_t)rule_sets))
		rule_sets++;
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, a_spoiled_value_of_a_rule_is_one_thing, 0, rule_sets + 1);
	tcase_add_loop_test(tcase, a_spoiled_value_is_one_thing_where_names_are_hidden, 0, rule_sets + 1);
	tcase_add_loop_test(tcase, spoiled_rows_of_a_list_and_status_messages_are_one_thing, 0, 2);
	tcase_add_test(tcase, spoiled_frames_are_one_thing);
	tcase_add_test(tcase, a_name_ends_at_its_nul_whoever_asks);
	tcase_add_test(tcase, a_spoiled_name_is_hidden_in_its_record_too);
	tcase_add_test(tcase, a_copy_is_cut_between_characters);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
