/* What reaches a cell: characters, their columns, and nothing that could do harm. */
#include <string.h>

#include "cmtop/utf8.h"
#include "run_suite.h"

static const char *
clean(const char *text, size_t size)
{
	static char out[256];

	utf8_clean((struct span){ text, size }, out, sizeof(out));
	return out;
}

#define CLEAN(literal) clean(literal, sizeof(literal) - 1)

START_TEST(plain_text_stays_as_it_is)
{
	ck_assert_str_eq(CLEAN("Office LTSC 2024"), "Office LTSC 2024");
	ck_assert_str_eq(CLEAN("Gr\xc3\xbc\xc3\x9f"
	                       "e \xe2\x82\xac"),
	                 "Gr\xc3\xbc\xc3\x9f"
	                 "e \xe2\x82\xac");
	ck_assert_str_eq(CLEAN(""), "");
}
END_TEST

START_TEST(control_characters_come_out_as_a_question_mark)
{
	ck_assert_str_eq(CLEAN("a\033[31mb\007\tc\r\nd\177"), "a?[31mb??c??d?");
	ck_assert_str_eq(CLEAN("a\0b"), "a?b");
	ck_assert_str_eq(CLEAN("\xc2\x9b"
	                       "31m\xc2\x85"),
	                 "?31m?");
}
END_TEST

START_TEST(each_byte_that_is_no_utf8_is_a_question_mark)
{
	ck_assert_str_eq(CLEAN("Stra\xdf"
	                       "e"),
	                 "Stra?e");
	ck_assert_str_eq(CLEAN("\xff\xfe"), "??");
	ck_assert_str_eq(CLEAN("\xe2\x82"), "??");
	ck_assert_str_eq(CLEAN("\xc0\xaf"
	                       "x"),
	                 "??x");
	ck_assert_str_eq(CLEAN("\xed\xa0\x80"), "???");
	ck_assert_str_eq(CLEAN("\xf4\x90\x80\x80"), "????");
}
END_TEST

START_TEST(what_turns_the_direction_or_hides_is_shown_as_a_question_mark)
{
	ck_assert_str_eq(CLEAN("a\xe2\x80\xae"
	                       "b"),
	                 "a?b"); /* right-to-left override */
	ck_assert_str_eq(CLEAN("a\xe2\x81\xa6"
	                       "b"),
	                 "a?b"); /* isolate */
	ck_assert_str_eq(CLEAN("a\xe2\x80\x8b"
	                       "b"),
	                 "a?b"); /* zero width space */
	ck_assert_str_eq(CLEAN("a\xe2\x80\x8d"
	                       "b"),
	                 "a?b"); /* zero width joiner */
	ck_assert_str_eq(CLEAN("\xef\xbb\xbf"
	                       "b"),
	                 "?b"); /* byte order mark */
	ck_assert_str_eq(CLEAN("a\xe2\x80\xa8"
	                       "b"),
	                 "a?b"); /* line separator */
	ck_assert_str_eq(CLEAN("a\xe3\x85\xa4"
	                       "b"),
	                 "a?b"); /* a letter that cannot be seen */
	ck_assert_str_eq(CLEAN("a\xf3\xa0\x81\x81"
	                       "b"),
	                 "a?b");                      /* tag */
	ck_assert_str_eq(CLEAN("\xef\xbf\xbf"), "?"); /* no character */
}
END_TEST

START_TEST(marks_join_the_character_before_them)
{
	struct span text = SPAN("e\xcc\x81x");
	struct glyph glyph;

	ck_assert(utf8_take(&text, &glyph));
	ck_assert_str_eq(glyph.text, "e\xcc\x81");
	ck_assert_int_eq(glyph.width, 1);
	ck_assert(utf8_take(&text, &glyph));
	ck_assert_str_eq(glyph.text, "x");
	ck_assert(!utf8_take(&text, &glyph));
}
END_TEST

START_TEST(a_hundred_marks_take_no_more_than_a_cell)
{
	char bytes[201] = "a";
	struct span text = { bytes, 201 };
	struct glyph glyph;
	size_t i;

	for (i = 0; i < 100; i++)
		memcpy(bytes + 1 + 2 * i, "\xcc\x81", 2);
	ck_assert(utf8_take(&text, &glyph));
	ck_assert_uint_le(strlen(glyph.text), UTF8_MOST);
	ck_assert_uint_eq(text.size, 0);
	ck_assert_int_eq(utf8_width((struct span){ bytes, 201 }), 1);
}
END_TEST

START_TEST(a_mark_without_a_character_is_a_question_mark)
{
	ck_assert_int_eq(CLEAN("\xcc\x81"
	                       "a")[0],
	                 '?');
	ck_assert_int_eq(utf8_width(SPAN("\xcc\x81")), 1);
}
END_TEST

START_TEST(wide_characters_take_two_columns)
{
	ck_assert_int_eq(utf8_width(SPAN("\xe6\xbc\xa2\xe5\xad\x97")), 4);
	ck_assert_int_eq(utf8_width(SPAN("\xf0\x9f\x92\xbb")), 2);
	ck_assert_int_eq(utf8_width(SPAN("abc")), 3);
	/* A selector that asks for another look of the same character changes no width. */
	ck_assert_int_eq(utf8_width(SPAN("\xe2\x9a\xa0\xef\xb8\x8f")), utf8_width(SPAN("\xe2\x9a\xa0")));
	ck_assert_str_eq(CLEAN("\xe2\x9a\xa0\xef\xb8\x8f"), "\xe2\x9a\xa0\xef\xb8\x8f");
}
END_TEST

/* One character, of so many columns, that is in its cell as it was written. */
static void
is_one_character(const char *what, const char *text, int width)
{
	struct span rest = span_of(text);
	struct glyph glyph;

	ck_assert(utf8_take(&rest, &glyph));
	ck_assert_msg(rest.size == 0, "%s is torn", what);
	ck_assert_msg(strcmp(glyph.text, text) == 0, "%s is not whole", what);
	ck_assert_msg(glyph.width == width, "%s takes %d columns", what, glyph.width);
	ck_assert_str_eq(clean(text, strlen(text)), text);
}

START_TEST(marks_of_all_scripts_stay_with_their_character)
{
	is_one_character("a vowel sign of Devanagari", "\u0939\u093f", 1);
	is_one_character("a nukta, a vowel sign and a nasal", "\u0921\u093c\u0940\u0902", 1);
	is_one_character("a vowel sign of Tamil", "\u0b95\u0bca", 1);
	is_one_character("a vowel and a tone of Thai", "\u0e01\u0e35\u0e48", 1);
	is_one_character("two points of Hebrew", "\u05e9\u05c1\u05b8", 1);
	is_one_character("two harakat of Arabic", "\u0628\u0651\u064e", 1);
	is_one_character("three marks of Vietnamese", "o\u031b\u0302\u0301", 1);
	is_one_character("a syllable in parts", "\u1100\u1161\u11a8", 2);
	is_one_character("a whole syllable with a final", "\uac00\u11a8", 2);
	is_one_character("a joined picture", "\U0001f469\u200d\U0001f4bb", 2);
	is_one_character("one with a skin", "\U0001f469\U0001f3fd\u200d\U0001f4bb", 2);
	is_one_character("a family", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", 2);
	is_one_character("a joiner of Sinhala", "\u0dc1\u0dca\u200d", 1);
	is_one_character("a non-joiner of Persian", "\u06cc\u200c", 1);
	is_one_character("a variant of Chinese", "\u845b\U000e0100", 2);
	is_one_character("a mark of many bytes", "\U00011103\U00011127\U00011134", 1);
}
END_TEST

START_TEST(what_takes_a_column_of_its_own_keeps_it)
{
	ck_assert_int_eq(utf8_width(SPAN("\u0e01\u0e33")), 2); /* the vowel AM of Thai */
	ck_assert_int_eq(utf8_width(SPAN("\u0915\u094d\u0937")), 2);
	ck_assert_int_eq(utf8_width(SPAN("\u1100\u1161\u1102\u1161")), 4);
	ck_assert_int_eq(utf8_width(SPAN("a\u1161")), 2); /* half a syllable on a letter that is none */
}
END_TEST

START_TEST(a_joiner_whose_other_side_has_no_room_is_left_out)
{
	struct span text = SPAN("\U0001f468\u200d\U0001f468\u200d\U0001f468\U0001f3fd\u200d\U0001f468");
	struct glyph glyph;

	ck_assert(utf8_take(&text, &glyph));
	ck_assert_uint_eq(text.size, 0);
	ck_assert_int_eq(glyph.width, 2);
	ck_assert_str_eq(glyph.text, "\U0001f468\u200d\U0001f468\u200d\U0001f468\U0001f3fd");
}
END_TEST

START_TEST(with_ascii_only_every_character_is_an_escape_of_its_own)
{
	struct span text = SPAN("Bu\u0308ro \u8868\U0001f4bb\u202e\x07\xff");
	char out[100] = "";
	struct glyph glyph;
	int width = 0;

	utf8_ascii_only(true);
	while (utf8_take(&text, &glyph)) {
		strcat(out, glyph.text);
		width += glyph.width;
	}
	ck_assert_str_eq(clean("\u8868", 3), "\u8868"); /* what is kept stays as it is */
	utf8_ascii_only(false);
	ck_assert_str_eq(out, "Bu\\u0308ro \\u8868\\U0001F4BB\\u202E??");
	ck_assert_int_eq(width, (int)strlen(out));
}
END_TEST

START_TEST(a_copy_is_cut_between_characters)
{
	char out[4];

	utf8_clean(SPAN("a\xe2\x82\xac"), out, sizeof(out));
	ck_assert_str_eq(out, "a");
	utf8_clean(SPAN("abcdef"), out, 1);
	ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(any_bytes_whatever_become_valid_text)
{
	uint64_t state = 1;
	size_t round, i;

	for (round = 0; round < 2000; round++) {
		char bytes[40], out[256], again[256];

		for (i = 0; i < sizeof(bytes); i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = (char)(state >> 33);
		}
		utf8_clean((struct span){ bytes, sizeof(bytes) }, out, sizeof(out));
		utf8_clean(span_of(out), again, sizeof(again));
		ck_assert_str_eq(out, again);
		for (i = 0; out[i]; i++)
			ck_assert((unsigned char)out[i] >= ' ' && out[i] != 127);
	}
}
END_TEST

START_TEST(code_points_are_put_and_taken)
{
	struct span text = SPAN("\xe2\x82\xac\xff");
	uint32_t point;
	char out[5];

	ck_assert(utf8_take_point(&text, &point));
	ck_assert_uint_eq(point, 0x20ac);
	ck_assert_uint_eq(utf8_put_point(point, out), 3);
	ck_assert_str_eq(out, "\xe2\x82\xac");
	ck_assert(utf8_take_point(&text, &point));
	ck_assert_uint_eq(point, UTF8_BROKEN);
	ck_assert(!utf8_take_point(&text, &point));
	ck_assert_uint_eq(utf8_put_point(0xd800, out), 0);
	ck_assert_uint_eq(utf8_put_point(0x110000, out), 0);
	ck_assert(utf8_is_capital('A') && utf8_is_capital(0xc4) && !utf8_is_capital('a') && !utf8_is_capital('1'));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("utf8");
	TCase *tcase = tcase_create("utf8");

	tcase_add_test(tcase, plain_text_stays_as_it_is);
	tcase_add_test(tcase, control_characters_come_out_as_a_question_mark);
	tcase_add_test(tcase, each_byte_that_is_no_utf8_is_a_question_mark);
	tcase_add_test(tcase, what_turns_the_direction_or_hides_is_shown_as_a_question_mark);
	tcase_add_test(tcase, marks_join_the_character_before_them);
	tcase_add_test(tcase, a_hundred_marks_take_no_more_than_a_cell);
	tcase_add_test(tcase, a_mark_without_a_character_is_a_question_mark);
	tcase_add_test(tcase, wide_characters_take_two_columns);
	tcase_add_test(tcase, marks_of_all_scripts_stay_with_their_character);
	tcase_add_test(tcase, what_takes_a_column_of_its_own_keeps_it);
	tcase_add_test(tcase, a_joiner_whose_other_side_has_no_room_is_left_out);
	tcase_add_test(tcase, with_ascii_only_every_character_is_an_escape_of_its_own);
	tcase_add_test(tcase, a_copy_is_cut_between_characters);
	tcase_add_test(tcase, any_bytes_whatever_become_valid_text);
	tcase_add_test(tcase, code_points_are_put_and_taken);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
