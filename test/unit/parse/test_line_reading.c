/*
 * What a line is written in: by itself, by its neighbours, by the server.
 */
#include <stdlib.h>

#include "cmtop/parser.h"
#include "run_suite.h"

#define FRAME "  $$<SMS_LAN_SENDER><07-30-2026 12:03:00.000+300><thread=4321 (0x10E1)>\r\n"

/* A system on which each byte and each pair of a page is a letter: a byte of Cyrillic, a pair of Hangul. */
static bool
letters(unsigned page, int lead, uint16_t out[256])
{
	bool pairs = page < 1000 && page != 874;

	for (int i = 0; i < 256; i++)
		out[i] = (uint16_t)(lead >= 0            ? 0xAC00 + (lead - 0x80) * 64 + i % 64
		                    : pairs && i >= 0x80 ? 0
		                                         : 0x400 + i);
	return page != 1257;
}

/* The first bytes of the messages, a '|' between them. */
static const char *
read_with(struct server_text *text, const char *bytes, size_t size, size_t piece)
{
	static char out[8192];
	struct parser *parser = parser_new(0);
	struct event event;
	size_t used = 0;

	parser_read_text(parser, text);
	for (size_t at = 0; at < size; at += piece) {
		parser_feed(parser, bytes + at, piece < size - at ? piece : size - at);
		while (parser_next(parser, &event)) {
			size_t more = event.message.size < 100 ? event.message.size : 100;

			ck_assert_uint_lt(used + more + 2, sizeof(out));
			memcpy(out + used, event.message.at, more);
			used += more;
			out[used++] = '|';
		}
	}
	out[used] = '\0';
	parser_free(parser);
	return out;
}

static const char *
read_in(unsigned page, const char *text)
{
	struct server_text *server = server_text_new(page, letters);
	const char *out = read_with(server, text, strlen(text), strlen(text));

	server_text_free(server);
	return out;
}

START_TEST(a_line_that_is_utf8_is_never_in_the_code_page)
{
	ck_assert_str_eq(read_in(1251, "x \xC3\xBC" FRAME "\xFC" FRAME), "x \xC3\xBC|\xD3\xBC|");
	ck_assert_str_eq(read_in(932, "x \xE8\xA1\xA8" FRAME), "x \xE8\xA1\xA8|");
}
END_TEST

START_TEST(what_can_be_either_goes_with_its_neighbours)
{
	static const char hangul[] = "\xC7\xA5", sure_page[] = "\xC7\xA5\xC1\xD8", sure_utf8[] = "\xED\x91\x9C";
	char log[512];

	/* Behind a line of the page, before one, and among lines of UTF-8. */
	snprintf(log, sizeof(log), "a %s" FRAME "b %s" FRAME, sure_page, hangul);
	ck_assert_ptr_null(strstr(read_in(949, log), hangul));
	snprintf(log, sizeof(log), "b %s" FRAME "a %s" FRAME, hangul, sure_page);
	ck_assert_ptr_null(strstr(read_in(949, log), hangul));
	snprintf(log, sizeof(log), "b %s" FRAME "a %s" FRAME, hangul, sure_utf8);
	ck_assert_ptr_nonnull(strstr(read_in(949, log), hangul));
	/* Three bytes too in Thai, but not in others, and not what is Thai in UTF-8. */
	snprintf(log, sizeof(log), "a \xE1\xBC\xB9" FRAME "b \xCA\xD3\xB9" FRAME);
	ck_assert_ptr_null(strstr(read_in(874, log), "\xE1\xBC\xB9"));
	ck_assert_ptr_nonnull(strstr(read_in(949, log), "\xE1\xBC\xB9"));
	ck_assert_ptr_nonnull(strstr(read_in(874, "a \xE0\xB8\xA1" FRAME), "\xE0\xB8\xA1"));
	/* In a page of the west two such letters are no word. */
	snprintf(log, sizeof(log), "a \xFC" FRAME "b %s" FRAME, hangul);
	ck_assert_ptr_nonnull(strstr(read_in(1252, log), hangul));
}
END_TEST

START_TEST(a_byte_that_is_no_letter_is_told_in_digits)
{
	ck_assert_str_eq(read_in(PAGE_UTF8, "B\xFCro" FRAME "B\xE4ro" FRAME), "B\\xFCro|B\\xE4ro|");
	ck_assert_str_eq(read_in(1257, "B\xFCro" FRAME), "B\\xFCro|"); /* of which the system knows nothing */
	ck_assert_str_eq(read_in(949, "x \xC7\" y" FRAME), "x \\xC7\" y|");
}
END_TEST

START_TEST(utf8_that_was_cut_in_a_letter_stays_utf8)
{
	static const char name[] = "\xE6\x9B\xB4\xE6\x96\xB0\xE3\x83\x97\xE3\x83\xAD", cut[] = "\xE3\x82";
	char log[512], expected[128];

	snprintf(log, sizeof(log), "x %s%s%s%s" FRAME "\xFC" FRAME, name, name, name, cut);
	snprintf(expected, sizeof(expected), "x %s%s%s\\xE3\\x82|\xD3\xBC|", name, name, name);
	ck_assert_str_eq(read_in(1251, log), expected);
}
END_TEST

START_TEST(a_short_name_in_utf8_that_was_cut_stays_utf8)
{
	/* Four letters of Russian, and one of Japanese in a log of UTF-8. */
	ck_assert_str_eq(read_in(932, "\xD0\x91\xD1\x8E\xD1\x80\xD0" FRAME), "\xD0\x91\xD1\x8E\xD1\x80\\xD0|");
	ck_assert_str_eq(read_in(1251, "\xE8\xA1\xA8" FRAME "\xE6\x9B" FRAME), "\xE8\xA1\xA8|\\xE6\\x9B|");
	/* Letters of a page before letters of ASCII are no such: "Café étoilé". */
	ck_assert_ptr_null(strstr(read_in(1252, "Caf\xE9 \xE9toil\xE9" FRAME), "\\x"));
}
END_TEST

START_TEST(few_texts_that_were_cut_are_no_code_page)
{
	/* "Büro" and the like, and one with two words that end within a letter. */
	static const char log[] = "B\xC3 \xC3" FRAME "B\xC3\xBCro" FRAME "K\xC3\xA4se" FRAME "\xC3\x96l" FRAME;
	struct server_text *text = server_text_new(PAGE_GUESSED, letters);
	int times = 1;

	read_with(text, log, sizeof(log) - 1, sizeof(log));
	for (; server_text_read_too_soon(text) && times < 10; times++)
		read_with(text, log, sizeof(log) - 1, sizeof(log));
	ck_assert_int_lt(times, 4);
	ck_assert_ptr_nonnull(
		strstr(read_with(text, log, sizeof(log) - 1, sizeof(log)), "|B\xC3\xBCro|K\xC3\xA4se|\xC3\x96l|"));
	server_text_free(text);
}
END_TEST

START_TEST(half_a_letter_is_no_line_break_mark)
{
	/* In these pages the second byte may be a '~' or a '|', at which messages are trimmed. */
	ck_assert_str_eq(read_in(932, "~x \x83\x7E~" FRAME), "x \xEA\xB3\xBE|");
}
END_TEST

START_TEST(utf32_is_not_read_and_says_so)
{
	static const char le[] = "\xFF\xFE\0\0x\0\0\0\n\0\0", be[] = "\0\0\0x\0\0\0y\0\0\0\n", plain[] = "x" FRAME;
	struct parser *parser = parser_new(0);
	struct event event;

	parser_feed(parser, le, sizeof(le));
	ck_assert(!parser_next(parser, &event));
	ck_assert(parser_counts(parser)->utf32);
	parser_restart(parser, 0, false);
	ck_assert(!parser_counts(parser)->utf32);
	parser_feed(parser, be, sizeof(be) - 1);
	ck_assert(!parser_next(parser, &event));
	ck_assert(parser_counts(parser)->utf32);
	parser_restart(parser, 0, false);
	parser_feed(parser, plain, sizeof(plain) - 1);
	ck_assert(parser_next(parser, &event));
	ck_assert(!parser_counts(parser)->utf32);
	parser_free(parser);
}
END_TEST

START_TEST(a_run_of_nuls_is_no_utf16)
{
	char log[4096 + 256] = { 0 };

	strcpy(log + 4096, "x" FRAME "y" FRAME);
	ck_assert_str_eq(read_with(NULL, log, 4096 + 2 * sizeof("x" FRAME) - 2, 4096), "x|y|");
	ck_assert_str_eq(read_with(NULL, log + 4096 - 64, 64 + 2 * sizeof("x" FRAME) - 2, 4096), "x|y|");
}
END_TEST

START_TEST(a_guess_that_changes_says_that_something_was_read_too_soon)
{
	/* One letter, then words in Russian; each line is fed alone, so nothing can be looked at ahead. */
	static const char log[] =
		"\xE9" FRAME "\xCE\xE1\xED\xEE\xE2\xEB\xE5\xED\xE8\xE5 \xE0\xED\xF2\xE8\xE2\xE8\xF0\xF3\xF1\xE0" FRAME;
	struct server_text *text = server_text_new(PAGE_GUESSED, letters);

	ck_assert(server_text_guessed(text));
	ck_assert_uint_eq(server_text_page(text), 1252);
	read_with(text, log, sizeof(log) - 1, sizeof("\xE9" FRAME) - 1);
	ck_assert_uint_eq(server_text_page(text), 1251);
	ck_assert(server_text_read_too_soon(text));
	read_with(text, log, sizeof(log) - 1, sizeof("\xE9" FRAME) - 1);
	ck_assert(!server_text_read_too_soon(text));
	server_text_free(text);
}
END_TEST

START_TEST(what_follows_the_first_name_is_looked_at_before_it_is_read)
{
	static const char log[] =
		"\xE9" FRAME "\xCE\xE1\xED\xEE\xE2\xEB\xE5\xED\xE8\xE5 \xE0\xED\xF2\xE8\xE2\xE8\xF0\xF3\xF1\xE0" FRAME;
	struct server_text *text = server_text_new(PAGE_GUESSED, letters);

	read_with(text, log, sizeof(log) - 1, sizeof(log));
	ck_assert_uint_eq(server_text_page(text), 1251);
	ck_assert(!server_text_read_too_soon(text));
	server_text_free(text);
}
END_TEST

START_TEST(two_servers_have_two_code_pages)
{
	struct server_text *first = server_text_new(PAGE_GUESSED, letters), *other = server_text_of(first, 3);

	ck_assert_ptr_eq(server_text_of(first, 0), first);
	ck_assert_ptr_eq(server_text_of(first, 3), other);
	ck_assert_ptr_ne(first, other);
	read_with(other, "\xCE\xE1\xED\xEE\xE2\xEB\xE5\xED\xE8\xE5" FRAME, sizeof("OOOOOOOOOO" FRAME) - 1, 1000);
	ck_assert_uint_eq(server_text_page(first), 1252);
	ck_assert_uint_eq(server_text_page(other), 1251);
	server_text_free(first);
}
END_TEST

START_TEST(code_pages_are_known_by_all_their_names)
{
	ck_assert_uint_eq(code_page_named(SPAN("windows-1251")), 1251);
	ck_assert_uint_eq(code_page_named(SPAN("CP1251")), 1251);
	ck_assert_uint_eq(code_page_named(SPAN("1251")), 1251);
	ck_assert_uint_eq(code_page_named(SPAN("Shift_JIS")), 932);
	ck_assert_uint_eq(code_page_named(SPAN("EUC-KR")), 949);
	ck_assert_uint_eq(code_page_named(SPAN("GBK")), 936);
	ck_assert_uint_eq(code_page_named(SPAN("Big5")), 950);
	ck_assert_uint_eq(code_page_named(SPAN("utf-8")), PAGE_UTF8);
	ck_assert_uint_eq(code_page_named(SPAN("UTF8")), PAGE_UTF8);
	ck_assert_uint_eq(code_page_named(SPAN("1259")), 0);
	ck_assert_uint_eq(code_page_named(SPAN("cp")), 0);
	ck_assert_uint_eq(code_page_named(SPAN("")), 0);
	ck_assert_uint_eq(code_page_named(SPAN("windows-1251 and much more")), 0);
}
END_TEST

/* Bytes that are likely to be taken for something, in a form and a page that are. */
START_TEST(no_bytes_do_harm)
{
	static const unsigned pages[] = { PAGE_GUESSED, PAGE_UTF8, 932, 936, 949, 950, 874, 1256, 1258 };
	static const char *const pieces[] = { FRAME,          "\n",           "\r\n",     "\xFF\xFE",
		                              "\xFE\xFF",     "\xEF\xBB\xBF", "$$<",      "\xCC",
		                              "\xD2",         "<![LOG[",      "a",        "~",
		                              "\xE3\x81\x82", "\xC7\xA5",     "\x83\x7E", "\xED\xA0\x80" };
	static char log[200000];

	for (unsigned seed = 0; seed < 400; seed++) {
		struct server_text *text = server_text_new(pages[seed % (sizeof(pages) / sizeof(pages[0]))], letters);
		size_t size = 0, most = seed % 20 ? 3000 : sizeof(log) - 200;
		bool wide = seed & 1;

		srand(seed);
		while (size < most) {
			const char *piece = pieces[(size_t)rand() % (sizeof(pieces) / sizeof(pieces[0]))];

			for (size_t i = 0; piece[i]; i++) {
				log[size++] = piece[i];
				if (wide)
					log[size++] = (char)(rand() % 50 ? 0 : rand());
			}
			for (int i = rand() % 5 ? 0 : rand() % (seed % 20 ? 20 : 90000); i > 0 && size < most; i--)
				log[size++] = (char)rand();
		}
		{
			struct parser *parser = parser_new(0);
			struct event event;

			parser_read_text(parser, text);
			for (size_t at = 0; at < size;) {
				size_t piece = 1 + (size_t)rand() % (seed & 2 ? 9 : 60000);
				char *copy;

				piece = piece < size - at ? piece : size - at;
				copy = malloc(piece);
				memcpy(copy, log + at, piece);
				parser_feed(parser, copy, piece);
				while (parser_next(parser, &event)) {
					ck_assert_uint_le(event.raw.size, PARSER_RECORD_MOST);
					ck_assert_uint_le(event.offset, event.end);
				}
				free(copy);
				at += piece;
				if (rand() % 100 == 0)
					parser_restart(parser, (uint64_t)(rand() % 3), rand() % 2);
			}
			parser_end(parser);
			while (parser_next(parser, &event))
				;
			parser_free(parser);
		}
		server_text_free(text);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("line reading");
	TCase *tests = tcase_create("line reading");

	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, a_line_that_is_utf8_is_never_in_the_code_page);
	tcase_add_test(tests, what_can_be_either_goes_with_its_neighbours);
	tcase_add_test(tests, a_byte_that_is_no_letter_is_told_in_digits);
	tcase_add_test(tests, utf8_that_was_cut_in_a_letter_stays_utf8);
	tcase_add_test(tests, a_short_name_in_utf8_that_was_cut_stays_utf8);
	tcase_add_test(tests, few_texts_that_were_cut_are_no_code_page);
	tcase_add_test(tests, half_a_letter_is_no_line_break_mark);
	tcase_add_test(tests, utf32_is_not_read_and_says_so);
	tcase_add_test(tests, a_run_of_nuls_is_no_utf16);
	tcase_add_test(tests, a_guess_that_changes_says_that_something_was_read_too_soon);
	tcase_add_test(tests, what_follows_the_first_name_is_looked_at_before_it_is_read);
	tcase_add_test(tests, two_servers_have_two_code_pages);
	tcase_add_test(tests, code_pages_are_known_by_all_their_names);
	tcase_add_test(tests, no_bytes_do_harm);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
