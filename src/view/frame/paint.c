#include "view/frame/paint.h"

#include <string.h>

int
paint_width(const char *text)
{
	return utf8_width(span_of(text));
}

static int
paint_span(struct view *view, const struct area *area, int x, int y, struct span text, uint8_t style)
{
	return grid_put(view->grid, area, x, y, text, style);
}

int
paint(struct view *view, const struct area *area, int x, int y, const char *text, uint8_t style)
{
	return paint_span(view, area, x, y, span_of(text), style);
}

struct span
paint_head(struct span text, int width)
{
	struct span rest = text, before = text;
	struct glyph glyph;

	while (utf8_take(&rest, &glyph)) {
		width -= glyph.width;
		if (width < 0)
			break;
		before = rest;
	}
	return span_part(text, 0, text.size - before.size);
}

/* The longest end, likewise. */
static struct span
tail_of(struct span text, int width)
{
	int left = utf8_width(text);
	struct glyph glyph;

	while (left > width && utf8_take(&text, &glyph))
		left -= glyph.width;
	return text;
}

static void
paint_cut(struct view *view, const struct area *area, int x, int y, int width, struct span text, enum cut cut,
          uint8_t style)
{
	int sign = paint_width(view->signs.cut);
	int tail = cut == CUT_MIDDLE && width > sign ? (width - sign) / 2 : 0;

	if (width <= sign) {
		paint_span(view, area, x, y, paint_head(text, width), style);
		return;
	}
	x += paint_span(view, area, x, y, paint_head(text, width - sign - tail), style);
	x += paint(view, area, x, y, view->signs.cut, style);
	paint_span(view, area, x, y, tail_of(text, tail), style);
}

void
paint_field(struct view *view, const struct area *area, int x, int y, int width, const char *text, enum align align,
            enum cut cut, uint8_t style)
{
	int needs = paint_width(text);

	paint_line(view, area, x, y, width, " ", style);
	if (needs > width)
		paint_cut(view, area, x, y, width, span_of(text), cut, style);
	else
		paint(view, area, align == ALIGN_RIGHT ? x + width - needs : x, y, text, style);
}

void
paint_text(struct view *view, const struct area *area, int x, int y, int width, struct span text, uint8_t style)
{
	if (utf8_width(text) > width)
		paint_cut(view, area, x, y, width, text, CUT_END, style);
	else
		paint_span(view, area, x, y, text, style);
}

void
paint_line(struct view *view, const struct area *area, int x, int y, int width, const char *sign, uint8_t style)
{
	int i;

	for (i = 0; i < width; i++)
		paint(view, area, x + i, y, sign, style);
}

const char *
paint_bar(struct view *view, int width, double part)
{
	size_t most = strlen(view->signs.full) > strlen(view->signs.empty) ? strlen(view->signs.full)
	                                                                   : strlen(view->signs.empty);
	char *out = arena_take(view->arena, (size_t)width * most + 1);
	int i, full = (int)(part * width + 0.5);

	/* Nothing looks empty that is not, nothing full that is not. */
	if (part > 0 && full == 0)
		full = 1;
	if (part < 1 && full == width && width > 1)
		full = width - 1;
	for (i = 0; out && i < width; i++)
		strcat(out, i < full ? view->signs.full : view->signs.empty);
	return out ? out : "";
}

int
facts_width(const struct fact *facts, size_t count)
{
	int width = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (facts[i].text[0])
			width += facts[i].gap + paint_width(facts[i].text);
	}
	return width;
}

void
paint_facts(struct view *view, const struct area *area, int y, const struct fact *facts, size_t count)
{
	int left = 0, right = area->width;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct fact *fact = &facts[i];
		int width = paint_width(fact->text);

		/* The first one leads the line: it is cut rather than left out. */
		if (width > 0 && left == 0 && !fact->right && right == area->width && fact->gap + width > right) {
			paint_text(view, area, fact->gap, y, right - fact->gap, span_of(fact->text), fact->style);
			return;
		}
		if (width == 0 || left + fact->gap + width > right)
			continue;
		if (fact->right) {
			right -= width;
			paint(view, area, right, y, fact->text, fact->style);
			right -= fact->gap;
		} else {
			paint(view, area, left + fact->gap, y, fact->text, fact->style);
			left += fact->gap + width;
		}
	}
}
