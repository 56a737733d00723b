#include "report/json.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "cmtop/utf8.h"
#include "cmtop/when.h"

#define TEXT_MOST 4096 /* bytes of one text; the longest is a path */

static int
put_dumped(const char *bytes, size_t size, void *payload)
{
	sink_put(payload, bytes, size);
	return 0;
}

/* Takes `value` over; NULL: there was no memory for it. */
static void
put_value(struct json *json, json_t *value)
{
	struct sink sink = *json->sink;

	if (!value || json_dump_callback(value, put_dumped, &sink, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) != 0)
		json->failed = true;
	json_decref(value);
}

static void
new_line(const struct json *json)
{
	sink_text(json->sink, "\n");
	for (int i = 0; i < json->depth; i++)
		if (json->open[i].lines)
			sink_text(json->sink, "  ");
}

/* What stands before an entry: a comma after another one, a blank or a new line, its key. */
static void
begin_entry(struct json *json, const char *key)
{
	if (json->depth > 0) {
		bool lines = json->open[json->depth - 1].lines;

		if (json->open[json->depth - 1].any)
			sink_text(json->sink, lines ? "," : ", ");
		if (lines)
			new_line(json);
		json->open[json->depth - 1].any = true;
	}
	if (key) {
		put_value(json, json_string(key));
		sink_text(json->sink, ": ");
	}
}

static void
begin(struct json *json, const char *key, const char *start, char end)
{
	assert(json->depth < JSON_DEPTH);
	begin_entry(json, key);
	sink_text(json->sink, start);
	json->open[json->depth].lines = false;
	json->open[json->depth].any = false;
	json->open[json->depth].end = end;
	json->depth++;
}

void
emit_object(struct json *json, const char *key)
{
	begin(json, key, "{", '}');
}

void
emit_list(struct json *json, const char *key)
{
	begin(json, key, "[", ']');
}

void
emit_in_lines(struct json *json)
{
	json->open[json->depth - 1].lines = true;
}

void
emit_end(struct json *json)
{
	assert(json->depth > 0);
	json->depth--;
	if (json->open[json->depth].lines && json->open[json->depth].any)
		new_line(json);
	sink_put(json->sink, &json->open[json->depth].end, 1);
}

void
emit_text(struct json *json, const char *key, const char *text)
{
	char clean[TEXT_MOST];

	begin_entry(json, key);
	if (text)
		utf8_clean(span_of(text), clean, sizeof clean);
	put_value(json, text && *text ? json_string(clean) : json_null());
}

void
emit_count(struct json *json, const char *key, uint64_t count)
{
	emit_known(json, key, count > INT64_MAX ? INT64_MAX : (int64_t)count);
}

void
emit_known(struct json *json, const char *key, int64_t number)
{
	if (number < 0)
		emit_null(json, key);
	else
		emit_signed(json, key, number);
}

void
emit_signed(struct json *json, const char *key, int64_t number)
{
	begin_entry(json, key);
	put_value(json, json_integer(number));
}

void
emit_nonzero(struct json *json, const char *key, uint64_t number)
{
	if (number == 0)
		emit_null(json, key);
	else
		emit_count(json, key, number);
}

/* A figure past what an integer holds is as unknown as one that is no number. */
static bool
is_known(double number)
{
	return number >= 0 && number < 9e18;
}

void
emit_rounded(struct json *json, const char *key, double number)
{
	emit_known(json, key, is_known(number) ? llround(number) : -1);
}

void
emit_decimals(struct json *json, const char *key, double number)
{
	double rounded = round(number * 100) / 100;

	if (!is_known(number) || rounded == floor(rounded)) {
		emit_rounded(json, key, rounded);
		return;
	}
	begin_entry(json, key);
	put_value(json, json_real(rounded));
}

void
emit_flag(struct json *json, const char *key, bool flag)
{
	begin_entry(json, key);
	put_value(json, json_boolean(flag));
}

void
emit_time(struct json *json, const char *key, struct written_time time)
{
	char text[WHEN_TEXT] = "";

	if (time.at != WHEN_NONE)
		when_format(time.at, time.zoned, text);
	emit_text(json, key, text);
}

void
emit_null(struct json *json, const char *key)
{
	begin_entry(json, key);
	put_value(json, json_null());
}
