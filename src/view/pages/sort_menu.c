#include "view/pages/pages.h"
#include "view/panes/pane.h"

void
sort_menu_paint(struct view *view, const struct area *area)
{
	struct ui *ui = view->ui;
	const struct pane *pane = pane_of(view, ui->focus);
	const struct field *key;
	size_t i, first;
	int room = area->height - 1;

	ui->page = room > 0 ? (size_t)room : 0;
	first = room > 0 && ui->menu >= (size_t)room ? ui->menu - (size_t)room + 1 : 0;
	paint_line(view, area, 0, 0, area->width, view->signs.rule, STYLE_DIM);
	paint(view, area, 2, 0, arena_format(view->arena, " Sort %s by (Enter chooses, Esc cancels) ", pane->name),
	      STYLE_HEADING);
	for (i = first; (key = pane_order(pane, i)) && (int)(i - first) < room; i++) {
		int y = 1 + (int)(i - first);

		paint(view, area, 2, y,
		      arena_format(view->arena, "%-12s %c %s", field_use_name(key, &key->sort), key->down ? 'v' : '^',
		                   field_use_meaning(key, &key->sort)),
		      STYLE_NORMAL);
		if (i != ui->menu)
			continue;
		paint(view, area, 0, y, ">", STYLE_HEADING);
		grid_style(view->grid, area, y, CELL_SELECTED);
	}
}
