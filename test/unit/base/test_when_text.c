/* Times as texts write them, in the ways of all the world. */
#include <stdlib.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/utf8.h"
#include "cmtop/when.h"
#include "run_suite.h"
#include "time_patterns.h"

static int64_t
time_of(const char *text)
{
	int64_t at;

	ck_assert(when_parse(span_of(text), &at));
	return at;
}

/* The text as it was written at that time, RFC 3339, and what it names; "if 24" where that holds only of 24 hours. */
static void
expect_time(const char *written, const char *text, const char *expected)
{
	struct when_text found = when_in_text(span_of(text), time_of(written));
	char out[WHEN_TEXT + 8] = "none";

	if (found.at != WHEN_NONE) {
		when_format(found.at, false, out);
		strcpy(out + strlen("2026-07-30T00:00:00"), found.if_24 ? " if 24" : "");
	}
	ck_assert_msg(strcmp(out, expected) == 0, "'%s' is %s", text, out);
}

START_TEST(day_and_month_are_read_in_either_order)
{
	expect_time("2026-07-30T12:00:00Z", "7/30/2026 1:06:04 PM Eastern Daylight Time", "2026-07-30T13:06:04");
	expect_time("2018-06-14T06:36:25Z", "14/06/2018 06:56:25 GMT Daylight Time", "2018-06-14T06:56:25");
	expect_time("1999-03-17T10:17:16Z", "03/17/99 10:47:16 Eastern Standard Time", "1999-03-17T10:47:16");
	expect_time("2014-12-04T06:00:00Z", "12/4/2014 6:14:27 AM Eastern Standard Time", "2014-12-04T06:14:27");
	expect_time("2014-04-12T06:00:00Z", "12/4/2014 6:14:27 AM Eastern Standard Time", "2014-04-12T06:14:27");
	expect_time("2026-07-30T12:00:00Z", "2026-07-30 13:06:04", "2026-07-30T13:06:04");
	expect_time("2026-07-30T12:00:00Z", "2026-07-30T13:06:04.500", "2026-07-30T13:06:04");
	expect_time("2026-07-30T12:00:00Z", "30. 7. 2026 13:06:04 Romance Zeit", "2026-07-30T13:06:04");
	/* Both orders lie ahead: the nearer one. */
	expect_time("2026-03-04T23:50:00Z", "5/3/2026 0:10:00", "2026-03-05T00:10:00");
	/* The half of the day. */
	expect_time("2026-07-30T12:00:00Z", "7/30/2026 12:29:04 PM", "2026-07-30T12:29:04");
	expect_time("2026-07-30T23:59:00Z", "7/31/2026 12:29:04 AM", "2026-07-31T00:29:04");
	/* The record has milliseconds, the text has whole seconds or none. */
	expect_time("2026-07-30T13:06:04.900Z", "7/30/2026 1:06:04 PM", "2026-07-30T13:06:04");
	expect_time("2026-07-30T13:06:04.900Z", "30.07.2026 13:06", "2026-07-30T13:06:00");
	expect_time("2026-12-31T23:50:00Z", "1/1/27 0:05:00", "2027-01-01T00:05:00");
}
END_TEST

/* Written on 30 November 2026 at 17:35:05, all of them name 18:05:07. */
START_TEST(every_locale_of_windows_is_read)
{
	static const char *const texts[] = {
		"30.11.2026 18:05:07",
		"2026/11/30 午後 6:05:07",
		"30/11/2026 6:05:07 p. m.",
		"30/11/2026 6:05:07 p.\u00A0m.",
		"30/11/2026 6:05:07 p. m. Hora de verano romance",
		"30/11/2026 6:05:07 μμ",
		"30/11/2026 6:05:07 μ.μ.",
		"2026-11-30 오후 6:05:07",
		"2026/11/30 下午 06:05:07",
		"2026/11/30下午6:05:07",
		"2026年11月30日 下午6:05:07",
		"30/11/2026 06:05:07 م",
		"٣٠/١١/٢٠٢٦ ٠٦:٠٥:٠٧ م",
		"30.11.2026 18.05.07",
		"30-11-2026 18.05.07 Romance Standard Time",
		"11/30/2026 6:05:07\u202FPM",
		"\u200E11\u200E/\u200E30\u200E/\u200E2026 6:05:07 PM",
		"30/11/2026 06:05:07 pm",
		"30/11/2026 06:05:07PM",
		"30/11/2569 18:05:07",
		"๓๐/๑๑/๒๕๖๙ ๑๘:๐๕:๐๗",
		"30/11/69 18:05:07",
		"115/11/30 下午 06:05:07",
		"۱۴۰۵/۰۹/۰۹ ۱۸:۰۵:۰۷",
		"۱۴۰۵/۰۹/۰۹ ۰۶:۰۵:۰۷ ب.ظ",
		"1448/06/20 18:05:07",
		"2026-11-30 18 h 05 min 07 s",
		"2026-11-30 18h05m07s",
		"2026年11月30日 18时05分07秒",
		"2026-11-30 오후 6시 05분 07초",
		"2026. 11. 30. 18:05:07",
		"2026. 11. 30. 6:05:07 du.",
		"30. 11. 2026. 18:05:07",
		"30.11.2026 г. 18:05:07 ч.",
		"30.11.2026 г. 6:05:07 сл.об.",
		"11/30/2026 6:05:07 PM (UTC+01:00) Amsterdam, Berlin",
		"11/30/2026 6:05:07 PM SA Pacific Standard Time",
		"30.11.2026 h. 18.05.07",
		"30.11.2026 kl. 18.05.07",
		"30.11.2026 klo 18.05.07",
		"30/11/2026 6:05:07 CH",
		"18:05:07 30/11/2026",
		"6:05:07 CH 30/11/2026",
		"2026-11-30 6:05:07 MD",
		"30/11/2026 18:05:07 Hora de verano romance",
		"令和8年11月30日 18:05:07",
		"R8/11/30 18:05:07",
		"26. 11. 30. 오후 6:05:07",
		"２０２６／１１／３０　１８：０５：０７",
		"३०-११-२०२६ १८:०५:०७",
		"৩০-১১-২৬ ১৮.০৫.০৭",
		"30/11/26 6:05:07 ÖS",
		"30.11.2026 18:05:07 UTC+12",
		"30.11.2026 18:05:07, W. Europe Standard Time",
		/* letters composed in two ways */
		"30-11-26 \u0A36ਾਮ 06:05:07",
		"30-11-26 \u0A38\u0A3Cਾਮ 06:05:07",
		"30/11/2026 6:05:07 carra",
		"30.11.26 ý. 18:05:07",
		"30.11.2026 Klock 18.05.07",
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		expect_time("2026-11-30T17:35:05.250Z", texts[i], "2026-11-30T18:05:07");
}
END_TEST

START_TEST(without_a_word_beside_it_an_hour_is_one_of_24)
{
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 6:05:07", "2026-11-30T06:05:07");
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 6:05:07 (UTC+01:00) Paris", "2026-11-30T06:05:07");
	expect_time("2026-11-30T05:35:05Z", "30.11.2026 kl. 06.05.07 SA Eastern Standard Time", "2026-11-30T06:05:07");
	expect_time("2026-11-30T05:35:05Z", "30.11.2026 06:05:07 Uhr", "2026-11-30T06:05:07");
	/* Another word may be that of a half that is not known here. */
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 6:05:07 qq.", "2026-11-30T06:05:07 if 24");
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 qq 6:05:07", "2026-11-30T06:05:07 if 24");
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 6:05:07 Hora de verano", "2026-11-30T06:05:07 if 24");
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 6:05:07 qq Eastern Standard Time", "2026-11-30T06:05:07 if 24");
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 AM 6:05:07 PM", "2026-11-30T06:05:07 if 24");
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 م 6:05:07", "2026-11-30T06:05:07 if 24");
	/* "ip." is the afternoon in Finnish and the morning in Inari Sami. */
	expect_time("2026-11-30T05:35:05Z", "30.11.2026 6.05.07 ip.", "2026-11-30T06:05:07 if 24");
	/* The day in Urdu of India, and the afternoon in Kurdish. */
	expect_time("2026-11-30T05:35:05Z", "30/11/2026 6:05:07 دن", "2026-11-30T06:05:07 if 24");
}
END_TEST

START_TEST(a_text_shows_whether_hours_are_counted_to_24)
{
	static const struct {
		const char *text;
		bool counts_24;
	} rows[] = {
		{ "30/11/2026 18:05:07", true },
		{ "30/11/2026 0:05:07 qq", true },
		{ "30/11/2026 6:05:07", false },
		{ "30/11/2026 12:05:07 qq", false },
		{ "30/11/2026 18:05:07 PM", false },
		{ "30/11/2026 0:05:07 AM", false },
		{ "18:05:07", false },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		ck_assert_msg(when_in_text(span_of(rows[i].text), time_of("2026-11-30T17:35:05Z")).counts_24
		                      == rows[i].counts_24,
		              "%s", rows[i].text);
}
END_TEST

START_TEST(a_time_that_cannot_be_read_for_certain_is_none)
{
	static const char *const texts[] = {
		"",
		"soon",
		"about every 30m, as seen so far",
		"13:06:04",
		"13.06.04",
		"7/30/2026",
		"30.07.2026",
		"30.07.26",
		"30.07.2026 13.06",
		"7/30 13:06:04",
		"7/30/2026 25:06:04",
		"7/30/2026 24:00:00",
		"7/30/2026 13:60:04",
		"7/30/2026 13:06:60",
		"7/30/2026 13:6",
		"7/30/2026 113:06:04",
		"7/30/2026 1:13:06:04",
		"7/30/2026 1.13:06:04",
		"7/30/2026 13h06:04",
		"7/30/2026 13:06.04",
		"7/30/2026 13:06:04 14:06:04",
		"30.07.2026.13.06.04",
		"7/30/2026 l3:06:04",
		"7/30/2026 13:06?04",
		"7/30/2026 13:06x04",
		"7/30/2026/13:06:04",
		"7/30/2026 13:06:04x",
		"7/30/2026 \\xFC3:06:04",
		/* past, and more than eight days ahead, in both orders */
		"7/30/2026 11:59:58 AM",
		"7/29/2026 1:06:04 PM",
		"8/8/2026 1:06:04 PM",
		"30/7/2025 13:06:04",
		"30/30/2026 13:06:04",
		"0/7/2026 13:06:04",
		/* where the clocks of computers begin */
		"30.12.1899 13:06:04",
		"1/1/1970 13:06:04",
		"1/1/1601 13:06:04",
		/* another zone than the server's */
		"2026-07-30T13:06:04Z",
		"2026-07-30T13:06:04+02:00",
		"2026-07-30 13:06:04 -0500",
		/* which midday? */
		"7/30/2026 0:30:00 PM",
		/* numbers that are no date */
		"5 7/30/2026 13:06:04",
		"7/30/2026/5 13:06:04",
		"7//30/2026 13:06:04",
		"7:30:2026 13:06:04",
		"77777/30/2026 13:06:04",
		"2026/30/2026 13:06:04",
		"30/07/\\xFC2026 13:06:04",
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		expect_time("2026-07-30T12:00:00Z", texts[i], "none");
	ck_assert(when_in_text(SPAN("7/30/2026 1:06:04 PM"), WHEN_NONE).at == WHEN_NONE);
}
END_TEST

/* ---- against a plain reference ---- */

static const struct time_pattern ways[] = {
	{ "M/d/y h:mm:ss t", "AM", "PM", 0, 0 },
	{ "d/MM/y h:mm:ss t", "a. m.", "p. m.", 0, 0 },
	{ "dd/MM/y HH:mm:ss", "", "", 0, 0 },
	{ "dd/MM/y HH:mm", "", "", 0, 0 },
	{ "dd.MM.y HH:mm:ss", "", "", 0, 0 },
	{ "d.M.y H.mm.ss", "", "", 0, 0 },
	{ "d.M.y 'klo' H.mm.ss", "", "", 0, 0 },
	{ "dd-MM-y HH.mm.ss 'Romance Standard Time'", "", "", 0, 0 },
	{ "y-MM-dd HH:mm:ss", "", "", 0, 0 },
	{ "y-MM-dd HH.mm.ss", "", "", 0, 0 },
	{ "y-MM-dd HH 'h' mm 'min' ss 's'", "", "", 0, 0 },
	{ "y-MM-dd HH 'h' mm", "", "", 0, 0 },
	{ "y. MM. dd. H:mm:ss", "", "", 0, 0 },
	{ "y. MM. dd. h:mm:ss t", "de.", "du.", 0, 0 },
	{ "d. M. y. H:mm:ss", "", "", 0, 0 },
	{ "y/MM/dd t h:mm:ss", "午前", "午後", 0, 0 },
	{ "y/M/dth:mm:ss", "上午", "下午", 0, 0 },
	{ "y-MM-dd t h:mm:ss", "오전", "오후", 0, 0 },
	{ "dd/MM/y hh:mm:ss t", "ص", "م", 0x660, 0 },
	{ "dd/MM/y h:mm:ss t", "πμ", "μμ", 0, 0 },
	{ "dd-MM-y hh:mm:ss t", "पूर्वाह्न", "अपराह्न", 0x966, 0 },
	{ "dd-MM-yy HH.mm.ss", "", "", 0x9E6, 0 },
	{ "d/M/y H:mm:ss", "", "", 0xE50, 543 },
	{ "d/M/y h:mm:ss t", "AM", "PM", 0, 543 },
	{ "y/M/d t hh:mm:ss", "上午", "下午", 0, -1911 },
	{ "'令和'y年M月d日 H:mm:ss", "", "", 0, -2018 },
	{ "d.MM.y 'г.' H:mm:ss 'ч.'", "", "", 0, 0 },
	{ "M/d/yy h:mm:ss t", "AM", "PM", 0, 0 },
	{ "dd/MM/yy HH:mm:ss", "", "", 0, 0 },
	{ "yy/MM/dd HH:mm:ss", "", "", 0xFF10, 0 },
	{ "y-MM-dd h:mm:ss t", "PD", "MD", 0, 0 },
	{ "dd/MM/y h:mm:ss t", "SA", "CH", 0, 0 },
	{ "H:mm:ss dd/MM/y", "", "", 0, 0 },
	{ "d.MM.y h:mm:ss t", "ÖÖ", "ÖS", 0, 0 },
	{ "M/d/y h:mm:ss t '(UTC+01:00) Amsterdam, Berlin'", "AM", "PM", 0, 0 },
	{ "d.M.y h.mm.ss t", "dop.", "odp.", 0, 0 },
	{ "y/MM/dd hh:mm:ss t", "vm.", "nm.", 0, 0 },
	{ "dd/MM/y H'h'mm'm'ss's'", "", "", 0, 0 },
};

static const int clocks[][3] = { { 0, 0, 0 },   { 0, 5, 0 },  { 6, 5, 7 },   { 12, 0, 0 },
	                         { 12, 30, 0 }, { 18, 5, 7 }, { 23, 59, 59 } };

/* The first of these clocks of the next days that is written like the text, in this order of day and month or in the other. */
static int64_t
reference(const struct time_pattern *way, const char *text, int64_t after)
{
	char written[200];

	for (int day = 0; day <= 9; day++)
		for (size_t i = 0; i < COUNT_OF(clocks); i++) {
			struct civil c = when_civil(after + day * WHEN_DAY);
			int64_t at = when_from(
				&(struct civil){ c.year, c.month, c.day, clocks[i][0], clocks[i][1], clocks[i][2], 0 });

			if (at < after || at > after + 8 * WHEN_DAY)
				continue;
			for (int swapped = 0; swapped < 2; swapped++) {
				time_pattern_write(way, at, swapped, written);
				if (strcmp(written, text) == 0)
					return at;
			}
		}
	return WHEN_NONE;
}

/* Written a minute, an hour and a day before the time, and where that is past and too far ahead. */
static void
hold_against_reference(const struct time_pattern *way, int64_t at)
{
	static const int64_t leads[] = { WHEN_MINUTE, WHEN_HOUR, WHEN_DAY, 9 * WHEN_DAY, -2 * WHEN_MINUTE };
	bool to_the_minute = !strstr(way->pattern, "ss");
	char text[200];

	for (size_t i = 0; i < COUNT_OF(leads); i++) {
		int64_t read, expected;

		time_pattern_write(way, at, false, text);
		read = when_in_text(span_of(text), at - leads[i]).at;
		expected = reference(way, text, at - leads[i]);
		if (leads[i] > 0 && leads[i] <= WHEN_DAY)
			ck_assert_int_eq(expected, at);
		if (to_the_minute && expected != WHEN_NONE)
			expected -= expected % WHEN_MINUTE;
		ck_assert_msg(read == expected, "'%s' of %s, %d", way->pattern, text, (int)i);
	}
}

START_TEST(the_reader_says_what_a_plain_reference_says)
{
	static const int months[][3] = { { 2026, 12, 31 }, { 2027, 1, 12 } };

	for (size_t w = 0; w < COUNT_OF(ways); w++)
		for (size_t m = 0; m < COUNT_OF(months); m++)
			for (int day = 1; day <= months[m][2]; day++)
				for (size_t i = 0; i < COUNT_OF(clocks); i++)
					hold_against_reference(
						&ways[w], when_from(&(struct civil){ months[m][0], months[m][1], day,
					                                             clocks[i][0], clocks[i][1],
					                                             clocks[i][2], 0 }));
}
END_TEST

/* ---- spoiled texts ---- */

/* Whether these numbers stand in the text one behind the other: hour, minute and, where it is not 0, second. */
static bool
has_clock(const char *text, const struct civil *c)
{
	char plain[1024];
	struct span rest = { plain, utf8_plain(span_of(text), plain, sizeof(plain)) };
	uint64_t number, last = 99, before = 99;

	while (rest.size > 0) {
		if (!span_take_uint(&rest, &number)) {
			rest = span_from(rest, 1);
			continue;
		}
		if (before % 12 == (uint64_t)c->hour % 12 && last == (uint64_t)c->minute
		    && number == (uint64_t)c->second)
			return true;
		if (last % 12 == (uint64_t)c->hour % 12 && number == (uint64_t)c->minute && c->second == 0)
			return true;
		before = last;
		last = number;
	}
	return false;
}

static void
spoil(char *text)
{
	static const char signs[] = " :./-+,hTZ0123456789apm\xe5\x8d\x88\xd9\x85\xc2\xa0()\\\xff";
	size_t size = strlen(text), at = size ? (size_t)rand() % size : 0;

	switch (rand() % 4) {
	case 0: text[at] = signs[(size_t)rand() % (sizeof(signs) - 1)]; break;
	case 1: memmove(text + at, text + at + (size > at), size - at + (size > at ? 0 : 1)); break;
	case 2:
		memmove(text + at + 1, text + at, size - at + 1);
		text[at] = signs[(size_t)rand() % (sizeof(signs) - 1)];
		break;
	default: text[at] = (char)(rand() % 255 + 1); break;
	}
}

START_TEST(no_clock_is_cut_out_of_a_spoiled_text)
{
	char text[400];

	srand(12);
	for (int i = 0; i < 200000; i++) {
		int64_t at = time_of("2026-11-30T17:35:05Z");
		struct when_text found;

		time_pattern_write(&ways[(size_t)rand() % COUNT_OF(ways)], at + 1802000, rand() % 2, text);
		for (int changes = rand() % 4; changes >= 0; changes--)
			spoil(text);
		found = when_in_text(span_of(text), at);
		if (found.at == WHEN_NONE)
			continue;
		ck_assert_msg(found.at + WHEN_MINUTE > at && found.at <= at + 8 * WHEN_DAY, "%s", text);
		ck_assert_msg(has_clock(text, (struct civil[]){ when_civil(found.at) }), "%s", text);
	}
	memset(text, '1', sizeof(text));
	ck_assert(when_in_text((struct span){ text, sizeof(text) }, 0).at == WHEN_NONE);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("when_text");
	TCase *tcase = tcase_create("when_text");

	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, day_and_month_are_read_in_either_order);
	tcase_add_test(tcase, every_locale_of_windows_is_read);
	tcase_add_test(tcase, without_a_word_beside_it_an_hour_is_one_of_24);
	tcase_add_test(tcase, a_text_shows_whether_hours_are_counted_to_24);
	tcase_add_test(tcase, a_time_that_cannot_be_read_for_certain_is_none);
	tcase_add_test(tcase, the_reader_says_what_a_plain_reference_says);
	tcase_add_test(tcase, no_clock_is_cut_out_of_a_spoiled_text);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
