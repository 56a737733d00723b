/* Keys as a person writes them. */
#include "view/input/key_names.h"

#include "cmtop/count_of.h"

#include <string.h>

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

	for (i = 0; i < COUNT_OF(names); i++) {
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

	for (i = 0; i < COUNT_OF(names); i++) {
		if (names[i].key == key)
			return names[i].name;
	}
	if (key > KEY_FUNCTION)
		return arena_format(arena, "F%d", key - KEY_FUNCTION);
	if (key > 0 && key < ' ')
		return arena_format(arena, "Ctrl-%c", key + '@');
	return utf8_put_point((uint32_t)key, bytes) ? arena_format(arena, "%s", bytes) : "?";
}
