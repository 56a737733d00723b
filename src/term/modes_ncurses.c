#include "term/modes_ncurses.h"

#include <stddef.h>
#include <string.h>

#include "cmtop/count_of.h"

#include <curses.h>
#include <term.h>

/* One whose cursor is placed as ANSI says answers as ANSI says, or not at all. */
bool
mode_is_ansi(void)
{
	char name[] = "cup";
	const char *place = tigetstr(name);

	return place && place != (const char *)-1 && strncmp(place, "\033[", 2) == 0;
}

/*
 * Terminals that know the mode (VTE, mintty) take the letters of a row with Hebrew or Arabic for one line of text and
 * turn its columns round; those below that do not know it pass over it. To others it is not sent.
 */
bool
mode_takes_bidi(const char *name)
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
mode_takes_column(void)
{
	char name[] = "hpa";
	const char *column = tigetstr(name);

	return column && column != (const char *)-1 && strncmp(column, "\033[", 2) == 0;
}

bool
mode_takes_wrap(void)
{
	char margins[] = "am", glitch[] = "xenl";

	return tigetflag(margins) > 0 && tigetflag(glitch) > 0;
}
