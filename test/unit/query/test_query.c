/* Filters: what was typed, and what is in. */
#include "stage.h"

static struct stage stage;

static void
open_stage(void)
{
	stage_open(&stage);
	stage_play(&stage);
}

static void
close_stage(void)
{
	stage_close(&stage);
}

static struct query *
good(const char *text)
{
	struct query_error error;
	struct query *query = query_new(span_of(text), &error);

	ck_assert_msg(query != NULL, "%s: %s", text, error.text);
	return query;
}

/* The sites of the jobs that a filter lets through, "S07 S31". */
static const char *
jobs(const char *text)
{
	static char out[200];
	struct query *query = good(text);
	const struct job *job = NULL;
	size_t count;
	const struct site *sites = model_sites(stage.model, &count);

	out[0] = '\0';
	while ((job = model_next_job(stage.model, job))) {
		if (!query_job(query, stage.model, job, stage.scene.now))
			continue;
		if (out[0])
			strcat(out, " ");
		strcat(out, sites[job->site].code);
	}
	query_free(query);
	return out;
}

static const char *
sites(const char *text)
{
	static char out[200];
	struct query *query = good(text);
	size_t count, i;
	const struct site *all = model_sites(stage.model, &count);

	out[0] = '\0';
	for (i = 0; i < count; i++) {
		if (!query_site(query, stage.model, (uint32_t)i, stage.scene.now))
			continue;
		if (out[0])
			strcat(out, " ");
		strcat(out, all[i].code);
	}
	query_free(query);
	return out;
}

static const char *
packages(const char *text)
{
	static char out[200];
	struct query *query = good(text);
	size_t count, i;
	const struct package *all = model_packages(stage.model, &count);

	out[0] = '\0';
	for (i = 0; i < count; i++) {
		if (!query_package(query, stage.model, (uint32_t)i, stage.scene.now))
			continue;
		if (out[0])
			strcat(out, " ");
		strcat(out, all[i].id + 4);
	}
	query_free(query);
	return out;
}

START_TEST(an_empty_filter_lets_everything_through)
{
	struct query *query = good("  ");

	ck_assert(query_is_empty(query) && query_is_empty(NULL));
	ck_assert_str_eq(jobs(""), "S14 S14 S14 S07 S31");
	ck_assert_str_eq(jobs("site: try: !"), "S14 S14 S14 S07 S31");
	ck_assert_str_eq(query_text(NULL), "");
	query_free(query);
}
END_TEST

START_TEST(a_term_without_a_field_is_tried_on_site_package_and_name)
{
	ck_assert_str_eq(jobs("s07"), "S07");
	ck_assert_str_eq(jobs("0ea1"), "S14 S31");
	ck_assert_str_eq(jobs("^S0|7F5$"), "S14 S07");
	ck_assert_str_eq(sites("S07"), "S07");
	ck_assert_str_eq(packages("0EA1"), "0EA1");
}
END_TEST

START_TEST(all_terms_must_hold_and_some_are_turned_round)
{
	ck_assert_str_eq(jobs("S14 pkg:7F5"), "S14");
	ck_assert_str_eq(jobs("!site:S14"), "S07 S31");
	ck_assert_str_eq(jobs("!S14 !S07"), "S31");
	ck_assert_str_eq(jobs("S07 S31"), "");
	ck_assert_str_eq(sites("!site:S14 !S40"), "S07 S22 S31");
}
END_TEST

START_TEST(a_site_is_in_for_a_package_that_goes_there_and_a_package_for_its_sites)
{
	stage_due(&stage, 1, "ABC0077A", "S40");
	ck_assert_str_eq(sites("pkg:77A"), "S40");
	ck_assert_str_eq(sites("0077A"), "S40");
	ck_assert_str_eq(sites("pkg:77A S07"), "");
	ck_assert_str_eq(packages("site:S40"), "018B 0EA1 07F5 077A");
	ck_assert_str_eq(packages("S40 pkg:^ABC00[0-6]"), "018B");
	ck_assert_str_eq(packages("!site:S40 !pkg:F1"), "018B 0EA1 07F5");
}
END_TEST

START_TEST(states_are_those_on_the_screen_and_in_the_json)
{
	ck_assert_str_eq(jobs("state:stalled"), "S14 S14 S14");
	ck_assert_str_eq(jobs("state:sending !state:stalled"), "S07 S31");
	ck_assert_str_eq(sites("state:^stalled"), "S14");
	ck_assert_str_eq(sites("state:sending"), "S07 S14 S31");
}
END_TEST

START_TEST(numbers_have_units)
{
	ck_assert_str_eq(jobs("size:>20M"), "S14 S07");
	ck_assert_str_eq(jobs("size:<=10MB"), "S14 S31");
	ck_assert_str_eq(jobs("size:10240K"), "S14 S31");
	ck_assert_str_eq(jobs("size:<0.009G"), "");
	ck_assert_str_eq(jobs("!size:>0"), "S14");
	ck_assert_str_eq(jobs("rate:>=1M/s"), "S31");
	ck_assert_str_eq(jobs("rate:<2m"), "S07 S31");
	ck_assert_str_eq(jobs("age:>20m"), "S14 S14 S14");
	ck_assert_str_eq(jobs("age:<=25s"), "S31");
	ck_assert_str_eq(jobs("age:<0.5h !age:>22m"), "S07 S31");
	ck_assert_str_eq(jobs("try:1"), "S14 S14 S14 S07 S31");
	ck_assert_str_eq(jobs("try:>1"), "");
}
END_TEST

START_TEST(quotes_hold_blanks)
{
	ck_assert_str_eq(jobs("\"S07\""), "S07");
	ck_assert_str_eq(jobs("\"S07|x y\""), "S07");
	ck_assert_str_eq(jobs("site:\"S07|x y\" pkg:A"), "S07");
	ck_assert_str_eq(jobs("\"site:S07|x y"), "S07");
	ck_assert_str_eq(jobs("!\"site:S07\""), "S14 S14 S14 S31");
}
END_TEST

START_TEST(server_and_text_are_searched_where_there_are_such)
{
	struct query *query = good("server:dp2");
	const struct package_thread *thread = model_next_thread(stage.model, NULL);

	ck_assert(query_thread(query, stage.model, thread, stage.scene.now));
	query_free(query);
	query = good("text:\"cannot create\" site:S22 state:failed");
	ck_assert(query_transition(query, stage.model, &model_failure(stage.model, 0)->what, stage.scene.now));
	query_free(query);
	ck_assert_str_eq(packages("server:dp1"), "0F10");
}
END_TEST

START_TEST(a_broken_filter_says_where_and_why)
{
	/* clang-format off */
	static const struct { const char *text; size_t at; } broken[] = {
		{ "site:(S1", 8 }, { "S14 foo:bar", 4 }, { "size:", 99 }, { "size:>", 6 }, { "size:>1X", 7 }, { "try:2k", 5 },
		{ "age:3w", 5 }, { "pkg:A  !name:[", 14 }, { "\"a b\" *", 6 }, { "\"(a b\"", 6 }, { "size:x", 5 },
	};
	/* clang-format on */
	struct query_error error;
	size_t i;

	for (i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct query *query = query_new(span_of(broken[i].text), &error);

		if (broken[i].at == 99) {
			ck_assert_ptr_nonnull(query);
			query_free(query);
			continue;
		}
		ck_assert_msg(!query, "%s", broken[i].text);
		ck_assert_msg(error.at == broken[i].at, "%s: at %zu", broken[i].text, error.at);
		ck_assert(error.text[0] != '\0');
	}
}
END_TEST

START_TEST(more_terms_than_there_is_room_for_are_refused)
{
	char text[200] = "";
	struct query_error error;
	size_t i;

	for (i = 0; i < 33; i++)
		strcat(text, "a ");
	ck_assert_ptr_null(query_new(span_of(text), &error));
	ck_assert_uint_eq(error.at, 64);
}
END_TEST

START_TEST(a_term_that_takes_too_long_is_switched_off_and_told)
{
	struct query *query = good("name:(a+)+$ site:S07");
	const struct job *job = NULL;
	size_t count = 0;
	char text[400];

	ck_assert_ptr_null(query_slow(query));
	snprintf(text, sizeof(text),
	         "STATMSG: ID=2301 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" "
	         "SYS=X SITE=CS1 PID=1 TID=5420 GMTDATE=Thu Jul 30 16:00:00.000 2026 ISTR0=\"%s\" ISTR1=\"ABC0018B\" "
	         "NUMATTRS=1 AID0=400 AVAL0=\"ABC0018B\"",
	         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
	distmgr(&stage, 5420, 2, text);
	while ((job = model_next_job(stage.model, job)))
		count += query_job(query, stage.model, job, stage.scene.now);
	ck_assert_ptr_nonnull(query_slow(query));
	ck_assert_str_eq(query_slow(query), "name:(a+)+$");
	ck_assert_uint_eq(count, 1);
	query_free(query);
}
END_TEST

START_TEST(a_name_that_comes_later_is_noticed)
{
	struct query *query = good("name:Office");
	size_t count;

	ck_assert(!query_package(query, stage.model, 0, stage.scene.now));
	distmgr(&stage, 5420, 2,
	        "STATMSG: ID=2301 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" "
	        "SYS=X SITE=CS1 PID=1 TID=5420 GMTDATE=Thu Jul 30 16:00:00.000 2026 ISTR0=\"Office LTSC 2024\" "
	        "ISTR1=\"ABC0018B\" NUMATTRS=1 AID0=400 AVAL0=\"ABC0018B\"");
	ck_assert_str_eq(model_packages(stage.model, &count)[0].name, "Office LTSC 2024");
	ck_assert(query_package(query, stage.model, 0, stage.scene.now));
	ck_assert(!query_package(query, stage.model, 1, stage.scene.now));
	query_free(query);
}
END_TEST

START_TEST(a_send_that_falls_due_later_brings_its_site_and_its_package_in)
{
	struct query *query = good("pkg:0F10"), *back = good("site:S99");
	uint32_t site = model_site_named(stage.model, SPAN("S22")),
		 package = model_package_named(stage.model, SPAN("ABC00F10"));

	ck_assert(!query_site(query, stage.model, site, stage.scene.now));
	ck_assert(!query_package(back, stage.model, package, stage.scene.now));
	stage_due(&stage, 1, "ABC00F10", "S22");
	ck_assert(query_site(query, stage.model, site, stage.scene.now));
	stage_due(&stage, 2, "ABC00F10", "S99");
	ck_assert(query_package(back, stage.model, package, stage.scene.now));
	query_free(query);
	query_free(back);
}
END_TEST

static void
name_package(const char *package, const char *name)
{
	char text[400];

	snprintf(text, sizeof(text),
	         "STATMSG: ID=2301 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=X "
	         "SITE=CS1 PID=1 TID=77 GMTDATE=Thu Jul 30 16:00:00.000 2026 ISTR0=\"%s\" ISTR1=\"%s\" NUMATTRS=1 "
	         "AID0=400 AVAL0=\"%s\"",
	         name, package, package);
	distmgr(&stage, 77, 2, text);
}

/* The case that was reported: a site S11 must not hide the sites of the packages that are meant. */
START_TEST(two_words_find_the_packages_whose_name_holds_both_their_sends_and_their_sites)
{
	name_package("ABC0018B", "Windows 11 24H2");
	name_package("ABC00EA1", "Windows 10 22H2");
	name_package("ABC007F5", "Office 11");
	stage_due(&stage, 3, "ABC007F5", "S11");
	ck_assert_str_eq(packages("windows 11"), "018B");
	ck_assert_str_eq(sites("windows 11"), "S07 S14 S22 S31 S40");
	ck_assert_str_eq(jobs("windows 11"), "S14 S07");
	ck_assert_str_eq(sites("windows 10"), "S07 S14 S22 S31 S40");
	ck_assert_str_eq(sites("office 11"), "S07 S14 S22 S31 S40 S11");
	ck_assert_str_eq(sites("windows 11 !S07"), "S14 S22 S31 S40");
	ck_assert_str_eq(sites("windows S14"), "S14");
	ck_assert_str_eq(packages("windows S14"), "018B 0EA1");
	ck_assert_str_eq(packages("office !11"), "");
	ck_assert_str_eq(sites("11"), "S11");
	ck_assert_str_eq(sites("windows 12"), "");
}
END_TEST

static size_t
notes(const char *text)
{
	struct query *query = good(text);
	const struct note *note;
	size_t count = 0, i;

	for (i = 0; (note = model_note(stage.model, i)); i++)
		count += query_note(query, stage.model, note, stage.scene.now);
	query_free(query);
	return count;
}

START_TEST(a_note_is_in_for_what_its_thread_is_at_and_for_its_words)
{
	size_t all = notes("");

	sender(&stage, 1001, 3, "Nobody knows this one");        /* of a send to S14 */
	sender(&stage, 4, 3, "Nobody knows this of S07 either"); /* of no send */
	distmgr(&stage, 5420, 3, "Nobody knows this");           /* of a package thread */
	ck_assert_uint_eq(notes(""), all + 3);
	ck_assert_uint_eq(notes("text:^Nobody"), 3);
	ck_assert_uint_eq(notes("text:^Nobody site:S14"), 1);
	ck_assert_uint_eq(notes("text:^Nobody !site:S14"), 2);
	ck_assert_uint_ge(notes("S14"), 1);
	ck_assert_uint_eq(notes("S07 text:Nobody"), 1);
	ck_assert_uint_eq(notes("site:^S07$ text:Nobody"), 1);
	ck_assert_uint_ge(notes("pkg:0F10"), 1);
	ck_assert_uint_eq(notes("S99"), 0);
}
END_TEST

START_TEST(random_text_is_a_filter_or_an_error_and_never_harm)
{
	static const char letters[] = "S1()[]*+?|\\\"!: ><=.5GKsitepkgname\xc3\xbc";
	uint64_t state = 3;
	size_t round, i;

	for (round = 0; round < 3000; round++) {
		char text[24];
		struct query_error error;
		struct query *query;

		for (i = 0; i < sizeof(text); i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			text[i] = letters[(state >> 33) % (sizeof(letters) - 1)];
		}
		query = query_new((struct span){ text, (size_t)(state >> 40) % sizeof(text) }, &error);
		if (query)
			query_site(query, stage.model, 0, stage.scene.now);
		else
			ck_assert_uint_le(error.at, sizeof(text));
		query_free(query);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("query");
	TCase *tcase = tcase_create("query");

	tcase_add_checked_fixture(tcase, open_stage, close_stage);
	tcase_add_test(tcase, an_empty_filter_lets_everything_through);
	tcase_add_test(tcase, a_term_without_a_field_is_tried_on_site_package_and_name);
	tcase_add_test(tcase, all_terms_must_hold_and_some_are_turned_round);
	tcase_add_test(tcase, a_site_is_in_for_a_package_that_goes_there_and_a_package_for_its_sites);
	tcase_add_test(tcase, states_are_those_on_the_screen_and_in_the_json);
	tcase_add_test(tcase, numbers_have_units);
	tcase_add_test(tcase, quotes_hold_blanks);
	tcase_add_test(tcase, server_and_text_are_searched_where_there_are_such);
	tcase_add_test(tcase, a_broken_filter_says_where_and_why);
	tcase_add_test(tcase, more_terms_than_there_is_room_for_are_refused);
	tcase_add_test(tcase, a_term_that_takes_too_long_is_switched_off_and_told);
	tcase_add_test(tcase, a_name_that_comes_later_is_noticed);
	tcase_add_test(tcase, a_send_that_falls_due_later_brings_its_site_and_its_package_in);
	tcase_add_test(tcase, two_words_find_the_packages_whose_name_holds_both_their_sends_and_their_sites);
	tcase_add_test(tcase, a_note_is_in_for_what_its_thread_is_at_and_for_its_words);
	tcase_add_test(tcase, random_text_is_a_filter_or_an_error_and_never_harm);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
