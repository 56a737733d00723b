/* What holds the backlog back: one word of it in the summary, all of it on a page. */
#include "view/pages/pages.h"

static struct advice_look
look_of(struct view *view)
{
	return (struct advice_look){
		view->model, view->scene->logs, view->scene->log_count, view->now, view->scene->live,
	};
}

static size_t
gather(struct view *view, struct advice out[ADVICE_COUNT])
{
	struct advice_look look = look_of(view);

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

int64_t
advice_distmgr_silence(struct view *view)
{
	struct advice_look look = look_of(view);

	return distmgr_silence(&look);
}

/* "Sender full (5 of 5), 2,705 wait", and of others what the finding says. */
static const char *
says(struct view *view, enum advice_code code)
{
	char waiting[FMT_TEXT];

	if (code != ADVICE_SENDER_FULL)
		return advice_says(code);
	fmt_count(view->backlog.waiting, waiting);
	return arena_format(view->arena, "Sender full (%u of %lld), %s wait%s", (unsigned)view->sending.used,
	                    (long long)view->sending.capacity, waiting, view->backlog.waiting == 1 ? "s" : "");
}

const char *
advice_verdict(struct view *view, int width, bool brief)
{
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? gather(view, found) : 0;
	const char *whole;

	if (count == 0)
		return "";
	whole = arena_format(view->arena, "%s. Press a", says(view, found[0].code));
	if (paint_width(whole) <= width)
		return whole;
	return brief ? arena_format(view->arena, "%s (a)", advice_word(found[0].code)) : "";
}

void
advice_paint(struct view *view, const struct area *area)
{
	struct detail page = { .view = view, .title = "Advice: what holds the backlog back" };
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? gather(view, found) : 0, i;
	bool setting = false;

	if (count == 0)
		detail_line(&page, NULL,
		            model_failure(view->model, 0) ? "Nothing holds the backlog back. Pane 4 lists the failures."
		                                          : "Nothing holds the backlog back.");
	for (i = 0; i < count; i++) {
		detail_styled(&page, advice_word(found[i].code), found[i].text, STYLE_WARN);
		setting = setting || found[i].today || found[i].before;
		if (found[i].today)
			detail_line(&page, "", arena_format(view->arena, "today: %s", found[i].today));
		if (found[i].before)
			detail_line(&page, "", arena_format(view->arena, "2007: %s", found[i].before));
	}
	if (setting)
		detail_styled(
			&page, NULL,
			"Ask the network team before raising limits. A changed schedule or rate limit affects only "
			"sends that start later.",
			STYLE_DIM);
	detail_paint(&page, area);
}
