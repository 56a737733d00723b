/*
 * The list of fields itself, and that orders and filters go by what value() says.
 * test_fields_outputs.c has the outputs.
 */
#include <ctype.h>
#include <math.h>

#include "cmtop/query.h"
#include "field_rows.h"
#include "run_suite.h"

/* ---- what the lists themselves must be ---- */

START_TEST(every_field_has_a_unit_a_sentence_and_a_value)
{
	for (int entity = 0; entity < ENTITY_COUNT; entity++) {
		const struct field_list *list = fields_of((enum entity)entity);

		for (size_t i = 0; i < list->count; i++) {
			const struct field *field = &list->fields[i];
			bool serves = field->flags & FIELD_ROW || field->title || field->filter || field->sort.place
			              || field->metric.place || field->check.place;

			ck_assert_msg(field->value && field->meaning[0], "%s.%s", list->name, field->name);
			ck_assert_msg(serves, "%s.%s serves nowhere", list->name, field->name);
			ck_assert_msg((field->unit == UNIT_WORD) == !!field->words, "%s.%s", list->name, field->name);
			ck_assert_msg((entity == ENTITY_SERVER) == !!field->group, "%s.%s", list->name, field->name);
			ck_assert_msg(!isupper((unsigned char)field->meaning[0])
			                      || isupper((unsigned char)field->meaning[1]),
			              "%s.%s begins with a capital", list->name, field->name);
			ck_assert_msg(field->meaning[strlen(field->meaning) - 1] != '.', "%s.%s", list->name,
			              field->name);
			for (size_t k = 0; k < i; k++)
				ck_assert_msg(
					strcmp(list->fields[k].name, field->name) != 0
						|| (field->group && strcmp(list->fields[k].group, field->group) != 0),
					"%s.%s is there twice", list->name, field->name);
		}
	}
}
END_TEST

/* Each use has each place once, without a gap among the sort keys and the figures of --check. */
START_TEST(every_place_is_taken_once)
{
	unsigned metrics[256] = { 0 };

	for (int entity = 0; entity < ENTITY_COUNT; entity++) {
		const struct field_list *list = fields_of((enum entity)entity);
		unsigned sorts[256] = { 0 }, checks[256] = { 0 }, count = 0, checked = 0;

		for (size_t i = 0; i < list->count; i++) {
			ck_assert(++sorts[list->fields[i].sort.place] == 1 || !list->fields[i].sort.place);
			ck_assert(++checks[list->fields[i].check.place] == 1 || !list->fields[i].check.place);
			ck_assert(++metrics[list->fields[i].metric.place] == 1 || !list->fields[i].metric.place);
			count += list->fields[i].sort.place > 0;
			checked += list->fields[i].check.place > 0;
		}
		for (unsigned i = 1; i <= count; i++)
			ck_assert_uint_eq(sorts[i], 1);
		for (unsigned i = 1; i <= checked; i++)
			ck_assert_uint_eq(checks[i], 1);
		ck_assert_ptr_null(fields_used((enum entity)entity, FIELD_SORTS, count));
		ck_assert_ptr_null(fields_used((enum entity)entity, FIELD_CHECKS, checked));
	}
}
END_TEST

/* Also what a word field says is one of its words, and a known one is never unknown. */
START_TEST(every_value_is_as_its_row_of_the_list_says)
{
	const void *rows[ROWS_MOST];

	open_moment(_i);
	for (int entity = 0; entity < ENTITY_COUNT; entity++) {
		const struct field_list *list = fields_of((enum entity)entity);
		size_t count = take_rows((enum entity)entity, rows);

		for (size_t r = 0; r < count; r++)
			for (size_t i = 0; i < list->count; i++) {
				const struct field *field = &list->fields[i];
				struct value value = field->value(&of, rows[r]);
				size_t word = 0;

				/* What is of the upgrades has no object at all before they are heard of. */
				if (field->flags & FIELD_KNOWN
				    && (!field->group || strcmp(field->group, "dp_upgrades")))
					ck_assert_msg(value.kind != VALUE_UNKNOWN, "%s.%s", list->name, field->name);
				ck_assert(value.kind != VALUE_TEXT || value.text[0]);
				ck_assert(value.kind != VALUE_REAL || value.real >= 0);
				ck_assert(value.kind != VALUE_INTEGER || value.integer >= 0
				          || field->flags & FIELD_SIGNED);
				if (value.kind != VALUE_TEXT || !field->words)
					continue;
				while (field->words(word) && strcmp(field->words(word), value.text) != 0)
					word++;
				ck_assert_msg(field->words(word), "%s.%s: %s", list->name, field->name, value.text);
			}
	}
	close_moment();
}
END_TEST

/* ---- orders ---- */

/* Negative, 0 or positive: of two values that are known. */
static int
order_of(const struct value *a, const struct value *b)
{
	double x = value_number(a), y = value_number(b);

	if (a->kind == VALUE_TEXT)
		return span_order_nocase(span_of(a->text), span_of(b->text));
	return (x > y) - (x < y);
}

static void
sorts_by(const struct field *key, bool invert, const void **rows, size_t count)
{
	field_value_fn *value_of = key->sort_value ? key->sort_value : key->value;

	fields_sort(key, invert, &of, rows, count);
	for (size_t i = 1; i < count; i++) {
		struct value before = value_of(&of, rows[i - 1]), after = value_of(&of, rows[i]);
		int order;

		if (after.kind == VALUE_UNKNOWN)
			continue;
		ck_assert_msg(before.kind != VALUE_UNKNOWN, "%s: the unknown come last", key->name);
		order = order_of(&before, &after);
		ck_assert_msg(key->down != invert ? order >= 0 : order <= 0, "by %s", key->name);
	}
}

START_TEST(every_sort_key_sorts_by_its_value)
{
	const void *rows[ROWS_MOST];
	const struct field *key;

	open_moment(_i);
	for (int entity = 0; entity < ENTITY_TABLES; entity++) {
		size_t count = take_rows((enum entity)entity, rows);

		for (size_t i = 0; (key = fields_used((enum entity)entity, FIELD_SORTS, i)); i++) {
			sorts_by(key, false, rows, count);
			sorts_by(key, true, rows, count);
		}
	}
	close_moment();
}
END_TEST

/* ---- filters ---- */

static bool
is_in(enum entity entity, struct query *query, const void *row)
{
	switch (entity) {
	case ENTITY_SENDS: return query_job(query, site.model, row, scene.now);
	case ENTITY_SITES: return query_site(query, site.model, site_number(site.model, row), scene.now);
	case ENTITY_PACKAGES: return query_package(query, site.model, package_number(site.model, row), scene.now);
	case ENTITY_THREADS: return query_thread(query, site.model, row, scene.now);
	case ENTITY_DPS: return query_thread(query, site.model, ((const struct dp_row *)row)->thread, scene.now);
	case ENTITY_TRANSFERS: return query_transfer(query, site.model, row, scene.now);
	default: ck_abort_msg("no filter works on it");
	}
}

static void
filter_answers(enum entity entity, const void *row, bool is, const char *word, const char *pattern)
{
	char text[1024];
	struct query_error error;
	struct query *query;

	snprintf(text, sizeof text, "%s:%s", word, pattern);
	query = query_new(span_of(text), &error);
	ck_assert_msg(query != NULL, "%s: %s", text, error.text);
	ck_assert_msg(is_in(entity, query, row) == is, "%s", text);
	query_free(query);
}

/* Every letter and digit itself, any other byte for any byte. */
static void
as_pattern(const char *text, char *out, size_t room)
{
	size_t used = 0;

	out[used++] = '"';
	out[used++] = '^';
	for (; *text && used + 4 < room; text++)
		out[used++] = isalnum((unsigned char)*text) ? *text : '.';
	strcpy(out + used, *text ? "\"" : "$\"");
}

/* A filter that asks for what value() says lets the row in; for more than that, it does not. */
static void
filter_agrees(enum entity entity, const struct field *field, const void *row)
{
	struct value value = field->value(&of, row);
	double number = value.kind == VALUE_TIME ? (double)(scene.now - value.integer) / 1000 : value_number(&value);
	char text[512];

	if (field->unit == UNIT_FLAG) {
		if (value.integer)
			filter_answers(entity, row, true, field->filter, field->name);
	} else if (value.kind == VALUE_TEXT) {
		as_pattern(value.text, text, sizeof text);
		filter_answers(entity, row, true, field->filter, text);
	} else if (value.kind != VALUE_UNKNOWN) {
		snprintf(text, sizeof text, ">=%.0f", floor(number));
		filter_answers(entity, row, true, field->filter, text);
		snprintf(text, sizeof text, ">%.0f", ceil(number));
		filter_answers(entity, row, false, field->filter, text);
	} else if (field->unit != UNIT_TEXT && field->unit != UNIT_WORD) {
		filter_answers(entity, row, false, field->filter, ">=0");
	}
}

START_TEST(every_filter_asks_for_the_value)
{
	const void *rows[ROWS_MOST];

	open_moment(_i);
	for (int entity = 0; entity < ENTITY_TABLES; entity++) {
		const struct field_list *list = fields_of((enum entity)entity);
		size_t count = take_rows((enum entity)entity, rows);

		for (size_t i = 0; i < list->count; i++)
			for (size_t r = 0; r < count && list->fields[i].filter; r++)
				filter_agrees((enum entity)entity, &list->fields[i], rows[r]);
	}
	close_moment();
}
END_TEST

/* ---- what explains them ---- */

static char *
read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = calloc(1, 1 << 20);

	ck_assert_msg(file && text, "%s", path);
	ck_assert_uint_lt(fread(text, 1, (1 << 20) - 1, file), (1 << 20) - 1);
	fclose(file);
	return text;
}

/* The manual has what is in an output; the schema, what is in the JSON. */
START_TEST(every_sentence_is_in_the_manual_and_the_schema)
{
	char *formats = read_file("man/cmtop.5"), *schema = read_file("contrib/snapshot.schema.json");

	for (int entity = 0; entity < ENTITY_COUNT; entity++) {
		const struct field_list *list = fields_of((enum entity)entity);

		for (size_t i = 0; i < list->count; i++) {
			const struct field *field = &list->fields[i];
			char item[512];

			snprintf(item, sizeof item, ".It Li %s\n%s.\n", field->name, field->meaning);
			ck_assert_msg(!(field->flags & FIELD_ROW) || strstr(formats, item), "the manual lacks: %s",
			              item);
			snprintf(item, sizeof item, "\"description\": \"%s\"}", field->meaning);
			ck_assert_msg(!(field->flags & FIELD_JSON) || strstr(schema, item), "the schema lacks: %s",
			              item);
		}
	}
	free(formats);
	free(schema);
}
END_TEST

static Suite *
fields_suite(void)
{
	Suite *s = suite_create("fields");
	TCase *tc = tcase_create("fields");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, every_field_has_a_unit_a_sentence_and_a_value);
	tcase_add_test(tc, every_place_is_taken_once);
	tcase_add_test(tc, every_sentence_is_in_the_manual_and_the_schema);
	tcase_add_loop_test(tc, every_value_is_as_its_row_of_the_list_says, 0, MOMENTS);
	tcase_add_loop_test(tc, every_sort_key_sorts_by_its_value, 0, MOMENTS);
	tcase_add_loop_test(tc, every_filter_asks_for_the_value, 0, MOMENTS);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(fields_suite());
}
