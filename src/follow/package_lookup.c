#include "follow/package_lookup.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/file_sizes.h"
#include "follow/case_names.h"
#include "os/clock.h"
#include "os/detached_task.h"
#include "os/file_calls.h"
#include "os/message.h"

#define FILES_MOST    1024 /* remembered */
#define PAYLOAD_FILES 64   /* looked at in one detached task */
#define PLACE_MOST    1024 /* bytes of a path here */

/* Milliseconds. */
#define GATHER     100  /* a file is mostly named several times, and others soon after it */
#define SOON       2    /* until a detached task is asked for, */
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

struct package_lookup {
	const struct mappings *mappings;
	struct package_lookup_events events;
	struct sizes *sizes;
	struct detached_task *detached_task; /* NULL: none is out */
	int64_t sent;                        /* when it was sent */
	uint64_t wait;                       /* for it, until the next look */
	uint64_t answers;                    /* tasks that came back */
	bool told;                           /* that a folder cannot be looked at */
	uv_timer_t *timer;                   /* NULL: there is no loop */
	struct payload payload;
};

/* ---- the detached task: it may hang, and touches nothing but its payload ---- */

/* The folder is the user's, who may have linked it; what is in it may not lead elsewhere. Nothing is opened. */
static bool
is_regular(struct payload_file *file, uv_stat_t *out)
{
	for (char *slash = file->path + file->below; (slash = strchr(slash, '/')); slash++) {
		int result;

		*slash = '\0';
		result = os_lstat(file->path, out);
		*slash = '/';
		if (result < 0 || !os_is_folder(out))
			return false;
	}
	return os_lstat(file->path, out) == 0 && os_is_regular(out);
}

/* 0, or why no file could be found there. */
static int
folder_error(struct payload_file *file)
{
	uv_stat_t stat;
	int result;

	file->path[file->below] = '\0';
	result = os_stat(file->path, &stat);
	return result < 0 ? result : os_is_folder(&stat) ? 0 : UV_ENOTDIR;
}

static void
look_at_files(void *data)
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
tell(struct package_lookup *lookup, uint32_t file, bool known, uint64_t size)
{
	struct event event = {
		.at = WHEN_NONE,
		.kind = EVENT_FILE_LOOKED,
		.texts = 1u << TEXT_PATH,
		.numbers = known ? 1u << NUMBER_BYTES : 0,
	};

	event.text[TEXT_PATH] = span_basename(sizes_path(lookup->sizes, file));
	event.number[NUMBER_BYTES] = size;
	lookup->events.looked(lookup->events.payload, &event);
}

static void
take_answer(struct package_lookup *lookup, const struct payload_file *file, const struct sized *found)
{
	enum sizes_news news = sizes_answer(lookup->sizes, file->file, found, steady_now());

	if (news != SIZES_NO_NEWS)
		tell(lookup, file->file, news == SIZES_KNOWN, found->size);
}

void
package_lookup_repeat(struct package_lookup *lookup)
{
	uint64_t size;

	for (uint32_t i = 0; lookup && i < FILES_MOST; i++)
		if (sizes_known(lookup->sizes, i, &size))
			tell(lookup, i, true, size);
}

static void
tell_trouble(struct package_lookup *lookup, const struct payload_file *file, int error)
{
	char folder[PLACE_MOST];

	if (lookup->told)
		return;
	lookup->told = true;
	span_copy(span_part(span_of(file->path), 0, file->below > 1 ? file->below - 1 : 1), folder, sizeof(folder));
	if (lookup->events.trouble)
		lookup->events.trouble(lookup->events.payload, folder, error);
}

static void
take_back(struct package_lookup *lookup)
{
	const struct payload *payload = detached_task_payload(lookup->detached_task);
	bool done = detached_task_state(lookup->detached_task) == TASK_DONE;
	const struct sized nothing = { 0 };

	for (size_t i = 0; i < payload->count; i++) {
		const struct payload_file *file = &payload->files[i];

		take_answer(lookup, file, done ? &file->found : &nothing);
		if (done && file->error < 0)
			tell_trouble(lookup, file, file->error);
	}
	detached_task_forget(lookup->detached_task);
	lookup->detached_task = NULL;
	lookup->answers++;
}

static void
start_task(struct package_lookup *lookup)
{
	const struct sized nothing = { 0 };
	struct payload *payload = &lookup->payload;
	uint32_t next;

	for (payload->count = 0;
	     payload->count < PAYLOAD_FILES && (next = sizes_next(lookup->sizes, steady_now())) != SIZES_NONE;) {
		struct payload_file *file = &payload->files[payload->count];
		struct span path = sizes_path(lookup->sizes, next);

		*file = (struct payload_file){ .file = next };
		if (lookup->events.wanted(lookup->events.payload, path))
			file->below = mappings_find(lookup->mappings, path, file->path, sizeof(file->path));
		if (file->below > 0)
			payload->count++;
		else
			sizes_drop(lookup->sizes, next);
	}
	if (payload->count == 0)
		return;
	lookup->sent = steady_now();
	lookup->wait = SOON;
	lookup->detached_task = detached_task_start(
		look_at_files, payload, offsetof(struct payload, files) + payload->count * sizeof(payload->files[0]),
		sizeof(*payload));
	for (size_t i = 0; !lookup->detached_task && i < payload->count; i++)
		take_answer(lookup, &payload->files[i], &nothing);
}

/* Does what there is to do; milliseconds until there is more, -1: not before something is named. */
static int64_t
step(struct package_lookup *lookup)
{
	int64_t due, wait = (int64_t)lookup->wait;

	if (lookup->detached_task && detached_task_state(lookup->detached_task) == TASK_RUNNING) {
		lookup->wait = lookup->wait * 2 < LATER ? lookup->wait * 2 : LATER;
		if (steady_now() - lookup->sent >= HANGS)
			tell_trouble(lookup, &lookup->payload.files[0], UV_ETIMEDOUT);
		return wait;
	}
	if (lookup->detached_task)
		take_back(lookup);
	start_task(lookup);
	if (lookup->detached_task)
		return SOON;
	due = sizes_due(lookup->sizes);
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
hurry(struct package_lookup *lookup)
{
	uv_handle_t *timer = (uv_handle_t *)lookup->timer;

	if (!timer || lookup->detached_task || (uv_is_active(timer) && uv_timer_get_due_in(lookup->timer) <= GATHER))
		return;
	if (sizes_due(lookup->sizes) <= steady_now())
		uv_timer_start(lookup->timer, timer_fires, GATHER, 0);
}

void
package_lookup_note(struct package_lookup *lookup, const struct model *model, const struct event *event)
{
	struct span path = event_text(event, TEXT_PATH);
	char place[PLACE_MOST];

	/* Most events with a path are blocks, and theirs is on the other side. */
	if (!lookup || path.size == 0 || event->kind == EVENT_WROTE || event->kind == EVENT_WRITING)
		return;
	if (!model_wants_look(model, path) || mappings_find(lookup->mappings, path, place, sizeof(place)) == 0)
		return;
	sizes_want(lookup->sizes, path, steady_now());
	hurry(lookup);
}

void
package_lookup_settle(struct package_lookup *lookup)
{
	int64_t begun = steady_now(), answered = begun, now = begun;
	uint64_t answers = 0;

	if (!lookup)
		return;
	while (sizes_early(lookup->sizes) && now - answered < SILENCE && now - begun < ALTOGETHER) {
		int64_t wait = step(lookup);

		uv_sleep(wait >= 0 && wait < 10 ? (unsigned)wait : 10);
		now = steady_now();
		if (answers != lookup->answers)
			answered = now;
		answers = lookup->answers;
	}
	if (lookup->detached_task)
		tell_trouble(lookup, &lookup->payload.files[0], UV_ETIMEDOUT);
}

/* ---- from beginning to end ---- */

int
package_lookup_open(struct package_lookup **out, uv_loop_t *loop, const struct mappings *mappings,
                    const struct package_lookup_events *events)
{
	struct package_lookup *lookup;

	*out = NULL;
	if (mappings->count == 0)
		return 0;
	lookup = calloc(1, sizeof(*lookup));
	if (!lookup)
		return UV_ENOMEM;
	lookup->mappings = mappings;
	lookup->events = *events;
	lookup->sizes = sizes_new(FILES_MOST);
	lookup->timer = loop ? calloc(1, sizeof(*lookup->timer)) : NULL;
	if (!lookup->sizes || (loop && !lookup->timer)) {
		sizes_free(lookup->sizes);
		free(lookup);
		return UV_ENOMEM;
	}
	if (loop) {
		uv_timer_init(loop, lookup->timer);
		lookup->timer->data = lookup;
	}
	*out = lookup;
	return 0;
}

static void
timer_closed(uv_handle_t *timer)
{
	free(timer);
}

void
package_lookup_close(struct package_lookup *lookup)
{
	if (!lookup)
		return;
	if (lookup->timer)
		uv_close((uv_handle_t *)lookup->timer, timer_closed);
	detached_task_forget(lookup->detached_task);
	sizes_free(lookup->sizes);
	free(lookup);
}

void
package_lookup_message(void *payload, const char *folder, int error)
{
	(void)payload;
	message_error(folder, "%s (package sizes cannot be looked up)", uv_strerror(error));
}
