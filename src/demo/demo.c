#include "demo/demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include "os/signals.h"

#define PACE 10 /* the site's time against ours */
/* That the site has worked when the demo begins: its great backlog fell due more than an hour ago. */
#define BEFORE         (85 * WHEN_MINUTE)
#define RAISED         (50 * WHEN_MINUTE) /* of its time after that, its administrator raises the limit */
#define FULL           (256 * 1024)       /* bytes at which sender.log rolls over, */
#define FULL_AGAIN     (25 * WHEN_SECOND) /* but not sooner after the last time than this, of its time */
#define FULL_RARE      (64 * 1024 * 1024) /* distmgr.log is quiet and keeps what fell due, */
#define FULL_LISTS     (8 * 1024 * 1024)  /* … and these keep what they say of the last hours */
#define PATH_MOST      1024
#define HISTORY_BUFFER (64 * 1024) /* tens of megabytes are written before the demo begins */

struct file {
	FILE *out;
	char path[PATH_MOST], previous[PATH_MOST];
	uint64_t size, full;
	int64_t rolled; /* site's time */
};

struct demo {
	struct sim *sim;
	int64_t base; /* time of day, and the site's, when the demo began */
	char folder[PATH_MOST / 2];
	struct file files[SIM_LOG_COUNT];
	void (*put)(void *payload, enum sim_log log, const char *bytes, size_t size);
	void *payload;
};

static const struct {
	const char *name, *previous;
	uint64_t full;
	/* clang-format off */
} logs[SIM_LOG_COUNT] = {
	[SIM_SENDER]  = { "sender.log",  "sender.lo_",  FULL },
	[SIM_DISTMGR] = { "distmgr.log", "distmgr.lo_", FULL_RARE },
	[SIM_SCHED]   = { "sched.log", "sched.lo_", FULL_LISTS },
	[SIM_PKGXFER] = { "PkgXferMgr.log", "PkgXferMgr.lo_", FULL_LISTS },
};
/* clang-format on */

static void
write_bytes(struct demo *demo, enum sim_log log, const char *bytes, size_t size)
{
	struct file *file = &demo->files[log];

	file->size += size;
	if (file->out)
		fwrite(bytes, 1, size, file->out);
	if (demo->put)
		demo->put(demo->payload, log, bytes, size);
}

static void
put_record(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	(void)at;
	write_bytes(payload, log, bytes, size);
}

/* As the product does it: a last line without a frame, a new name, a new file. */
static void
roll_over(struct demo *demo, enum sim_log log)
{
	static const char marker[] = "<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>\r\n";
	struct file *file = &demo->files[log];
	uv_fs_t request;

	write_bytes(demo, log, marker, sizeof marker - 1);
	if (file->out)
		fclose(file->out);
	uv_fs_rename(NULL, &request, file->path, file->previous, NULL);
	uv_fs_req_cleanup(&request);
	file->out = fopen(file->path, "wb");
	file->size = 0;
	file->rolled = demo_now(demo);
}

static void
roll_over_full_ones(struct demo *demo)
{
	int i;

	for (i = 0; i < SIM_LOG_COUNT; i++)
		if (demo->files[i].size >= demo->files[i].full && demo_now(demo) - demo->files[i].rolled >= FULL_AGAIN)
			roll_over(demo, (enum sim_log)i);
}

#define STEP (5 * WHEN_MINUTE) /* of its time, between two looks whether to go on */

static void
run(struct demo *demo, int64_t until)
{
	struct sim_sink sink = { put_record, demo };
	int i;

	for (int64_t at = sim_now(demo->sim); at < until && !os_ended();) {
		at = at + STEP < until ? at + STEP : until;
		sim_run(demo->sim, at, &sink);
	}
	for (i = 0; i < SIM_LOG_COUNT; i++)
		if (demo->files[i].out)
			fflush(demo->files[i].out);
}

void
demo_run(struct demo *demo, int64_t until)
{
	if (until <= demo_now(demo))
		return;
	roll_over_full_ones(demo);
	run(demo, until);
}

static int
make_folder(struct demo *demo)
{
	char model[PATH_MOST / 2];
	size_t size = sizeof model - sizeof "/cmtop-demo-XXXXXX";
	uv_fs_t request;
	int error = uv_os_tmpdir(model, &size);

	if (error < 0)
		return error;
	memcpy(model + size, "/cmtop-demo-XXXXXX", sizeof "/cmtop-demo-XXXXXX");
	error = uv_fs_mkdtemp(NULL, &request, model, NULL);
	if (error >= 0)
		snprintf(demo->folder, sizeof demo->folder, "%s", request.path);
	uv_fs_req_cleanup(&request);
	return error;
}

static int
make_files(struct demo *demo)
{
	int i;

	for (i = 0; i < SIM_LOG_COUNT; i++) {
		struct file *file = &demo->files[i];

		snprintf(file->path, sizeof file->path, "%s/%s", demo->folder, logs[i].name);
		snprintf(file->previous, sizeof file->previous, "%s/%s", demo->folder, logs[i].previous);
		file->full = logs[i].full;
		file->out = fopen(file->path, "wb");
		if (!file->out)
			return UV_EACCES;
		setvbuf(file->out, NULL, _IOFBF, HISTORY_BUFFER);
	}
	return 0;
}

static void
unlink_file(const char *path)
{
	uv_fs_t request;

	if (path[0] == '\0')
		return;
	uv_fs_unlink(NULL, &request, path, NULL);
	uv_fs_req_cleanup(&request);
}

/* What the end takes away where there is no time for more: nothing but system calls. */
static const struct demo *open_demo;

static void
take_away(void)
{
	if (!open_demo)
		return;
	for (int i = 0; i < SIM_LOG_COUNT; i++) {
		os_remove(open_demo->files[i].path);
		os_remove(open_demo->files[i].previous);
	}
	os_remove(open_demo->folder);
}

int
demo_open(struct demo **out, unsigned sites, int64_t now)
{
	struct sim_options options = {
		.seed = 7,
		.sites = sites,
		.start = now - BEFORE,
		.bias = 240,
		.raise_after = BEFORE + RAISED,
		.raise_to = 50,
		.all_sites_line = true,
	};
	struct demo *demo = calloc(1, sizeof *demo);
	int error = UV_ENOMEM;

	if (!demo)
		return error;
	demo->base = now;
	demo->sim = sim_new(&options);
	if (demo->sim && (error = make_folder(demo)) >= 0 && (error = make_files(demo)) >= 0) {
		open_demo = demo;
		os_before_end(take_away);
		run(demo, now);
		*out = demo;
		return 0;
	}
	demo_close(demo);
	return error;
}

void
demo_close(struct demo *demo)
{
	uv_fs_t request;
	int i;

	if (!demo)
		return;
	for (i = 0; i < SIM_LOG_COUNT; i++) {
		if (demo->files[i].out)
			fclose(demo->files[i].out);
		unlink_file(demo->files[i].path);
		unlink_file(demo->files[i].previous);
	}
	if (demo->folder[0] != '\0') {
		uv_fs_rmdir(NULL, &request, demo->folder, NULL);
		uv_fs_req_cleanup(&request);
	}
	open_demo = NULL;
	sim_free(demo->sim);
	free(demo);
}

const char *
demo_folder(const struct demo *demo)
{
	return demo->folder;
}

int64_t
demo_now(const struct demo *demo)
{
	return sim_now(demo->sim);
}

int64_t
demo_clock(const struct demo *demo, int64_t now)
{
	return demo->base + (now - demo->base) * PACE;
}

void
demo_listen(struct demo *demo, void (*put)(void *payload, enum sim_log log, const char *bytes, size_t size),
            void *payload)
{
	demo->put = put;
	demo->payload = payload;
}
