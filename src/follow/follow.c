#include "follow/follow.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/span.h"
#include "cmtop/rotate.h"
#include "follow/poll_timer.h"
#include "follow/log_files.h"
#include "os/worker.h"

/* Milliseconds. */
#define STALLED_AFTER 5000
#define GONE_AFTER    1000 /* between a roll-over and the new file there may be a moment without one */
#define LIVE_FOR      60000

struct follow {
	uv_loop_t *loop;
	char *path;
	struct follow_events events;

	struct follow *beside; /* NULL, or one that takes turns with this one */
	struct rotation *rotation;
	struct worker *worker;
	struct poll_timer poll_timer;
	uv_timer_t patience; /* with an answer */
	int handles;         /* to be closed before this is freed */
	bool closed;

	bool running; /* run() is on the stack */
	bool asked;   /* a look is under way, */
	bool queued;  /* or will be when that of the one beside is over */
	bool stalled; /* it does not answer */
	bool lent;    /* until follow_more() */
	bool local;   /* as the last look found it */

	int64_t written; /* as the last look that wanted bytes found it, of which those are; 0: not known */

	uint64_t absent_since; /* 0: it is there */
	struct follow_told {   /* what `changed` was called for last */
		enum log_state state;
		int error;
		int progress;
		bool caught_up;
	} told;
};

static void run(struct follow *follow);

/* ---- what is known ---- */

static int64_t
silent(const struct follow *follow)
{
	int64_t grown = rotation_status(follow->rotation)->grown;

	return grown == INT64_MIN ? -1 : (int64_t)uv_now(follow->loop) - grown;
}

static enum log_state
state(const struct follow *follow)
{
	const struct rotation_status *status = rotation_status(follow->rotation);
	int64_t quiet = silent(follow);

	if (follow->stalled)
		return LOG_STALLED;
	if (!status->looked)
		return LOG_WAITING;
	switch (status->as) {
	case SEEN_ABSENT:
		if (quiet < 0 || uv_now(follow->loop) - follow->absent_since >= GONE_AFTER)
			return LOG_WAITING;
		break;
	case SEEN_DENIED: return LOG_DENIED;
	case SEEN_FAILED:
	case SEEN_STRANGE: return LOG_ERROR;
	case SEEN_FILE: break;
	}
	return quiet >= 0 && quiet < LIVE_FOR ? LOG_LIVE : LOG_IDLE;
}

bool
follow_caught_up(const struct follow *follow)
{
	const struct rotation_status *status = rotation_status(follow->rotation);
	bool refused = status->looked && status->as != SEEN_FILE && status->as != SEEN_ABSENT;

	return status->caught_up || refused || follow->stalled;
}

bool
follow_at_end(const struct follow *follow)
{
	return rotation_status(follow->rotation)->caught_up && !follow->lent;
}

/* No end of line is an error of a log that can be read. */
static int
error_now(const struct follow *follow)
{
	const struct rotation_status *status = rotation_status(follow->rotation);

	return status->as == SEEN_ABSENT && status->error != OPENING_DANGLING ? 0 : status->error;
}

void
follow_status(const struct follow *follow, struct log_status *out)
{
	const struct rotation_status *status = rotation_status(follow->rotation);
	const char *error = opening_error_text(error_now(follow));

	*out = (struct log_status){ .state = state(follow), .newest = WHEN_NONE };
	span_copy(span_of(follow->path), out->path, sizeof(out->path));
	span_copy(span_of(follow->stalled ? "the file system does not answer" : error), out->error, sizeof(out->error));
	out->bytes = status->bytes;
	out->rollovers = status->rollovers;
	out->missed = status->missed;
	out->gaps = status->gaps;
	out->silent = silent(follow);
	out->progress = follow_caught_up(follow) ? 100 : status->progress;
	out->left = status->left;
}

static void
tell_changes(struct follow *follow)
{
	struct follow_told now = {
		.state = state(follow),
		.error = error_now(follow),
		.progress = rotation_status(follow->rotation)->progress,
		.caught_up = follow_caught_up(follow),
	};
	struct follow_told told = follow->told;

	if (now.state == told.state && now.error == told.error && now.progress == told.progress
	    && now.caught_up == told.caught_up)
		return;
	follow->told = now;
	follow->events.changed(follow->events.payload);
}

/* ---- the rotation's looks and news ---- */

static void
patience_ends(uv_timer_t *timer)
{
	struct follow *follow = timer->data;

	follow->stalled = true;
	tell_changes(follow);
}

static struct look_mailbox *
mailbox_of(const struct follow *follow)
{
	return worker_mailbox(follow->worker);
}

int64_t
follow_written(const struct follow *follow)
{
	return follow->written == 0 ? WHEN_NONE : follow->written / 1000000;
}

static void
ask(struct follow *follow, const struct look *look)
{
	const struct follow *beside = follow->beside;
	struct seen nothing = { .as = SEEN_FAILED, .slot = -1, .age = -1 };

	follow->queued = beside && beside->asked && !beside->queued;
	if (!follow->queued) {
		mailbox_of(follow)->look = *look;
		nothing.error = worker_ask(follow->worker);
	}
	if (nothing.error < 0) {
		rotation_answer(follow->rotation, (int64_t)uv_now(follow->loop), &nothing);
		return;
	}
	follow->asked = true;
	poll_timer_pause(&follow->poll_timer);
	uv_timer_start(&follow->patience, patience_ends, STALLED_AFTER, 0);
}

/* The file system is free for the one beside. Answers whether it waited for that. */
static bool
give_way(struct follow *beside)
{
	bool queued = beside && beside->queued;

	if (queued) {
		uv_timer_stop(&beside->patience);
		beside->asked = beside->queued = false;
	}
	return queued;
}

static void
take_answer(void *payload)
{
	struct follow *follow = payload;
	const struct seen *seen = &mailbox_of(follow)->seen;

	uv_timer_stop(&follow->patience);
	follow->asked = false;
	follow->stalled = false;
	follow->local = seen->local;
	if (seen->as == SEEN_FILE && mailbox_of(follow)->look.want > 0)
		follow->written = seen->written;
	if (give_way(follow->beside))
		run(follow->beside);
	rotation_answer(follow->rotation, (int64_t)uv_now(follow->loop), seen);
	if (rotation_status(follow->rotation)->as != SEEN_ABSENT)
		follow->absent_since = 0;
	else if (follow->absent_since == 0)
		follow->absent_since = uv_now(follow->loop);
	run(follow);
}

static void
tell_of(struct follow *follow, const struct news *news)
{
	const struct follow_events *events = &follow->events;

	switch (news->kind) {
	case NEWS_BYTES:
		follow->lent = true;
		events->bytes(events->payload, news->stream, news->offset, news->bytes, news->size);
		break;
	case NEWS_ROLLED: events->rolled(events->payload, news->gap, news->missed); break;
	}
}

/* Tells all news, asks the next question, or rests. What it calls may call follow_more() or follow_close(). */
static void
run(struct follow *follow)
{
	struct news news;
	struct look look;

	if (follow->running)
		return;
	follow->running = true;
	while (!follow->closed && !follow->lent && rotation_next(follow->rotation, &news))
		tell_of(follow, &news);
	follow->running = false;
	if (follow->closed)
		return;
	while (!follow->lent && !follow->asked && rotation_wants(follow->rotation, &look))
		ask(follow, &look);
	if (!follow->lent && !follow->asked)
		poll_timer_rest(&follow->poll_timer, rotation_status(follow->rotation), follow->local);
	tell_changes(follow);
}

/* ---- from beginning to end ---- */

static void
handle_closed(uv_handle_t *handle)
{
	struct follow *follow = handle->data;

	if (--follow->handles > 0)
		return;
	rotation_free(follow->rotation);
	free(follow->path);
	free(follow);
}

static void
look_now(void *payload)
{
	struct follow *follow = payload;

	rotation_poke(follow->rotation, (int64_t)uv_now(follow->loop));
	run(follow);
}

int
follow_open(struct follow **out, uv_loop_t *loop, const char *path, const struct follow_options *options,
            const struct follow_events *events)
{
	struct follow *follow = calloc(1, sizeof(*follow));
	size_t size = strlen(path) + 1;
	int result;

	if (!follow)
		return UV_ENOMEM;
	follow->loop = loop;
	follow->events = *events;
	follow->path = malloc(size);
	follow->rotation = rotation_new(options->previous, FILES_CHUNK);
	result = follow->path && follow->rotation
	                 ? worker_open(&follow->worker, loop, &log_files_worker, path, take_answer, follow)
	                 : UV_ENOMEM;
	if (result < 0) {
		rotation_free(follow->rotation);
		free(follow->path);
		free(follow);
		return result;
	}
	memcpy(follow->path, path, size);
	if (options->context > 0)
		rotation_begin_late(follow->rotation, options->context);
	follow->beside = options->beside;
	if (follow->beside)
		follow->beside->beside = follow;
	uv_timer_init(loop, &follow->patience);
	follow->patience.data = follow;
	poll_timer_open(&follow->poll_timer, loop, follow->path, options->poll, look_now, follow);
	follow->handles = 3;
	follow->told.state = LOG_WAITING;
	*out = follow;
	return 0;
}

void
follow_more(struct follow *follow)
{
	if (!follow->lent)
		return;
	follow->lent = false;
	run(follow);
}

void
follow_close(struct follow *follow)
{
	struct follow *beside = follow ? follow->beside : NULL;

	if (!follow)
		return;
	follow->closed = true;
	follow->beside = NULL;
	if (beside)
		beside->beside = NULL;
	if (give_way(beside))
		poll_timer_soon(&beside->poll_timer);
	worker_close(follow->worker);
	uv_close((uv_handle_t *)&follow->patience, handle_closed);
	poll_timer_close(&follow->poll_timer, handle_closed);
}
