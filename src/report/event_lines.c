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
say_text(struct json *json, const char *key, const char *text)
{
	if (*text)
		emit_text(json, key, text);
}

static void
say_number(struct json *json, const char *key, int64_t number)
{
	if (number >= 0)
		emit_known(json, key, number);
}

static void
say_nonzero(struct json *json, const char *key, uint32_t number)
{
	if (number)
		emit_count(json, key, number);
}

static const char *
dp_name(const struct model *model, const struct happening *happening)
{
	return happening->dp == NAME_NONE ? "" : model_server(model, happening->dp);
}

bool
report_event_json(const struct model *model, const struct happening *happening, const struct sink *sink)
{
	struct json json = { .sink = sink };

	emit_object(&json, NULL);
	emit_time(&json, "time", happening->at, happening->zoned);
	say_text(&json, "event", happening_word(happening->kind));
	say_text(&json, "site", site_name(model, happening->site));
	say_text(&json, "package", package_name(model, happening->package));
	say_nonzero(&json, "version", happening->version);
	say_text(&json, "request", happening->request);
	say_nonzero(&json, "thread", happening->thread);
	say_text(&json, "dp", dp_name(model, happening));
	say_number(&json, "used", happening->used);
	say_number(&json, "capacity", happening->capacity);
	say_number(&json, "bytes", happening->bytes);
	say_number(&json, "seconds", happening->seconds);
	say_text(&json, "text", happening->text);
	emit_end(&json);
	sink_text(sink, "\n");
	return !json.failed;
}

/* "5 of 10 slots": either may be unknown. */
static void
add_slots(struct line *line, const struct happening *happening)
{
	if (happening->capacity < 0)
		return;
	if (happening->used >= 0)
		line_format(line, " %lld of", (long long)happening->used);
	line_format(line, " %lld slots", (long long)happening->capacity);
}

static void
add_amount(struct line *line, const struct happening *happening)
{
	char text[FMT_TEXT];

	if (happening->bytes >= 0) {
		fmt_size((uint64_t)happening->bytes, FMT_BYTES, text);
		line_format(line, " %s", text);
	}
	if (happening->seconds >= 0) {
		fmt_duration(happening->seconds * WHEN_SECOND, text);
		line_format(line, " in %s", text);
	}
}

void
line_happening(struct line *line, const struct model *model, const struct happening *happening)
{
	line_time(line, model, happening->at, happening->zoned);
	line_cell(line, 15, happening_word(happening->kind));
	line_cell(line, 4, site_name(model, happening->site));
	line_cell(line, 8, package_name(model, happening->package));
	if (happening->version)
		line_format(line, " v%u", (unsigned)happening->version);
	if (happening->attempt > 1)
		line_format(line, " try %u", (unsigned)happening->attempt);
	if (happening->dp != NAME_NONE)
		line_format(line, " %s", dp_name(model, happening));
	add_slots(line, happening);
	add_amount(line, happening);
}

void
report_event_text(const struct model *model, const struct happening *happening, const struct sink *sink)
{
	struct line line = { 0 };

	line_happening(&line, model, happening);
	if (*happening->text)
		line_format(&line, " %s", happening->text);
	line_put(&line, 0, sink);
}
