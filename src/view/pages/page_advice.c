/* What holds the backlog back: one word of it in the summary, all of it on a page. */
#include "view/pages/pages.h"
#include "view/summary/findings.h"

void
advice_paint(struct view *view, const struct area *area)
{
	struct detail page = { .view = view, .title = "Advice: what holds the backlog back" };
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? findings_find(view, found) : 0, i;
	bool setting = false;

	if (count == 0)
		detail_line(&page, NULL,
		            model_failure(view->model, 0) ? "Nothing holds the backlog back. Pane 4 lists the failures."
		                                          : "Nothing holds the backlog back.");
	for (i = 0; i < count; i++) {
		detail_styled(&page, advice_word(found[i].code), found[i].text, STYLE_WARN);
		setting = setting || found[i].today || found[i].before;
		if (found[i].today)
			detail_line(&page, "", arena_format(view->arena, "setting: %s", found[i].today));
		if (found[i].before)
			detail_line(&page, "", arena_format(view->arena, "in 2007: %s", found[i].before));
	}
	if (setting)
		detail_styled(
			&page, NULL,
			"Ask the network team before raising limits. A changed schedule or rate limit affects only "
			"sends that start later.",
			STYLE_DIM);
	detail_paint(&page, area);
}
