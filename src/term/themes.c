/*
 * Colour is never the only sign: what matters has a word, and an attribute too.
 */
#include "term/themes.h"

static const struct theme_look themes[THEME_COUNT][STYLE_COUNT] = {
	[THEME_DEFAULT] = {
		[STYLE_NORMAL]   = { OWN, OWN, .bold = false },
		[STYLE_HEADING]  = { OWN, OWN, .bold = true },
		[STYLE_GOOD]     = { GREEN, OWN, .bold = false },
		[STYLE_WARN]     = { YELLOW, OWN, .bold = false },
		[STYLE_BAD]      = { RED, OWN, .bold = true },
		[STYLE_ESTIMATE] = { CYAN, OWN, .bold = false },
		[STYLE_FILTER]   = { MAGENTA, OWN, .bold = true },
		[STYLE_KEY]      = { OWN, OWN, .bold = true },
		[STYLE_DIM]      = { OWN, OWN, .bold = false },
	},
	[THEME_MONO] = {
		[STYLE_NORMAL]   = { OWN, OWN, .bold = false },
		[STYLE_HEADING]  = { OWN, OWN, .bold = true },
		[STYLE_GOOD]     = { OWN, OWN, .bold = false },
		[STYLE_WARN]     = { OWN, OWN, .bold = true },
		[STYLE_BAD]      = { OWN, OWN, .reverse = true },
		[STYLE_ESTIMATE] = { OWN, OWN, .underline = true },
		[STYLE_FILTER]   = { OWN, OWN, .bold = true },
		[STYLE_KEY]      = { OWN, OWN, .bold = true },
		[STYLE_DIM]      = { OWN, OWN, .bold = false },
	},
	/* Blue and orange instead of green and red: told apart by every eye. */
	[THEME_HIGHCONTRAST] = {
		[STYLE_NORMAL]   = { OWN, OWN, .bold = false },
		[STYLE_HEADING]  = { OWN, OWN, .bold = true },
		[STYLE_GOOD]     = { CYAN, 39, .bold = true },
		[STYLE_WARN]     = { YELLOW, 220, .bold = true },
		[STYLE_BAD]      = { YELLOW, 208, .bold = true, .reverse = true },
		[STYLE_ESTIMATE] = { OWN, OWN, .underline = true },
		[STYLE_FILTER]   = { MAGENTA, 213, .bold = true, .underline = true },
		[STYLE_KEY]      = { OWN, OWN, .bold = true, .underline = true },
		[STYLE_DIM]      = { OWN, OWN, .bold = false },
	},
};

const struct theme_look *
theme_look(enum theme theme, enum style style)
{
	return &themes[theme][style];
}
