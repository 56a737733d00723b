#include "report/text_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/fmt.h"
#include "cmtop/utf8.h"

static void
add_glyph(struct line *line, const struct glyph *glyph)
{
	size_t size = strlen(glyph->text);

	if (line->size + size >= sizeof line->text)
		return;
	memcpy(line->text + line->size, glyph->text, size + 1);
	line->size += size;
	line->columns += glyph->width;
}

/* Answers how many columns were added, at most `width`. */
static int
add_within(struct line *line, struct span text, int width)
{
	struct glyph glyph;
	int start = line->columns;

	while (utf8_take(&text, &glyph) && line->columns - start + glyph.width <= width)
		add_glyph(line, &glyph);
	return line->columns - start;
}

static void
add_blanks(struct line *line, int count)
{
	static const struct glyph blank = { " ", 1 };

	while (count-- > 0)
		add_glyph(line, &blank);
}

void
line_cell(struct line *line, int width, const char *text)
{
	bool right = width < 0;
	int room = right ? -width : width;
	int wide = utf8_width(span_of(text));

	if (line->columns > 0)
		add_blanks(line, 1);
	if (wide > room) {
		int used = add_within(line, span_of(text), room - 2);

		add_within(line, SPAN(".."), room - used);
		add_blanks(line, room - used - 2);
		return;
	}
	if (right)
		add_blanks(line, room - wide);
	add_within(line, span_of(text), wide);
	if (!right)
		add_blanks(line, room - wide);
}

void
line_cell_count(struct line *line, int width, uint64_t count)
{
	char text[FMT_TEXT];

	fmt_count(count, text);
	line_cell(line, width, text);
}

void
line_add(struct line *line, const char *text)
{
	add_within(line, span_of(text), (int)sizeof line->text);
}

void
line_format(struct line *line, const char *format, ...)
{
	char text[sizeof line->text];
	va_list arguments;

	va_start(arguments, format);
	if (vsnprintf(text, sizeof text, format, arguments) >= 0)
		line_add(line, text);
	va_end(arguments);
}

void
line_time(struct line *line, struct written_time time)
{
	char text[WHEN_TEXT] = "?";

	if (time.at != WHEN_NONE) {
		when_format(written_local(time), false, text);
		text[strlen("2026-07-30")] = ' ';
		text[strlen("2026-07-30 12:03:00")] = '\0';
	}
	line_cell(line, (int)strlen("2026-07-30 12:03:00"), text);
}

void
line_put(struct line *line, int most, const struct sink *sink)
{
	struct line full = *line;

	*line = (struct line){ 0 };
	if (most > 0 && full.columns > most) {
		int used = add_within(line, span_of(full.text), most - 2);

		add_within(line, SPAN(".."), most - used);
	} else {
		*line = full;
	}
	while (line->size > 0 && line->text[line->size - 1] == ' ')
		line->size--;
	sink_put(sink, line->text, line->size);
	sink_text(sink, "\n");
	*line = (struct line){ 0 };
}

/* A word that is longer than a line, as paths are, goes on in the next one. */
static void
put_word(struct line *line, int indent, struct span word, const struct sink *sink)
{
	struct glyph glyph;

	while (utf8_take(&word, &glyph)) {
		if (line->columns + glyph.width > PAGE_WIDTH) {
			line_put(line, 0, sink);
			add_blanks(line, indent);
		}
		add_glyph(line, &glyph);
	}
}

void
lines_put(int indent, const char *text, const struct sink *sink)
{
	struct line line = { 0 };
	struct span rest = span_of(text);

	while (rest.size > 0) {
		struct span word = span_part(rest, 0, span_find(rest, SPAN(" ")));

		rest = span_from(rest, word.size + 1);
		if (line.columns > indent && line.columns + 1 + utf8_width(word) > PAGE_WIDTH)
			line_put(&line, 0, sink);
		add_blanks(&line, line.columns == 0 ? indent : 1);
		put_word(&line, indent, word, sink);
	}
	if (line.columns > 0)
		line_put(&line, 0, sink);
}
