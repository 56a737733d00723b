#include "view/input/keys.h"

#include <string.h>

#define CTRL(letter) ((letter)&31)
#define F(n)         (KEY_FUNCTION + (n))

#define NO_BAR  0, NULL, NULL
#define NO_HELP NULL, NULL, NULL, NO_BAR /* told with the one before */
#define LISTS   (IN_PANES | IN_PAGES | IN_MENU | IN_LINES)

/* clang-format off */
static const struct binding bindings[] = {
	{ { KEY_UP_ARROW, 'k' }, LISTS, command_move, MOVE_UP, "Move", "Up Down k j", "go to another row", NO_BAR },
	{ { KEY_DOWN_ARROW, 'j' }, LISTS, command_move, MOVE_DOWN, NO_HELP },
	{ { KEY_PAGE_UP }, LISTS, command_move, MOVE_PAGE_UP, "Move", "PgUp PgDn", "one page up, down", NO_BAR },
	{ { KEY_PAGE_DOWN }, LISTS, command_move, MOVE_PAGE_DOWN, NO_HELP },
	{ { CTRL('U') }, LISTS, command_move, MOVE_HALF_UP, "Move", "Ctrl-U Ctrl-D", "half a page up, down", NO_BAR },
	{ { CTRL('D') }, LISTS, command_move, MOVE_HALF_DOWN, NO_HELP },
	{ { KEY_HOME_KEY, 'g' }, LISTS, command_move, MOVE_FIRST, "Move", "Home End g G", "first, last row", NO_BAR },
	{ { KEY_END_KEY, 'G' }, LISTS, command_move, MOVE_LAST, NO_HELP },
	{ { KEY_LEFT_ARROW }, IN_PANES | IN_LINES, command_shift, -1, "Move", "Left Right", "scroll columns", NO_BAR },
	{ { KEY_RIGHT_ARROW }, IN_PANES | IN_LINES, command_shift, 1, NO_HELP },
	{ { KEY_TAB }, IN_PANES, command_next_pane, 1, "Move", "Tab S-Tab", "next, previous pane", 8, "Tab", "Pane" },
	{ { KEY_SHIFT_TAB }, IN_PANES, command_next_pane, -1, NO_HELP },
	{ { 0 }, 0, NULL, 0, "Move", "1 to 6", "that pane; shows it if hidden", NO_BAR },
#define _(number, object) { { '0' + PANE_##number }, IN_PANES, command_focus, PANE_##number, NO_HELP },
	PANES(_)
#undef _

	{ { '/', F(4), '\\' }, IN_PANES, command_filter, 0, "Find", "/ F4", "filter, such as S14 pkg:0EA1 try:>2", 2, "F4/", "Filter" },
	{ { KEY_DELETE }, IN_PANES, command_drop_filter, 0, "Find", "Del, Esc Esc", "remove the filter", NO_BAR },
	{ { KEY_ESCAPE }, ANYWHERE, command_escape, 0, NO_HELP },
	{ { F(3) }, IN_PANES, command_search, 0, "Find", "F3", "search: marks rows, hides none", NO_BAR },
	{ { 'n' }, IN_PANES, command_next_hit, 1, "Find", "n N", "next, previous match", NO_BAR },
	{ { 'N' }, IN_PANES, command_next_hit, -1, NO_HELP },

	{ { 'z' }, IN_PANES, command_zoom, 0, "View", "z", "this pane on the whole screen, and back", 9, "z", "Zoom" },
	{ { 's', F(6) }, IN_PANES, command_sort_menu, 0, "View", "s F6", "choose the sort order", 4, "F6", "Sort" },
	{ { '<' }, IN_PANES, command_sort_step, -1, "View", "< >", "sort by previous, next column", NO_BAR },
	{ { '>' }, IN_PANES, command_sort_step, 1, NO_HELP },
	{ { 'I' }, IN_PANES, command_invert, 0, "View", "I", "reverse the sort order", NO_BAR },
	{ { 't', F(5) }, IN_PANES, command_group, 0, "View", "t F5", "group sends by site, by package, or not", 3, "F5", "Group" },
	{ { KEY_ENTER, '\n' }, IN_PANES | IN_MENU, command_enter, 0, "View", "Enter", "details of the row", 6, "Enter", "Detail" },
	{ { 'a' }, IN_PANES | IN_PAGES, command_page, MODE_ADVICE, "View", "a", "advice: what holds the backlog back", NO_BAR },
	{ { 'w' }, IN_PANES | IN_PAGES, command_page, MODE_WHAT_IF, "View", "w", "what if: the effect of other limits", NO_BAR },
	{ { 'F' }, IN_PANES, command_follow, 0, "View", "F", "keep the cursor on this send or transfer", NO_BAR },
	{ { ' ' }, IN_PANES, command_pin, 0, "View", "Space U", "pin the row to the top; U unpins all", NO_BAR },
	{ { 'U' }, IN_PANES, command_unpin, 0, NO_HELP },
	{ { 'p', 'Z' }, IN_PANES | IN_PAUSE, command_pause, 0, "View", "p Z", "pause the display", 5, "p", "Pause" },
	{ { 'u' }, IN_PANES, command_units, 0, "View", "u", "units: 1024, 1000, bits per second", NO_BAR },
	{ { 'c' }, IN_PANES | IN_PAGES | IN_LINES, command_theme, 0, "View", "c", "next colour theme", NO_BAR },
	{ { '+' }, IN_PANES, command_refresh, 1, "View", "+ -", "slower, faster refresh", NO_BAR },
	{ { '-' }, IN_PANES, command_refresh, -1, NO_HELP },
	{ { 'm' }, IN_PANES | IN_PAGES | IN_LINES, command_mouse, 0, "View", "m", "mouse on, off: click, sort, scroll", NO_BAR },

	{ { 'l' }, IN_PANES | IN_PAGES, command_lines, 0, "Log lines", "l", "log lines of the row", 7, "l", "Log" },
	{ { '/', F(3), F(4) }, IN_LINES, command_search, 0, "Log lines", "/", "search in the log lines", 2, "/", "Search" },
	{ { 'n' }, IN_LINES, command_next_line_hit, 1, NULL, NULL, NULL, 3, "n", "Next" },
	{ { 'N' }, IN_LINES, command_next_line_hit, -1, NO_HELP },
	{ { 'e' }, IN_LINES, command_next_error, 1, "Log lines", "e E", "next, previous error", 4, "e", "Error" },
	{ { 'E' }, IN_LINES, command_next_error, -1, NO_HELP },
	{ { 'w' }, IN_LINES, command_wrap, 0, "Log lines", "w", "wrap or cut long lines", 5, "w", "Wrap" },
	{ { 'L' }, IN_LINES, command_next_unknown, 1, "Log lines", "L", "next line that cmtop does not understand", 6, "L", "Unknown" },

	{ { F(1), '?', 'h' }, LISTS, command_page, MODE_HELP, "Other", "F1 ? h", "this help", 1, "F1", "Help" },
	{ { 'x' }, IN_PANES | IN_LINES, command_export, 0, "Other", "x", "export to a file: text, CSV or JSON", 10, "x", "Export" },
	{ { 'q', F(10) }, ANYWHERE, command_close, 0, "Other", "q F10", "close the page; on the main screen: quit", 11, "q", "Quit" },
	{ { KEY_CTRL_C }, ANYWHERE, command_quit, 0, "Other", "Ctrl-C", "quit at once", NO_BAR },
	{ { KEY_CTRL_Z }, ANYWHERE, command_suspend, 0, "Other", "Ctrl-Z", "suspend; fg resumes", NO_BAR },
	{ { KEY_CTRL_L }, ANYWHERE, command_repaint, 0, "Other", "Ctrl-L", "redraw the screen", NO_BAR },
};
/* clang-format on */

#define COUNT (sizeof(bindings) / sizeof(*bindings))

const struct binding *
keys_binding(size_t i)
{
	return i < COUNT ? &bindings[i] : NULL;
}

enum where
keys_where(const struct ui *ui)
{
	switch (ui->mode) {
	case MODE_HELP:
	case MODE_ADVICE:
	case MODE_WHAT_IF:
	case MODE_DETAIL: return IN_PAGES;
	case MODE_SORT: return IN_MENU;
	case MODE_LINES: return IN_LINES;
	default: return ui->paused ? IN_PAUSE : IN_PANES;
	}
}

const struct binding *
keys_find(int key, enum where where)
{
	size_t i, k;

	for (i = 0; i < COUNT; i++) {
		if (!(bindings[i].where & where))
			continue;
		for (k = 0; k < 4 && bindings[i].keys[k]; k++) {
			if (bindings[i].keys[k] == key)
				return &bindings[i];
		}
	}
	return NULL;
}

bool
ui_key_help(size_t i, const char **group, const char **keys, const char **does)
{
	size_t b;

	for (b = 0; b < COUNT; b++) {
		if (!bindings[b].group || i-- > 0)
			continue;
		*group = bindings[b].group;
		*keys = bindings[b].names;
		*does = bindings[b].does;
		return true;
	}
	return false;
}

/* ---- keys as a person writes them ---- */

/* clang-format off */
static const struct { const char *name; int key; } names[] = {
	{ "Up", KEY_UP_ARROW }, { "Down", KEY_DOWN_ARROW }, { "Left", KEY_LEFT_ARROW }, { "Right", KEY_RIGHT_ARROW },
	{ "PgUp", KEY_PAGE_UP }, { "PgDn", KEY_PAGE_DOWN }, { "Home", KEY_HOME_KEY }, { "End", KEY_END_KEY },
	{ "Tab", KEY_TAB }, { "S-Tab", KEY_SHIFT_TAB }, { "Enter", KEY_ENTER }, { "Esc", KEY_ESCAPE },
	{ "Del", KEY_DELETE }, { "Ins", KEY_INSERT }, { "BS", KEY_BACKSPACE },
};
/* clang-format on */

static bool
named_key(struct span name, int *key)
{
	struct span rest = name;
	uint64_t n;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (span_is_nocase(name, span_of(names[i].name))) {
			*key = names[i].key;
			return true;
		}
	}
	if (span_skip_nocase(&rest, SPAN("C-")) && rest.size == 1 && to_lower(rest.at[0]) >= 'a'
	    && to_lower(rest.at[0]) <= 'z') {
		*key = CTRL(to_lower(rest.at[0]));
		return true;
	}
	rest = name;
	if (span_skip_nocase(&rest, SPAN("F")) && span_take_uint(&rest, &n) && rest.size == 0 && n >= 1 && n <= 12) {
		*key = F((int)n);
		return true;
	}
	return false;
}

/* "<Up>": a "<" that begins no name is itself. */
static bool
take_named(struct span *text, int *key)
{
	size_t end = span_find(*text, SPAN(">"));

	if (end == text->size || !named_key(span_part(*text, 1, end - 1), key))
		return false;
	*text = span_from(*text, end + 1);
	return true;
}

/* "\r", "\x1b", "\\"; what has no meaning is the character itself. `text` stands behind the backslash. */
static void
take_escape(struct span *text, int *key)
{
	static const char letters[] = "rntebf0", values[] = "\r\n\t\033\177\f";
	char letter = text->at[0];
	const char *found = strchr(letters, letter);
	struct span digits;
	uint64_t n;

	*text = span_from(*text, 1);
	if (letter == 'x') {
		digits = span_part(*text, 0, 2);
		*key = span_take_hex(&digits, &n) ? (int)n : 'x';
		if (*key != 'x')
			*text = span_from(*text, (size_t)(digits.at - text->at));
		return;
	}
	*key = found && letter ? values[found - letters] : (unsigned char)letter;
}

bool
keys_take(struct span *text, int *key)
{
	uint32_t point;

	if (text->size == 0)
		return false;
	if (text->at[0] == '<' && take_named(text, key))
		return true;
	if (text->at[0] == '\\' && text->size > 1) {
		*text = span_from(*text, 1);
		take_escape(text, key);
		return true;
	}
	utf8_take_point(text, &point);
	*key = point == UTF8_BROKEN ? '?' : (int)point;
	return true;
}

const char *
key_name(struct arena *arena, int key)
{
	char bytes[5];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (names[i].key == key)
			return names[i].name;
	}
	if (key > KEY_FUNCTION)
		return arena_format(arena, "F%d", key - KEY_FUNCTION);
	if (key > 0 && key < ' ')
		return arena_format(arena, "Ctrl-%c", key + '@');
	return utf8_put_point((uint32_t)key, bytes) ? arena_format(arena, "%s", bytes) : "?";
}
