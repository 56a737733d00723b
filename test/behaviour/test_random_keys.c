/*
 * Whatever is typed and clicked, at whatever size, while records come: nothing
 * breaks. RANDOM_SECONDS says how long ("make random": a minute under sanitizers).
 */
#include <time.h>

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

static uint64_t
next_random(void)
{
	static uint64_t state = 11;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return state >> 20;
}

static int
any_key(void)
{
	static const int special[] = { KEY_UP_ARROW,
		                       KEY_DOWN_ARROW,
		                       KEY_LEFT_ARROW,
		                       KEY_RIGHT_ARROW,
		                       KEY_PAGE_UP,
		                       KEY_PAGE_DOWN,
		                       KEY_HOME_KEY,
		                       KEY_END_KEY,
		                       KEY_DELETE,
		                       KEY_INSERT,
		                       KEY_SHIFT_TAB,
		                       KEY_TAB,
		                       KEY_ENTER,
		                       KEY_ESCAPE,
		                       KEY_BACKSPACE,
		                       KEY_FUNCTION + 1,
		                       KEY_FUNCTION + 3,
		                       KEY_FUNCTION + 4,
		                       KEY_FUNCTION + 5,
		                       KEY_FUNCTION + 6,
		                       0xfc,
		                       0x6f22,
		                       1,
		                       21,
		                       23,
		                       '/',
		                       '\\',
		                       '(',
		                       '3',
		                       '6',
		                       's',
		                       't',
		                       'z',
		                       'p',
		                       'n',
		                       'F',
		                       ' ',
		                       'l',
		                       'l',
		                       'x',
		                       'w',
		                       'e',
		                       'q' };

	if (next_random() % 2)
		return ' ' + (int)(next_random() % 95);
	return special[next_random() % (sizeof(special) / sizeof(*special))];
}

static void
drop(void *payload, const char *bytes, size_t size)
{
	uint64_t *put = payload;

	(void)bytes;
	*put += size;
}

static void
do_anything(void)
{
	static uint64_t put;
	const struct sink nowhere = { drop, &put };
	enum ui_effect effect;

	if (next_random() % 10 == 0)
		effect = ui_mouse(stage.ui, &stage.scene, (int)(next_random() % 540) - 10,
		                  (int)(next_random() % 220) - 10, (enum ui_mouse)(next_random() % 3));
	else
		effect = ui_key(stage.ui, &stage.scene, any_key());
	if (effect != UI_EXPORT)
		return;
	ui_export(stage.ui, &stage.scene, (enum ui_format)(next_random() % 3), &nowhere);
	ui_export_result(stage.ui, &stage.scene, (enum ui_exported)(next_random() % 3), "because");
}

static void
draw_anywhere(void)
{
	bool large = next_random() % 200 == 0;

	stage_draw(&stage, (int)(next_random() % (large ? 530 : 140)), (int)(next_random() % (large ? 210 : 50)));
}

START_TEST(random_keys_at_random_sizes_do_no_harm)
{
	const char *seconds = getenv("RANDOM_SECONDS");
	time_t end = time(NULL) + (seconds ? atoi(seconds) : 0);
	size_t i;

	stage_draw(&stage, 80, 24);
	for (i = 0; i < 20000 || time(NULL) < end; i++) {
		do_anything();
		if (i % 3 == 0)
			draw_anywhere();
		if (i % 50 == 0)
			sender(&stage, 1005, 10 + (double)i / 100,
			       "Wrote 1024 bytes to \\\\S07SRV\\SMS_SITE\\20005CS1.PCK at position 41457280");
		if (i % 1000 == 500)
			stage_send(&stage, 10 + (double)i / 100, 2000 + (unsigned)(i / 1000 % 100), "30005CS1", "S40",
			           0, "ABC0018B", 3);
		if (i % 300 == 100)
			stage_transfer(&stage, 10 + (double)i / 100, 570 + (unsigned)(i / 300 % 40),
			               3000 + (unsigned)(i / 300 % 7), "ABC00F10", 2,
			               i % 600 == 100 ? "DP2.CONTOSO.COM" : "DP1", i % 900 == 100 ? "Pull DP " : "");
		if (i % 211 == 0)
			stage.scene.now = i % 2 ? WHEN_NONE : model_newest(stage.model);
		if (i % 997 == 0)
			stage.scene.logstore = i % 2 ? NULL : stage.logstore;
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("random_keys");
	TCase *all = tcase_create("random_keys");

	tcase_set_timeout(all, 600);
	tcase_add_checked_fixture(all, open_stage, close_stage);
	tcase_add_test(all, random_keys_at_random_sizes_do_no_harm);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
