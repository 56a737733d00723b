#include "view/summary/findings.h"

#include "view/frame/paint.h"

static struct advice_look
look_of(struct view *view)
{
	return (struct advice_look){
		view->model, view->scene->logs, view->scene->log_count, view->now, view->scene->live,
	};
}

size_t
findings_find(struct view *view, struct advice out[ADVICE_COUNT])
{
	struct advice_look look = look_of(view);

	return advice_find(&look, out);
}

bool
findings_have(struct view *view, enum advice_code code)
{
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? findings_find(view, found) : 0, i;

	for (i = 0; i < count; i++) {
		if (found[i].code == code)
			return true;
	}
	return false;
}

int64_t
findings_distmgr_silence(struct view *view)
{
	struct advice_look look = look_of(view);

	return distmgr_silence(&look);
}

/* "Sender full (5 of 5), 2,705 wait", and of others what the finding says. */
static const char *
finding_text(struct view *view, enum advice_code code)
{
	char waiting[FMT_TEXT];

	if (code != ADVICE_SENDER_FULL)
		return advice_text(code);
	fmt_count(view->context.backlog.waiting, waiting);
	return arena_format(view->arena, "Sender full (%u of %lld), %s wait%s", (unsigned)view->context.sending.used,
	                    (long long)view->context.sending.capacity, waiting,
	                    view->context.backlog.waiting == 1 ? "s" : "");
}

const char *
findings_verdict(struct view *view, int width, bool brief)
{
	struct advice *found = arena_take(view->arena, ADVICE_COUNT * sizeof(*found));
	size_t count = found ? findings_find(view, found) : 0;
	const char *text;

	if (count == 0)
		return "";
	text = arena_format(view->arena, "%s. Press a", finding_text(view, found[0].code));
	if (paint_width(text) <= width)
		return text;
	return brief ? arena_format(view->arena, "%s (a)", advice_word(found[0].code)) : "";
}
