#include "follow/watch.h"

#include <stdlib.h>

#include "follow/package_lookup.h"
#include "follow/reading_course.h"

/*
 * Less than this is read from the beginning within the time that the first screen
 * waits for the logs anyway; more is worth a preview.
 */
#define MUCH ((uint64_t)32 << 20) /* bytes left in all logs together */

/*
 * What a preview reads of each log. As a rule whatever runs began within it: two
 * generations of a log at the size that the product gives them unless told otherwise.
 */
#define CONTEXT ((uint64_t)4 << 20) /* bytes */

#define LOOK  100  /* ms between two looks whether the preview is still needed */
#define QUIET 5000 /* ms at the ends of the logs after which nothing is missed any more: what the preview saw is gone */

struct watch {
	uv_loop_t *loop;
	const struct paths *paths;
	struct watch_options options;
	struct watch_events events;
	struct reading *full;
	struct reading *preview; /* NULL: there is none */
	bool no_preview;         /* it could not be opened */
	bool asked_again;        /* whether all should be read again: once */
	bool repeating;          /* … and it is */
	uv_timer_t timer;        /* runs while there is one */
	uint64_t at_end;         /* since when the full reading has been, 0: it is not */
	int unread;              /* as it was told last */
	struct log_status status[PATHS_MOST];
	struct package_lookup *lookup; /* NULL: no path of the server is found here */
};

static struct reading *
shown(const struct watch *watch)
{
	return watch->preview ? watch->preview : watch->full;
}

static void
applied(void *payload)
{
	struct watch *watch = payload;

	if (watch->events.applied)
		watch->events.applied(watch->events.payload);
}

/* ---- sizes of files that both name ---- */

static bool
is_wanted(void *payload, struct span path)
{
	struct watch *watch = payload;

	return model_wants_look(reading_model(watch->full), path)
	       || (watch->preview && model_wants_look(reading_model(watch->preview), path));
}

static void
looked(void *payload, const struct event *event)
{
	struct watch *watch = payload;

	reading_look(watch->full, event);
	if (watch->preview)
		reading_look(watch->preview, event);
	watch->events.changed(watch->events.payload);
}

static void
unmapped(void *payload, const char *folder, int error)
{
	struct watch *watch = payload;

	watch->events.unmapped(watch->events.payload, folder, error);
}

/* ---- how far the full reading has come ---- */

int
watch_unread(const struct watch *watch)
{
	uint64_t read, left;

	if (watch_caught_up(watch))
		return 0;
	left = reading_left(watch->full, &read);
	if (left == 0)
		return read ? 1 : 100;
	return 1 + (int)((double)left * 99 / (double)(left + read));
}

/* If it never can, since a file was emptied meanwhile, it is waited for no longer than where nothing moves any more. */
static bool
has_come_up(struct watch *watch)
{
	uint64_t now = uv_now(watch->loop);

	if (!reading_at_end(watch->full))
		watch->at_end = 0;
	else if (watch->at_end == 0)
		watch->at_end = now;
	return watch->at_end > 0 && reading_has_reached(watch->full, watch->preview, now - watch->at_end >= QUIET);
}

/* ---- the preview ---- */

static void repeat_if_too_soon(struct watch *watch);

static void
look_at_both(uv_timer_t *timer)
{
	struct watch *watch = timer->data;
	struct reading *preview = watch->preview;

	if (!has_come_up(watch))
		return;
	uv_timer_stop(timer);
	watch->preview = NULL;
	watch->repeating = false;
	reading_be_patient(watch->full, false);
	repeat_if_too_soon(watch);
	package_lookup_repeat(watch->lookup); /* what the full reading had not come to when it was seen */
	if (watch->events.completed)
		watch->events.completed(watch->events.payload, preview);
	reading_close(preview);
	watch->events.changed(watch->events.payload);
}

/* The preview comes first: nobody waits for what is behind it. */
static void
preview_changed(void *payload)
{
	struct watch *watch = payload;

	if (!watch->preview) /* it is still being opened */
		return;
	if (reading_caught_up(watch->preview))
		reading_hold(watch->full, false);
	watch->events.changed(watch->events.payload);
}

/* Of what happens to files, the full reading tells. */
static void
preview_rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	(void)payload, (void)log, (void)gap, (void)missed;
}

static void
open_preview(struct watch *watch)
{
	const struct reading_options options = {
		.poll = watch->options.poll,
		.redact = watch->options.redact,
		.logstore = watch->options.logstore,
		.text = watch->options.text,
		.clock = watch->options.clock,
		.clock_payload = watch->options.clock_payload,
		.context = CONTEXT,
		.beside = watch->full,
		.lookup = watch->lookup,
	};
	const struct reading_events events = { applied, preview_changed, preview_rolled, watch };

	watch->no_preview = reading_open(&watch->preview, watch->loop, watch->paths, &options, &events) < 0;
	if (watch->no_preview)
		return;
	reading_hold(watch->full, true);
	reading_be_patient(watch->full, true);
	watch->at_end = 0;
	uv_timer_start(&watch->timer, look_at_both, LOOK, LOOK);
}

static bool
wants_preview(const struct watch *watch)
{
	uint64_t read;

	if (!watch->events.completed || watch->preview || watch->no_preview || reading_at_end(watch->full))
		return false;
	return reading_left(watch->full, &read) > MUCH;
}

/* ---- the full reading ---- */

static void full_changed(void *payload);
static void full_rolled(void *payload, size_t log, bool gap, uint64_t missed);

static int
open_full(struct watch *watch)
{
	const struct reading_options how = { .poll = watch->options.poll,
		                             .redact = watch->options.redact,
		                             .logstore = watch->options.logstore,
		                             .text = watch->options.text,
		                             .clock = watch->options.clock,
		                             .clock_payload = watch->options.clock_payload,
		                             .lookup = watch->lookup };
	const struct reading_events events = { applied, full_changed, full_rolled, watch };

	return reading_open(&watch->full, watch->loop, watch->paths, &how, &events);
}

/* The names that were read before enough of them were known: a new reading takes the place of this one, which is shown until then. */
static void
read_again(uv_timer_t *timer)
{
	struct watch *watch = timer->data;
	const struct reading_events events = { applied, preview_changed, preview_rolled, watch };

	uv_timer_stop(timer);
	watch->preview = watch->full;
	watch->full = NULL;
	if (open_full(watch)) {
		watch->full = watch->preview;
		watch->preview = NULL;
		watch->repeating = false;
		return;
	}
	reading_tell(watch->preview, &events);
	reading_be_patient(watch->full, true);
	watch->at_end = 0;
	uv_timer_start(&watch->timer, look_at_both, 0, LOOK);
}

/* Once: what is read from then on only adds to what is known. Not at once: the full reading is telling something. */
static void
repeat_if_too_soon(struct watch *watch)
{
	if (watch->asked_again || watch->preview || !reading_caught_up(watch->full))
		return;
	watch->asked_again = true;
	watch->repeating = server_text_read_too_soon(watch->options.text) && !paths_have_input(watch->paths);
	if (watch->repeating)
		uv_timer_start(&watch->timer, read_again, 0, 0);
}

static void
full_changed(void *payload)
{
	struct watch *watch = payload;
	int told;

	if (!watch->full) /* it is still being opened */
		return;
	if (wants_preview(watch))
		open_preview(watch);
	repeat_if_too_soon(watch);
	if (!watch->preview) {
		watch->events.changed(watch->events.payload);
		return;
	}
	/* Not from here: the preview may be telling something on its own at this moment. */
	if (reading_at_end(watch->full))
		uv_timer_start(&watch->timer, look_at_both, 0, LOOK);
	told = watch->unread;
	watch->unread = watch_unread(watch);
	if (watch->unread != told)
		watch->events.changed(watch->events.payload);
}

static void
full_rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	struct watch *watch = payload;

	watch->events.rolled(watch->events.payload, log, gap, missed);
}

/* ---- from beginning to end ---- */

static void
free_watch(uv_handle_t *timer)
{
	free(timer->data);
}

int
watch_open(struct watch **out, uv_loop_t *loop, const struct paths *paths, const struct watch_options *options,
           const struct watch_events *events)
{
	struct watch *watch = calloc(1, sizeof(*watch));
	const struct package_lookup_events sized = { is_wanted, looked, unmapped, watch };
	int result;

	*out = NULL;
	if (!watch)
		return UV_ENOMEM;
	watch->loop = loop;
	watch->paths = paths;
	watch->options = *options;
	watch->events = *events;
	uv_timer_init(loop, &watch->timer);
	watch->timer.data = watch;
	result = package_lookup_open(&watch->lookup, loop, options->mappings, &sized);
	if (!result)
		result = open_full(watch);
	if (result) {
		watch_close(watch);
		return result;
	}
	*out = watch;
	full_changed(watch);
	return 0;
}

void
watch_close(struct watch *watch)
{
	if (!watch)
		return;
	reading_close(watch->preview);
	reading_close(watch->full);
	package_lookup_close(watch->lookup);
	uv_close((uv_handle_t *)&watch->timer, free_watch);
}

const struct model *
watch_model(const struct watch *watch)
{
	return reading_model(shown(watch));
}

const struct logstore *
watch_logstore(const struct watch *watch)
{
	return reading_logstore(shown(watch));
}

bool
watch_is_current(const struct watch *watch)
{
	return reading_caught_up(shown(watch));
}

void
watch_restore(struct watch *watch, const struct sample *samples, size_t count)
{
	reading_restore(watch->full, samples, count);
	watch->events.changed(watch->events.payload);
}

bool
watch_caught_up(const struct watch *watch)
{
	return !watch->preview && !watch->repeating && reading_caught_up(watch->full);
}

bool
watch_ended(const struct watch *watch)
{
	return reading_ended(watch->full);
}

int64_t
watch_now(const struct watch *watch)
{
	return reading_now(shown(watch));
}

/* What is shown is the preview's; what may have been lost, the full reading's. */
const struct log_status *
watch_logs(struct watch *watch, size_t *count)
{
	const struct log_status *full = reading_logs(watch->full, count);
	const struct log_status *preview = watch->preview ? reading_logs(watch->preview, count) : NULL;

	if (!preview)
		return full;
	for (size_t i = 0; i < *count; i++) {
		struct log_status *out = &watch->status[i];

		*out = preview[i];
		out->rollovers = full[i].rollovers;
		out->missed = full[i].missed;
		out->gaps = full[i].gaps;
	}
	return watch->status;
}
