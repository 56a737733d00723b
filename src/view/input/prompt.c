#include "view/input/prompt.h"

#include <string.h>

#include "view/input/key_names.h"

const char *
prompt_label(const struct ui *ui)
{
	switch (ui->mode) {
	case MODE_FILTER: return "/";
	case MODE_SEARCH:
	case MODE_LINES_SEARCH: return "search: ";
	case MODE_EXPORT: return "export to: ";
	default: return NULL;
	}
}

static void
set_text(struct prompt *prompt, const char *text)
{
	span_copy(span_of(text), prompt->text, sizeof(prompt->text));
	prompt->size = prompt->at = strlen(prompt->text);
}

void
prompt_open(struct prompt *prompt, const char *text)
{
	memset(prompt, 0, sizeof(*prompt));
	set_text(prompt, text);
}

void
history_keep(struct history *history, const char *line)
{
	size_t newest = (history->count + HISTORY_MOST - 1) % HISTORY_MOST;

	if (!line[0] || (history->count > 0 && strcmp(history->line[newest], line) == 0))
		return;
	span_copy(span_of(line), history->line[history->count++ % HISTORY_MOST], PROMPT_MOST);
}

/* ---- editing ---- */

/* A character with its marks is one: where the one before `at` begins. */
static size_t
before(const struct prompt *prompt, size_t at)
{
	struct span rest = { prompt->text, prompt->size };
	struct glyph glyph;
	size_t start = 0;

	while ((size_t)(rest.at - prompt->text) < at && utf8_take(&rest, &glyph)) {
		if ((size_t)(rest.at - prompt->text) >= at)
			break;
		start = (size_t)(rest.at - prompt->text);
	}
	return start;
}

static size_t
after(const struct prompt *prompt, size_t at)
{
	struct span rest = { prompt->text + at, prompt->size - at };
	struct glyph glyph;

	utf8_take(&rest, &glyph);
	return prompt->size - rest.size;
}

static bool
cut(struct prompt *prompt, size_t from, size_t to)
{
	if (from >= to)
		return false;
	memmove(prompt->text + from, prompt->text + to, prompt->size - to + 1);
	prompt->size -= to - from;
	prompt->at = from;
	return true;
}

static bool
insert(struct prompt *prompt, int key)
{
	char bytes[5];
	size_t size =
		key >= ' ' && key != KEY_BACKSPACE && key < KEY_SPECIAL ? utf8_put_point((uint32_t)key, bytes) : 0;

	if (size == 0 || prompt->size + size >= sizeof(prompt->text))
		return false;
	memmove(prompt->text + prompt->at + size, prompt->text + prompt->at, prompt->size - prompt->at + 1);
	memcpy(prompt->text + prompt->at, bytes, size);
	prompt->size += size;
	prompt->at += size;
	return true;
}

/* Where the word before the cursor begins. */
static size_t
word_start(const struct prompt *prompt)
{
	size_t at = prompt->at;

	while (at > 0 && is_blank(prompt->text[at - 1]))
		at--;
	while (at > 0 && !is_blank(prompt->text[at - 1]))
		at--;
	return at;
}

/* ---- history ---- */

/* Back in the history by so many lines; 0 is what was being typed. */
static bool
go_back(struct prompt *prompt, const struct history *history, size_t back)
{
	size_t most = history->count < HISTORY_MOST ? history->count : HISTORY_MOST;

	if (back > most || back == prompt->history)
		return false;
	if (prompt->history == 0)
		memcpy(prompt->kept, prompt->text, sizeof(prompt->kept));
	prompt->history = back;
	set_text(prompt, back == 0 ? prompt->kept : history->line[(history->count - back) % HISTORY_MOST]);
	return true;
}

static enum prompt_answer
changed(bool yes)
{
	return yes ? PROMPT_CHANGED : PROMPT_NOTHING;
}

enum prompt_answer
prompt_key(struct prompt *prompt, const struct history *history, int key)
{
	size_t at = prompt->at;

	switch (key) {
	case KEY_ENTER:
	case '\n': return PROMPT_KEEP;
	case KEY_ESCAPE: return PROMPT_DROP;
	case KEY_UP_ARROW: return changed(go_back(prompt, history, prompt->history + 1));
	case KEY_DOWN_ARROW: return changed(prompt->history > 0 && go_back(prompt, history, prompt->history - 1));
	case KEY_BACKSPACE:
	case CTRL('H'): return changed(cut(prompt, before(prompt, at), at));
	case KEY_DELETE:
	case CTRL('D'): return changed(cut(prompt, at, after(prompt, at)));
	case CTRL('U'): return changed(cut(prompt, 0, prompt->size));
	case CTRL('W'): return changed(cut(prompt, word_start(prompt), at));
	case CTRL('K'): return changed(cut(prompt, at, prompt->size));
	case KEY_LEFT_ARROW: prompt->at = before(prompt, at); break;
	case KEY_RIGHT_ARROW: prompt->at = after(prompt, at); break;
	case KEY_HOME_KEY:
	case CTRL('A'): prompt->at = 0; break;
	case KEY_END_KEY:
	case CTRL('E'): prompt->at = prompt->size; break;
	default: return changed(insert(prompt, key));
	}
	return prompt->at != at ? PROMPT_MOVED : PROMPT_NOTHING;
}

/* ---- painting ---- */

/* The part of the text before the cursor is scrolled away as far as it must be. */
int
prompt_paint(struct view *view, const struct area *area, int y, const char *label, size_t wrong)
{
	const struct prompt *prompt = &view->ui->prompt;
	struct span rest = { prompt->text, prompt->size };
	int x = paint(view, area, 0, y, label, STYLE_FILTER), start = x;
	int room = area->width - x - 1;
	int left = utf8_width(span_part(rest, 0, prompt->at)) - room;
	struct glyph glyph;

	while (rest.size > 0) {
		size_t at = (size_t)(rest.at - prompt->text);
		uint8_t style = at == wrong ? STYLE_BAD : STYLE_FILTER;

		if (at == prompt->at)
			style |= CELL_SELECTED;
		if (!utf8_take(&rest, &glyph))
			break;
		if (left > 0)
			left -= glyph.width;
		else
			x += paint(view, area, x, y, glyph.text, style);
	}
	if (prompt->at == prompt->size)
		x += paint(view, area, x, y, " ", (uint8_t)(STYLE_FILTER | CELL_SELECTED));
	return x < start ? start : x;
}
