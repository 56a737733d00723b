#include "view/page_help.h"

#include <inttypes.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "view/frame/detail.h"
#include "view/frame/format.h"
#include "view/input/keymap.h"

#define HELP_COLUMNS 120 /* width from which the keys stand in two columns */

/* The keys as lines: a group's name, then its keys. */
static void
add_keys(struct detail *out)
{
	const char *group, *keys, *does, *last = "";
	size_t i;

	for (i = 0; ui_key_help(i, &group, &keys, &does); i++) {
		if (strcmp(group, last) != 0)
			detail_styled(out, NULL, group, STYLE_HEADING);
		last = group;
		detail_line(out, NULL, arena_format(out->view->arena, "  %-14s %s", keys, does));
	}
}

/* The second half of the keys beside the first. */
static void
add_in_columns(struct detail *out, const struct detail *keys, int width)
{
	size_t half = (keys->count + 1) / 2, i;
	int column = (width - 2) / 2;

	for (i = 0; i < half; i++) {
		const char *left = keys->lines[i].text;
		const char *right = i + half < keys->count ? keys->lines[i + half].text : "";

		detail_line(out, NULL, arena_format(out->view->arena, "%-*.*s %s", column, column, left, right));
	}
}

static void
add_log(struct detail *out, size_t i)
{
	struct view *view = out->view;
	const struct log_status *log = &view->scene->logs[i];
	int64_t silence = log_silence(view->model, view->scene->logs, view->scene->log_count, i, view->now);
	const char *name = arena_format(view->arena, "%s.log", log->name);
	char path[sizeof(log->path)], encoding[40];

	utf8_clean(span_of(log->path), path, sizeof(path));
	detail_styled(out, name,
	              arena_format(view->arena, "%s  %s%s%s", log_state_light(log->state), path,
	                           log->error[0] ? ": " : "", log->error),
	              log->state == LOG_LIVE || log->state == LOG_READ ? STYLE_NORMAL : STYLE_WARN);
	if (log->state == LOG_WAITING && log->records == 0)
		return;
	detail_line(out, "",
	            arena_format(view->arena,
	                         "%s read, %" PRIu64 " records, %" PRIu64 " not understood, %" PRIu64 " damaged",
	                         view_size(view, (int64_t)log->bytes), log->records, log->unknown, log->damaged));
	detail_line(out, "",
	            arena_format(view->arena, "%" PRIu64 " rollovers, %s lost, newest record %s", log->rollovers,
	                         log->missed ? view_size(view, (int64_t)log->missed) : "0 bytes",
	                         view_written(view, log_newest(log))));
	if (log_encoding_words(log, encoding)[0])
		detail_line(out, "", arena_format(view->arena, "%s", encoding));
	if (silence >= 0)
		detail_styled(out, "",
		              arena_format(view->arena, "silent for %s while other logs of the server go on",
		                           view_duration(view, silence)),
		              STYLE_WARN);
}

static void
add_figures(struct detail *out)
{
	/* clang-format off */
	static const struct { const char *label, *text; } lines[] = {
		{ "?",       "unknown: no log says it" },
		{ "-",       "cannot be measured yet" },
		{ "~",       "estimate: from a size in distmgr.log, or from past speed" },
		{ "sender",  "sending slots in use and the limit for all sites, as logged" },
		{ "distmgr", "package threads in use, and their limit as last logged" },
		{ "done/h",  "sends done in the last hour of the logs. new: became due" },
		{ "rate",    "bytes of the package file over the last 15 seconds of writing" },
		{ "STALLED", "silent for 6 times its usual gap, at least 1 min (DP: 10 min)" },
		{ "ended",   "the thread ended, and no log line says if its work was done" },
		{ "queued",  "sends wait and none runs: other sites use all slots" },
		{ "throttled", "held back by a rate limit or by one connection only" },
	};
	/* clang-format on */
	size_t i;

	for (i = 0; i < COUNT_OF(lines); i++)
		detail_line(out, lines[i].label, lines[i].text);
}

/* What the queue stands on here and now, and what the other way of counting comes to. */
static void
add_queue(struct detail *out)
{
	struct view *view = out->view;
	const struct backlog *backlog = &view->context.backlog;
	int64_t more = backlog->counted - (int64_t)backlog->waiting;

	if (!backlog->known) {
		detail_line(out, "queue", "?: neither distmgr.log nor sched.log says what waits");
		return;
	}
	if (!backlog->listed) {
		detail_line(out, "queue",
		            arena_format(view->arena,
		                         "sends that became due since %s (distmgr.log) and have no sending thread yet "
		                         "(sender.log). Earlier ones are unknown",
		                         view_when(view, view->context.sending.due_log, backlog->since)));
		return;
	}
	detail_line(out, "queue",
	            arena_format(view->arena,
	                         "send requests in the last list of sched.log, of %s, that have no sending thread yet",
	                         view_when(view, view->context.sending.listed_log, view->context.sending.listed_at)));
	if (backlog->counted < 0)
		return;
	if (backlog->drift != 0)
		detail_styled(
			out, "",
			arena_format(view->arena,
		                     "distmgr.log and sender.log give %lld %s. cmtop uses the number of sched.log",
		                     (long long)(more > 0 ? more : -more), more > 0 ? "more" : "fewer"),
			STYLE_WARN);
	else
		detail_line(out, "",
		            arena_format(view->arena, "distmgr.log and sender.log give %lld%s",
		                         (long long)backlog->counted,
		                         more == 0  ? ""
		                         : more > 0 ? ". Some may not be with the scheduler yet, or sender.log does "
		                                      "not show that they were sent"
		                                    : ". Some may be on their way, or distmgr.log does not show that "
		                                      "they became due"));
}

void
page_help_paint(struct view *view, const struct area *area)
{
	struct detail help = { .view = view, .title = "Help" };
	struct detail keys = { .view = view };
	size_t i;

	if (view->ui->about)
		detail_line(&help, NULL, view->ui->about);
	add_keys(area->width >= HELP_COLUMNS ? &keys : &help);
	if (keys.count)
		add_in_columns(&help, &keys, area->width);
	detail_styled(&help, NULL, "Logs: cmtop only reads them", STYLE_HEADING);
	for (i = 0; i < view->scene->log_count; i++)
		add_log(&help, i);
	detail_styled(&help, NULL, "Figures", STYLE_HEADING);
	add_queue(&help);
	add_figures(&help);
	detail_paint(&help, area);
}
