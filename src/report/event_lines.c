/*
 * What happens, one line each: for programs as JSON, for people as text.
 */
#include "cmtop/report.h"

#include "cmtop/fmt.h"
#include "report/json.h"
#include "report/text_line.h"
#include "report/rows.h"

/* A field that does not apply is left out. */
static void
put_text(struct json *json, const char *key, const char *text)
{
	if (*text)
		emit_text(json, key, text);
}

static void
put_number(struct json *json, const char *key, int64_t number)
{
	if (number >= 0)
		emit_known(json, key, number);
}

static void
put_nonzero(struct json *json, const char *key, uint32_t number)
{
	if (number)
		emit_count(json, key, number);
}

static const char *
dp_name(const struct model *model, const struct transition *transition)
{
	return transition->dp == NAME_NONE ? "" : model_server(model, transition->dp);
}

bool
report_event_json(const struct model *model, const struct transition *transition, const struct sink *sink)
{
	struct json json = { .sink = sink };

	emit_object(&json, NULL);
	emit_time(&json, "time", transition->written);
	put_text(&json, "event", transition_word(transition->kind));
	put_text(&json, "site", site_name(model, transition->site));
	put_text(&json, "package", package_name(model, transition->package));
	put_nonzero(&json, "version", transition->version);
	put_text(&json, "request", transition->request);
	put_nonzero(&json, "thread", transition->thread);
	put_text(&json, "dp", dp_name(model, transition));
	put_number(&json, "used", transition->used);
	put_number(&json, "capacity", transition->capacity);
	put_number(&json, "bytes", transition->bytes);
	put_number(&json, "seconds", transition->seconds);
	put_text(&json, "text", transition->text);
	emit_end(&json);
	sink_text(sink, "\n");
	return !json.failed;
}

/* "5 of 10 slots": either may be unknown. */
static void
add_slots(struct line *line, const struct transition *transition)
{
	if (transition->capacity < 0)
		return;
	if (transition->used >= 0)
		line_format(line, " %lld of", (long long)transition->used);
	line_format(line, " %lld slots", (long long)transition->capacity);
}

static void
add_amount(struct line *line, const struct transition *transition)
{
	char text[FMT_TEXT];

	if (transition->bytes >= 0) {
		fmt_size((uint64_t)transition->bytes, FMT_BYTES, text);
		line_format(line, " %s", text);
	}
	if (transition->seconds >= 0) {
		fmt_duration(transition->seconds * WHEN_SECOND, text);
		line_format(line, " in %s", text);
	}
}

void
line_transition(struct line *line, const struct model *model, const struct transition *transition)
{
	line_time(line, transition->written);
	line_cell(line, 15, transition_word(transition->kind));
	line_cell(line, 4, site_name(model, transition->site));
	line_cell(line, 8, package_name(model, transition->package));
	if (transition->version)
		line_format(line, " v%u", (unsigned)transition->version);
	if (transition->attempt > 1)
		line_format(line, " try %u", (unsigned)transition->attempt);
	if (transition->dp != NAME_NONE)
		line_format(line, " %s", dp_name(model, transition));
	add_slots(line, transition);
	add_amount(line, transition);
}

void
report_event_text(const struct model *model, const struct transition *transition, const struct sink *sink)
{
	struct line line = { 0 };

	line_transition(&line, model, transition);
	if (*transition->text)
		line_format(&line, " %s", transition->text);
	line_put(&line, 0, sink);
}
