#include "view/frame/table.h"

#include <string.h>

static int
total_of(const struct table *table, const struct columns *columns)
{
	int total = TABLE_MARKS - 1;
	size_t i;

	for (i = 0; i < table->column_count; i++) {
		if (columns->width[i] > 0)
			total += columns->width[i] + 1;
	}
	return total;
}

/* What is left over goes to the columns that can use it, the first ones first. */
static void
grow(const struct table *table, struct columns *columns, int spare)
{
	size_t i;

	for (i = 0; i < table->column_count && spare > 0; i++) {
		int most = table->columns[i].most, more;

		if (columns->width[i] < table->columns[i].least || columns->width[i] == 0)
			continue;
		more = most - columns->width[i];
		if (more > spare)
			more = spare;
		if (more > 0) {
			columns->width[i] += more;
			spare -= more;
		}
	}
}

static size_t
column_named(const struct table *table, const char *field)
{
	size_t i = 0;

	while (i < table->column_count && strcmp(table->columns[i].field, field) != 0)
		i++;
	return i;
}

struct columns
table_fit(const struct table *table, int width, int shift)
{
	struct columns out = { 0 };
	size_t i;

	for (i = 0; i < table->column_count; i++)
		out.width[i] = i >= 1 && i <= (size_t)shift ? 0 : table->columns[i].least;
	for (i = 0; i < table->yield_count && total_of(table, &out) > width; i++) {
		const struct yield *yield = &table->yields[i];
		size_t column = column_named(table, yield->field);

		if (column < table->column_count && out.width[column] > yield->width)
			out.width[column] = yield->width;
	}
	grow(table, &out, width - total_of(table, &out));
	out.total = total_of(table, &out);
	return out;
}

void
table_head(struct view *view, const struct table *table, const struct columns *columns, const struct area *area)
{
	int x = TABLE_MARKS;
	size_t i;

	for (i = 0; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];

		if (columns->width[i] == 0)
			continue;
		paint_field(view, area, x, 0, columns->width[i], column_title(table->entity, column), column->align,
		            CUT_END, STYLE_HEADING);
		x += columns->width[i] + 1;
	}
}

void
table_row(struct view *view, const struct table *table, const struct columns *columns, const struct area *area, int y,
          const struct row *row)
{
	int x = TABLE_MARKS;
	size_t i;

	for (i = 0; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];
		struct table_cell cell;

		if (columns->width[i] == 0)
			continue;
		cell = column_cell(view, table->entity, column, row);
		paint_field(view, area, x, y, columns->width[i], cell.text, column->align, column->cut, cell.style);
		x += columns->width[i] + 1;
	}
}
