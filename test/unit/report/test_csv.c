#include "cmtop/fields.h"
#include "cmtop/report.h"
#include "run_suite.h"
#include "simulated_site.h"

static struct simulated site;
static struct kept kept;
static const struct sink sink = { keep_bytes, &kept };

static void
set_up(void)
{
	simulated_open(&site);
}

static void
tear_down(void)
{
	simulated_close(&site);
	kept_free(&kept);
}

static const char *
csv(enum entity table)
{
	struct scene scene = simulated_scene(&site);

	kept.size = 0;
	ck_assert(report_csv(&scene, table, &sink));
	return kept.text;
}

/* One field off the front as RFC 4180 reads it; *last: it ends its line. */
static void
take_field(const char **text, char *out, bool *last)
{
	bool quoted = **text == '"';
	const char *c = *text + quoted;

	for (; quoted ? *c != '"' || c[1] == '"' : *c != ',' && *c != '\r'; c++) {
		ck_assert_msg(*c, "the text ends within a field");
		c += quoted && *c == '"';
		*out++ = *c;
	}
	*out = '\0';
	c += quoted;
	*last = *c == '\r';
	ck_assert(*last ? c[1] == '\n' : *c == ',');
	*text = c + (*last ? 2 : 1);
}

/* Reads a table through; answers how many rows it has. */
static size_t
read_table(enum entity table)
{
	const struct field *column;
	const char *text = csv(table);
	size_t columns = 0, fields = 0, rows = 0;
	char field[4096];
	bool last;

	while ((column = fields_in(table, FIELD_CSV, columns))) {
		take_field(&text, field, &last);
		ck_assert_str_eq(field, column->name);
		columns++;
		ck_assert(last == !fields_in(table, FIELD_CSV, columns));
	}
	while (*text) {
		take_field(&text, field, &last);
		fields++;
		if (!last)
			continue;
		ck_assert_uint_eq(fields, columns);
		fields = 0;
		rows++;
	}
	return rows;
}

START_TEST(every_row_has_as_many_fields_as_the_header)
{
	size_t rows[ENTITY_TABLES] = { 0 };

	for (int moment = 0; moment < 5; moment++) {
		simulated_run(&site, 13);
		for (int table = 0; table < ENTITY_TABLES; table++)
			rows[table] += read_table((enum entity)table);
	}
	for (int table = 0; table < ENTITY_TABLES; table++)
		ck_assert_msg(rows[table] > 0, "%s is empty", fields_of((enum entity)table)->name);
}
END_TEST

START_TEST(no_spreadsheet_takes_what_a_log_says_for_a_formula)
{
	strcpy(site.log[0].path, "=cmd|' /C calc'!A0");
	ck_assert_ptr_nonnull(strstr(csv(ENTITY_LOGS), "sender,\"'=cmd|' /C calc'!A0\","));
}
END_TEST

START_TEST(an_empty_table_is_its_header)
{
	const char *text = csv(ENTITY_SENDS);

	ck_assert_str_eq(text,
	                 "request,site,package,version,kind,component,thread,state,attempt,position,size,size_source,"
	                 "rate,eta,started,last,stalled,error,throttled\r\n");
}
END_TEST

START_TEST(commas_quotes_and_line_ends_stay_in_their_field)
{
	const char *text;
	char field[4096];
	bool last;

	strcpy(site.log[0].path, "/a,\"b\"/sender.log");
	text = strchr(csv(ENTITY_LOGS), '\n') + 1;
	ck_assert_ptr_eq(strstr(text, "sender,\"/a,\"\"b\"\"/sender.log\",read,,0,"), text);
	take_field(&text, field, &last);
	take_field(&text, field, &last);
	ck_assert_str_eq(field, site.log[0].path);
}
END_TEST

static void
csv_is(const char *text, const char *field)
{
	kept.size = 0;
	sink_csv(&sink, text);
	ck_assert_str_eq(kept.text, field);
}

START_TEST(a_spreadsheet_calculates_nothing)
{
	csv_is("=1+1", "\"'=1+1\"");
	csv_is("+1", "\"'+1\"");
	csv_is("-5", "\"'-5\"");
	csv_is("@SUM(1)", "\"'@SUM(1)\"");
	csv_is("\t=1", "\"'\t=1\"");
	csv_is("\r=1", "\"'\r=1\"");
	csv_is("  =1", "\"'  =1\"");
	csv_is("\xef\xbc\x9d"
	       "1",
	       "\"'\xef\xbc\x9d"
	       "1\"");
	csv_is("=\"a\",b", "\"'=\"\"a\"\",b\"");
	csv_is("a;=1", "\"a;=1\"");
	csv_is("a\t=1", "\"a\t=1\"");
	csv_is("-", "-");
	kept.size = 0;
	sink_csv(&sink, "");
	ck_assert_uint_eq(kept.size, 0);
	csv_is("a-b=c", "a-b=c");
	csv_is("'a", "'a");
}
END_TEST

/* Whatever a log may bring into a text, in each table that it can come to. */
START_TEST(no_cell_of_a_table_begins_like_a_formula)
{
	static const char *const hostile[] = { "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1",
		                               "=\"x\",1" };
	char field[4096];

	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		const char *text;
		bool last;

		span_copy(span_of(hostile[i]), site.log[0].path, sizeof site.log[0].path);
		span_copy(span_of(hostile[i]), site.log[0].error, sizeof site.log[0].error);
		for (text = csv(ENTITY_LOGS); *text;) {
			take_field(&text, field, &last);
			ck_assert_msg(!field[0] || !strchr("=+-@\t\r", *(field + strspn(field, " "))) || !*field,
			              "'%s'", field);
		}
	}
}
END_TEST

static Suite *
csv_suite(void)
{
	Suite *s = suite_create("csv");
	TCase *tc = tcase_create("csv");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, every_row_has_as_many_fields_as_the_header);
	tcase_add_test(tc, no_spreadsheet_takes_what_a_log_says_for_a_formula);
	tcase_add_test(tc, an_empty_table_is_its_header);
	tcase_add_test(tc, a_spreadsheet_calculates_nothing);
	tcase_add_test(tc, no_cell_of_a_table_begins_like_a_formula);
	tcase_add_test(tc, commas_quotes_and_line_ends_stay_in_their_field);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(csv_suite());
}
