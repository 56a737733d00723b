/* Keys and mouse by ncurses, whose macros have the names of our keys. */
#include "term/keys.h"

#include <wchar.h>

#include "cmtop/count_of.h"
#include "term/output_flow.h"
#include "term/terminal.h"

/* Ours, before ncurses takes the words. */
enum {
	OUR_ENTER = KEY_ENTER,
	OUR_BACKSPACE = KEY_BACKSPACE,
	OUR_UP = KEY_UP_ARROW,
	OUR_DOWN = KEY_DOWN_ARROW,
	OUR_LEFT = KEY_LEFT_ARROW,
	OUR_RIGHT = KEY_RIGHT_ARROW,
	OUR_PAGE_UP = KEY_PAGE_UP,
	OUR_PAGE_DOWN = KEY_PAGE_DOWN,
	OUR_HOME = KEY_HOME_KEY,
	OUR_END = KEY_END_KEY,
	OUR_DELETE = KEY_DELETE,
	OUR_INSERT = KEY_INSERT,
	OUR_SHIFT_TAB = KEY_SHIFT_TAB,
	OUR_FUNCTION = KEY_FUNCTION
};
#undef KEY_ENTER
#undef KEY_BACKSPACE

#define NCURSES_WIDECHAR 1
#include <curses.h>

#define FUNCTION_KEYS 12
#define TAKEN_KEY     (KEY_MAX + 100) /* what ncurses makes of the terminal's answer */

/* What a terminal sends for Delete, Insert, Home and End often is not what its description says. */
void
keys_define(void)
{
	/* clang-format off */
	static const struct { const char *bytes; int code; } sent[] = {
		{ "\033[H", KEY_HOME }, { "\033OH", KEY_HOME }, { "\033[1~", KEY_HOME },
		{ "\033[F", KEY_END },  { "\033OF", KEY_END },  { "\033[4~", KEY_END },
		{ "\033[A", KEY_UP },   { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
		{ "\033OA", KEY_UP },   { "\033OB", KEY_DOWN }, { "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
		{ "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE }, { "\033[3~", KEY_DC }, { "\033[2~", KEY_IC },
		{ "\033[Z", KEY_BTAB },
	};
	/* clang-format on */

	define_key(FLOW_ANSWER, TAKEN_KEY);
	for (size_t i = 0; i < COUNT_OF(sent); i++)
		if (!key_defined(sent[i].bytes))
			define_key(sent[i].bytes, sent[i].code);
}

/* KEY_NONE for a key that nobody needs. */
static int
special_key(wint_t code)
{
	/* clang-format off */
	static const struct { int theirs, ours; } keys[] = {
		{ KEY_UP, OUR_UP }, { KEY_DOWN, OUR_DOWN }, { KEY_LEFT, OUR_LEFT }, { KEY_RIGHT, OUR_RIGHT },
		{ KEY_PPAGE, OUR_PAGE_UP }, { KEY_NPAGE, OUR_PAGE_DOWN }, { KEY_HOME, OUR_HOME }, { KEY_END, OUR_END },
		{ KEY_A1, OUR_HOME }, { KEY_C1, OUR_END }, { KEY_A3, OUR_PAGE_UP }, { KEY_C3, OUR_PAGE_DOWN },
		{ KEY_DC, OUR_DELETE }, { KEY_IC, OUR_INSERT }, { KEY_BTAB, OUR_SHIFT_TAB },
		{ KEY_ENTER, OUR_ENTER }, { KEY_BACKSPACE, OUR_BACKSPACE },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (keys[i].theirs == (int)code)
			return keys[i].ours;
	if ((int)code > KEY_F(0) && (int)code <= KEY_F(FUNCTION_KEYS))
		return OUR_FUNCTION + (int)code - KEY_F(0);
	return KEY_NONE;
}

/* False for what is neither click nor wheel. */
static bool
take_mouse(struct input *out)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return false;
	out->x = event.x;
	out->y = event.y;
	if (event.bstate & BUTTON4_PRESSED)
		out->mouse = UI_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		out->mouse = UI_WHEEL_DOWN;
	else if (event.bstate & BUTTON1_PRESSED)
		out->mouse = UI_CLICK;
	else
		return false;
	return true;
}

bool
keys_take_input(struct input *out)
{
	wint_t code;

	for (;;) {
		*out = (struct input){ .key = KEY_NONE };
		switch (get_wch(&code)) {
		case KEY_CODE_YES:
			if (code == TAKEN_KEY) {
				os_terminal_answered();
				break;
			}
			out->key = code == KEY_MOUSE ? KEY_NONE : special_key(code);
			if (out->key != KEY_NONE || (code == KEY_MOUSE && take_mouse(out)))
				return true;
			break;
		case OK:
			/* Terminals differ in what Backspace sends. */
			out->key = code == 8 ? OUR_BACKSPACE : (int)code;
			return true;
		default: return false;
		}
	}
}
