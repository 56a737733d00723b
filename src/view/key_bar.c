#include "view/key_bar.h"

#include "view/frame/paint.h"
#include "view/input/keymap.h"
#include "view/input/prompt.h"

/* What stands there in the place where we are; NULL: nothing. */
static const struct binding *
bar_binding(uint8_t place, enum where where)
{
	const struct binding *binding;
	size_t i;

	for (i = 0; (binding = keys_binding(i)); i++) {
		if (binding->bar == place && binding->where & where)
			return binding;
	}
	return NULL;
}

/* Answers the column behind it; x itself where it does not fit before `end`. */
static int
paint_key(struct view *view, const struct area *area, int x, int end, const char *key, const char *word)
{
	if (x + paint_width(key) + paint_width(word) > end)
		return x;
	x += paint(view, area, x, 0, key, STYLE_KEY);
	return x + paint(view, area, x, 0, word, STYLE_NORMAL) + 1;
}

static void
paint_typing_keys(struct view *view, const struct area *area)
{
	bool fixed = view->ui->mode == MODE_EXPORT;
	int x = paint_key(view, area, 1, area->width, "Enter", fixed ? "Write" : "Keep");

	x = paint_key(view, area, x, area->width, "Esc", "Back");
	x = paint_key(view, area, x, area->width, "Ctrl-U", "Clear");
	x = paint_key(view, area, x, area->width, "Ctrl-W", "Word");
	if (!fixed)
		paint_key(view, area, x, area->width, "Up Down", "History");
}

/* Whole words only; those that do not fit are left out, but never the way out. */
void
key_bar_paint(struct view *view, const struct area *area)
{
	enum where where = keys_where(view->ui);
	const struct binding *leave = bar_binding(BAR_LAST, where);
	int x = 1, end = area->width - (leave ? paint_width(leave->bar_word) : 0) - 2;
	uint8_t place;

	if (prompt_label(view->ui)) {
		paint_typing_keys(view, area);
		return;
	}
	for (place = 1; place < BAR_LAST; place++) {
		const struct binding *binding = bar_binding(place, where);

		if (binding)
			x = paint_key(view, area, x, end, binding->bar_key, binding->bar_word);
	}
	if (leave)
		paint_key(view, area, x, area->width, leave->bar_key, leave->bar_word);
}
