/*
 * The snapshot of the contract, name by name in its order.
 */
#include "cmtop/errors.h"
#include "cmtop/report.h"

#include "report/columns.h"
#include "report/json.h"
#include "report/snapshot_forecast.h"

#define NOTES_MOST 100

static void
put_code(struct json *json, const char *key, uint32_t code)
{
	char text[CODE_TEXT];

	error_code_text(code, text);
	emit_text(json, key, text);
}

static void
put_numbers(struct json *json, const char *key, const struct cell *cell)
{
	emit_list(json, key);
	for (int64_t i = 0; i < cell->number; i++)
		emit_count(json, NULL, cell->numbers[i]);
	emit_end(json);
}

static void
put_cell(struct json *json, const char *key, const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_NULL: emit_null(json, key); break;
	case CELL_NUMBER: emit_known(json, key, cell->number); break;
	case CELL_FLAG: emit_flag(json, key, cell->number); break;
	case CELL_TEXT: emit_text(json, key, cell->text); break;
	case CELL_TIME: emit_time(json, key, cell->number, cell->zoned); break;
	case CELL_CODE: put_code(json, key, (uint32_t)cell->number); break;
	case CELL_NUMBERS: put_numbers(json, key, cell); break;
	}
}

/* The first `count` columns of a row. */
static void
put_cells(struct json *json, const struct scene *scene, const struct rows *rows, enum report_table table, size_t row,
          size_t count)
{
	struct cell cells[COLUMNS_MOST];

	columns_fill(table, scene, rows, row, cells);
	for (size_t i = 0; i < count; i++)
		put_cell(json, report_tables[table].columns[i].name, &cells[i]);
}

static void
put_table(struct json *json, const char *key, const struct scene *scene, const struct rows *rows,
          enum report_table table)
{
	emit_list(json, key);
	emit_in_lines(json);
	for (size_t row = 0; row < columns_rows(table, scene, rows); row++) {
		emit_object(json, NULL);
		put_cells(json, scene, rows, table, row, report_tables[table].count);
		emit_end(json);
	}
	emit_end(json);
}

static void
put_sending(struct json *json, const struct scene *scene, const struct rows *rows)
{
	struct sending sending = model_sending(scene->model);

	emit_object(json, "sending");
	emit_count(json, "used", sending.used);
	emit_known(json, "capacity", sending.capacity);
	emit_count(json, "unseen", sending.unseen);
	emit_rounded(json, "rate", sending_rate(scene->model, scene->now));
	emit_count(json, "done", sending.done);
	emit_count(json, "failed", sending.failed);
	emit_count(json, "bytes", sending.bytes);
	put_table(json, "jobs", scene, rows, REPORT_JOBS);
	put_table(json, "sites", scene, rows, REPORT_SITES);
	emit_end(json);
}

/* Rows of the DP table from `first` on that belong to the thread; answers where the next thread's begin. */
static size_t
put_dps(struct json *json, const struct scene *scene, const struct rows *rows, size_t first,
        const struct package_thread *thread)
{
	emit_list(json, "dps");
	for (; first < rows->dp_count && rows->dps[first].thread == thread; first++) {
		emit_object(json, NULL);
		put_cells(json, scene, rows, REPORT_DPS, first, COLUMN_DP_PACKAGE);
		emit_end(json);
	}
	emit_end(json);
	return first;
}

/* In place of the counts of its distribution points stand these themselves. */
static void
put_threads(struct json *json, const struct scene *scene, const struct rows *rows)
{
	size_t dp = 0;

	emit_list(json, "threads");
	emit_in_lines(json);
	for (size_t i = 0; i < rows->thread_count; i++) {
		emit_object(json, NULL);
		put_cells(json, scene, rows, REPORT_THREADS, i, COLUMN_THREAD_DPS_RUNNING);
		dp = put_dps(json, scene, rows, dp, rows->threads[i]);
		emit_end(json);
	}
	emit_end(json);
}

static void
put_distribution(struct json *json, const struct scene *scene, const struct rows *rows)
{
	struct distribution distribution = model_distribution(scene->model);

	emit_object(json, "distribution");
	emit_count(json, "used", distribution.used);
	emit_known(json, "capacity", distribution.capacity);
	emit_count(json, "done", distribution.done);
	emit_count(json, "failed", distribution.failed);
	emit_list(json, "queued");
	for (size_t i = 0; i < rows->queued_count; i++)
		emit_text(json, NULL, rows->queued[i]->id);
	emit_end(json);
	put_threads(json, scene, rows);
	emit_count(json, "ended", distribution.ended);
	emit_count(json, "dps_ended", distribution.dps_ended);
	emit_end(json);
}

/* Null while nothing of it was heard. */
static void
put_dp_upgrades(struct json *json, const struct model *model)
{
	struct dp_upgrades upgrades = model_dp_upgrades(model);

	if (!upgrades.heard) {
		emit_null(json, "dp_upgrades");
		return;
	}
	emit_object(json, "dp_upgrades");
	emit_count(json, "used", upgrades.used);
	emit_known(json, "capacity", upgrades.capacity);
	emit_count(json, "waiting", upgrades.waiting);
	emit_end(json);
}

static void
put_backlog(struct json *json, const struct scene *scene, const struct rows *rows)
{
	const struct backlog *backlog = &rows->backlog;

	emit_object(json, "backlog");
	emit_text(json, "source", backlog->listed ? "sched" : backlog->known ? "distmgr" : NULL);
	emit_known(json, "waiting", backlog->known ? (int64_t)backlog->waiting : -1);
	emit_count(json, "running", backlog->running);
	emit_known(json, "bytes_left", backlog->known ? backlog->bytes_left : -1);
	emit_decimals(json, "done_per_hour", backlog->done_per_hour);
	emit_decimals(json, "due_per_hour", backlog->due_per_hour);
	emit_known(json, "eta", whole_seconds(backlog->eta));
	put_forecast(json, scene, rows->forecast);
	emit_time(json, "since", backlog->since, model_zoned(scene->model));
	emit_known(json, "counted", backlog->counted);
	emit_signed(json, "drift", backlog->drift);
	emit_known(json, "bytes_unknown", backlog->known ? (int64_t)backlog->bytes_unknown : -1);
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
		emit_time(json, "time", note->at, note->zoned);
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
	emit_time(&json, "now", scene->now, model_zoned(scene->model));
	put_table(&json, "logs", scene, &rows, REPORT_LOGS);
	put_sending(&json, scene, &rows);
	put_distribution(&json, scene, &rows);
	put_backlog(&json, scene, &rows);
	put_table(&json, "packages", scene, &rows, REPORT_PACKAGES);
	put_table(&json, "transfers", scene, &rows, REPORT_TRANSFERS);
	put_table(&json, "failures", scene, &rows, REPORT_FAILURES);
	put_dp_upgrades(&json, scene->model);
	put_what_if(&json, rows.own, model_sending(scene->model).site_capacity);
	put_table(&json, "advice", scene, &rows, REPORT_ADVICE);
	put_notes(&json, scene);
	put_truncated(&json, scene->model);
	emit_end(&json);
	sink_text(sink, "\n");
	rows_free(&rows);
	return !json.failed;
}
