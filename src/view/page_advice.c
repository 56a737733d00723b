/* What holds the backlog back: one word of it in the summary, all of it on a page. */
#include "view/pages.h"

static size_t
gather(struct view *view, struct advice out[ADVICE_COUNT])
{
	struct advice_look look = {
		view->model, view->scene->logs, view->scene->log_count, view->now, view->scene->live,
	};

	return advice_find(&look, out);
}

bool
advice_tells(struct view *view, enum advice_code code)
{
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? gather(view, found) : 0, i;

	for (i = 0; i < count; i++) {
		if (found[i].code == code)
			return true;
	}
	return false;
}

const char *
advice_verdict(struct view *view, bool wide)
{
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? gather(view, found) : 0;

	if (count == 0)
		return "";
	if (wide)
		return arena_format(view->arena, "%s: a tells more", advice_says(found[0].code));
	return arena_format(view->arena, "%s (a)", advice_word(found[0].code));
}

void
advice_paint(struct view *view, const struct area *area)
{
	struct detail page = { .view = view, .title = "Advice: what holds the backlog back" };
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? gather(view, found) : 0, i;

	if (count == 0)
		detail_line(&page, NULL, "Nothing is found that holds the backlog back.");
	for (i = 0; i < count; i++) {
		detail_styled(&page, advice_word(found[i].code), found[i].text, STYLE_WARN);
		if (found[i].today)
			detail_line(&page, "", arena_format(view->arena, "today: %s", found[i].today));
		if (found[i].before)
			detail_line(&page, "", arena_format(view->arena, "2007: %s", found[i].before));
	}
	detail_styled(&page, NULL, "Ask the network team before limits are raised. A change of a schedule or a rate limit does not touch a send that already runs.",
	              STYLE_DIM);
	detail_paint(&page, area);
}
