/*
 * What is looked at, as text, CSV or JSON. Figures leave as numbers (bytes, bytes per
 * second, seconds), under the names that they have in the JSON.
 */
#include <inttypes.h>
#include <math.h>

#include "cmtop/ui.h"
#include "view/pages/log_lines.h"
#include "view/panes/pane.h"

/* ---- cells ---- */

/* Text that came from a log, made harmless. */
static const char *
harmless(struct view *view, struct span text)
{
	size_t room = 3 * text.size + 1;
	char *out = arena_take(view->arena, room);

	if (!out)
		return "";
	utf8_clean(text, out, room);
	return out;
}

static const char *
cell_text(struct view *view, const struct table *table, const struct column *column, const struct row *row)
{
	return harmless(view, span_of(column_export(view, table->entity, column, row)));
}

/* NULL: not known. */
static const char *
cell_number(struct view *view, const struct table *table, const struct column *column, const struct row *row)
{
	double number = column_number(view, table->entity, column, row);

	return isnan(number) ? NULL : arena_format(view->arena, "%.*f", number == floor(number) ? 0 : 3, number);
}

static void
put_json(const struct sink *sink, const char *text)
{
	sink_text(sink, "\"");
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			sink_text(sink, "\\");
		if ((unsigned char)*text >= ' ')
			sink_put(sink, text, 1);
	}
	sink_text(sink, "\"");
}

/* ---- rows ---- */

/* Counts the columns that leave; `i` of them is next. */
static const struct column *
next_column(const struct table *table, size_t *i)
{
	while (*i < table->column_count && table->columns[*i].flags & COLUMN_SCREEN)
		(*i)++;
	return *i < table->column_count ? &table->columns[(*i)++] : NULL;
}

static void
rows_as_csv(struct view *view, const struct table *table, const struct rows *rows, const struct sink *sink)
{
	const struct column *column;
	size_t r, i = 0, first = 1;

	for (; (column = next_column(table, &i)); first = 0) {
		sink_text(sink, first ? "" : ",");
		sink_csv(sink, column->field);
	}
	sink_text(sink, "\r\n");
	for (r = 0; r < rows->count; r++) {
		if (rows->at[r].title)
			continue;
		for (i = 0, first = 1; (column = next_column(table, &i)); first = 0) {
			bool is_number = column_is_number(table->entity, column);
			const char *number = is_number ? cell_number(view, table, column, &rows->at[r]) : NULL;

			sink_text(sink, first ? "" : ",");
			if (!is_number)
				sink_csv(sink, cell_text(view, table, column, &rows->at[r]));
			else if (number)
				sink_text(sink, number);
		}
		sink_text(sink, "\r\n");
	}
}

static void
rows_as_json(struct view *view, const struct pane *pane, const struct rows *rows, const struct sink *sink)
{
	const struct column *column;
	size_t r, i, first, put = 0;

	sink_text(sink, "{ \"pane\": ");
	put_json(sink, pane->name);
	sink_text(sink, ", \"filter\": ");
	put_json(sink, harmless(view, span_of(query_text(view->ui->query))));
	sink_text(sink, ", \"rows\": [");
	for (r = 0; r < rows->count; r++) {
		if (rows->at[r].title)
			continue;
		sink_text(sink, put++ ? ",\n  { " : "\n  { ");
		for (i = 0, first = 1; (column = next_column(pane->table, &i)); first = 0) {
			bool is_number = column_is_number(pane->table->entity, column);
			const char *number = is_number ? cell_number(view, pane->table, column, &rows->at[r]) : NULL;

			sink_text(sink, first ? "" : ", ");
			put_json(sink, column->field);
			sink_text(sink, ": ");
			if (is_number)
				sink_text(sink, number ? number : "null");
			else
				put_json(sink, cell_text(view, pane->table, column, &rows->at[r]));
		}
		sink_text(sink, " }");
	}
	sink_text(sink, put ? "\n] }\n" : "] }\n");
}

/* ---- as text: the columns as wide as they need to be ---- */

static void
put_padded(const struct sink *sink, const char *text, int width, enum align align, bool last)
{
	int blanks = width - utf8_width(span_of(text));

	if (align == ALIGN_RIGHT)
		sink_format(sink, "%*s", blanks > 0 ? blanks : 0, "");
	sink_text(sink, text);
	if (align == ALIGN_LEFT && !last)
		sink_format(sink, "%*s", blanks > 0 ? blanks : 0, "");
	sink_text(sink, last ? "\n" : "  ");
}

static bool
is_in_text(const struct table *table, const struct column *column)
{
	return column->least > 0 && column_title(table->entity, column)[0];
}

static const char *
shown_text(struct view *view, const struct table *table, const struct column *column, const struct row *row)
{
	return harmless(view, span_of(column_cell(view, table->entity, column, row).text));
}

static void
rows_as_text(struct view *view, const struct pane *pane, const struct rows *rows, const struct sink *sink)
{
	const struct table *table = pane->table;
	int widths[COLUMNS_MOST] = { 0 };
	size_t r, i, last = 0;

	for (i = 0; i < table->column_count; i++) {
		if (!is_in_text(table, &table->columns[i]))
			continue;
		last = i;
		widths[i] = paint_width(column_title(table->entity, &table->columns[i]));
		for (r = 0; r < rows->count; r++) {
			int width = rows->at[r].title
			                    ? 0
			                    : paint_width(shown_text(view, table, &table->columns[i], &rows->at[r]));

			widths[i] = width > widths[i] ? width : widths[i];
		}
	}
	sink_format(sink, "%s, %s", pane->name, view_when_newest(view, view->now));
	if (view_filtered(view))
		sink_format(sink, ", filter %s", harmless(view, span_of(query_text(view->ui->query))));
	sink_text(sink, "\n\n");
	for (i = 0; i <= last; i++) {
		if (is_in_text(table, &table->columns[i]))
			put_padded(sink, column_title(table->entity, &table->columns[i]), widths[i],
			           table->columns[i].align, i == last);
	}
	for (r = 0; r < rows->count; r++) {
		if (rows->at[r].title)
			sink_format(sink, "%s\n", harmless(view, span_of(rows->at[r].title)));
		for (i = 0; i <= last && !rows->at[r].title; i++) {
			if (is_in_text(table, &table->columns[i]))
				put_padded(sink, shown_text(view, table, &table->columns[i], &rows->at[r]), widths[i],
				           table->columns[i].align, i == last);
		}
	}
}

/* ---- log lines ---- */

static const char *
line_file(struct view *view, const struct logstore_line *line)
{
	return line->log < view->scene->log_count ? harmless(view, span_of(view->scene->logs[line->log].name)) : "?";
}

/* As it stands in the file, so that other tools read it again. */
static void
line_as_text(struct view *view, const struct logstore_line *line, const struct sink *sink)
{
	(void)view;
	sink_put(sink, line->text.at, line->text.size);
	sink_text(sink, "\n");
}

static void
line_as_csv(struct view *view, const struct logstore_line *line, const struct sink *sink)
{
	sink_csv(sink, line_file(view, line));
	sink_format(sink, ",%" PRIu64 ",", line->offset);
	sink_csv(sink, harmless(view, line->text));
	sink_text(sink, "\r\n");
}

static void
line_as_json(struct view *view, const struct logstore_line *line, const struct sink *sink)
{
	sink_text(sink, "  { \"log\": ");
	put_json(sink, line_file(view, line));
	sink_format(sink, ", \"offset\": %" PRIu64 ", \"line\": ", line->offset);
	put_json(sink, harmless(view, line->text));
	sink_text(sink, " }");
}

static void
lines_out(struct view *view, enum ui_format format, const struct sink *sink)
{
	static const struct {
		const char *before, *between, *after;
		void (*put)(struct view *view, const struct logstore_line *line, const struct sink *sink);
		/* clang-format off */
	} forms[] = {
		[UI_FORMAT_TEXT] = { "", "", "", line_as_text },
		[UI_FORMAT_CSV]  = { "log,offset,line\r\n", "", "", line_as_csv },
		[UI_FORMAT_JSON] = { "{ \"lines\": [\n", ",\n", "\n] }\n", line_as_json },
	};
	/* clang-format on */
	size_t count, i;
	const struct logstore_line *const *lines = lines_of(view, &count);

	sink_text(sink, forms[format].before);
	for (i = 0; i < count; i++) {
		sink_text(sink, i ? forms[format].between : "");
		forms[format].put(view, lines[i], sink);
	}
	sink_text(sink, forms[format].after);
}

void
ui_export(struct ui *ui, const struct scene *scene, enum ui_format format, const struct sink *sink)
{
	const struct pane *pane = ui->pane_table[ui->focus];
	const struct rows *rows;
	struct view view;

	view_begin(&view, ui, scene, NULL);
	if (ui->mode == MODE_LINES) {
		lines_out(&view, format, sink);
		return;
	}
	rows = pane_rows(&view, ui->focus);
	if (format == UI_FORMAT_CSV)
		rows_as_csv(&view, pane->table, rows, sink);
	else if (format == UI_FORMAT_JSON)
		rows_as_json(&view, pane, rows, sink);
	else
		rows_as_text(&view, pane, rows, sink);
}
