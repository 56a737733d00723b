/* The status lights of the logs: whether the figures are up to date. */
#include "view/summary/status_lights.h"
#include "view/frame/format.h"

#include <string.h>

const char *
short_age(struct view *view, int64_t age)
{
	char text[FMT_TEXT];

	if (age < 0)
		return "-";
	if (age < 10 * WHEN_SECOND)
		return arena_format(view->arena, "%lld.%llds", (long long)(age / 1000), (long long)(age % 1000 / 100));
	fmt_duration_short(age, text);
	return arena_format(view->arena, "%s", text);
}

int64_t
log_age(struct view *view, const struct log_status *log)
{
	if (log->reached == WHEN_NONE || (view->scene->live && log->silent >= 0))
		return log->silent;
	return view_age(view, log->reached);
}

/* A log that a site server need not have, and that has never been there. */
static bool
is_spare(const struct log_status *log)
{
	return log->state == LOG_WAITING && log->records == 0 && strcmp(log->name, "sender") != 0
	       && strcmp(log->name, "distmgr") != 0;
}

static bool
in_trouble(const struct log_status *log)
{
	return log->state == LOG_WAITING || log->state == LOG_DENIED || log->state == LOG_STALLED
	       || log->state == LOG_ERROR;
}

uint8_t
light_style(const struct log_status *log)
{
	if (log->state == LOG_LIVE || log->state == LOG_READ)
		return STYLE_GOOD;
	return log->state == LOG_IDLE || log->state == LOG_WAITING ? STYLE_WARN : STYLE_BAD;
}

/* For how long it has been silent while others went on; -1: it is not. */
static int64_t
silence_of(const struct view *view, const struct log_status *log)
{
	return log_silence(view->model, view->scene->logs, view->scene->log_count, (size_t)(log - view->scene->logs),
	                   view->now);
}

const char *
silent_log_text(struct view *view, bool wide)
{
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		const struct log_status *log = &view->scene->logs[i];

		if (silence_of(view, log) >= 0)
			return arena_format(view->arena, "%s.log silent %s%s", log->name,
			                    short_age(view, silence_of(view, log)), wide ? ", other logs go on" : "");
	}
	return "";
}

/* "sender.log LIVE 0.4s", "distmgr.log silent 2h": the age of its newest record, where it has one. */
static const char *
light_text(struct view *view, const struct log_status *log)
{
	int64_t age = log_age(view, log);

	if (log->progress >= 0 && log->progress < 100)
		return arena_format(view->arena, "%s.log reading %d%%", log->name, log->progress);
	if (age < 0 || (log->state == LOG_WAITING && log->records == 0))
		return arena_format(view->arena, "%s.log %s", log->name, log_state_light(log->state));
	if (!in_trouble(log) && silence_of(view, log) >= 0)
		return arena_format(view->arena, "%s.log silent %s", log->name, short_age(view, silence_of(view, log)));
	return arena_format(view->arena, "%s.log %s %s", log->name, log_state_light(log->state), short_age(view, age));
}

static int
badness(const struct view *view, const struct log_status *log)
{
	return in_trouble(log) ? 2 : silence_of(view, log) >= 0;
}

/* The log that most needs to be looked at, where there is room for one only. */
const struct log_status *
worst_log(struct view *view)
{
	const struct log_status *worst = NULL;
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		const struct log_status *log = &view->scene->logs[i];

		if (!is_spare(log) && (!worst || badness(view, log) > badness(view, worst)))
			worst = log;
	}
	return worst;
}

/* Since the newest line of any log came; in a log that nobody has written for long no time passes, but its age counts. */
static int64_t
age_of_all(struct view *view)
{
	int64_t least = -1;

	for (size_t i = 0; i < view->scene->log_count; i++) {
		int64_t age = view->scene->logs[i].records > 0 ? log_age(view, &view->scene->logs[i]) : -1;

		if (age >= 0 && (least < 0 || age < least))
			least = age;
	}
	return least;
}

/* "log 0.4s old" and the light, or the log in trouble by its name. */
size_t
light_facts(struct view *view, struct fact *out)
{
	const struct log_status *worst = worst_log(view);
	int64_t age = age_of_all(view);

	if (!worst)
		return 0;
	if (badness(view, worst) > 0) {
		out[0] = (struct fact){ light_text(view, worst), in_trouble(worst) ? light_style(worst) : STYLE_WARN,
			                true, 2 };
		return 1;
	}
	out[0] = (struct fact){ log_state_light(worst->state), light_style(worst), true, 1 };
	out[1] = (struct fact){ age < 0 ? "" : arena_format(view->arena, "log %s old", short_age(view, age)),
		                STYLE_NORMAL, true, 2 };
	return 2;
}

/* One light a log, all of them or none. */
const char *
all_logs_text(struct view *view)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		if (!is_spare(&view->scene->logs[i]))
			text = arena_format(view->arena, "%s%s%s", text, text[0] ? "  " : "",
			                    light_text(view, &view->scene->logs[i]));
	}
	return text;
}
