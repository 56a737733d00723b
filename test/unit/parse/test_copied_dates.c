/*
 * Lines copied out of a log reader, in the short dates and long times of its user's machine: every pattern with
 * random times, most of which are another date when day and month change places.
 */
#include <stdlib.h>

#include "cmtop/parser.h"
#include "run_suite.h"
#include "same_numbers.h"
#include "time_patterns.h"

static const struct pattern {
	const char *locale;
	const char *date, *clock; /* as time_patterns.h has them */
	const char *am, *pm;
} patterns[] = {
	{ "en-US", "M/d/yyyy", "h:mm:ss tt", "AM", "PM" },
	{ "en-GB", "dd/MM/yyyy", "HH:mm:ss", "", "" },
	{ "en-AU", "d/MM/yyyy", "h:mm:ss tt", "AM", "PM" },
	{ "en-NZ", "d/MM/yyyy", "h:mm:ss tt", "a.m.", "p.m." },
	{ "en-IN", "dd-MM-yyyy", "HH:mm:ss", "", "" },
	{ "en-CA", "yyyy-MM-dd", "h:mm:ss tt", "AM", "PM" },
	{ "en-ZA", "yyyy/MM/dd", "hh:mm:ss tt", "AM", "PM" },
	{ "en-PH", "M/d/yyyy", "h:mm:ss tt", "AM", "PM" },
	{ "fr-FR", "dd/MM/yyyy", "HH:mm:ss", "", "" },
	{ "fr-CA", "yyyy-MM-dd", "HH 'h' mm 'min' ss 's'", "", "" },
	{ "de-DE", "dd.MM.yyyy", "HH:mm:ss", "", "" },
	{ "de-AT", "dd.MM.yy", "HH:mm:ss", "", "" },
	{ "it-IT", "dd/MM/yyyy", "HH.mm.ss", "", "" },
	{ "da-DK", "dd-MM-yyyy", "HH:mm:ss", "", "" },
	{ "da-DK, later", "dd-MM-yyyy", "HH.mm.ss", "", "" },
	{ "fi-FI", "d.M.yyyy", "H.mm.ss", "", "" },
	{ "sv-SE", "yyyy-MM-dd", "HH:mm:ss", "", "" },
	{ "nb-NO", "dd.MM.yyyy", "HH:mm:ss", "", "" },
	{ "nl-NL", "d-M-yyyy", "HH:mm:ss", "", "" },
	{ "nl-BE", "d/MM/yyyy", "H:mm:ss", "", "" },
	{ "pl-PL", "dd.MM.yyyy", "HH:mm:ss", "", "" },
	{ "cs-CZ", "dd.MM.yyyy", "H:mm:ss", "", "" },
	{ "sk-SK", "d. M. yyyy", "H:mm:ss", "", "" },
	{ "hu-HU", "yyyy. MM. dd.", "H:mm:ss", "", "" },
	{ "hr-HR", "d.M.yyyy.", "H:mm:ss", "", "" },
	{ "bg-BG", "d.M.yyyy 'г.'", "HH:mm:ss 'ч.'", "", "" },
	{ "lv-LV", "yyyy.MM.dd.", "H:mm:ss", "", "" },
	{ "el-GR", "d/M/yyyy", "h:mm:ss tt", "πμ", "μμ" },
	{ "es-ES", "dd/MM/yyyy", "H:mm:ss", "", "" },
	{ "es-MX", "dd/MM/yyyy", "hh:mm:ss tt", "a. m.", "p. m." },
	{ "es-CO", "d/MM/yyyy", "h:mm:ss tt", "a.\u00a0m.", "p.\u00a0m." },
	{ "pt-BR", "dd/MM/yyyy", "HH:mm:ss", "", "" },
	{ "sq-AL", "d.M.yyyy", "h:mm:ss.tt", "PD", "MD" },
	{ "tr-TR", "d.MM.yyyy", "HH:mm:ss", "", "" },
	{ "ru-RU", "dd.MM.yyyy", "H:mm:ss", "", "" },
	{ "ar-EG", "dd/MM/yyyy", "hh:mm:ss tt", "ص", "م" },
	{ "he-IL", "dd/MM/yyyy", "HH:mm:ss", "", "" },
	{ "vi-VN", "dd/MM/yyyy", "h:mm:ss tt", "SA", "CH" },
	{ "ja-JP", "yyyy/MM/dd", "H:mm:ss", "", "" },
	{ "ja-JP, 12 hours", "yyyy/MM/dd", "tt h:mm:ss", "午前", "午後" },
	{ "ko-KR", "yyyy-MM-dd", "tt h:mm:ss", "오전", "오후" },
	{ "ko-KR, later", "yyyy. M. d.", "tt h:mm:ss", "오전", "오후" },
	{ "zh-CN", "yyyy/M/d", "H:mm:ss", "", "" },
	{ "zh-CN, in words", "yyyy'年'M'月'd'日'", "H:mm:ss", "", "" },
	{ "zh-TW", "yyyy/M/d", "tt hh:mm:ss", "上午", "下午" },
	{ "zh-HK", "d/M/yyyy", "tth:mm:ss", "上午", "下午" },
	{ "kkj-CM", "dd/MM yyyy", "HH:mm:ss", "", "" },
	{ "of nobody", "d/M/yyyy", "h:mm:ss tt", "qu", "zz" },
};

#define PATTERNS (sizeof(patterns) / sizeof(*patterns))

/* A file of so many records; answers its text's size. */
static size_t
write_file(const struct pattern *pattern, const int64_t *at, size_t count, const char *gap, char *text, size_t size)
{
	char both[64];
	const struct time_pattern way = { both, pattern->am, pattern->pm, 0, 0 };
	size_t used = 0;

	snprintf(both, sizeof(both), "%s %s", pattern->date, pattern->clock);
	for (size_t i = 0; i < count; i++) {
		char time[200];

		time_pattern_write(&way, at[i], false, time);
		used += (size_t)snprintf(
			text + used, size - used,
			"Found send request.  ID: 202SQCS1, Dest Site: PS1%sSMS_LAN_SENDER%s%s%s6700 (0x1A2C)\n", gap,
			gap, time, gap);
	}
	ck_assert_uint_lt(used, size);
	return used;
}

static void
all_right(const struct pattern *pattern, const char *text, size_t size, const int64_t *at, size_t count,
          int64_t changed, bool surveyed, size_t piece)
{
	struct parser *parser = parser_new(0);
	struct event event;
	size_t i = 0;

	parser_changed(parser, changed);
	if (surveyed && parser_survey(parser, text, size))
		parser_survey(parser, NULL, 0);
	for (size_t from = 0; from < size; from += piece) {
		parser_feed(parser, text + from, size - from < piece ? size - from : piece);
		for (; parser_next(parser, &event); i++) {
			ck_assert_uint_lt(i, count);
			ck_assert_msg(event.at == at[i], "%s: record %zu of\n%s", pattern->locale, i, text);
			ck_assert(span_is(event.component, SPAN("SMS_LAN_SENDER")));
			ck_assert_uint_eq(event.thread, 6700);
		}
	}
	ck_assert_msg(i == count, "%s: %zu of %zu records of\n%s", pattern->locale, i, count, text);
	parser_free(parser);
}

START_TEST(times_of_every_pattern_are_read)
{
	static const char *const gaps[] = { "\t", "  ", " " };
	static const unsigned steps[] = { 5, 600, 7200, 40000 };
	unsigned seed = 1;
	char text[16384];

	for (size_t k = 0; k < PATTERNS; k++) {
		for (unsigned run = 0; run < 60; run++) {
			size_t count = 1 + next_random(&seed) % 20, size;
			unsigned step = steps[next_random(&seed) % 4];
			int64_t at[20], now = (int64_t)(15000 + next_random(&seed) % 6000) * WHEN_DAY;

			now += (int64_t)(next_random(&seed) % 86400) * WHEN_SECOND;
			for (size_t i = 0; i < count; i++)
				at[i] = now += (1 + next_random(&seed) % step) * WHEN_SECOND;
			if (strcmp(patterns[k].locale, "of nobody") == 0) { /* both of its words on one day */
				count = 2;
				at[0] = now / WHEN_DAY * WHEN_DAY + 9 * WHEN_HOUR;
				at[1] = at[0] + 5 * WHEN_HOUR;
			}
			size = write_file(&patterns[k], at, count, gaps[next_random(&seed) % 3], text, sizeof(text));
			now = at[count - 1] + (int64_t)(next_random(&seed) % 3600) * WHEN_SECOND;
			all_right(&patterns[k], text, size, at, count, now, true, size);
			all_right(&patterns[k], text, size, at, count, now, false, size);
			all_right(&patterns[k], text, size, at, count, now, true, 100);
		}
	}
}
END_TEST

START_TEST(a_line_far_behind_decides_for_all_of_a_file)
{
	const struct pattern *pattern = &patterns[2];
	static int64_t at[2000];
	static char text[400000];
	int64_t now = 20000 * WHEN_DAY + WHEN_HOUR;
	struct civil c = { 2026, 11, 3, 18, 5, 1, 0 };
	size_t size;

	now = when_from(&c);
	for (size_t i = 0; i < 2000; i++, now += 15 * WHEN_MINUTE)
		at[i] = now;
	size = write_file(pattern, at, 2000, "\t", text, sizeof(text));
	/* The file's time says otherwise, and the 13th is far behind. */
	c.month = 4;
	all_right(pattern, text, size, at, 2000, when_from(&c), true, 4096);
}
END_TEST

/* The first record of the lines. */
static void
reads(const char *times, const char *changed, const char *expected)
{
	struct parser *parser = parser_new(0);
	char text[4096] = "", got[WHEN_TEXT] = "none";
	struct event event = { .at = WHEN_NONE };
	int64_t at = WHEN_NONE;
	struct span left = span_of(times);

	if (*changed)
		ck_assert(when_parse(span_of(changed), &at));
	parser_changed(parser, at);
	while (left.size > 0) {
		struct span time = span_part(left, 0, span_find(left, SPAN("|")));

		left = span_from(left, time.size + 1);
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		         "Found\tSMS_LAN_SENDER\t%.*s\t6700 (0x1A2C)\n", (int)time.size, time.at);
	}
	parser_feed(parser, text, strlen(text));
	if (parser_next(parser, &event) && event.at != WHEN_NONE)
		when_format(event.at, false, got);
	got[strlen(expected)] = '\0';
	ck_assert_msg(strcmp(got, expected) == 0, "%s is %s and not %s", times, got, expected);
	parser_free(parser);
}

START_TEST(other_forms_calendars_and_digits_are_read)
{
	const char *changed = "2026-11-04T12:00:00Z";

	reads("3/11/2569 18:05:01", changed, "2026-11-03T18:05:01");
	reads("3/11/69 18:05:01", changed, "2026-11-03T18:05:01");
	reads("٠٣/١١/٢٠٢٦ ٠٦:٠٥:٠١ م", changed, "2026-11-03T18:05:01");
	/* Persia's, the Islamic one, and where they would be ahead of the change, the year alone is another. */
	reads("1405/08/12 06:05:01 ب.ظ", changed, "2026-11-03T18:05:01");
	reads("1387/12/30 18:05:01", "2009-03-20T20:00:00Z", "2009-03-20T18:05:01");
	reads("22/05/1448 18:05:01", changed, "2026-11-03T18:05:01");
	reads("1405/11/03 18:05:01", changed, "2026-11-03T18:05:01");
	reads("115/11/3 18:05:01", changed, "2026-11-03T18:05:01");
	reads("114/12/31 18:05:01", "2026-01-01T12:00:00Z", "2025-12-31T18:05:01");
	reads("令和8/11/3 18:05:01", changed, "2026-11-03T18:05:01");
	reads("R8/12/31 18:05:01", "2027-01-01T12:00:00Z", "2026-12-31T18:05:01");
	reads("03-Nov-26 18:05:01", changed, "2026-11-03T18:05:01");
	reads("Tue 3 nov. 2026 18:05:01", changed, "2026-11-03T18:05:01");
	reads("Nov 3, 2026 6:05:01 PM", changed, "2026-11-03T18:05:01");
	reads("mar 03/11/2026 18:05:01", changed, "2026-11-03T18:05:01");
	reads("11/3/2026, 6:05:01\u202fPM", changed, "2026-11-03T18:05:01");
	reads("26/11/03 18:05:01", changed, "2026-11-03T18:05:01");
	reads("11/3/2026 6:05:01.123 PM", changed, "2026-11-03T18:05:01");
	reads("11/3/2026 12:00:00 AM", changed, "2026-11-03T00:00:00");
	reads("3/11/2026 6:05:01 PM|13/11/2026 6:05:01 PM", "2026-03-12T00:00:00Z", "2026-11-03T18:05:01");
	reads("13/11/2026 18:05:01|11/14/2026 18:05:01", changed, "2026-11-13T18:05:01");
	reads("1/12/2026 18:05:01|2/1/2027 18:05:01", "", "2026-12-01T18:05:01");
}
END_TEST

START_TEST(without_a_sign_the_newest_is_nearest_and_not_after_the_change)
{
	reads("3/11/2026 18:05:01", "2026-11-04T00:00:00Z", "2026-11-03T18:05:01");
	reads("3/11/2026 18:05:01", "2026-10-04T00:00:00Z", "2026-03-11T18:05:01");
	reads("11/3/2026 18:05:01", "2026-11-04T00:00:00Z", "2026-11-03T18:05:01");
	reads("3/11/2026 6:05:01 PM", "", "2026-03-11T18:05:01");
	reads("3/11/2026 18:05:01", "", "2026-11-03T18:05:01");
	reads("3.11.2026 18:05:01", "2028-01-01T00:00:00Z", "2026-11-03T18:05:01");
}
END_TEST

START_TEST(a_file_keeps_its_order_while_it_is_written)
{
	static const char first[] = "Found\tSMS_LAN_SENDER\t11/03/2026 18:05:01\t6700 (0x1A2C)\n";
	static const char later[] = "Found\tSMS_LAN_SENDER\t11/03/2026 18:05:10\t6700 (0x1A2C)\n";
	struct parser *parser = parser_new(0);
	int64_t march, december;
	struct event event;

	ck_assert(when_parse(SPAN("2026-03-11T18:06:00Z"), &march));
	ck_assert(when_parse(SPAN("2026-12-01T12:00:00Z"), &december));
	parser_changed(parser, march);
	parser_feed(parser, first, strlen(first));
	ck_assert(parser_next(parser, &event));
	ck_assert(!parser_next(parser, &event));
	parser_changed(parser, december);
	parser_feed(parser, later, strlen(later));
	ck_assert(parser_next(parser, &event));
	ck_assert_int_eq(march - event.at, 50 * WHEN_SECOND);
	parser_free(parser);
}
END_TEST

START_TEST(a_word_beside_the_clock_that_nobody_knows_is_the_half_that_another_is_not)
{
	reads("3/13/2026 qq 6:05:01|3/13/2026 AM 7:05:01", "", "2026-03-13T18:05:01");
	reads("3/13/2026 qq 6:05:01|3/13/2026 PM 7:05:01", "", "2026-03-13T06:05:01");
	reads("3/13/2026 qq 6:05:01|3/13/2026 AM 7:05:01|3/13/2026 13:05:01", "", "2026-03-13T06:05:01");
	reads("3/13/2026 qq 6:05:01|3/13/2026 AM 7:05:01|3/13/2026 8:05:01 PM", "", "2026-03-13T06:05:01");
}
END_TEST

START_TEST(what_is_no_time_is_no_copied_line)
{
	reads("11/3/2026", "", "none");
	reads("18:05:01", "", "none");
	reads("32/13/2026 18:05:01", "", "none");
	reads("11/3/2026 25:05:01", "", "none");
	reads("1/2/3/4 18:05:01", "", "none");
	reads("11/3/20266 18:05:01", "", "none");
	reads("\xff\xfe//.. ::", "", "none");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("copied_dates");
	TCase *tc = tcase_create("copied");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, times_of_every_pattern_are_read);
	tcase_add_test(tc, a_line_far_behind_decides_for_all_of_a_file);
	tcase_add_test(tc, other_forms_calendars_and_digits_are_read);
	tcase_add_test(tc, without_a_sign_the_newest_is_nearest_and_not_after_the_change);
	tcase_add_test(tc, a_file_keeps_its_order_while_it_is_written);
	tcase_add_test(tc, a_word_beside_the_clock_that_nobody_knows_is_the_half_that_another_is_not);
	tcase_add_test(tc, what_is_no_time_is_no_copied_line);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
