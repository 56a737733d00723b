#include "follow/poll_timer.h"

#include "cmtop/log.h"
#include "cmtop/span.h"

/* Milliseconds. */
#define POLL_LOCAL   250 /* a local file whose changes nobody announces */
#define POLL_SHARE   1000
#define POLL_REST    4000 /* a local file that is watched */
#define POLL_BUSY    16   /* one that is being written, */
#define POLL_HURRY   4    /* and one that has rolled twice within a second, */
#define HURRY_FOR    1000 /* for so long: its next generation may be as short-lived */
#define POLL_MISSING 1000 /* no file, and no folder to watch */
#define UNANNOUNCED  2    /* changes that the timer found before any hint, until hints are given up */

/* ---- hints ---- */

static void
stop_watching(struct poll_timer *poll_timer)
{
	if (poll_timer->watching)
		uv_fs_event_stop(&poll_timer->watch);
	poll_timer->watching = false;
}

static void
take_hint(uv_fs_event_t *watch, const char *name, int events, int error)
{
	struct poll_timer *poll_timer = watch->data;

	(void)events;
	(void)error;
	/* The folder is watched: other files are not our concern. */
	if (name && !span_is_nocase(span_of(name), span_basename(span_of(poll_timer->path))))
		return;
	poll_timer->hinted = true;
	poll_timer->unannounced = 0;
	stop_watching(poll_timer);
	poll_timer->look(poll_timer->payload);
}

static int
watch_path(struct poll_timer *poll_timer, const char *path)
{
	return uv_fs_event_start(&poll_timer->watch, take_hint, path, 0);
}

/* The file itself, so that a hundred other logs in its folder wake nobody; its folder while it is not there. */
static void
start_watching(struct poll_timer *poll_timer, const struct rotation_status *status)
{
	struct span path = span_of(poll_timer->path);
	char folder[sizeof(((struct log_status *)0)->path)];
	size_t size = path.size - span_basename(path).size;

	if (status->as == SEEN_FILE && watch_path(poll_timer, poll_timer->path) == 0) {
		poll_timer->watching = true;
		return;
	}
	if (size >= sizeof(folder))
		return;
	span_copy(size ? span_part(path, 0, size) : SPAN("."), folder, sizeof(folder));
	poll_timer->watching = watch_path(poll_timer, folder) == 0;
}

/* ---- when to look again ---- */

static void
timer_fires(uv_timer_t *timer)
{
	struct poll_timer *poll_timer = timer->data;

	poll_timer->timed = poll_timer->watching && !poll_timer->armed;
	poll_timer->armed = false;
	poll_timer->look(poll_timer->payload);
}

static void
set_timer(struct poll_timer *poll_timer, uint64_t milliseconds)
{
	uv_timer_start(&poll_timer->timer, timer_fires, milliseconds, 0);
}

/* All logs look at the same moments, so that they wake the processor together. Never longer than the period. */
static uint64_t
until_common_moment(const struct poll_timer *poll_timer, uint64_t period)
{
	return period ? period - uv_now(poll_timer->loop) % period : 0;
}

/* At rest there is no hurry: it may be a quarter longer. */
static uint64_t
until_quiet_moment(const struct poll_timer *poll_timer, uint64_t period)
{
	uint64_t left = until_common_moment(poll_timer, period);

	return left < period / 4 ? left + period : left;
}

static uint64_t
poll_without_hints(const struct poll_timer *poll_timer, const struct rotation_status *status, bool local)
{
	if (poll_timer->poll > 0)
		return (uint64_t)(poll_timer->poll * 1000 + 0.5);
	if (local)
		return status->as == SEEN_FILE ? POLL_LOCAL : POLL_MISSING;
	return POLL_SHARE;
}

static uint64_t
at_most(uint64_t value, uint64_t most)
{
	return value < most ? value : most;
}

/* A generation that dies between two looks is lost: where they live shortly, looks come quickly. */
static uint64_t
poll_busy(struct poll_timer *poll_timer, bool rolled)
{
	uint64_t now = uv_now(poll_timer->loop);

	if (rolled) {
		if (poll_timer->rolled_at && now - poll_timer->rolled_at < HURRY_FOR)
			poll_timer->hurry_until = now + HURRY_FOR;
		poll_timer->rolled_at = now;
	}
	return now < poll_timer->hurry_until ? POLL_HURRY : POLL_BUSY;
}

void
poll_timer_rest(struct poll_timer *poll_timer, const struct rotation_status *status, bool local)
{
	bool rolled = status->rollovers != poll_timer->rolled;
	bool grew = status->bytes != poll_timer->told || rolled;
	uint64_t poll = poll_without_hints(poll_timer, status, local);
	uint64_t busy = poll_busy(poll_timer, rolled);

	if (grew && poll_timer->timed && !poll_timer->hinted)
		poll_timer->unannounced++;
	poll_timer->told = status->bytes;
	poll_timer->rolled = status->rollovers;
	poll_timer->timed = poll_timer->hinted = false;

	if (!local || poll_timer->unannounced >= UNANNOUNCED) {
		stop_watching(poll_timer);
		set_timer(poll_timer,
		          until_common_moment(poll_timer, status->restless ? at_most(poll, POLL_LOCAL) : poll));
	} else if (grew) {
		stop_watching(poll_timer);
		set_timer(poll_timer, at_most(poll, busy));
	} else if (!poll_timer->watching) {
		start_watching(poll_timer, status);
		poll_timer->armed = poll_timer->watching;
		set_timer(poll_timer, poll_timer->armed ? 0 : poll);
	} else if (status->restless || status->late_fresh) {
		set_timer(poll_timer, at_most(poll, POLL_LOCAL));
	} else if (poll_timer->poll > 0) {
		set_timer(poll_timer, poll);
	} else {
		set_timer(poll_timer, until_quiet_moment(poll_timer, POLL_REST));
	}
}

void
poll_timer_pause(struct poll_timer *poll_timer)
{
	uv_timer_stop(&poll_timer->timer);
}

void
poll_timer_soon(struct poll_timer *poll_timer)
{
	set_timer(poll_timer, 0);
}

/* ---- from beginning to end ---- */

void
poll_timer_open(struct poll_timer *poll_timer, uv_loop_t *loop, const char *path, double poll,
                void (*look)(void *payload), void *payload)
{
	*poll_timer = (struct poll_timer){ .loop = loop, .path = path, .poll = poll, .look = look, .payload = payload };
	uv_timer_init(loop, &poll_timer->timer);
	uv_fs_event_init(loop, &poll_timer->watch);
	poll_timer->timer.data = poll_timer->watch.data = poll_timer;
	/* Not before the caller has what it asked for. */
	poll_timer_soon(poll_timer);
}

void
poll_timer_close(struct poll_timer *poll_timer, uv_close_cb closed)
{
	poll_timer->timer.data = poll_timer->watch.data = poll_timer->payload;
	uv_close((uv_handle_t *)&poll_timer->timer, closed);
	uv_close((uv_handle_t *)&poll_timer->watch, closed);
}
