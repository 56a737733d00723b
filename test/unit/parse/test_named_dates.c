/*
 * Frames whose days and months have names in the language of the server: what each language of the table calls
 * them, with nothing else in the file; names that mean different months in two languages; names that no language has.
 */
#include <stdlib.h>

#include "cmtop/parser.h"
#include "parse/dates/language_names.h"
#include "run_suite.h"
#include "same_numbers.h"

#define LOG_MOST (64 * 1024)

struct written_log {
	char text[LOG_MOST];
	size_t size;
	int64_t at[400]; /* of its records */
	size_t count;
};

/* One of the names at a place of the list, "mär/märz|apr|…"; the number itself where there is no list. */
static void
pick_name(const char *list, int place, unsigned which, char *out, size_t size)
{
	size_t names = 1, length;

	if (!*list) {
		snprintf(out, size, "%d", place + 1);
		return;
	}
	for (int i = 0; i < place; i++)
		list += strcspn(list, "|") + 1;
	for (const char *at = list; *at && *at != '|'; at++)
		names += *at == '/';
	for (which %= (unsigned)names; which > 0; which--)
		list += strcspn(list, "/|") + 1;
	length = strcspn(list, "/|");
	ck_assert_uint_lt(length, size);
	memcpy(out, list, length);
	out[length] = '\0';
}

static int
weekday_of(int64_t at)
{
	return (int)((at / WHEN_DAY + 4) % 7);
}

static void
add_record(struct written_log *log, const char *day_name, const char *month_name, const struct civil *c, int year)
{
	log->size += (size_t)snprintf(log->text + log->size, sizeof(log->text) - log->size,
	                              "~Finished  $$<SMS_LAN_SENDER><%s %s %02d %02d:%02d:%02d.%03d %d W. Europe "
	                              "Standard Time><thread=43 (0x2B)>\n",
	                              day_name, month_name, c->day, c->hour, c->minute, c->second, c->milli, year);
	ck_assert_uint_lt(log->size, sizeof(log->text));
	log->at[log->count++] = when_from(c);
}

static void
add_in_language(struct written_log *log, const struct language *language, const struct civil *c, unsigned which)
{
	char day_name[128], month_name[128];

	pick_name(language->days, weekday_of(when_from(c)), which, day_name, sizeof(day_name));
	pick_name(language->months, c->month - 1, which, month_name, sizeof(month_name));
	if (which % 2 && month_name[0] >= 'a' && month_name[0] <= 'z') /* some versions write it so */
		month_name[0] = (char)(month_name[0] - 'a' + 'A');
	if (which % 3 == 0 && *language->months)
		strcat(month_name, ".");
	add_record(log, day_name, month_name, c, c->year);
}

/* How many records are read otherwise than they were written. */
static size_t
wrong_in(const struct written_log *log, int64_t changed, bool surveyed, const char *what)
{
	struct parser *parser = parser_new(0);
	struct event event;
	size_t wrong = 0, i = 0;

	parser_changed(parser, changed);
	if (surveyed && parser_survey(parser, log->text, log->size))
		parser_survey(parser, NULL, 0);
	parser_feed(parser, log->text, log->size);
	for (; parser_next(parser, &event); i++) {
		ck_assert_uint_lt(i, log->count);
		if (event.at != log->at[i])
			wrong++;
		ck_assert_msg(span_is(event.zone, SPAN("W. Europe Standard Time")), "%s: the zone of %.*s", what,
		              (int)event.raw.size, event.raw.at);
	}
	ck_assert_msg(i == log->count, "%s: %zu of %zu records", what, i, log->count);
	ck_assert_msg(parser_counts(parser)->damaged == 0, "%s: damaged", what);
	parser_free(parser);
	return wrong;
}

static void
all_right(const struct written_log *log, int64_t changed, const char *what)
{
	for (int surveyed = 0; surveyed < 2; surveyed++) {
		size_t wrong = wrong_in(log, changed, surveyed, what);

		ck_assert_msg(wrong == 0, "%s: %zu of %zu wrong in\n%.400s", what, wrong, log->count, log->text);
	}
}

static struct written_log *
new_log(void)
{
	return calloc(1, sizeof(struct written_log));
}

START_TEST(a_year_is_read_in_each_language)
{
	const struct language *language;
	unsigned seed = 1;

	for (size_t i = 0; (language = language_at(i)); i++) {
		for (unsigned which = 0; which < 4; which++) {
			struct written_log *log = new_log();
			struct civil c = { 2008, 1, 9, 10, 0, 0, 0 };

			for (c.month = 1; c.month <= 12; c.month++)
				add_in_language(log, language, &c, which);
			all_right(log, log->at[11] + WHEN_HOUR, language->code);
			all_right(log, log->at[11] + (int64_t)(next_random(&seed) % 6000) * WHEN_DAY, language->code);
			free(log);
		}
	}
}
END_TEST

START_TEST(a_few_days_from_any_on_are_read_in_each_language)
{
	const struct language *language;
	unsigned seed = 2;

	for (size_t i = 0; (language = language_at(i)); i++) {
		for (unsigned run = 0; run < 6; run++) {
			struct written_log *log = new_log();
			int64_t at = (int64_t)(10000 + next_random(&seed) % 8000) * WHEN_DAY + WHEN_HOUR;
			unsigned days = 1 + next_random(&seed) % 20, which = next_random(&seed);

			for (unsigned day = 0; day < days; day++, at += (1 + next_random(&seed) % 3) * WHEN_DAY) {
				struct civil c = when_civil(at);

				add_in_language(log, language, &c, which);
			}
			all_right(log, log->at[log->count - 1] + WHEN_HOUR, language->code);
			free(log);
		}
	}
}
END_TEST

START_TEST(a_server_that_changes_its_language_is_read)
{
	unsigned seed = 3;

	for (unsigned run = 0; run < 60; run++) {
		struct written_log *log = new_log();
		const struct language *first = language_at(next_random(&seed) % 36);
		const struct language *second = language_at(next_random(&seed) % 36);
		int64_t at = (int64_t)(10000 + next_random(&seed) % 8000) * WHEN_DAY + WHEN_HOUR;
		char what[16];

		for (unsigned day = 0; day < 24; day++, at += (1 + next_random(&seed) % 20) * WHEN_DAY) {
			struct civil c = when_civil(at);

			add_in_language(log, day < 12 ? first : second, &c, 0);
		}
		snprintf(what, sizeof(what), "%s %s", first->code, second->code);
		/* Croatian "lis" is October, "srp" July: one name is one month in a file. */
		if (strcmp(first->code, "hr") != 0 && strcmp(second->code, "hr") != 0)
			all_right(log, log->at[log->count - 1] + WHEN_HOUR, what);
		free(log);
	}
}
END_TEST

static const char *const invented[] = { "quib", "dorf", "zexa", "ulmo", "praf", "enki",
	                                "vost", "yild", "hosk", "brun", "telv", "ogma" };
static const char *const invented_days[] = { "xo", "xi", "xa", "xe", "xu", "xy", "xz" };

START_TEST(names_that_no_language_has_go_on_from_month_to_month)
{
	unsigned seed = 4;

	for (unsigned run = 0; run < 300; run++) {
		struct written_log *log = new_log();
		int month = (int)(next_random(&seed) % 12), months = 1 + (int)(next_random(&seed) % 12);
		struct civil c = { 2008, month + 1, 9, 10, 0, 0, 0 };

		for (int i = 0; i < months; i++) {
			c.day = 1 + (int)(next_random(&seed) % 27);
			add_record(log, "xx", invented[c.month - 1], &c, c.year);
			if (++c.month == 13)
				c = (struct civil){ c.year + 1, 1, c.day, 10, 0, 0, 0 };
		}
		all_right(log, log->at[log->count - 1] + WHEN_HOUR, "invented");
		free(log);
	}
}
END_TEST

START_TEST(days_of_the_week_tell_names_that_no_language_has_apart)
{
	unsigned seed = 5;
	size_t wrong = 0, files = 0;

	for (unsigned run = 0; run < 300; run++) {
		struct written_log *log = new_log();
		int64_t at = (int64_t)(10000 + next_random(&seed) % 8000) * WHEN_DAY + WHEN_HOUR;

		for (unsigned i = 0; i < 60; i++, at += (1 + next_random(&seed) % 9) * WHEN_DAY) {
			struct civil c = when_civil(at);

			add_record(log, invented_days[weekday_of(at)], invented[c.month - 1], &c, c.year);
		}
		wrong += wrong_in(log, log->at[log->count - 1] + 500 * WHEN_DAY, true, "copied long after") > 0;
		all_right(log, log->at[log->count - 1] + WHEN_HOUR, "weekdays");
		files++;
		free(log);
	}
	ck_assert_uint_eq(files, 300);
	ck_assert_msg(wrong < 30, "%zu of them wrong", wrong);
}
END_TEST

/* One record of these names and numbers; what it says, or WHEN_NONE. */
static int64_t
time_of(const char *time, const char *changed, uint64_t *damaged)
{
	struct parser *parser = parser_new(0);
	char text[512];
	struct event event = { .at = WHEN_NONE };
	int64_t at = WHEN_NONE;

	if (*changed)
		ck_assert(when_parse(span_of(changed), &at));
	parser_changed(parser, at);
	snprintf(text, sizeof(text), "~Finished  $$<SMS_LAN_SENDER><%s><thread=43 (0x2B)>\n", time);
	parser_feed(parser, text, strlen(text));
	ck_assert(parser_next(parser, &event));
	*damaged = parser_counts(parser)->damaged;
	parser_free(parser);
	return event.at;
}

static void
reads(const char *time, const char *changed, const char *expected)
{
	char got[WHEN_TEXT] = "";
	uint64_t damaged;
	int64_t at = time_of(time, changed, &damaged);

	if (at != WHEN_NONE)
		when_format(at, false, got);
	got[*expected ? 19 : 0] = '\0';
	ck_assert_msg(strcmp(got, expected) == 0, "%s is %s and not %s", time, got, expected);
	ck_assert_msg((damaged > 0) == (at == WHEN_NONE), "%s: %llu damaged", time, (unsigned long long)damaged);
}

START_TEST(a_name_of_a_language_that_knows_no_day_of_the_log_may_mean_another_month)
{
	/* "nye" is a month in Rwanda and "lul" one in Somalia; "sub" is a Saturday in Croatia. */
	reads("Bk3 Nye 01 00:02:23.000 2008 X", "2008-01-01T00:03:00Z", "2008-01-01T00:02:23");
	reads("Tim Lul 13 04:35:55.000 2007 X", "2007-12-13T05:00:00Z", "2007-12-13T04:35:55");
	reads("sub quib 14 10:00:00.000 2008 X", "2008-05-14T10:05:00Z", "2008-05-14T10:00:00");
	/* Where no other month is near, it is the one that it means. */
	reads("xx marras 05 10:00:00.000 2008 X", "2026-03-20T12:00:00Z", "2008-11-05T10:00:00");
}
END_TEST

START_TEST(nothing_is_written_after_the_time_of_change)
{
	reads("xx quib 24 10:00:00.000 2008 X", "2008-05-14T12:00:00Z", "2008-04-24T10:00:00");
	reads("xx quib 15 03:00:00.000 2008 X", "2008-05-14T16:00:00Z", "2008-05-15T03:00:00"); /* of another zone */
}
END_TEST

START_TEST(years_of_other_calendars_are_that_of_the_file)
{
	const char *changed = "2008-11-05T12:00:00Z";

	reads("พ. ก.ค. 30 10:00:00.000 2551 X", changed, "2008-07-30T10:00:00");
	reads("พ. ก.ค. 30 10:00:00.000 2551 X", "2026-11-05T12:00:00Z", "2008-07-30T10:00:00");
	reads("یکشنبه آبان 05 10:00:00.000 1387 X", changed, "2008-11-05T10:00:00");
	reads("السبت رمضان 30 10:00:00.000 1429 X", changed, "2008-10-30T10:00:00");
	reads("יום ב ינו 09 10:00:00.000 5768 X", changed, "2008-01-09T10:00:00");
	reads("x 12 31 23:00:00.000 1429 X", "2009-01-01T12:00:00Z", "2008-12-31T23:00:00");
	reads("x 2 30 10:00:00.000 1429 X", changed, "2008-11-05T10:00:00"); /* no such day: the clock alone */
	reads("Wed Jan 09 10:00:00.000 2008 X", "2026-11-05T12:00:00Z", "2008-01-09T10:00:00");
	reads("Wed Jan 09 10:00:00.000 2008 X", "", "2008-01-09T10:00:00");
}
END_TEST

START_TEST(names_are_compared_whole_in_either_case)
{
	const char *changed = "2008-12-31T12:00:00Z";

	reads("ke marras 05 10:00:00.000 2008 X", changed, "2008-11-05T10:00:00");
	reads("KE MAALIS 05 10:00:00.000 2008 X", changed, "2008-03-05T10:00:00");
	reads("Çar EKİ 08 10:00:00.000 2008 X", changed, "2008-10-08T10:00:00");
	reads("Çar ŞUB 06 10:00:00.000 2008 X", changed, "2008-02-06T10:00:00");
	reads("ΤΕΤ ΙΑΝ 09 10:00:00.000 2008 X", changed, "2008-01-09T10:00:00");
	reads("Ср ЯНВ 09 10:00:00.000 2008 X", changed, "2008-01-09T10:00:00");
	reads("mer.\u00a0 sept. 09 10:00:00.000 2008 X", changed, "2008-09-09T10:00:00");
	reads("수 12 10 10:00:00.000 2008 X", changed, "2008-12-10T10:00:00");
	reads("星期三 十二月 10 10:00:00.000 2008 X", changed, "2008-12-10T10:00:00");
	reads("周三 12月 10 10:00:00.000 2008 X", changed, "2008-12-10T10:00:00");
	reads("st XII 10 10:00:00.000 2008 X", changed, "2008-12-10T10:00:00");
	reads("T4 Thg 12 10 10:00:00.000 2008 X", changed, "2008-12-10T10:00:00");
	reads("الأربعاء تشرين 1 08 10:00:00.000 2008 X", changed, "2008-10-08T10:00:00");
	reads("soséhne tsothohrkó:wa 09 10:00:00.000 2008 X", changed, "2008-01-09T10:00:00");
	/* Composed or not, and the yeh of Persia as its code page has it. */
	reads("Bẩy Tháng Năm 10 10:00:00.000 2008 X", changed, "2008-05-10T10:00:00");
	reads("ਸ਼ਨਿੱਚਰ ਫ਼ਰਵਰੀ 09 10:00:00.000 2008 X", changed, "2008-02-09T10:00:00");
	reads("شنبه ژوئیه 05 10:00:00.000 2008 X", changed, "2008-07-05T10:00:00");
	reads("شنبه ژوئيه 05 10:00:00.000 2008 X", changed, "2008-07-05T10:00:00");
	reads("Marchfest Marchfest 09 10:00:00.000 2008 X", "2008-07-10T00:00:00Z", "2008-07-09T10:00:00");
}
END_TEST

START_TEST(letters_that_could_not_be_decoded_fit_any)
{
	const char *changed = "2008-12-31T12:00:00Z";

	reads("Mi M\\xE4r 12 10:00:00.000 2008 X", changed, "2008-03-12T10:00:00");
	reads("Mi M\xe4r 12 10:00:00.000 2008 X", changed, "2008-03-12T10:00:00");
	reads("mer. f?vr. 13 10:00:00.000 2008 X", changed, "2008-02-13T10:00:00");
	reads("\x8cr pa\x9f 08 10:00:00.000 2008 X", changed, "2008-10-08T10:00:00");
	reads("\xd6\xdc\xc8\xfd 12\xd4\xc2 10 10:00:00.000 2008 X", changed, "2008-12-10T10:00:00");
}
END_TEST

START_TEST(a_time_that_does_not_exist_stays_unknown)
{
	reads("Mon Feb 31 10:00:00.000 2008 X", "2008-12-31T12:00:00Z", "");
	reads("Mo Feb 11 25:00:00.000 2008 X", "2008-12-31T12:00:00Z", "");
	reads("x yyy 11 25:00:00.000 2008 X", "2008-12-31T12:00:00Z", "");
	reads("Mon 11 10:00:00.000 2008 X", "2008-12-31T12:00:00Z", "");
	reads("Mon Feb 11 10:00:00.000 20080 X", "2008-12-31T12:00:00Z", "");
	reads("Mon Feb 11 10:00 2008 X", "2008-12-31T12:00:00Z", "");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("named_dates");
	TCase *tc = tcase_create("languages");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_year_is_read_in_each_language);
	tcase_add_test(tc, a_few_days_from_any_on_are_read_in_each_language);
	tcase_add_test(tc, a_server_that_changes_its_language_is_read);
	tcase_add_test(tc, names_that_no_language_has_go_on_from_month_to_month);
	tcase_add_test(tc, days_of_the_week_tell_names_that_no_language_has_apart);
	tcase_add_test(tc, a_name_of_a_language_that_knows_no_day_of_the_log_may_mean_another_month);
	tcase_add_test(tc, nothing_is_written_after_the_time_of_change);
	tcase_add_test(tc, years_of_other_calendars_are_that_of_the_file);
	tcase_add_test(tc, names_are_compared_whole_in_either_case);
	tcase_add_test(tc, letters_that_could_not_be_decoded_fit_any);
	tcase_add_test(tc, a_time_that_does_not_exist_stays_unknown);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
