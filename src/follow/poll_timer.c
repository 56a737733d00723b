#include "follow/poll_timer.h"

#include "cmtop/log.h"
#include "cmtop/span.h"

/* Milliseconds. */
#define POLL_LOCAL   250   /* a local file whose changes nobody announces */
#define POLL_SHARE   1000
#define POLL_REST    4000  /* a local file that is watched */
#define POLL_BUSY    16    /* one that is being written, */
#define POLL_HURRY   4     /* and one that has rolled twice within a second, */
#define HURRY_FOR    1000  /* for so long: its next generation may be as short-lived */
#define POLL_MISSING 1000  /* no file, and no folder to watch */
#define UNANNOUNCED  2     /* changes that the timer found before any hint, until hints are given up */

/* ---- hints ---- */

static void
stop_watching(struct beat *beat)
{
	if (beat->watching)
		uv_fs_event_stop(&beat->watch);
	beat->watching = false;
}

static void
take_hint(uv_fs_event_t *watch, const char *name, int events, int error)
{
	struct beat *beat = watch->data;

	(void)events;
	(void)error;
	/* The folder is watched: other files are not our concern. */
	if (name && !span_is_nocase(span_of(name), span_basename(span_of(beat->path))))
		return;
	beat->hinted = true;
	beat->unannounced = 0;
	stop_watching(beat);
	beat->look(beat->payload);
}

static int
watch_path(struct beat *beat, const char *path)
{
	return uv_fs_event_start(&beat->watch, take_hint, path, 0);
}

/* The file itself, so that a hundred other logs in its folder wake nobody; its folder while it is not there. */
static void
start_watching(struct beat *beat, const struct tail_status *status)
{
	struct span path = span_of(beat->path);
	char folder[sizeof(((struct log_status *)0)->path)];
	size_t size = path.size - span_basename(path).size;

	if (status->as == SEEN_FILE && watch_path(beat, beat->path) == 0) {
		beat->watching = true;
		return;
	}
	if (size >= sizeof(folder))
		return;
	span_copy(size ? span_part(path, 0, size) : SPAN("."), folder, sizeof(folder));
	beat->watching = watch_path(beat, folder) == 0;
}

/* ---- when to look again ---- */

static void
timer_fires(uv_timer_t *timer)
{
	struct beat *beat = timer->data;

	beat->timed = beat->watching && !beat->armed;
	beat->armed = false;
	beat->look(beat->payload);
}

static void
set_timer(struct beat *beat, uint64_t milliseconds)
{
	uv_timer_start(&beat->timer, timer_fires, milliseconds, 0);
}

/* All logs look at the same moments, so that they wake the processor together. Never longer than the period. */
static uint64_t
until_common_moment(const struct beat *beat, uint64_t period)
{
	return period ? period - uv_now(beat->loop) % period : 0;
}

/* At rest there is no hurry: it may be a quarter longer. */
static uint64_t
until_quiet_moment(const struct beat *beat, uint64_t period)
{
	uint64_t left = until_common_moment(beat, period);

	return left < period / 4 ? left + period : left;
}

static uint64_t
poll_without_hints(const struct beat *beat, const struct tail_status *status, bool local)
{
	if (beat->poll > 0)
		return (uint64_t)(beat->poll * 1000 + 0.5);
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
poll_busy(struct beat *beat, bool rolled)
{
	uint64_t now = uv_now(beat->loop);

	if (rolled) {
		if (beat->rolled_at && now - beat->rolled_at < HURRY_FOR)
			beat->hurry_until = now + HURRY_FOR;
		beat->rolled_at = now;
	}
	return now < beat->hurry_until ? POLL_HURRY : POLL_BUSY;
}

void
beat_rest(struct beat *beat, const struct tail_status *status, bool local)
{
	bool rolled = status->rollovers != beat->rolled;
	bool grew = status->bytes != beat->told || rolled;
	uint64_t poll = poll_without_hints(beat, status, local);
	uint64_t busy = poll_busy(beat, rolled);

	if (grew && beat->timed && !beat->hinted)
		beat->unannounced++;
	beat->told   = status->bytes;
	beat->rolled = status->rollovers;
	beat->timed  = beat->hinted = false;

	if (!local || beat->unannounced >= UNANNOUNCED) {
		stop_watching(beat);
		set_timer(beat, until_common_moment(beat, status->restless ? at_most(poll, POLL_LOCAL) : poll));
	} else if (grew) {
		stop_watching(beat);
		set_timer(beat, at_most(poll, busy));
	} else if (!beat->watching) {
		start_watching(beat, status);
		beat->armed = beat->watching;
		set_timer(beat, beat->armed ? 0 : poll);
	} else if (status->restless || status->late_fresh) {
		set_timer(beat, at_most(poll, POLL_LOCAL));
	} else if (beat->poll > 0) {
		set_timer(beat, poll);
	} else {
		set_timer(beat, until_quiet_moment(beat, POLL_REST));
	}
}

void
beat_pause(struct beat *beat)
{
	uv_timer_stop(&beat->timer);
}

void
beat_soon(struct beat *beat)
{
	set_timer(beat, 0);
}

/* ---- from beginning to end ---- */

void
beat_open(struct beat *beat, uv_loop_t *loop, const char *path, double poll,
          void (*look)(void *payload), void *payload)
{
	*beat = (struct beat){ .loop = loop, .path = path, .poll = poll, .look = look, .payload = payload };
	uv_timer_init(loop, &beat->timer);
	uv_fs_event_init(loop, &beat->watch);
	beat->timer.data = beat->watch.data = beat;
	/* Not before the caller has what it asked for. */
	beat_soon(beat);
}

void
beat_close(struct beat *beat, uv_close_cb closed)
{
	beat->timer.data = beat->watch.data = beat->payload;
	uv_close((uv_handle_t *)&beat->timer, closed);
	uv_close((uv_handle_t *)&beat->watch, closed);
}
