#include "view/frame/column.h"

#include <math.h>

#include "view/frame/format.h"

/* The field, NULL of a composition. */
static const struct field *
field_of(enum entity entity, const struct column *column)
{
	return fields_named(entity, column->field);
}

const char *
column_title(enum entity entity, const struct column *column)
{
	const struct field *field = column->title ? NULL : field_of(entity, column);

	return column->title ? column->title : field && field->title ? field->title : "";
}

size_t
column_sort(enum entity entity, const struct column *column)
{
	const struct field *field = field_of(entity, column), *key;
	size_t i;

	for (i = 0; field && (key = fields_used(entity, FIELD_SORTS, i)); i++) {
		if (key == field)
			return i;
	}
	return SIZE_MAX;
}

/* Of a list it is shown how many there are. */
static struct value
value_of(struct view *view, const struct field *field, const struct row *row)
{
	if (field->unit == UNIT_LIST && field->sort_value)
		return field->sort_value(&view->context, row->of);
	return field->value(&view->context, row->of);
}

/* ---- the formatter: one text a unit ---- */

/* "102 KB/s": an estimate has no tenths. */
static const char *
without_tenths(struct view *view, const char *rate)
{
	struct span text = span_of(rate);
	size_t point = span_find(text, SPAN("."));

	return arena_format(view->arena, "%.*s%s", (int)point, rate, point + 2 <= text.size ? rate + point + 2 : "");
}

static const char *
format_value(struct view *view, enum unit unit, const struct value *value, bool estimate)
{
	char text[VALUE_TEXT_MOST];

	switch (unit) {
	case UNIT_TIME: return view_written(view, value->written);
	case UNIT_BYTES: return view_size(view, value->integer);
	case UNIT_RATE:
		return estimate ? without_tenths(view, view_rate(view, value->real)) : view_rate(view, value->real);
	case UNIT_SECONDS: return view_duration(view, value->integer * WHEN_SECOND);
	case UNIT_SHARE: return arena_format(view->arena, "%d", (int)(value->real * 100));
	case UNIT_TEXT:
	case UNIT_WORD: return value->text;
	default: return arena_format(view->arena, "%s", value_text(value, text));
	}
}

static struct table_cell
cell_of_value(struct view *view, const struct field *field, const struct column *column, const struct row *row)
{
	struct value value = value_of(view, field, row);
	bool estimate = value.estimate && !(column->flags & COLUMN_PLAIN);
	struct table_cell out = { "", estimate ? STYLE_ESTIMATE : STYLE_NORMAL };

	if (value.kind == VALUE_UNKNOWN || value.kind == VALUE_NEVER)
		out.text = column->unknown ? column->unknown : field->unit == UNIT_RATE ? "-" : "?";
	else
		out.text = format_value(view, field->unit, &value, estimate);
	if (estimate)
		out.text = arena_format(view->arena, "~%s", out.text);
	return out;
}

struct table_cell
column_cell(struct view *view, enum entity entity, const struct column *column, const struct row *row)
{
	const struct field *field = column->cell ? NULL : field_of(entity, column);
	struct table_cell out = { "", STYLE_NORMAL };

	if (column->cell)
		column->cell(view, row, &out);
	else if (field)
		out = cell_of_value(view, field, column, row);
	if (column->style)
		out.style = column->style(view, row);
	return out;
}

/* ---- exports ---- */

bool
column_is_number(enum entity entity, const struct column *column)
{
	const struct field *field = field_of(entity, column);

	if (!field)
		return false;
	switch (field->unit) {
	case UNIT_TEXT:
	case UNIT_WORD:
	case UNIT_FLAG:
	case UNIT_TIME:
	case UNIT_CODE: return false;
	default: return true;
	}
}

double
column_number(struct view *view, enum entity entity, const struct column *column, const struct row *row)
{
	struct value value = value_of(view, field_of(entity, column), row);

	return value.kind == VALUE_NEVER ? (double)NAN : value_number(&value);
}

const char *
column_export(struct view *view, enum entity entity, const struct column *column, const struct row *row)
{
	const struct field *field = column->cell ? NULL : field_of(entity, column);
	char text[VALUE_TEXT_MOST];
	struct value value;

	if (!field || field->unit == UNIT_TEXT || field->unit == UNIT_WORD)
		return column_cell(view, entity, column, row).text;
	value = field->value(&view->context, row->of);
	return arena_format(view->arena, "%s", value_text(&value, text));
}
