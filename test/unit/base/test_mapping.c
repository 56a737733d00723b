/* Paths of the site server and where they are found here. */
#include <string.h>

#include "cmtop/mapping.h"
#include "run_suite.h"

static struct mappings m;

static void
forget_all(void)
{
	m.count = 0;
}

static void
map(const char *text)
{
	const char *wrong = mappings_add(&m, text);

	ck_assert_msg(!wrong, "%s: %s", text, wrong);
}

static void
leads_span(struct span path, const char *wanted)
{
	char out[128];
	size_t below = mappings_find(&m, path, out, sizeof(out));

	if (!wanted) {
		ck_assert_msg(below == 0, "'%.*s' leads to %s", (int)path.size, path.at, out);
		return;
	}
	ck_assert_msg(below > 0, "'%.*s' leads nowhere", (int)path.size, path.at);
	ck_assert_str_eq(out, wanted);
	ck_assert(below < strlen(out) && out[below - 1] == '/');
}

/* NULL: nowhere. */
static void
leads(const char *path, const char *wanted)
{
	leads_span(span_of(path), wanted);
}

START_TEST(a_path_is_found_below_the_folder_that_stands_for_its_beginning)
{
	map("E:\\SMSPKG=/mnt/smspkg");
	leads("E:\\SMSPKG\\PS100039.PCK.1", "/mnt/smspkg/PS100039.PCK.1");
	leads("E:\\SMSPKG\\a\\b c.PCK", "/mnt/smspkg/a/b c.PCK");
	leads("F:\\SMSPKG\\PS100039.PCK.1", NULL);
	leads("\\\\E:\\SMSPKG\\PS100039.PCK.1", NULL);
	leads("", NULL);
}
END_TEST

START_TEST(neither_case_nor_the_kind_of_slash_nor_slashes_too_many_matter)
{
	map("e:/SmsPkg/=/mnt/smspkg");
	leads("E:\\SMSPKG\\PS100039.PCK.1", "/mnt/smspkg/PS100039.PCK.1");
	leads("E:/smspkg/Ps100039.Pck.1", "/mnt/smspkg/Ps100039.Pck.1");
	leads("E:\\\\SMSPKG\\\\\\x", "/mnt/smspkg/x");
	map("F:\\=/mnt/f");
	leads("f:\\x", "/mnt/f/x");
	map("G:=/");
	leads("G:\\x\\y", "/x/y");
	map("H:=/mnt/h/");
	leads("H:\\x", "/mnt/h/x");
}
END_TEST

START_TEST(only_whole_parts_are_compared)
{
	map("E:\\SMSPKG=/mnt/smspkg");
	leads("E:\\SMSPKG2\\x", NULL);
	leads("E:\\SMS", NULL);
	leads("E:\\SMSPK\\Gx", NULL);
	leads("E:x", NULL);
	leads("E:\\SMSPKG", NULL);
	leads("E:\\SMSPKG\\", NULL);
}
END_TEST

START_TEST(the_longest_beginning_wins_and_of_the_same_ones_the_last)
{
	map("E:=/mnt/e");
	map("E:\\SMSPKG\\deep=/mnt/deep");
	map("E:\\SMSPKG=/mnt/smspkg");
	leads("E:\\x", "/mnt/e/x");
	leads("E:\\SMSPKG\\x", "/mnt/smspkg/x");
	leads("E:\\SMSPKG\\deep\\x", "/mnt/deep/x");
	leads("E:\\SMSPKG\\deeper\\x", "/mnt/smspkg/deeper/x");
	map("e:\\smspkg=/mnt/other");
	leads("E:\\SMSPKG\\x", "/mnt/other/x");
}
END_TEST

START_TEST(a_share_of_a_server_is_a_beginning_too)
{
	map("\\\\PS1SITE.CONTOSO.COM\\SMSPKGE$=/mnt/e");
	leads("\\\\ps1site.contoso.com\\smspkge$\\x", "/mnt/e/x");
	leads("\\ps1site.contoso.com\\smspkge$\\x", NULL);
	leads("ps1site.contoso.com\\smspkge$\\x", NULL);
	leads("\\\\ps1site\\smspkge$\\x", NULL);
}
END_TEST

START_TEST(what_a_log_says_never_leads_elsewhere)
{
	static const char *const hostile[] = {
		"E:\\SMSPKG\\..\\..\\etc\\passwd",
		"E:\\SMSPKG\\..",
		"E:\\SMSPKG\\.",
		"E:\\SMSPKG\\x\\..\\y",
		"E:\\SMSPKG/../x",
		"E:\\SMSPKG\\.. \\x",
		"E:\\SMSPKG\\ ..\\x",
		"E:\\SMSPKG\\...\\x",
		"E:\\SMSPKG\\ \\x",
		"E:\\SMSPKG\\C:\\x",
		"E:\\SMSPKG\\x:y",
		"E:\\SMSPKG\\C:x",
		"E:\\..\\SMSPKG\\x",
		"E:\\SMSPKG\\x\ny",
		"E:\\SMSPKG\\x\033[2J",
	};

	map("E:\\SMSPKG=/mnt/smspkg");
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		leads(hostile[i], NULL);
	leads_span(SPAN("E:\\SMSPKG\\x\0y"), NULL);
	leads_span(SPAN("E:\\SMSPKG\\\0"), NULL);
	leads("E:\\SMSPKG\\/etc/passwd", "/mnt/smspkg/etc/passwd");
	leads("E:\\SMSPKG\\..x", "/mnt/smspkg/..x");
}
END_TEST

START_TEST(a_place_too_long_is_none)
{
	char path[256], out[32];

	map("E:\\SMSPKG=/mnt/smspkg");
	memset(path, 'x', sizeof(path));
	memcpy(path, "E:\\SMSPKG\\", 10);
	for (size_t i = 11; i < sizeof(path); i++) {
		size_t below = mappings_find(&m, (struct span){ path, i }, out, sizeof(out));

		/* "/mnt/smspkg/" and its NUL take 13. */
		ck_assert_uint_eq(below, i - 10 + 13 <= sizeof(out) ? 12 : 0);
	}
	ck_assert_uint_eq(mappings_find(&m, SPAN("E:\\SMSPKG\\x"), out, 0), 0);
}
END_TEST

START_TEST(what_is_no_mapping_is_refused_with_a_word)
{
	static const char *const wrong[] = {
		"",
		"=",
		"E:\\SMSPKG",
		"E:\\SMSPKG=",
		"=/mnt/smspkg",
		"E:SMSPKG=/mnt/smspkg",
		"SMSPKG=/mnt/smspkg",
		"5:\\x=/mnt",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(mappings_add(&m, wrong[i]) != NULL, "%s", wrong[i]);
	ck_assert_uint_eq(m.count, 0);
	map("E:\\SMSPKG=/mnt/a=b");
	leads("E:\\SMSPKG\\x", "/mnt/a=b/x");
	for (size_t i = 1; i < MAPPINGS_MOST; i++)
		map("E:\\SMSPKG=/mnt/c");
	ck_assert_ptr_nonnull(mappings_add(&m, "E:\\SMSPKG=/mnt/d"));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("mapping");
	TCase *c = tcase_create("mapping");

	tcase_add_checked_fixture(c, forget_all, forget_all);
	tcase_add_test(c, a_path_is_found_below_the_folder_that_stands_for_its_beginning);
	tcase_add_test(c, neither_case_nor_the_kind_of_slash_nor_slashes_too_many_matter);
	tcase_add_test(c, only_whole_parts_are_compared);
	tcase_add_test(c, the_longest_beginning_wins_and_of_the_same_ones_the_last);
	tcase_add_test(c, a_share_of_a_server_is_a_beginning_too);
	tcase_add_test(c, what_a_log_says_never_leads_elsewhere);
	tcase_add_test(c, a_place_too_long_is_none);
	tcase_add_test(c, what_is_no_mapping_is_refused_with_a_word);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
