/*
 * A reader that did not hear everything: what the log itself says about its slots
 * puts the model right.
 */
#include "site_reader.h"

/* What was not heard is put right by the next line that says how many slots are in use. */
START_TEST(a_reading_of_the_slots_puts_right_what_was_missed)
{
	struct sim_options options = {
		.seed = (uint64_t)_i, .start = START, .all_sites = 40, .all_sites_line = _i % 3 > 0
	};
	struct reader reader = reader_of(&options);
	struct sim_sink sink = { read_log, &reader };

	reader.two = _i % 2 == 0;
	reader.deaf = _i % 4 < 2;
	while (sim_now(reader.sim) < START + 20 * WHEN_MINUTE) {
		reader.deaf = chance(&reader, 3000) == 0 ? !reader.deaf : reader.deaf;
		sim_step(reader.sim, &sink);
	}
	ck_assert_uint_gt(reader.readings, 20);
	reader_end(&reader);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("lost_lines");
	TCase *c = tcase_create("lost_lines");

	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, a_reading_of_the_slots_puts_right_what_was_missed, 0, 6);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
