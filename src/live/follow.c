#include "follow.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/span.h"
#include "cmtop/tail.h"
#include "files.h"
#include "worker.h"

/*
 * The timer is the truth, the watch is a hint. A log of this machine that rests
 * has its file watched and the timer runs slowly; once something is written the
 * watch is taken off and the timer runs fast until a look finds nothing new. So
 * a line is seen at once, and a thousand lines a second cost no more than sixty
 * looks. Where the timer finds what no hint told of, it is believed from then on.
 *
 * All times in milliseconds.
 */
#define POLL_LOCAL   250   /* a local file whose changes nobody announces */
#define POLL_SHARE   1000
#define POLL_REST    4000  /* a local file that is watched */
#define POLL_BUSY    16    /* one that is being written */
#define POLL_MISSING 1000  /* no file, and no folder to watch */
#define STALLED_AFTER 5000
#define GONE_AFTER   1000  /* between a roll-over and the new file there may be a moment without one */
#define LIVE_FOR     60000
#define UNANNOUNCED  2     /* changes that the timer found before any hint, until hints are given up */

struct follow {
	uv_loop_t *loop;
	char      *path;
	struct follow_options options;
	struct follow_events  events;

	struct tail   *tail;
	struct worker *worker;
	uv_timer_t     timer;
	uv_fs_event_t  watch;
	int  handles;        /* to be closed before this is freed */
	bool closed;

	bool running;        /* run() is on the stack */
	bool asked;          /* a look is under way, */
	bool queued;         /* or will be when that of the one beside is over */
	bool stalled;        /* it does not answer */
	bool lent;           /* until follow_more() */
	bool local;          /* as the last look found it */

	bool watching;
	bool hinted;         /* since the round began */
	bool armed;          /* the watch has just been put on, and the next look makes sure that nothing was missed */
	bool timed;          /* the round was begun by the timer though the log was watched */
	int  unannounced;
	uint64_t told, rolled;    /* bytes and roll-overs when the round began */

	uint64_t absent_since;    /* 0: it is there */
	struct follow_words {     /* what `changed` was called for last */
		enum log_state state;
		int  error;
		int  progress;
		bool caught_up;
	} said;
};

static void run(struct follow *follow);

/* ---- what is known ---- */

static int64_t
silent(const struct follow *follow)
{
	int64_t grown = tail_status(follow->tail)->grown;

	return grown == INT64_MIN ? -1 : (int64_t)uv_now(follow->loop) - grown;
}

static enum log_state
state(const struct follow *follow)
{
	const struct tail_status *status = tail_status(follow->tail);
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
	case SEEN_DENIED:
		return LOG_DENIED;
	case SEEN_FAILED:
	case SEEN_STRANGE:
		return LOG_ERROR;
	case SEEN_FILE:
		break;
	}
	return quiet >= 0 && quiet < LIVE_FOR ? LOG_LIVE : LOG_IDLE;
}

bool
follow_caught_up(const struct follow *follow)
{
	const struct tail_status *status = tail_status(follow->tail);
	bool refused = status->looked && status->as != SEEN_FILE && status->as != SEEN_ABSENT;

	return status->caught_up || refused || follow->stalled;
}

/* No end of line is an error of a log that can be read. */
static int
error_now(const struct follow *follow)
{
	const struct tail_status *status = tail_status(follow->tail);

	return status->as == SEEN_ABSENT && status->error != FILES_DANGLING ? 0 : status->error;
}

void
follow_status(const struct follow *follow, struct log_status *out)
{
	const struct tail_status *status = tail_status(follow->tail);
	const char *error = files_error_text(error_now(follow));

	*out = (struct log_status){ .state = state(follow), .newest = WHEN_NONE };
	span_copy(span_of(follow->path), out->path, sizeof(out->path));
	span_copy(span_of(follow->stalled ? "the file system does not answer" : error), out->error, sizeof(out->error));
	out->bytes     = status->bytes;
	out->rollovers = status->rollovers;
	out->missed    = status->missed;
	out->gaps      = status->gaps;
	out->silent    = silent(follow);
	out->progress  = follow_caught_up(follow) ? 100 : status->progress;
	out->left      = status->left;
}

static void
say_changes(struct follow *follow)
{
	struct follow_words now = {
		.state     = state(follow),
		.error     = error_now(follow),
		.progress  = tail_status(follow->tail)->progress,
		.caught_up = follow_caught_up(follow),
	};
	struct follow_words said = follow->said;

	if (now.state == said.state && now.error == said.error && now.progress == said.progress
	    && now.caught_up == said.caught_up)
		return;
	follow->said = now;
	follow->events.changed(follow->events.payload);
}

/* ---- hints ---- */

static void
stop_watching(struct follow *follow)
{
	if (follow->watching)
		uv_fs_event_stop(&follow->watch);
	follow->watching = false;
}

static void
take_hint(uv_fs_event_t *watch, const char *name, int events, int error)
{
	struct follow *follow = watch->data;

	(void)events;
	(void)error;
	/* The folder is watched: other files are not our concern. */
	if (name && !span_is_nocase(span_of(name), span_basename(span_of(follow->path))))
		return;
	follow->hinted = true;
	follow->unannounced = 0;
	stop_watching(follow);
	follow_poke(follow);
}

static int
watch_path(struct follow *follow, const char *path)
{
	return uv_fs_event_start(&follow->watch, take_hint, path, 0);
}

/* The file itself, so that a hundred other logs in its folder wake nobody; its folder while it is not there. */
static void
start_watching(struct follow *follow)
{
	struct span path = span_of(follow->path);
	char folder[sizeof(((struct log_status *)0)->path)];
	size_t size = path.size - span_basename(path).size;

	if (tail_status(follow->tail)->as == SEEN_FILE && watch_path(follow, follow->path) == 0) {
		follow->watching = true;
		return;
	}
	if (size >= sizeof(folder))
		return;
	span_copy(size ? span_part(path, 0, size) : SPAN("."), folder, sizeof(folder));
	follow->watching = watch_path(follow, folder) == 0;
}

/* ---- when to look again ---- */

static void timer_fires(uv_timer_t *timer);

static void
set_timer(struct follow *follow, uint64_t milliseconds)
{
	uv_timer_start(&follow->timer, timer_fires, milliseconds, 0);
}

/* All logs at rest look at the same moments, so that they wake the processor together. */
static uint64_t
until_common_moment(const struct follow *follow, uint64_t period)
{
	uint64_t left = period - uv_now(follow->loop) % period;

	return left < period / 4 ? left + period : left;
}

static uint64_t
poll_without_hints(const struct follow *follow)
{
	if (follow->options.poll > 0)
		return (uint64_t)(follow->options.poll * 1000 + 0.5);
	if (follow->local)
		return tail_status(follow->tail)->as == SEEN_FILE ? POLL_LOCAL : POLL_MISSING;
	return POLL_SHARE;
}

static uint64_t
at_most(uint64_t value, uint64_t most)
{
	return value < most ? value : most;
}

/* A round has ended and nothing is lent: when does the next one begin? */
static void
rest(struct follow *follow)
{
	const struct tail_status *status = tail_status(follow->tail);
	bool grew = status->bytes != follow->told || status->rollovers != follow->rolled;
	uint64_t poll = poll_without_hints(follow);

	if (grew && follow->timed && !follow->hinted)
		follow->unannounced++;
	follow->told   = status->bytes;
	follow->rolled = status->rollovers;
	follow->timed  = follow->hinted = false;

	if (!follow->local || follow->unannounced >= UNANNOUNCED) {
		stop_watching(follow);
		set_timer(follow, status->restless ? at_most(poll, POLL_LOCAL) : poll);
	} else if (grew) {
		stop_watching(follow);
		set_timer(follow, at_most(poll, POLL_BUSY));
	} else if (!follow->watching) {
		start_watching(follow);
		follow->armed = follow->watching;
		set_timer(follow, follow->armed ? 0 : poll);
	} else if (status->restless || status->late_fresh) {
		set_timer(follow, at_most(poll, POLL_LOCAL));
	} else if (follow->options.poll > 0) {
		set_timer(follow, poll);
	} else {
		set_timer(follow, until_common_moment(follow, POLL_REST));
	}
}

static void
timer_fires(uv_timer_t *timer)
{
	struct follow *follow = timer->data;

	if (follow->asked) {
		follow->stalled = true;
		say_changes(follow);
		return;
	}
	follow->timed = follow->watching && !follow->armed;
	follow->armed = false;
	follow_poke(follow);
}

/* ---- the tail's looks and news ---- */

static void
ask(struct follow *follow, const struct look *look)
{
	const struct follow *beside = follow->options.beside;
	struct seen nothing = { .as = SEEN_FAILED, .slot = -1, .age = -1 };

	follow->queued = beside && beside->asked && !beside->queued;
	if (!follow->queued)
		nothing.error = worker_ask(follow->worker, look);
	if (nothing.error < 0) {
		tail_answer(follow->tail, (int64_t)uv_now(follow->loop), &nothing);
		return;
	}
	follow->asked = true;
	set_timer(follow, STALLED_AFTER);
}

/* The file system is free for the one beside. Answers whether it waited for that. */
static bool
give_way(struct follow *beside)
{
	bool queued = beside && beside->queued;

	if (queued)
		beside->asked = beside->queued = false;
	return queued;
}

static void
take_answer(void *payload, const struct seen *seen)
{
	struct follow *follow = payload;

	uv_timer_stop(&follow->timer);
	follow->asked   = false;
	follow->stalled = false;
	follow->local   = seen->local;
	if (give_way(follow->options.beside))
		run(follow->options.beside);
	tail_answer(follow->tail, (int64_t)uv_now(follow->loop), seen);
	if (tail_status(follow->tail)->as != SEEN_ABSENT)
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
	case NEWS_ROLLED:
		events->rolled(events->payload, news->missed);
		break;
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
	while (!follow->closed && !follow->lent && tail_next(follow->tail, &news))
		tell_of(follow, &news);
	follow->running = false;
	if (follow->closed)
		return;
	while (!follow->lent && !follow->asked && tail_wants(follow->tail, &look))
		ask(follow, &look);
	if (!follow->lent && !follow->asked)
		rest(follow);
	say_changes(follow);
}

/* ---- the door ---- */

static void
handle_closed(uv_handle_t *handle)
{
	struct follow *follow = handle->data;

	if (--follow->handles > 0)
		return;
	tail_free(follow->tail);
	free(follow->path);
	free(follow);
}

int
follow_open(struct follow **out, uv_loop_t *loop, const char *path,
            const struct follow_options *options, const struct follow_events *events)
{
	struct follow *follow = calloc(1, sizeof(*follow));
	size_t size = strlen(path) + 1;
	int result;

	if (!follow)
		return UV_ENOMEM;
	follow->loop    = loop;
	follow->options = *options;
	follow->events  = *events;
	follow->path    = malloc(size);
	follow->tail    = tail_new(options->previous, FILES_CHUNK);
	result = follow->path && follow->tail ? worker_open(&follow->worker, loop, path, take_answer, follow) : UV_ENOMEM;
	if (result < 0) {
		tail_free(follow->tail);
		free(follow->path);
		free(follow);
		return result;
	}
	memcpy(follow->path, path, size);
	if (options->context > 0)
		tail_begin_late(follow->tail, options->context);
	if (options->beside)
		options->beside->options.beside = follow;
	uv_timer_init(loop, &follow->timer);
	uv_fs_event_init(loop, &follow->watch);
	follow->timer.data = follow->watch.data = follow;
	follow->handles = 2;
	follow->said.state = LOG_WAITING;
	*out = follow;
	/* Not before the caller has what it asked for. */
	set_timer(follow, 0);
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
follow_poke(struct follow *follow)
{
	tail_poke(follow->tail, (int64_t)uv_now(follow->loop));
	run(follow);
}

void
follow_close(struct follow *follow)
{
	struct follow *beside = follow ? follow->options.beside : NULL;

	if (!follow)
		return;
	follow->closed = true;
	follow->options.beside = NULL;
	if (beside)
		beside->options.beside = NULL;
	if (give_way(beside))
		set_timer(beside, 0);
	worker_close(follow->worker);
	uv_close((uv_handle_t *)&follow->timer, handle_closed);
	uv_close((uv_handle_t *)&follow->watch, handle_closed);
}
