#include "term/abilities_ncurses.h"

#include <string.h>

#include "cmtop/count_of.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

/* What moves the cursor so; NULL: nothing. */
static const char *
order_for(const char *capability)
{
	char name[8];
	const char *order;

	snprintf(name, sizeof(name), "%s", capability);
	order = tigetstr(name);
	return order == (const char *)-1 ? NULL : order;
}

static bool
is_as_in_ansi(const char *order)
{
	return order && strncmp(order, "\033[", 2) == 0;
}

bool
ability_cursor(void)
{
	int known;
	bool moves;

	if (setupterm(NULL, 1, &known) != OK)
		return true;
	moves = order_for("cup") != NULL;
	del_curterm(cur_term);
	return moves;
}

bool
ability_ansi(void)
{
	return is_as_in_ansi(order_for("cup"));
}

bool
ability_columns(void)
{
	return is_as_in_ansi(order_for("hpa"));
}

/*
 * Terminals that know the mode (VTE, mintty) take the letters of a row with Hebrew or Arabic for one line of text and
 * turn its columns round; those below that do not know it pass over it. To others it is not sent.
 */
bool
ability_bidi_mode(const char *name)
{
	static const char *const known[] = { "xterm",   "vte",     "gnome", "mintty",    "konsole", "tmux",
		                             "screen",  "rxvt",    "putty", "alacritty", "foot",    "kitty",
		                             "wezterm", "contour", "linux", "st-",       "iterm",   "ms-" };

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (strncmp(name, known[i], strlen(known[i])) == 0)
			return true;
	return false;
}

bool
ability_wrap(void)
{
	char margins[] = "am", glitch[] = "xenl";

	return tigetflag(margins) > 0 && tigetflag(glitch) > 0;
}
