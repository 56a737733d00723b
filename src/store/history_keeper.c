#include "store/history_keeper.h"

#include <stdlib.h>
#include <string.h>

#include "store/history_file.h"
#include "os/file_system.h"
#include "os/message.h"
#include "store/atomic_file.h"

#define KEEP_EVERY (5 * 60 * 1000)  /* milliseconds, as all of these */
#define SOON       10               /* until an errand is asked for, */
#define LATER      5000             /* and at last, when it is long in coming */
#define READ_WAIT  100              /* between two looks whether the logs have been read */
#define PATIENCE   10               /* for an errand when the program ends: it goes on for itself, */
#define SNAPSHOT   1000             /* or a snapshot wants what it fetches */

struct history {
	uv_timer_t     timer;
	struct watch  *watch;
	struct errand *errand;     /* NULL: none is out */
	uint64_t       wait;       /* for it, until the next look */
	bool           fetched;    /* the file's place is known, and `bag` holds what was in it */
	bool           restored;   /* … and that has joined the model */
	bool           read_only;  /* names are hidden: nothing is written */
	bool           told;       /* that something is wrong */
	int64_t        kept;       /* newest record when the points were last kept, WHEN_NONE: not yet */
	int64_t        keeping;    /* the same of the errand that is out */

	history_trouble *trouble;
	void            *payload;
	struct history_bag bag;
};

/* ---- whose it is ---- */

/* The one LOGDIR that is looked at, as it was named. False: files, standard input, or several. */
static bool
find_folder(const struct paths *paths, char *out, size_t size)
{
	struct span first = { NULL, 0 };

	for (size_t i = 0; i < paths->count; i++) {
		struct span path = span_of(paths->log[i].path);
		struct span folder = span_part(path, 0, path.size - span_basename(path).size);

		if (paths->log[i].given || (i > 0 && !span_is(folder, first)))
			return false;
		first = folder;
	}
	span_copy(first, out, size);
	return first.size > 0 && first.size < size;
}

static bool
is_wanted(struct history_bag *bag, const struct options *options, const struct paths *paths)
{
	return !options->no_history && !options->demo && os_state_home(bag->home, sizeof(bag->home)) &&
	       find_folder(paths, bag->logs, sizeof(bag->logs));
}

/* ---- errands ---- */

static struct errand *
send_fetch(const struct history_bag *bag)
{
	return errand_send(history_file_fetch, bag, offsetof(struct history_bag, path), sizeof(*bag));
}

/* False: there is none, or it is still out after so many milliseconds. */
static bool
await(struct errand *errand, uint64_t most)
{
	uint64_t deadline = uv_hrtime() + most * 1000000;

	while (errand && errand_state(errand) == ERRAND_OUT) {
		if (uv_hrtime() >= deadline)
			return false;
		uv_sleep(1);
	}
	return errand != NULL;
}

static size_t
read_points(const struct history_bag *bag, bool zoned, struct point *out)
{
	const struct points_of of = { bag->logs, zoned };

	return points_read(&of, (struct span){ bag->text, bag->size }, out);
}

/* ---- a snapshot ---- */

struct errand *
history_fetch(const struct options *options, const struct paths *paths)
{
	struct history_bag *bag;
	struct errand *errand = NULL;

	if (options->mode != MODE_ONCE && options->mode != MODE_DRAW)
		return NULL;
	bag = calloc(1, sizeof(*bag));
	if (bag && is_wanted(bag, options, paths))
		errand = send_fetch(bag);
	free(bag);
	return errand;
}

void
history_take(struct errand *fetch, struct model *model)
{
	struct point *points = fetch ? calloc(POINTS_KEPT, sizeof(*points)) : NULL;

	if (points && await(fetch, SNAPSHOT) && errand_state(fetch) == ERRAND_BACK) {
		const struct history_bag *bag = errand_bag(fetch);

		if (!bag->error)
			model_restore(model, points, read_points(bag, model_points_zoned(model), points));
	}
	free(points);
	errand_forget(fetch);
}

/* ---- while the logs are followed ---- */

static void
tell(struct history *history, int error)
{
	if (!history->told)
		history->trouble(history->payload, history->bag.path[0] ? history->bag.path : history->bag.home, error);
	history->told = true;
}

/* The errand is over. */
static void
come_back(struct history *history)
{
	const struct history_bag *bag = errand_bag(history->errand);

	if (errand_state(history->errand) == ERRAND_BACK) {
		if (!history->fetched)
			memcpy(&history->bag, bag, sizeof(*bag));
		else if (!bag->error)
			history->kept = history->keeping;
		history->fetched = true;
		if (bag->error)
			tell(history, bag->error);
	}
	errand_forget(history->errand);
	history->errand = NULL;
}

static void
restore(struct history *history)
{
	struct point *points = history->bag.points;
	size_t count = read_points(&history->bag, model_points_zoned(watch_model(history->watch)), points);

	watch_restore(history->watch, points, count);
	history->restored = true;
}

/* False: there is nothing new, or it cannot be sent. */
static bool
keep(struct history *history)
{
	const struct model *model = watch_model(history->watch);
	struct history_bag *bag = &history->bag;
	const struct point *point;

	if (history->read_only || !bag->path[0] || model_newest(model) == history->kept || !watch_caught_up(history->watch))
		return false;
	for (bag->count = 0; (point = model_point(model, bag->count)); bag->count++)
		bag->points[bag->count] = *point;
	if (bag->count == 0)
		return false;
	bag->zoned = model_points_zoned(model);
	bag->limit = watch_now(history->watch) + WHEN_DAY;  /* the clocks need not agree */
	history->keeping = model_newest(model);
	history->errand = errand_send(history_file_keep, bag, offsetof(struct history_bag, size), sizeof(*bag));
	return history->errand != NULL;
}

static void look(uv_timer_t *timer);

static void
look_again(struct history *history, uint64_t wait)
{
	uv_timer_start(&history->timer, look, wait, 0);
}

/* An errand that hangs is asked for ever more rarely, and none is sent beside it. */
static void
look_later(struct history *history)
{
	look_again(history, history->wait);
	history->wait = history->wait * 2 < LATER ? history->wait * 2 : LATER;
}

/* Half of the logs would be half of the points. */
static void
join_when_read(struct history *history)
{
	if (!watch_caught_up(history->watch)) {
		look_again(history, READ_WAIT);
		return;
	}
	restore(history);
	look_again(history, 0);
}

static void
look(uv_timer_t *timer)
{
	struct history *history = timer->data;
	bool kept = history->errand && history->restored;

	if (history->errand && errand_state(history->errand) == ERRAND_OUT) {
		look_later(history);
		return;
	}
	if (history->errand)
		come_back(history);
	if (!history->fetched)
		return;  /* nobody knows where the file is */
	history->wait = SOON;
	if (!history->restored)
		join_when_read(history);
	else if (!kept && keep(history))
		look_later(history);
	else
		look_again(history, KEEP_EVERY);
}

/* ---- from beginning to end ---- */

void
history_say(void *payload, const char *path, int error)
{
	(void)payload;
	say_error(path, "%s (points are not kept)", whole_error_text(error));
}

void
history_open(struct history **out, uv_loop_t *loop, const struct options *options, const struct paths *paths,
             struct watch *watch, history_trouble *trouble, void *payload)
{
	struct history *history = calloc(1, sizeof(*history));

	*out = NULL;
	if (history && is_wanted(&history->bag, options, paths))
		history->errand = send_fetch(&history->bag);
	if (!history || !history->errand) {
		free(history);
		return;
	}
	history->watch     = watch;
	history->wait      = SOON;
	history->read_only = options->redact;
	history->kept      = WHEN_NONE;
	history->trouble   = trouble;
	history->payload   = payload;
	uv_timer_init(loop, &history->timer);
	history->timer.data = history;
	look_later(history);
	*out = history;
}

static void
timer_closed(uv_handle_t *timer)
{
	free(timer->data);
}

/* One that hangs is left to itself: it may still come to its end after ours. */
void
history_close(struct history *history)
{
	if (!history)
		return;
	history->told = true;  /* nobody is there any more to whom it matters */
	if (await(history->errand, PATIENCE))
		come_back(history);
	if (!history->errand && history->fetched && watch_caught_up(history->watch) && keep(history))
		await(history->errand, PATIENCE);
	errand_forget(history->errand);
	uv_close((uv_handle_t *)&history->timer, timer_closed);
}
