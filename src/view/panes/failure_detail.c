/* All that is known of one failure, and its log lines. */
#include <stdio.h>
#include <string.h>

#include "cmtop/errors.h"
#include "view/panes/failure_detail.h"
#include "view/panes/failure_row.h"
#include "view/frame/format.h"

static const struct failure *
failure_with(struct view *view, uint64_t number)
{
	const struct failure *failure;
	size_t i;

	for (i = 0; (failure = model_failure(view->model, i)) && failure->what.number != number; i++)
		continue;
	return failure;
}

static const char *
log_name(struct view *view, const struct failure *failure)
{
	return failure->log < view->scene->log_count ? view->scene->logs[failure->log].name : "?";
}

static const char *
page_what(const struct failure *failure)
{
	/* clang-format off */
	static const char *const words[FAILURE_KIND_COUNT] = {
		[FAILURE_SEND] = "error of a send", [FAILURE_PACKAGE] = "error of a package", [FAILURE_DP] = "error of a distribution point",
		[FAILURE_TRANSFER] = "error of a transfer", [FAILURE_REPLICATION] = "error of replication",
		[FAILURE_COMPONENT] = "error of the component",
	};
	/* clang-format on */

	return failure->what.kind == TRANSITION_FAILURE ? words[failure->kind] : failure_word(&failure->what);
}

static bool
is_send(const struct failure *failure)
{
	return failure->kind == FAILURE_SEND;
}

static void
detail_names(struct view *view, const struct failure *failure, struct detail *out)
{
	const struct transition *transition = &failure->what;

	detail_line(out, "log",
	            arena_format(view->arena, "%s in %s.log, thread %u",
	                         model_component(view->model, failure->component), log_name(view, failure),
	                         (unsigned)transition->thread));
	if (transition->site != NAME_NONE || is_send(failure))
		detail_line(out, "site", view_site_code(view, transition->site));
	if (transition->package != NAME_NONE || is_send(failure))
		detail_line(out, "package",
		            arena_format(view->arena, "%s%s", view_package_id(view, transition->package),
		                         transition->version ? arena_format(view->arena, " version %u",
		                                                            (unsigned)transition->version)
		                                             : ""));
	if (transition->dp != NAME_NONE)
		detail_line(out, "DP", model_server(view->model, transition->dp));
	if (transition->request[0])
		detail_line(out, "request", transition->request);
	if (transition->attempt > 0)
		detail_line(out, "attempt", arena_format(view->arena, "%u", (unsigned)transition->attempt));
}

static void
detail_error(struct view *view, const struct failure *failure, struct detail *out)
{
	const char *text = failure_meaning(failure->code);
	char code[12];

	if (failure->coded) {
		error_code_text(failure->code, code);
		detail_line(out, "error",
		            arena_format(view->arena, "%s%s%s", code, text ? ": " : "", text ? text : ""));
	}
	if (failure->what.text[0])
		detail_line(out, "message", failure->what.text);
	if (failure->retry.text[0])
		detail_styled(out, "next try", failure_again(view, failure),
		              failure->resolved == WHEN_NONE ? STYLE_WARN : STYLE_NORMAL);
	if (failure->resolved != WHEN_NONE)
		detail_styled(out, "later", failure_resolved(view, failure), STYLE_GOOD);
}

void
failure_detail(struct view *view, uint64_t id, struct detail *out)
{
	const struct failure *failure = failure_with(view, id);
	const struct transition *transition;

	out->title = "Failure";
	if (!failure) {
		detail_line(out, NULL, "This entry is no longer kept. Newer ones replaced it.");
		return;
	}
	transition = &failure->what;
	detail_styled(out, "what", page_what(failure), failure_style(failure));
	detail_line(out, "when",
	            arena_format(view->arena, "%s, %s ago", view_when(view, transition->at),
	                         view_duration(view, view_age(view, transition->at))));
	detail_names(view, failure, out);
	if (transition->bytes >= 0)
		detail_line(out, "bytes", view_size(view, transition->bytes));
	if (transition->seconds >= 0)
		detail_line(out, "duration", view_duration(view, transition->seconds * WHEN_SECOND));
	detail_error(view, failure, out);
}

/* Of a component's own: what else its thread wrote, and threads that nothing is known of. */
static void
lines_of_thread(struct view *view, const struct failure *failure, struct lines_state *out)
{
	snprintf(out->word, sizeof(out->word), "thread=%u", (unsigned)failure->what.thread);
	snprintf(out->title, sizeof(out->title), "Log lines of thread %u of %s", (unsigned)failure->what.thread,
	         model_component(view->model, failure->component));
}

/* Of a send, the request with all its tries; else the package, at that site. */
void
failure_lines(struct view *view, uint64_t id, struct lines_state *out)
{
	const struct failure *failure = failure_with(view, id);
	const struct transition *transition;

	snprintf(out->title, sizeof(out->title), "Log lines of an entry that is no longer kept");
	if (!failure)
		return;
	transition = &failure->what;
	if (transition->package == NAME_NONE && transition->site == NAME_NONE)
		lines_of_thread(view, failure, out);
	if (transition->package != NAME_NONE)
		pane_lines_of_package(view, transition->package, out);
	if (transition->site != NAME_NONE)
		pane_lines_of_site(view, transition->site, out);
	if (transition->request[0] == '\0')
		return;
	out->site = out->package = NAME_NONE;
	memcpy(out->request, transition->request, sizeof(out->request));
	memcpy(out->word, transition->request, sizeof(out->request));
	snprintf(out->title, sizeof(out->title), "Log lines of %s: %s to %s", transition->request,
	         view_package_id(view, transition->package), view_site_code(view, transition->site));
}
