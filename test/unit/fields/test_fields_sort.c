/* Orders of rows. */
#include "cmtop/fields.h"
#include "stage.h"

static struct stage stage;

static void
open_stage(void)
{
	stage_open(&stage);
	stage_play(&stage);
	stage_copy(&stage);
}

static void
close_stage(void)
{
	stage_close(&stage);
}

static const struct field *
key_of(enum entity entity, const char *name)
{
	const struct field *key;

	for (size_t i = 0; (key = fields_used(entity, FIELD_SORTS, i)); i++)
		if (!strcmp(field_use_name(key, &key->sort), name))
			return key;
	ck_abort_msg("no key %s", name);
}

static void
sort_by(const struct field *key, bool invert, void *rows, size_t count)
{
	struct field_context of;

	fields_context(&of, &stage.scene, NULL);
	fields_sort(key, invert, &of, rows, count);
}

/* Last digits of the threads, in order. */
static const char *
jobs_by(const char *key, bool invert)
{
	static char out[16];
	const struct job *rows[8], *job = NULL;
	size_t count = 0, i;

	while ((job = model_next_job(stage.model, job)))
		rows[count++] = job;
	sort_by(key_of(ENTITY_SENDS, key), invert, rows, count);
	for (i = 0; i < count; i++)
		out[i] = (char)('0' + rows[i]->thread % 10);
	out[count] = '\0';
	return out;
}

START_TEST(the_first_key_of_each_table_is_what_an_administrator_wants)
{
	ck_assert_str_eq(fields_used(ENTITY_SENDS, FIELD_SORTS, 0)->name, "eta");
	ck_assert_str_eq(fields_used(ENTITY_SITES, FIELD_SORTS, 0)->name, "waiting");
	ck_assert_str_eq(fields_used(ENTITY_PACKAGES, FIELD_SORTS, 0)->name, "left");
	ck_assert_str_eq(fields_used(ENTITY_TRANSFERS, FIELD_SORTS, 0)->name, "state");
}
END_TEST

START_TEST(what_is_not_known_comes_last_either_way)
{
	/* 1001 and 1003 have a size and no rate, 1002 no size: no time left for them. */
	ck_assert_str_eq(jobs_by("eta", false), "65123");
	ck_assert_str_eq(jobs_by("eta", true), "56123");
	ck_assert_str_eq(jobs_by("size", false), "35162");
	ck_assert_str_eq(jobs_by("size", true), "16352");
}
END_TEST

START_TEST(equal_rows_keep_their_order)
{
	ck_assert_str_eq(jobs_by("site", false), "51236");
	ck_assert_str_eq(jobs_by("site", true), "61235");
	ck_assert_str_eq(jobs_by("try", false), "12356");
}
END_TEST

static size_t
take_rows(enum entity entity, const void **rows, size_t most)
{
	size_t sites, packages, transfers, count = 0;
	const struct site *site = model_sites(stage.model, &sites);
	const struct package *package = model_packages(stage.model, &packages);
	const struct transfer *transfer = model_transfers(stage.model, &transfers);
	const struct job *job = NULL;

	while (entity == ENTITY_SENDS && count < most && (job = model_next_job(stage.model, job)))
		rows[count++] = job;
	for (size_t i = 0; entity == ENTITY_SITES && i < sites && count < most; i++)
		rows[count++] = &site[i];
	for (size_t i = 0; entity == ENTITY_PACKAGES && i < packages && count < most; i++)
		rows[count++] = &package[i];
	for (size_t i = 0; entity == ENTITY_TRANSFERS && i < transfers && count < most; i++)
		rows[count++] = &transfer[i];
	return count;
}

static bool
is_among(const void *row, const void **rows, size_t count)
{
	while (count > 0 && rows[count - 1] != row)
		count--;
	return count > 0;
}

START_TEST(each_key_orders_all_rows_of_its_table)
{
	static const enum entity entities[] = { ENTITY_SENDS, ENTITY_SITES, ENTITY_PACKAGES, ENTITY_TRANSFERS };
	const struct field *key;

	for (size_t e = 0; e < sizeof(entities) / sizeof(entities[0]); e++) {
		for (size_t k = 0; (key = fields_used(entities[e], FIELD_SORTS, k)); k++) {
			const void *rows[16], *sorted[16];
			size_t count = take_rows(entities[e], rows, 16);

			ck_assert_uint_gt(count, 1);
			memcpy(sorted, rows, sizeof(rows));
			sort_by(key, k % 2 == 0, sorted, count);
			for (size_t i = 0; i < count; i++)
				ck_assert(is_among(rows[i], sorted, count));
		}
	}
	sort_by(key_of(ENTITY_SITES, "waiting"), false, NULL, 0);
}
END_TEST

/* The jobs of the transfers, by their last digits. */
static const char *
transfers_by(const char *key, bool invert)
{
	static char out[8];
	const void *rows[8];
	size_t count = take_rows(ENTITY_TRANSFERS, rows, 7), i;

	sort_by(key_of(ENTITY_TRANSFERS, key), invert, rows, count);
	for (i = 0; i < count; i++)
		out[i] = (char)('0' + ((const struct transfer *)rows[i])->job % 10);
	out[i] = '\0';
	return out;
}

START_TEST(transfers_are_ordered_by_what_is_said_of_them)
{
	ck_assert_str_eq(transfers_by("state", false), "326541");
	ck_assert_str_eq(transfers_by("job", true), "654321");
	ck_assert_str_eq(transfers_by("package", false), "123456");
	ck_assert_str_eq(transfers_by("dp", false), "162354");
	ck_assert_str_eq(transfers_by("bytes", false), "612345");
	ck_assert_str_eq(transfers_by("threads", false), "612345");
	ck_assert_str_eq(transfers_by("version", false), "612345");
	ck_assert_str_eq(transfers_by("rate", true), "612345");
	ck_assert_str_eq(transfers_by("percent", true), "612345");
	ck_assert_str_eq(transfers_by("failures", false), "213456");
	ck_assert_str_eq(transfers_by("attempts", false), "412356");
	ck_assert_str_eq(transfers_by("size", true), "512346");
	ck_assert_str_eq(transfers_by("started", true), "654321");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sort_order");
	TCase *tcase = tcase_create("sort_order");

	tcase_add_checked_fixture(tcase, open_stage, close_stage);
	tcase_add_test(tcase, the_first_key_of_each_table_is_what_an_administrator_wants);
	tcase_add_test(tcase, what_is_not_known_comes_last_either_way);
	tcase_add_test(tcase, equal_rows_keep_their_order);
	tcase_add_test(tcase, transfers_are_ordered_by_what_is_said_of_them);
	tcase_add_test(tcase, each_key_orders_all_rows_of_its_table);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
