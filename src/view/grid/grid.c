#include "cmtop/grid.h"

#include <stdlib.h>
#include <string.h>

static const struct cell blank = { " ", STYLE_NORMAL };
static const struct glyph right_half = { "", 1 };

bool
grid_resize(struct grid *grid, int width, int height)
{
	struct cell *cells;

	if (width < 0)
		width = 0;
	if (height < 0)
		height = 0;
	cells = calloc((size_t)width * (size_t)height + 1, sizeof(*cells));
	if (!cells)
		return false;
	free(grid->cells);
	grid->cells = cells;
	grid->width = width;
	grid->height = height;
	grid_clear(grid);
	return true;
}

void
grid_destroy(struct grid *grid)
{
	free(grid->cells);
	*grid = (struct grid){ 0 };
}

void
grid_clear(struct grid *grid)
{
	size_t i, count = (size_t)grid->width * (size_t)grid->height;

	for (i = 0; i < count; i++)
		grid->cells[i] = blank;
}

static struct cell *
cell_at(const struct grid *grid, int x, int y)
{
	if (x < 0 || y < 0 || x >= grid->width || y >= grid->height)
		return NULL;
	return &grid->cells[(size_t)y * (size_t)grid->width + (size_t)x];
}

const struct cell *
grid_cell(const struct grid *grid, int x, int y)
{
	return cell_at(grid, x, y);
}

/* Half of a wide character is none: painting over one half blanks the other. */
static void
free_cell(const struct grid *grid, int x, int y)
{
	struct cell *cell = cell_at(grid, x, y);
	struct cell *left = cell_at(grid, x - 1, y), *right = cell_at(grid, x + 1, y);

	if (!cell)
		return;
	if (cell->text[0] == '\0' && left)
		memcpy(left->text, blank.text, sizeof(left->text));
	else if (right && right->text[0] == '\0')
		memcpy(right->text, blank.text, sizeof(right->text));
}

static void
set_cell(const struct grid *grid, int x, int y, const struct glyph *glyph, uint8_t style)
{
	struct cell *cell = cell_at(grid, x, y);

	if (!cell)
		return;
	memcpy(cell->text, glyph->text, sizeof(cell->text));
	cell->style = style;
}

/* What a glyph has beside its first cell: the right half of a wide character, or the letters of an escape. */
static void
set_rest(const struct grid *grid, int x, int y, const struct glyph *glyph, uint8_t style)
{
	struct glyph letter = { "", 1 };

	if (glyph->width == 2)
		set_cell(grid, x + 1, y, &right_half, style);
	for (int i = 0; glyph->width > 2 && i < glyph->width; i++) {
		letter.text[0] = glyph->text[i];
		set_cell(grid, x + i, y, &letter, style);
	}
}

static bool
is_inside(const struct grid *grid, const struct area *area, int x, int y)
{
	return x >= 0 && x < area->width && y >= 0 && y < area->height && cell_at(grid, area->x + x, area->y + y);
}

int
grid_put(struct grid *grid, const struct area *area, int x, int y, struct span text, uint8_t style)
{
	struct glyph glyph;
	int used = 0;

	while (x + used < area->width && utf8_take(&text, &glyph)) {
		int at = x + used, i;

		used += glyph.width;
		if (!is_inside(grid, area, at, y) || !is_inside(grid, area, at + glyph.width - 1, y))
			continue;
		for (i = 0; i < glyph.width; i++)
			free_cell(grid, area->x + at + i, area->y + y);
		set_cell(grid, area->x + at, area->y + y, &glyph, style);
		set_rest(grid, area->x + at, area->y + y, &glyph, style);
	}
	return x + used > area->width ? area->width - x : used;
}

void
grid_style(struct grid *grid, const struct area *area, int y, uint8_t add)
{
	int x;

	for (x = 0; x < area->width; x++) {
		if (is_inside(grid, area, x, y))
			cell_at(grid, area->x + x, area->y + y)->style |= add;
	}
}

void
grid_text(const struct grid *grid, const struct sink *sink)
{
	int x, y;

	for (y = 0; y < grid->height; y++) {
		int end = grid->width;

		while (end > 0 && strcmp(cell_at(grid, end - 1, y)->text, " ") == 0)
			end--;
		for (x = 0; x < end; x++)
			sink_text(sink, cell_at(grid, x, y)->text);
		sink_put(sink, "\n", 1);
	}
}
