/* Orders of rows. */
#include "cmtop/figures.h"
#include "cmtop/sort_order.h"
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

static size_t
key_of(enum order_of table, const char *name)
{
	size_t count, i;
	const struct order_key *keys = order_keys(table, &count);

	for (i = 0; i < count && strcmp(keys[i].name, name) != 0; i++)
		continue;
	ck_assert_uint_lt(i, count);
	return i;
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
	order_jobs(stage.model, rows, count, key_of(ORDER_JOBS, key), invert, stage.scene.now);
	for (i = 0; i < count; i++)
		out[i] = (char)('0' + rows[i]->thread % 10);
	out[count] = '\0';
	return out;
}

START_TEST(the_first_key_of_each_table_is_what_an_administrator_wants)
{
	size_t count;

	ck_assert_str_eq(order_keys(ORDER_JOBS, &count)->name, "eta");
	ck_assert_str_eq(order_keys(ORDER_SITES, &count)->name, "waiting");
	ck_assert_str_eq(order_keys(ORDER_PACKAGES, &count)->name, "left");
	ck_assert_str_eq(order_keys(ORDER_TRANSFERS, &count)->name, "state");
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

START_TEST(each_key_orders_all_rows_of_its_table)
{
	size_t table, key, count, rows, i;

	for (table = 0; table < ORDER_TABLES; table++) {
		order_keys((enum order_of)table, &count);
		for (key = 0; key <= count; key++) {
			const struct job *jobs[8], *job = NULL;
			uint32_t indexes[16], sum = 0;

			for (rows = 0; (job = model_next_job(stage.model, job)); rows++)
				jobs[rows] = job;
			if (table == ORDER_JOBS)
				order_jobs(stage.model, jobs, rows, key, false, stage.scene.now);
			if (table == ORDER_SITES)
				model_sites(stage.model, &rows);
			if (table == ORDER_PACKAGES)
				model_packages(stage.model, &rows);
			if (table == ORDER_TRANSFERS)
				model_transfers(stage.model, &rows);
			for (i = 0; i < rows && i < 16; i++)
				indexes[i] = (uint32_t)i;
			if (table == ORDER_SITES)
				order_sites(stage.model, indexes, rows, key, true, stage.scene.now);
			if (table == ORDER_PACKAGES)
				order_packages(stage.model, indexes, rows, key, true, stage.scene.now);
			if (table == ORDER_TRANSFERS)
				order_transfers(stage.model, indexes, rows, key, true, stage.scene.now);
			for (i = 0; i < rows; i++)
				sum += indexes[i];
			ck_assert_uint_eq(sum, rows * (rows - 1) / 2);
		}
	}
	order_sites(stage.model, NULL, 0, 0, false, stage.scene.now);
}
END_TEST

/* The jobs of the transfers, by their last digits. */
static const char *
transfers_by(const char *key, bool invert)
{
	static char out[8];
	uint32_t indexes[8];
	size_t count, i;
	const struct transfer *transfers = model_transfers(stage.model, &count);

	for (i = 0; i < count && i < 7; i++)
		indexes[i] = (uint32_t)i;
	order_transfers(stage.model, indexes, count, key_of(ORDER_TRANSFERS, key), invert, stage.scene.now);
	for (i = 0; i < count && i < 7; i++)
		out[i] = (char)('0' + transfers[indexes[i]].job % 10);
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
