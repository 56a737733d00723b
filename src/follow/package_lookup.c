#include "follow/package_lookup.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmtop/file_sizes.h"
#include "os/detached_task.h"
#include "follow/case_names.h"
#include "os/message.h"
#include "os/clock.h"

#define FILES_MOST    1024 /* remembered */
#define PAYLOAD_FILES 64   /* looked at in one detached_task */
#define PLACE_MOST    1024 /* bytes of a path here */

/* Milliseconds. */
#define GATHER     100  /* a file is mostly named several times, and others soon after it */
#define SOON       2    /* until an detached_task is asked for, */
#define LATER      1000 /* and at last, when it is long in coming */
#define HANGS      5000 /* when that is told */
#define SILENCE    2000 /* that a snapshot waits for an answer, */
#define ALTOGETHER 5000 /* and for all of them */

struct payload {
	size_t count;
	struct payload_file {
		uint32_t file; /* of the sizes */
		size_t below;  /* where the names from the server begin in its path here */
		char path[PLACE_MOST];
		struct sized found;
		int error; /* of the folder that it should be in: negative libuv error */
	} files[PAYLOAD_FILES];
};

struct sizing {
	const struct mappings *mappings;
	struct sizing_events events;
	struct sizes *sizes;
	struct detached_task *detached_task; /* NULL: none is out */
	int64_t sent;                        /* when it was sent */
	uint64_t wait;                       /* for it, until the next look */
	uint64_t answers;                    /* detached_tasks that came back */
	bool told;                           /* that a folder cannot be looked at */
	uv_timer_t *timer;                   /* NULL: there is no loop */
	struct payload payload;
};

/* ---- the detached_task: it may hang, and touches nothing but its payload ---- */

static int
look_at(const char *path, uv_stat_t *out)
{
	uv_fs_t request;
	int result = uv_fs_lstat(NULL, &request, path, NULL);

	*out = request.statbuf;
	uv_fs_req_cleanup(&request);
	return result;
}

/* The folder is the user's, who may have linked it; what is in it may not lead elsewhere. Nothing is opened. */
static bool
is_regular(struct payload_file *file, uv_stat_t *out)
{
	for (char *slash = file->path + file->below; (slash = strchr(slash, '/')); slash++) {
		int result;

		*slash = '\0';
		result = look_at(file->path, out);
		*slash = '/';
		if (result < 0 || (out->st_mode & S_IFMT) != S_IFDIR)
			return false;
	}
	return look_at(file->path, out) == 0 && (out->st_mode & S_IFMT) == S_IFREG;
}

/* 0, or why no file could be found there. */
static int
folder_error(struct payload_file *file)
{
	uv_fs_t request;
	int result;
	bool folder;

	file->path[file->below] = '\0';
	result = uv_fs_stat(NULL, &request, file->path, NULL);
	folder = (request.statbuf.st_mode & S_IFMT) == S_IFDIR;
	uv_fs_req_cleanup(&request);
	return result < 0 ? result : folder ? 0 : UV_ENOTDIR;
}

static void
weigh(void *data)
{
	struct payload *payload = data;
	uv_stat_t stat;

	for (size_t i = 0; i < payload->count; i++) {
		struct payload_file *file = &payload->files[i];

		if (!is_regular(file, &stat)) {
			file->error = folder_error(file);
			continue;
		}
		file->found.there = true;
		file->found.size = stat.st_size;
		file->found.changed = name_nanoseconds(stat.st_mtim);
		file->found.age = clock_now() - file->found.changed / 1000000;
	}
}

/* ---- sending it, and what it brings ---- */

static int64_t
steady_now(void)
{
	return (int64_t)(uv_hrtime() / 1000000);
}

/* Of the path no more than the name is told: it says what it is of, and no server's name is in it. */
static void
tell(struct sizing *sizing, uint32_t file, bool known, uint64_t size)
{
	struct event event = {
		.at = WHEN_NONE,
		.kind = EVENT_FILE_LOOKED,
		.texts = 1u << TEXT_PATH,
		.numbers = known ? 1u << NUMBER_BYTES : 0,
	};

	event.text[TEXT_PATH] = span_basename(sizes_path(sizing->sizes, file));
	event.number[NUMBER_BYTES] = size;
	sizing->events.looked(sizing->events.payload, &event);
}

static void
take_answer(struct sizing *sizing, const struct payload_file *file, const struct sized *found)
{
	enum sizes_news news = sizes_answer(sizing->sizes, file->file, found, steady_now());

	if (news != SIZES_NO_NEWS)
		tell(sizing, file->file, news == SIZES_KNOWN, found->size);
}

void
sizing_repeat(struct sizing *sizing)
{
	uint64_t size;

	for (uint32_t i = 0; sizing && i < FILES_MOST; i++)
		if (sizes_known(sizing->sizes, i, &size))
			tell(sizing, i, true, size);
}

static void
tell_trouble(struct sizing *sizing, const struct payload_file *file, int error)
{
	char folder[PLACE_MOST];

	if (sizing->told)
		return;
	sizing->told = true;
	span_copy(span_part(span_of(file->path), 0, file->below > 1 ? file->below - 1 : 1), folder, sizeof(folder));
	if (sizing->events.trouble)
		sizing->events.trouble(sizing->events.payload, folder, error);
}

static void
take_back(struct sizing *sizing)
{
	const struct payload *payload = detached_task_payload(sizing->detached_task);
	bool whole = detached_task_state(sizing->detached_task) == TASK_DONE;
	const struct sized nothing = { 0 };

	for (size_t i = 0; i < payload->count; i++) {
		const struct payload_file *file = &payload->files[i];

		take_answer(sizing, file, whole ? &file->found : &nothing);
		if (whole && file->error < 0)
			tell_trouble(sizing, file, file->error);
	}
	detached_task_forget(sizing->detached_task);
	sizing->detached_task = NULL;
	sizing->answers++;
}

static void
start_task(struct sizing *sizing)
{
	const struct sized nothing = { 0 };
	struct payload *payload = &sizing->payload;
	uint32_t next;

	for (payload->count = 0;
	     payload->count < PAYLOAD_FILES && (next = sizes_next(sizing->sizes, steady_now())) != SIZES_NONE;) {
		struct payload_file *file = &payload->files[payload->count];
		struct span path = sizes_path(sizing->sizes, next);

		*file = (struct payload_file){ .file = next };
		if (sizing->events.wanted(sizing->events.payload, path))
			file->below = mappings_find(sizing->mappings, path, file->path, sizeof(file->path));
		if (file->below > 0)
			payload->count++;
		else
			sizes_drop(sizing->sizes, next);
	}
	if (payload->count == 0)
		return;
	sizing->sent = steady_now();
	sizing->wait = SOON;
	sizing->detached_task = detached_task_start(
		weigh, payload, offsetof(struct payload, files) + payload->count * sizeof(payload->files[0]),
		sizeof(*payload));
	for (size_t i = 0; !sizing->detached_task && i < payload->count; i++)
		take_answer(sizing, &payload->files[i], &nothing);
}

/* Does what there is to do; milliseconds until there is more, -1: not before something is named. */
static int64_t
step(struct sizing *sizing)
{
	int64_t due, wait = (int64_t)sizing->wait;

	if (sizing->detached_task && detached_task_state(sizing->detached_task) == TASK_RUNNING) {
		sizing->wait = sizing->wait * 2 < LATER ? sizing->wait * 2 : LATER;
		if (steady_now() - sizing->sent >= HANGS)
			tell_trouble(sizing, &sizing->payload.files[0], UV_ETIMEDOUT);
		return wait;
	}
	if (sizing->detached_task)
		take_back(sizing);
	start_task(sizing);
	if (sizing->detached_task)
		return SOON;
	due = sizes_due(sizing->sizes);
	return due == INT64_MAX ? -1 : due > steady_now() ? due - steady_now() : 0;
}

/* ---- when ---- */

static void
timer_fires(uv_timer_t *timer)
{
	int64_t wait = step(timer->data);

	if (wait >= 0)
		uv_timer_start(timer, timer_fires, (uint64_t)wait, 0);
}

/* What is due waits for others that are named with it; what is out is waited for. */
static void
hurry(struct sizing *sizing)
{
	uv_handle_t *timer = (uv_handle_t *)sizing->timer;

	if (!timer || sizing->detached_task || (uv_is_active(timer) && uv_timer_get_due_in(sizing->timer) <= GATHER))
		return;
	if (sizes_due(sizing->sizes) <= steady_now())
		uv_timer_start(sizing->timer, timer_fires, GATHER, 0);
}

void
sizing_hear(struct sizing *sizing, const struct model *model, const struct event *event)
{
	struct span path = event_text(event, TEXT_PATH);
	char place[PLACE_MOST];

	/* Most events with a path are blocks, and theirs is on the other side. */
	if (!sizing || path.size == 0 || event->kind == EVENT_WROTE || event->kind == EVENT_WRITING)
		return;
	if (!model_wants_look(model, path) || mappings_find(sizing->mappings, path, place, sizeof(place)) == 0)
		return;
	sizes_want(sizing->sizes, path, steady_now());
	hurry(sizing);
}

void
sizing_settle(struct sizing *sizing)
{
	int64_t begun = steady_now(), heard = begun, now = begun;
	uint64_t answers = 0;

	if (!sizing)
		return;
	while (sizes_early(sizing->sizes) && now - heard < SILENCE && now - begun < ALTOGETHER) {
		int64_t wait = step(sizing);

		uv_sleep(wait >= 0 && wait < 10 ? (unsigned)wait : 10);
		now = steady_now();
		if (answers != sizing->answers)
			heard = now;
		answers = sizing->answers;
	}
	if (sizing->detached_task)
		tell_trouble(sizing, &sizing->payload.files[0], UV_ETIMEDOUT);
}

/* ---- from beginning to end ---- */

int
sizing_open(struct sizing **out, uv_loop_t *loop, const struct mappings *mappings, const struct sizing_events *events)
{
	struct sizing *sizing;

	*out = NULL;
	if (mappings->count == 0)
		return 0;
	sizing = calloc(1, sizeof(*sizing));
	if (!sizing)
		return UV_ENOMEM;
	sizing->mappings = mappings;
	sizing->events = *events;
	sizing->sizes = sizes_new(FILES_MOST);
	sizing->timer = loop ? calloc(1, sizeof(*sizing->timer)) : NULL;
	if (!sizing->sizes || (loop && !sizing->timer)) {
		sizes_free(sizing->sizes);
		free(sizing);
		return UV_ENOMEM;
	}
	if (loop) {
		uv_timer_init(loop, sizing->timer);
		sizing->timer->data = sizing;
	}
	*out = sizing;
	return 0;
}

static void
timer_closed(uv_handle_t *timer)
{
	free(timer);
}

void
sizing_close(struct sizing *sizing)
{
	if (!sizing)
		return;
	if (sizing->timer)
		uv_close((uv_handle_t *)sizing->timer, timer_closed);
	detached_task_forget(sizing->detached_task);
	sizes_free(sizing->sizes);
	free(sizing);
}

void
sizing_say(void *payload, const char *folder, int error)
{
	(void)payload;
	message_error(folder, "%s (package sizes cannot be looked up)", uv_strerror(error));
}
