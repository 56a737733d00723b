/*
 * Watches a folder of logs as the dashboard does, without one:
 *
 *	history_driver FOLDER
 *
 * Prints what is shown first as a snapshot, a line "then", and the snapshot as it is
 * when all has been read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/report.h"
#include "follow/log_folder.h"
#include "follow/watch.h"

struct driver {
	uv_loop_t loop;
	struct watch *watch;
	bool previewed, completed;
};

static void
put(void *payload, const char *bytes, size_t size)
{
	fwrite(bytes, 1, size, payload);
}

static void
print_snapshot(struct driver *driver)
{
	struct sink sink = { put, stdout };
	struct scene scene = { .model = watch_model(driver->watch) };

	scene.now = model_newest(scene.model);
	scene.logs = watch_logs(driver->watch, &scene.log_count);
	if (!report_json(&scene, &sink))
		exit(1);
}

static void
changed(void *payload)
{
	struct driver *driver = payload;

	if (!driver->watch)
		return;
	if (!driver->previewed && watch_is_current(driver->watch)) {
		driver->previewed = true;
		print_snapshot(driver);
	}
	if (watch_caught_up(driver->watch))
		uv_stop(&driver->loop);
}

static void
rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	(void)payload, (void)log, (void)gap, (void)missed;
}

static void
completed(void *payload, struct reading *preview)
{
	struct driver *driver = payload;

	driver->completed = reading_model(preview) != watch_model(driver->watch);
}

int
main(int argc, char **argv)
{
	struct paths paths = { .count = 0 };
	struct driver driver = { .watch = NULL };
	const struct mappings nowhere = { .count = 0 };
	const struct watch_options options = { .logstore = true, .mappings = &nowhere };
	const struct watch_events events = {
		.changed = changed, .rolled = rolled, .completed = completed, .payload = &driver
	};

	if (argc != 2 || folder_take(&paths, argv[1], true) != 0)
		return 2;
	uv_loop_init(&driver.loop);
	if (watch_open(&driver.watch, &driver.loop, &paths, &options, &events) != 0)
		return 1;
	uv_run(&driver.loop, UV_RUN_DEFAULT);
	puts(driver.completed ? "then" : "at once");
	print_snapshot(&driver);
	watch_close(driver.watch);
	uv_run(&driver.loop, UV_RUN_DEFAULT);
	paths_destroy(&paths);
	return uv_loop_close(&driver.loop) == 0 ? 0 : 1;
}
