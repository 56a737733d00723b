#include "view/frame/detail.h"

#include <string.h>

void
detail_styled(struct detail *detail, const char *label, const char *text, uint8_t style)
{
	if (detail->count == detail->capacity) {
		size_t capacity = detail->capacity ? 2 * detail->capacity : 32;
		struct line *lines = arena_take(detail->view->arena, capacity * sizeof(*lines));

		if (!lines)
			return;
		if (detail->count)
			memcpy(lines, detail->lines, detail->count * sizeof(*lines));
		detail->lines = lines;
		detail->capacity = capacity;
	}
	detail->lines[detail->count++] = (struct line){ label, text, style };
}

void
detail_line(struct detail *detail, const char *label, const char *text)
{
	detail_styled(detail, label, text, STYLE_NORMAL);
}

static int
label_width(const struct detail *detail)
{
	int most = 0;
	size_t i;

	for (i = 0; i < detail->count; i++) {
		int width = detail->lines[i].label ? paint_width(detail->lines[i].label) : 0;

		if (width > most)
			most = width;
	}
	return most > 20 ? 20 : most;
}

static void
paint_page_title(struct view *view, const struct area *area, const char *title, size_t first, size_t last, size_t count)
{
	const char *place =
		count > last || first > 0 ? arena_format(view->arena, " %zu-%zu of %zu ", first + 1, last, count) : "";

	paint_line(view, area, 0, 0, area->width, view->signs.rule, STYLE_DIM);
	paint(view, area, 2, 0, arena_format(view->arena, " %s ", title), STYLE_HEADING);
	if (paint_width(title) + paint_width(place) + 8 <= area->width)
		paint(view, area, area->width - 2 - paint_width(place), 0, place, STYLE_DIM);
}

/* The start of a text that fits into `width` columns: up to a blank, if there is one in its last half. */
static size_t
break_at(const char *text, int width)
{
	struct span rest = span_of(text);
	struct glyph glyph;
	size_t end = 0, blank = 0;

	while (width > 0 && rest.size > 0) {
		struct span before = rest;

		if (before.at[0] == ' ')
			blank = end;
		utf8_take(&rest, &glyph);
		width -= glyph.width;
		if (width < 0)
			break;
		end = (size_t)(rest.at - text);
	}
	if (rest.size == 0 || blank < end / 2)
		return end;
	return blank;
}

/* Texts that are too long go on in the next line: a path is worth nothing without its end. */
static struct detail
wrap(const struct detail *detail, int labels, int most)
{
	struct detail out = { .view = detail->view, .title = detail->title };
	size_t i;

	for (i = 0; i < detail->count; i++) {
		const struct line *line = &detail->lines[i];
		const char *label = line->label, *text = line->text;
		int width = label ? most - labels - 2 : most;

		while (width > 8 && paint_width(text) > width) {
			size_t end = break_at(text, width);

			if (end == 0)
				break;
			detail_styled(&out, label, arena_format(detail->view->arena, "%.*s", (int)end, text),
			              line->style);
			label = label ? "" : NULL;
			text += end;
			text += *text == ' ';
		}
		detail_styled(&out, label, text, line->style);
	}
	return out;
}

void
detail_paint(struct detail *page_lines, const struct area *area)
{
	int labels = label_width(page_lines), y;
	struct detail wrapped = wrap(page_lines, labels, area->width - 2), *detail = &wrapped;
	struct view *view = detail->view;
	struct ui *ui = view->ui;
	size_t page = area->height > 1 ? (size_t)area->height - 1 : 0, last;

	ui->page = page;
	if (ui->scroll + page > detail->count)
		ui->scroll = detail->count > page ? detail->count - page : 0;
	last = ui->scroll + page < detail->count ? ui->scroll + page : detail->count;
	paint_page_title(view, area, detail->title, ui->scroll, last, detail->count);
	for (y = 1; y < area->height && ui->scroll + (size_t)y - 1 < detail->count; y++) {
		const struct line *line = &detail->lines[ui->scroll + (size_t)y - 1];
		int x = 2;

		if (line->label) {
			paint_field(view, area, x, y, labels, line->label, ALIGN_LEFT, CUT_END, STYLE_HEADING);
			x += labels + 2;
		}
		paint_field(view, area, x, y, area->width - x, line->text, ALIGN_LEFT, CUT_END, line->style);
	}
}
