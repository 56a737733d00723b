/*
 * The snapshot as JSON, name by name in the order of contrib/snapshot.schema.json.
 */
#include "cmtop/report.h"

#include <string.h>

#include "report/json.h"
#include "report/rows.h"
#include "report/snapshot_forecast.h"

#define NOTES_MOST 100

static void
put_list(struct json *json, const char *key, const struct value *value)
{
	emit_list(json, key);
	for (int64_t i = 0; i < value->integer; i++)
		emit_count(json, NULL, value->list[i]);
	emit_end(json);
}

static void
put_field(struct json *json, const struct field *field, const struct field_context *of, const void *row)
{
	struct value value = field->value(of, row);
	char text[VALUE_TEXT_MOST];

	switch (value.kind) {
	case VALUE_UNKNOWN:
	case VALUE_NEVER: emit_null(json, field->name); break;
	case VALUE_INTEGER: emit_signed(json, field->name, value.integer); break;
	case VALUE_FLAG: emit_flag(json, field->name, value.integer); break;
	case VALUE_TIME: emit_time(json, field->name, value.written); break;
	case VALUE_LIST: put_list(json, field->name, &value); break;
	case VALUE_CODE:
	case VALUE_TEXT: emit_text(json, field->name, value_text(&value, text)); break;
	case VALUE_REAL:
		if (field->unit == UNIT_PER_HOUR)
			emit_decimals(json, field->name, value.real);
		else
			emit_rounded(json, field->name, value.real);
		break;
	}
}

static void
put_row(struct json *json, enum entity entity, const struct field_context *of, const void *row)
{
	const struct field *field;

	for (size_t i = 0; (field = fields_in(entity, FIELD_JSON, i)); i++)
		put_field(json, field, of, row);
}

static void
put_table(struct json *json, const struct rows *rows, enum entity entity)
{
	emit_list(json, fields_of(entity)->name);
	emit_in_lines(json);
	for (size_t i = 0; i < rows_count(rows, entity); i++) {
		emit_object(json, NULL);
		put_row(json, entity, &rows->of, rows_at(rows, entity, i));
		emit_end(json);
	}
	emit_end(json);
}

/* Figures of the server of one group, from `first` on as far as `last`; NULL: its first, its last. */
static void
put_group(struct json *json, const struct field_context *of, const char *group, const char *first, const char *last)
{
	const struct field *field;
	bool on = !first;

	for (size_t i = 0; (field = fields_in(ENTITY_SERVER, FIELD_JSON, i)); i++) {
		if (strcmp(field->group, group) != 0)
			continue;
		on |= first && strcmp(field->name, first) == 0;
		if (on)
			put_field(json, field, of, NULL);
		if (last && strcmp(field->name, last) == 0)
			break;
	}
}

static void
put_sending(struct json *json, const struct rows *rows)
{
	emit_object(json, "sending");
	put_group(json, &rows->of, "sending", NULL, NULL);
	put_table(json, rows, ENTITY_SENDS);
	put_table(json, rows, ENTITY_SITES);
	emit_end(json);
}

/* Rows of the DP table from `first` on that belong to the thread; answers where the next thread's begin. */
static size_t
put_dps(struct json *json, const struct rows *rows, size_t first, const struct package_thread *thread)
{
	emit_list(json, "dps");
	for (; first < rows->dp_count && rows->dps[first].thread == thread; first++) {
		emit_object(json, NULL);
		put_row(json, ENTITY_DPS, &rows->of, &rows->dps[first]);
		emit_end(json);
	}
	emit_end(json);
	return first;
}

/* In place of the counts of its distribution points stand these themselves. */
static void
put_threads(struct json *json, const struct rows *rows)
{
	size_t dp = 0;

	emit_list(json, "threads");
	emit_in_lines(json);
	for (size_t i = 0; i < rows->thread_count; i++) {
		emit_object(json, NULL);
		put_row(json, ENTITY_THREADS, &rows->of, rows->threads[i]);
		dp = put_dps(json, rows, dp, rows->threads[i]);
		emit_end(json);
	}
	emit_end(json);
}

static void
put_distribution(struct json *json, const struct rows *rows)
{
	emit_object(json, "distribution");
	put_group(json, &rows->of, "distribution", NULL, "failed");
	emit_list(json, "queued");
	for (size_t i = 0; i < rows->queued_count; i++)
		emit_text(json, NULL, rows->queued[i]->id);
	emit_end(json);
	put_threads(json, rows);
	put_group(json, &rows->of, "distribution", "ended", NULL);
	emit_end(json);
}

/* Null while no line about it was read. */
static void
put_dp_upgrades(struct json *json, const struct field_context *of)
{
	if (!of->upgrades.seen) {
		emit_null(json, "dp_upgrades");
		return;
	}
	emit_object(json, "dp_upgrades");
	put_group(json, of, "dp_upgrades", NULL, NULL);
	emit_end(json);
}

static void
put_backlog(struct json *json, const struct field_context *of)
{
	emit_object(json, "backlog");
	put_group(json, of, "backlog", NULL, "eta");
	emit_object(json, "forecast");
	put_range(json, "range", forecast_empty(of->forecast));
	put_group(json, of, "forecast", NULL, NULL);
	emit_end(json);
	put_group(json, of, "backlog", "since", NULL);
	emit_end(json);
}

/* What did not fit, by table: where one is not 0, figures are too low. */
static void
put_truncated(struct json *json, const struct model *model)
{
	struct truncated_row row;

	emit_object(json, "truncated");
	for (size_t i = 0; truncated_row(model, i, &row); i++)
		emit_count(json, row.word, row.lost);
	emit_count(json, "clients", 0); /* no table of them yet */
	emit_end(json);
}

static void
put_notes(struct json *json, const struct scene *scene)
{
	const struct note *notes[NOTES_MOST], *note;
	size_t count = 0;

	for (size_t i = 0; count < NOTES_MOST && (note = model_note(scene->model, i)); i++)
		if (query_note(scene->query, scene->model, note, scene->now))
			notes[count++] = note;
	emit_list(json, "notes");
	emit_in_lines(json);
	while (count-- > 0) {
		note = notes[count];
		emit_object(json, NULL);
		emit_time(json, "time", note->written);
		emit_text(json, "log", note->log < scene->log_count ? scene->logs[note->log].name : NULL);
		emit_nonzero(json, "thread", note->thread);
		emit_text(json, "level", level_word(note->level));
		emit_text(json, "text", note->text);
		emit_end(json);
	}
	emit_end(json);
}

bool
report_json(const struct scene *scene, const struct sink *sink)
{
	struct json json = { .sink = sink };
	struct rows rows;

	if (!rows_collect(&rows, scene))
		return false;
	emit_object(&json, NULL);
	emit_in_lines(&json);
	emit_count(&json, "schema", 1);
	emit_text(&json, "program", "cmtop " PROGRAM_VERSION);
	emit_time(&json, "now", model_written_newest(scene->model, scene->now));
	put_table(&json, &rows, ENTITY_LOGS);
	put_sending(&json, &rows);
	put_distribution(&json, &rows);
	put_backlog(&json, &rows.of);
	put_table(&json, &rows, ENTITY_PACKAGES);
	put_table(&json, &rows, ENTITY_TRANSFERS);
	put_table(&json, &rows, ENTITY_FAILURES);
	put_dp_upgrades(&json, &rows.of);
	put_what_if(&json, rows.own, rows.of.sending.site_capacity);
	put_table(&json, &rows, ENTITY_ADVICE);
	put_notes(&json, scene);
	put_truncated(&json, scene->model);
	emit_end(&json);
	sink_text(sink, "\n");
	rows_destroy(&rows);
	return !json.failed;
}
