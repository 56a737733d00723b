#include "view/grid/table.h"

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

struct columns
table_fit(const struct table *table, int width, int shift)
{
	struct columns out = { 0 };
	size_t i;

	for (i = 0; i < table->column_count; i++)
		out.width[i] = i >= 1 && i <= (size_t)shift ? 0 : table->columns[i].least;
	for (i = 0; i < table->yield_count && total_of(table, &out) > width; i++) {
		const struct yield *yield = &table->yields[i];

		if (out.width[yield->column] > yield->width)
			out.width[yield->column] = yield->width;
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
		paint_field(view, area, x, 0, columns->width[i], column->title, column->align, CUT_END, STYLE_HEADING);
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
		struct field field = { "", STYLE_NORMAL };

		if (columns->width[i] == 0)
			continue;
		column->cell(view, row, &field);
		paint_field(view, area, x, y, columns->width[i], field.text, column->align, column->cut, field.style);
		x += columns->width[i] + 1;
	}
}
