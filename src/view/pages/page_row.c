#include "view/pages/pages.h"
#include "view/panes/pane.h"

void
row_detail_paint(struct view *view, const struct area *area)
{
	struct detail detail = { .view = view, .title = "" };

	pane_of(view, view->ui->detail)->detail(view, view->ui->detail_id, &detail);
	detail_paint(&detail, area);
}
