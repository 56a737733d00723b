/*
 * What is written as JSON against the schemas that are shipped: every output fits,
 * and holds no name that they do not have.
 */
#include <jansson.h>

#include "cmtop/advice.h"
#include "cmtop/pattern.h"
#include "cmtop/fields.h"
#include "cmtop/report.h"
#include "run_suite.h"
#include "simulated_site.h"

/* ---- as much of JSON Schema as these use; any other word of it fails the test ---- */

static const json_t *schema_root;

static void fits(const json_t *schema, const json_t *value, const char *way);

static bool
is_type(const char *type, const json_t *value)
{
	return (!strcmp(type, "object") && json_is_object(value)) || (!strcmp(type, "array") && json_is_array(value))
	       || (!strcmp(type, "string") && json_is_string(value)) || (!strcmp(type, "null") && json_is_null(value))
	       || (!strcmp(type, "boolean") && json_is_boolean(value))
	       || (!strcmp(type, "number") && json_is_number(value))
	       || (!strcmp(type, "integer") && json_is_integer(value));
}

static void
fits_type(const json_t *types, const json_t *value, const char *way)
{
	bool any = json_is_string(types) && is_type(json_string_value(types), value);

	for (size_t i = 0; i < json_array_size(types); i++)
		any |= is_type(json_string_value(json_array_get(types, i)), value);
	ck_assert_msg(any, "%s is of another type", way);
}

static void
fits_enum(const json_t *list, const json_t *value, const char *way)
{
	bool any = false;

	for (size_t i = 0; i < json_array_size(list); i++)
		any |= json_equal(json_array_get(list, i), value);
	ck_assert_msg(any, "%s is none of the words", way);
}

static void
fits_pattern(const json_t *word, const json_t *value, const char *way)
{
	struct pattern_error error;
	struct pattern *pattern = pattern_new(span_of(json_string_value(word)), &error);

	ck_assert_ptr_nonnull(pattern);
	if (json_is_string(value))
		ck_assert_msg(pattern_try(pattern, span_of(json_string_value(value))) == PATTERN_HIT, "%s: %s", way,
		              json_string_value(value));
	pattern_free(pattern);
}

/* Names are only ever added: so a reader passes over those it does not know, but we know ours. */
static void
fits_properties(const json_t *properties, const json_t *value, const char *way)
{
	const char *name;
	json_t *member;
	char to[256];

	json_object_foreach((json_t *)value, name, member)
	{
		const json_t *schema = json_object_get(properties, name);

		snprintf(to, sizeof to, "%s.%s", way, name);
		ck_assert_msg(schema != NULL, "%s is not in the schema", to);
		fits(schema, member, to);
	}
}

static void
fits_required(const json_t *names, const json_t *value, const char *way)
{
	if (!json_is_object(value))
		return;
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));

		ck_assert_msg(json_object_get(value, name) != NULL, "%s has no %s", way, name);
	}
}

static void
fits_items(const json_t *schema, const json_t *value, const char *way)
{
	char to[256];

	for (size_t i = 0; i < json_array_size(value); i++) {
		snprintf(to, sizeof to, "%s[%zu]", way, i);
		fits(schema, json_array_get(value, i), to);
	}
}

static void
fits_ref(const json_t *ref, const json_t *value, const char *way)
{
	const char *name = strrchr(json_string_value(ref), '/') + 1;
	const json_t *schema = json_object_get(json_object_get(schema_root, "$defs"), name);

	ck_assert_msg(schema != NULL, "the schema has no %s", name);
	fits(schema, value, way);
}

static void
fits_minimum(const json_t *least, const json_t *value, const char *way)
{
	ck_assert_msg(!json_is_number(value) || json_number_value(value) >= json_number_value(least), "%s is too small",
	              way);
}

static void
fits_const(const json_t *constant, const json_t *value, const char *way)
{
	ck_assert_msg(json_equal(constant, value), "%s is another", way);
}

static void
fits_anyway(const json_t *word, const json_t *value, const char *way)
{
	(void)word, (void)value, (void)way;
}

static void
fits(const json_t *schema, const json_t *value, const char *way)
{
	static const struct {
		const char *word;
		void (*fits)(const json_t *word, const json_t *value, const char *way);
		/* clang-format off */
	} words[] = {
		{ "type", fits_type }, { "enum", fits_enum }, { "const", fits_const }, { "pattern", fits_pattern },
		{ "required", fits_required }, { "properties", fits_properties }, { "items", fits_items },
		{ "$ref", fits_ref }, { "minimum", fits_minimum }, { "additionalProperties", fits_anyway },
		{ "description", fits_anyway }, { "title", fits_anyway }, { "$schema", fits_anyway }, { "$defs", fits_anyway }, { "$comment", fits_anyway },
	};
	/* clang-format on */
	const char *word;
	json_t *argument;
	size_t i;

	json_object_foreach((json_t *)schema, word, argument)
	{
		for (i = 0; i < sizeof words / sizeof *words && strcmp(words[i].word, word) != 0; i++)
			;
		ck_assert_msg(i < sizeof words / sizeof *words, "this test does not know \"%s\"", word);
		words[i].fits(argument, value, way);
	}
}

static json_t *
load_schema(const char *path)
{
	json_error_t error;
	json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	ck_assert_msg(schema != NULL, "%s:%d: %s", path, error.line, error.text);
	return schema;
}

static void
fits_file(const json_t *schema, const struct kept *kept)
{
	json_error_t error;
	json_t *value = json_loadb(kept->text, kept->size, JSON_REJECT_DUPLICATES, &error);

	ck_assert_msg(value != NULL, "%s: %s", error.text, kept->text);
	schema_root = schema;
	fits(schema, value, "$");
	json_decref(value);
}

/* ---- the tests ---- */

static void
snapshot_fits(const json_t *schema, const struct scene *scene)
{
	struct kept kept = { 0 };
	const struct sink sink = { keep_bytes, &kept };

	ck_assert(report_json(scene, &sink));
	fits_file(schema, &kept);
	kept_free(&kept);
}

START_TEST(every_snapshot_of_a_busy_site_fits_its_schema)
{
	json_t *schema = load_schema("contrib/snapshot.schema.json");
	struct simulated site;

	simulated_open(&site);
	for (int i = 0; i < 30; i++) {
		struct scene scene = simulated_scene(&site);

		snapshot_fits(schema, &scene);
		simulated_run(&site, 3);
	}
	simulated_close(&site);
	json_decref(schema);
}
END_TEST

START_TEST(every_event_fits_its_schema)
{
	json_t *schema = load_schema("contrib/event.schema.json");
	struct simulated site;
	uint64_t told = 0;

	simulated_open(&site);
	for (int i = 0; i < 20; i++) {
		simulated_run(&site, 1);
		for (; told < model_transitions(site.model); told++) {
			const struct transition *transition = model_transition(site.model, told + 1);
			struct kept kept = { 0 };
			const struct sink sink = { keep_bytes, &kept };

			if (!transition)
				continue;
			ck_assert(report_event_json(site.model, transition, &sink));
			fits_file(schema, &kept);
			kept_free(&kept);
		}
	}
	ck_assert_uint_gt(told, 100);
	simulated_close(&site);
	json_decref(schema);
}
END_TEST

START_TEST(the_schema_knows_every_kind_of_event)
{
	json_t *schema = load_schema("contrib/event.schema.json");
	const json_t *words = json_object_get(json_object_get(json_object_get(schema, "properties"), "event"), "enum");

	ck_assert_uint_eq(json_array_size(words), TRANSITION_COUNT);
	for (size_t i = 0; i < TRANSITION_COUNT; i++)
		ck_assert_str_eq(json_string_value(json_array_get(words, i)), transition_word((enum transition_kind)i));
	json_decref(schema);
}
END_TEST

/* An enumeration of the schema holds every word of the program, and no other. */
static void
has_words(const json_t *schema, const char *row, const char *member, const char *(*word)(int i), size_t count)
{
	const json_t *properties =
		json_object_get(json_object_get(json_object_get(schema, "$defs"), row), "properties");
	const json_t *words = json_object_get(json_object_get(properties, member), "enum");

	ck_assert_msg(json_array_size(words) == count, "%s.%s has %zu words, not %zu", row, member,
	              json_array_size(words), count);
	for (size_t i = 0, k; i < count; i++) {
		for (k = 0; k < count && strcmp(json_string_value(json_array_get(words, k)), word((int)i)) != 0; k++)
			;
		ck_assert_msg(k < count, "%s.%s lacks \"%s\"", row, member, word((int)i));
	}
}

static const char *
word_of_advice(int i)
{
	return advice_word((enum advice_code)i);
}
static const char *
word_of_failure(int i)
{
	return failure_kind_word((enum failure_kind)i);
}

START_TEST(the_schema_knows_every_advice_and_kind_of_failure)
{
	json_t *schema = load_schema("contrib/snapshot.schema.json");

	has_words(schema, "advice", "code", word_of_advice, ADVICE_COUNT);
	has_words(schema, "failure", "kind", word_of_failure, FAILURE_KIND_COUNT);
	json_decref(schema);
}
END_TEST

/* Of each table that both have, JSON's members are CSV's columns, but for the counts of DPs. */
START_TEST(the_schema_knows_every_column)
{
	static const char *const rows[] = {
		"job", "site", "package", "thread", "dp", "transfer", "failure", "advice", "log",
	};
	json_t *schema = load_schema("contrib/snapshot.schema.json");

	for (size_t table = 0; table < ENTITY_TABLES; table++) {
		const json_t *members =
			json_object_get(json_object_get(json_object_get(schema, "$defs"), rows[table]), "properties");
		const struct field *column;

		for (size_t i = 0; (column = fields_in((enum entity)table, FIELD_CSV, i)); i++)
			ck_assert_msg(json_object_get(members, column->name) || !strncmp(column->name, "dps_", 4),
			              "%s of %s", column->name, rows[table]);
	}
	json_decref(schema);
}
END_TEST

static Suite *
schema_suite(void)
{
	Suite *s = suite_create("schema");
	TCase *tc = tcase_create("schema");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, every_snapshot_of_a_busy_site_fits_its_schema);
	tcase_add_test(tc, every_event_fits_its_schema);
	tcase_add_test(tc, the_schema_knows_every_kind_of_event);
	tcase_add_test(tc, the_schema_knows_every_column);
	tcase_add_test(tc, the_schema_knows_every_advice_and_kind_of_failure);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(schema_suite());
}
