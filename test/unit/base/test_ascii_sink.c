/* Escapes in the place of what is no ASCII, however the text is cut on its way. */
#include <string.h>

#include "cmtop/ascii_sink.h"
#include "kept_text.h"
#include "run_suite.h"

#define TEXT "B\u00fcro \u8868 \U0001f4bb.\xff\xe8\xa1."

static const char *
through(const char *text, size_t piece, bool json)
{
	static struct kept kept;
	const struct sink sink = { keep_bytes, &kept };
	struct ascii_sink ascii;

	kept_free(&kept);
	ascii_sink_open(&ascii, &sink, json);
	for (size_t i = 0, size = strlen(text); i < size; i += piece)
		sink_put(&ascii.sink, text + i, size - i < piece ? size - i : piece);
	return kept.text;
}

START_TEST(text_gets_escapes_of_its_own)
{
	for (size_t piece = 1; piece < 12; piece++)
		ck_assert_str_eq(through(TEXT, piece, false), "B\\u00FCro \\u8868 \\U0001F4BB.???.");
}
END_TEST

START_TEST(json_gets_those_of_json)
{
	for (size_t piece = 1; piece < 12; piece++)
		ck_assert_str_eq(through(TEXT, piece, true), "B\\u00FCro \\u8868 \\uD83D\\uDCBB.???.");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ascii_sink");
	TCase *tcase = tcase_create("ascii_sink");

	tcase_add_test(tcase, text_gets_escapes_of_its_own);
	tcase_add_test(tcase, json_gets_those_of_json);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
