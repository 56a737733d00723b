#include "store/history_keeper.h"

#include <stdlib.h>
#include <string.h>

#include "store/history_file.h"
#include "os/file_system.h"
#include "os/message.h"
#include "store/atomic_file.h"

#define KEEP_EVERY (5 * 60 * 1000) /* milliseconds, as all of these */
#define SOON       10              /* until a detached task is asked for, */
#define LATER      5000            /* and at last, when it is long in coming */
#define READ_WAIT  100             /* between two looks whether the logs have been read */
#define PATIENCE   10              /* for a detached task when the program ends: it goes on for itself, */
#define SNAPSHOT   1000            /* or a snapshot wants what it fetches */

struct history {
	uv_timer_t timer;
	struct history_source source;
	struct detached_task *detached_task; /* NULL: none is out */
	uint64_t wait;                       /* for it, until the next look */
	bool fetched;                        /* the file's place is known, and `stored` holds what was in it */
	bool restored;                       /* … and that has joined the model */
	bool read_only;                      /* names are hidden: nothing is written */
	bool told;                           /* that something is wrong */
	int64_t kept;                        /* newest record when the samples were last kept, WHEN_NONE: not yet */
	int64_t keeping;                     /* the same of the task that is out */

	struct history_payload stored;
};

/* False: there is no place for it. `logs` is the folder of the logs. */
static bool
is_wanted(struct history_payload *payload, const char *logs)
{
	struct span folder = span_of(logs ? logs : "");

	span_copy(folder, payload->logs, sizeof(payload->logs));
	return folder.size > 0 && folder.size < sizeof(payload->logs)
	       && os_state_home(payload->home, sizeof(payload->home));
}

/* ---- detached tasks ---- */

static struct detached_task *
send_fetch(const struct history_payload *payload)
{
	return detached_task_start(history_file_fetch, payload, offsetof(struct history_payload, path),
	                           sizeof(*payload));
}

/* False: there is none, or it is still out after so many milliseconds. */
static bool
await(struct detached_task *detached_task, uint64_t most)
{
	uint64_t deadline = uv_hrtime() + most * 1000000;

	while (detached_task && detached_task_state(detached_task) == TASK_RUNNING) {
		if (uv_hrtime() >= deadline)
			return false;
		uv_sleep(1);
	}
	return detached_task != NULL;
}

static size_t
read_samples(const struct history_payload *payload, struct samples_clock clock, struct sample *out)
{
	const struct samples_of of = { payload->logs, clock };

	return samples_read(&of, (struct span){ payload->text, payload->size }, out);
}

/* ---- a snapshot ---- */

struct detached_task *
history_fetch(const char *logs)
{
	struct history_payload *payload = calloc(1, sizeof(*payload));
	struct detached_task *detached_task = NULL;

	if (payload && is_wanted(payload, logs))
		detached_task = send_fetch(payload);
	free(payload);
	return detached_task;
}

bool
history_take(struct detached_task *fetch, struct samples_clock clock, struct sample *samples, size_t *count)
{
	bool taken = false;

	if (fetch && await(fetch, SNAPSHOT) && detached_task_state(fetch) == TASK_DONE) {
		const struct history_payload *payload = detached_task_payload(fetch);

		taken = !payload->error;
		if (taken)
			*count = read_samples(payload, clock, samples);
	}
	detached_task_forget(fetch);
	return taken;
}

/* ---- while the logs are followed ---- */

static void
tell(struct history *history, int error)
{
	if (!history->told)
		history->source.trouble(history->source.payload,
		                        history->stored.path[0] ? history->stored.path : history->stored.home, error);
	history->told = true;
}

static const struct model *
model_of(const struct history *history)
{
	return history->source.model(history->source.payload);
}

static bool
has_caught_up(const struct history *history)
{
	return history->source.caught_up(history->source.payload);
}

/* The detached task is over. */
static void
come_back(struct history *history)
{
	const struct history_payload *payload = detached_task_payload(history->detached_task);

	if (detached_task_state(history->detached_task) == TASK_DONE) {
		if (!history->fetched)
			memcpy(&history->stored, payload, sizeof(*payload));
		else if (!payload->error)
			history->kept = history->keeping;
		history->fetched = true;
		if (payload->error)
			tell(history, payload->error);
	}
	detached_task_forget(history->detached_task);
	history->detached_task = NULL;
}

static void
restore(struct history *history)
{
	struct sample *samples = history->stored.samples;
	size_t count = read_samples(&history->stored, model_samples_clock(model_of(history)), samples);

	history->source.restore(history->source.payload, samples, count);
	history->restored = true;
}

/* False: there is nothing new, or it cannot be sent. */
static bool
keep(struct history *history)
{
	const struct model *model = model_of(history);
	struct history_payload *payload = &history->stored;
	const struct sample *sample;

	if (history->read_only || !payload->path[0] || model_newest(model) == history->kept || !has_caught_up(history))
		return false;
	for (payload->count = 0; (sample = model_sample(model, payload->count)); payload->count++)
		payload->samples[payload->count] = *sample;
	if (payload->count == 0)
		return false;
	payload->clock = model_samples_clock(model);
	payload->limit = history->source.now(history->source.payload) + WHEN_DAY; /* the clocks need not agree */
	history->keeping = model_newest(model);
	history->detached_task = detached_task_start(history_file_keep, payload, offsetof(struct history_payload, size),
	                                             sizeof(*payload));
	return history->detached_task != NULL;
}

static void look(uv_timer_t *timer);

static void
look_again(struct history *history, uint64_t wait)
{
	uv_timer_start(&history->timer, look, wait, 0);
}

/* A detached task that hangs is asked for ever more rarely, and none is sent beside it. */
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
	if (!has_caught_up(history)) {
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
	bool kept = history->detached_task && history->restored;

	if (history->detached_task && detached_task_state(history->detached_task) == TASK_RUNNING) {
		look_later(history);
		return;
	}
	if (history->detached_task)
		come_back(history);
	if (!history->fetched)
		return; /* nobody knows where the file is */
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
history_message(void *payload, const char *path, int error)
{
	(void)payload;
	message_error(path, "%s (history is not saved)", atomic_file_error_text(error));
}

void
history_open(struct history **out, uv_loop_t *loop, const char *logs, bool read_only,
             const struct history_source *source)
{
	struct history *history = calloc(1, sizeof(*history));

	*out = NULL;
	if (history && is_wanted(&history->stored, logs))
		history->detached_task = send_fetch(&history->stored);
	if (!history || !history->detached_task) {
		free(history);
		return;
	}
	history->source = *source;
	history->wait = SOON;
	history->read_only = read_only;
	history->kept = WHEN_NONE;
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
	history->told = true; /* nobody is there any more to whom it matters */
	if (await(history->detached_task, PATIENCE))
		come_back(history);
	if (!history->detached_task && history->fetched && has_caught_up(history) && keep(history))
		await(history->detached_task, PATIENCE);
	detached_task_forget(history->detached_task);
	uv_close((uv_handle_t *)&history->timer, timer_closed);
}
