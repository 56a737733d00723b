/*
 * Errors of the distribution manager: which are failures, how they read, and which
 * have been told already.
 */
#include "model/distmgr/distmgr_errors.h"

#include <stdio.h>
#include <string.h>

#include "model/records/status_text.h"

/* Codes from 0x80000000 on are failures, and so is what the rule says is one; the rest may pass. */
bool
error_is_fatal(const struct event *event)
{
	if (event->detail != ERROR_BY_CODE)
		return event->detail == ERROR_FATAL || event->detail == ERROR_VAGUE;
	return event_has_number(event, NUMBER_CODE) && event->number[NUMBER_CODE] >> 31 == 1;
}

static const char *
status_meaning(unsigned id)
{
	switch (id) {
	case 2302: return "failed to process the package";
	case 2306: return "the source directory cannot be read";
	case 2321: return "failed to decompress the package";
	case 2328: return "failed to copy the package";
	default: return NULL;
	}
}

void
error_text(const struct event *event, char *out, size_t size)
{
	struct span from = event_text(event, TEXT_PATH), to = event_text(event, TEXT_SERVER);
	const char *meaning = status_meaning(event->status);
	char text[512];

	if (!meaning) {
		if (!status_text(event->message, out, size))
			span_copy(event->message, out, size);
		return;
	}
	snprintf(text, sizeof(text), "%s (status message %u)%s%.*s%s%.*s", meaning, (unsigned)event->status,
	         from.size ? ": " : "", (int)from.size, from.size ? from.at : "", to.size ? " to " : "", (int)to.size,
	         to.size ? to.at : "");
	span_copy(span_of(text), out, size);
}

struct failure *
failure_told(struct model *model, uint64_t number)
{
	const struct failure *failure;

	for (size_t i = 0; number > 0 && (failure = model_failure(model, i)); i++)
		if (failure->what.number == number)
			return (struct failure *)failure;
	return NULL;
}

#define LATEST_FAILURES 16 /* of the newest failures */

bool
failure_known(const struct model *model, uint32_t thread, const char *text)
{
	const struct failure *failure;

	for (size_t i = 0; i < LATEST_FAILURES && (failure = model_failure(model, i)); i++)
		if (failure->what.kind == TRANSITION_FAILURE && failure->what.thread == thread
		    && strcmp(failure->what.text, text) == 0)
			return true;
	return false;
}
