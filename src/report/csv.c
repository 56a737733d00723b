/*
 * One table after RFC 4180: a header, CR LF, quotes only where they are needed.
 * Unknown is an empty field; a text that a spreadsheet would calculate is marked as text.
 */
#include "cmtop/report.h"

#include "cmtop/utf8.h"
#include "report/rows.h"

#define TEXT_MOST 4096 /* bytes of one text; the longest is a path */

static void
put_value(const struct value *value, const struct sink *sink)
{
	char text[VALUE_TEXT_MOST], clean[TEXT_MOST];

	if (value->kind != VALUE_TEXT) {
		sink_text(sink, value_text(value, text));
		return;
	}
	utf8_clean(span_of(value->text), clean, sizeof clean);
	sink_csv(sink, clean);
}

static void
put_row(enum entity table, const struct field_context *of, const void *row, const struct sink *sink)
{
	const struct field *field;

	for (size_t i = 0; (field = fields_in(table, FIELD_CSV, i)); i++) {
		struct value value = field->value(of, row);

		sink_text(sink, i ? "," : "");
		put_value(&value, sink);
	}
	sink_text(sink, "\r\n");
}

bool
report_csv(const struct scene *scene, enum entity table, const struct sink *sink)
{
	const struct field *field;
	struct rows rows;

	if (!rows_collect(&rows, scene))
		return false;
	for (size_t i = 0; (field = fields_in(table, FIELD_CSV, i)); i++)
		sink_format(sink, "%s%s", i ? "," : "", field->name);
	sink_text(sink, "\r\n");
	for (size_t i = 0; i < rows_count(&rows, table); i++)
		put_row(table, &rows.of, rows_at(&rows, table, i), sink);
	rows_destroy(&rows);
	return true;
}
