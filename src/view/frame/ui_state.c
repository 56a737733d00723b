#include "view/frame/ui_state.h"

bool
ui_state_filter(struct ui *ui, struct span text, struct query_error *error)
{
	struct query *query = query_new(text, error);

	if (!query)
		return false;
	query_free(ui->query);
	ui->query = query;
	return true;
}

void
ui_state_notice(struct ui *ui, const struct scene *scene, const char *text)
{
	utf8_clean(span_of(text), ui->notice, sizeof(ui->notice));
	ui->notice_at = scene->clock;
}
