/*
 * One table after RFC 4180: a header, CR LF, quotes only where they are needed.
 * Unknown is an empty field; a text that a spreadsheet would calculate is marked as text.
 */
#include "cmtop/report.h"

#include "cmtop/errors.h"
#include "cmtop/utf8.h"
#include "report/columns.h"

#define TEXT_MOST 4096 /* bytes of one text; the longest is a path */

static void
put_text(const char *text, const struct sink *sink)
{
	char clean[TEXT_MOST];

	utf8_clean(span_of(text), clean, sizeof clean);
	sink_csv(sink, clean);
}

static void
put_numbers(const struct cell *cell, const struct sink *sink)
{
	for (int64_t i = 0; i < cell->number; i++)
		sink_format(sink, "%s%lu", i ? " " : "", (unsigned long)cell->numbers[i]);
}

static void
put_code(uint32_t code, const struct sink *sink)
{
	char text[CODE_TEXT];

	error_code_text(code, text);
	sink_text(sink, text);
}

static void
put_cell(const struct cell *cell, const struct sink *sink)
{
	char time[WHEN_TEXT];

	switch (cell->kind) {
	case CELL_NULL: break;
	case CELL_NUMBER: sink_format(sink, "%lld", (long long)cell->number); break;
	case CELL_FLAG: sink_text(sink, cell->number ? "true" : "false"); break;
	case CELL_TEXT: put_text(cell->text, sink); break;
	case CELL_CODE: put_code((uint32_t)cell->number, sink); break;
	case CELL_NUMBERS: put_numbers(cell, sink); break;
	case CELL_TIME:
		when_format(cell->number, cell->zoned, time);
		sink_text(sink, time);
		break;
	}
}

bool
report_csv(const struct scene *scene, enum report_table table, const struct sink *sink)
{
	const struct table *shape = &report_tables[table];
	struct cell cells[COLUMNS_MOST];
	struct rows rows;

	if (!rows_collect(&rows, scene))
		return false;
	for (size_t i = 0; i < shape->count; i++)
		sink_format(sink, "%s%s", i ? "," : "", shape->columns[i].name);
	sink_text(sink, "\r\n");
	for (size_t row = 0; row < columns_rows(table, scene, &rows); row++) {
		columns_fill(table, scene, &rows, row, cells);
		for (size_t i = 0; i < shape->count; i++) {
			if (i)
				sink_text(sink, ",");
			put_cell(&cells[i], sink);
		}
		sink_text(sink, "\r\n");
	}
	rows_free(&rows);
	return true;
}
