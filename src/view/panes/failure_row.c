#include "view/panes/failure_row.h"
#include "view/frame/format.h"

/* How it ended; "": the line says it all. */
const char *
failure_word(const struct transition *transition)
{
	switch (transition->kind) {
	case TRANSITION_JOB_FAILED: return "failed";
	case TRANSITION_JOB_INTERRUPTED: return "interrupted";
	case TRANSITION_JOB_LOST: return "lost";
	case TRANSITION_PACKAGE_FAILED: return "package failed";
	case TRANSITION_DP_FAILED: return "DP failed";
	case TRANSITION_TRANSFER_FAILED: return "transfer failed";
	case TRANSITION_FAILURE: return "";
	default: break;
	}
	return transition_word((enum transition_kind)transition->kind);
}

uint8_t
failure_style(const struct failure *failure)
{
	if (failure->resolved != WHEN_NONE)
		return STYLE_GOOD;
	switch (failure->what.kind) {
	case TRANSITION_JOB_INTERRUPTED:
	case TRANSITION_JOB_LOST: return STYLE_WARN;
	default: return STYLE_BAD;
	}
}

/* As all times are shown; in the log's own words, and whole, only where these cannot be read for certain. */
const char *
failure_again(struct view *view, const struct failure *failure)
{
	return failure_retry(view->model, failure) == WHEN_NONE ? failure->retry.text
	                                                        : view_when_again(view, &failure->retry);
}

/* ", done at 10:32, try 2" */
const char *
failure_resolved(struct view *view, const struct failure *failure)
{
	const char *attempt = failure->resolved_attempt > 1
	                              ? arena_format(view->arena, ", try %u", (unsigned)failure->resolved_attempt)
	                              : "";

	if (failure->resolved == WHEN_NONE)
		return "";
	return arena_format(view->arena, "done at %s%s", view_when(view, failure->resolved), attempt);
}
