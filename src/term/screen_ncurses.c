/*
 * With abilities_ncurses.c, keys_ncurses.c and row_ncurses.c the only file with ncurses, which has functions called filter,
 * move, clear and timeout, and macros with the names of our keys.
 */
#include "term/screen.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "cmtop/count_of.h"
#include "term/abilities_ncurses.h"
#include "term/output_flow.h"
#include "term/row_ncurses.h"
#include "term/keys.h"
#include "os/os.h"
#include "os/signals.h"
#include "term/terminal.h"
#include "os/message.h"
#include "term/themes.h"

/* ncurses takes the words. */
#undef KEY_ENTER
#undef KEY_BACKSPACE

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

#define LAST_WORDS 20 /* milliseconds that a terminal is given to take what restores it */
#define MOUSE_OFF  "\033[?1006l\033[?1000l"
#define BIDI_OFF \
	"\033[8l" /* of ECMA-48, in which this mode has no "?": the terminal leaves letters where they are put, */
#define BIDI_ON      "\033[8h"  /* … or moves them, as it did before */
#define WRAP_ON      "\033[?7h" /* what is too long for a row goes to the next */
#define ESCAPE_DELAY 25 /* milliseconds: longer, and a lone Escape lags; shorter, and slow lines tear keys apart */

static struct {
	SCREEN *screen; /* NULL: not open */
	FILE *output;   /* of os_terminal_open(), which closes it */
	FILE *nothing;  /* what ncurses reads where there is no keyboard */
	bool suspended;
	bool mouse;
	bool bidi; /* its own bidi has been switched off */
	enum color color;
	enum theme theme;
	struct grid shown; /* the last picture; no cells: none, or the screen is not as we left it */
	struct looks looks;
} terminal;

static bool
wants_color(enum color color)
{
	const char *no_color = getenv("NO_COLOR");

	if (color == COLOR_AUTO && no_color && *no_color)
		return false;
	return color != COLOR_NEVER && has_colors();
}

/* The next picture is put whole, not by what has changed since the last. */
static void
forget_shown(void)
{
	grid_destroy(&terminal.shown);
}

static void
set_theme(void)
{
	bool colored = terminal.theme != THEME_MONO && wants_color(terminal.color);
	short pairs = 0;

	forget_shown();
	if (colored) {
		start_color();
		use_default_colors();
	}
	for (int i = 0; i < STYLE_COUNT; i++) {
		const struct theme_look *look = theme_look(colored ? terminal.theme : THEME_MONO, (enum style)i);
		short foreground = look->rich >= 0 && COLORS >= 256 ? look->rich : look->color;

		terminal.looks.attributes[i] = (look->bold ? A_BOLD : 0) | (look->reverse ? A_REVERSE : 0)
		                               | (look->underline ? A_UNDERLINE : 0);
		terminal.looks.pair[i] = 0;
		if (colored && foreground >= 0 && init_pair((short)(pairs + 1), foreground, -1) == OK)
			terminal.looks.pair[i] = ++pairs;
	}
}

void
screen_next_theme(void)
{
	terminal.theme = (enum theme)((terminal.theme + 1) % THEME_COUNT);
	if (terminal.screen)
		set_theme();
}

/* What endwin() would say, for an end that has no time to ask it. */
static void
note_last_words(void)
{
	static const char *const wanted[] = { "sgr0", "op", "cnorm", "rmkx", "rmcup" };
	char text[200] = "";
	size_t used = 0;

	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		char name[8];
		const char *bytes;

		snprintf(name, sizeof(name), "%s", wanted[i]);
		bytes = tigetstr(name);
		if (bytes && bytes != (const char *)-1 && used + strlen(bytes) < sizeof(text))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", bytes);
	}
	if (terminal.mouse && used + sizeof(MOUSE_OFF) < sizeof(text))
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", MOUSE_OFF);
	if (terminal.bidi && used + sizeof(BIDI_ON WRAP_ON) < sizeof(text))
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", BIDI_ON WRAP_ON);
	os_terminal_last_words(text, used);
}

/* Among what ncurses writes: it goes the same way. */
static void
switch_bidi(bool on)
{
	if (!terminal.bidi)
		return;
	fputs(on ? BIDI_ON : BIDI_OFF, terminal.output);
	fflush(terminal.output);
}

void
screen_mouse(bool wanted)
{
	terminal.mouse = wanted;
	if (!terminal.screen)
		return;
	mouseinterval(0); /* a press is told at once, not when it may have become a double click */
	note_last_words();
	mousemask(wanted ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

static void
set_modes(void)
{
	raw(); /* Ctrl-C, Ctrl-Z and Ctrl-S are keys like others */
	noecho();
	nonl(); /* Enter is told from Ctrl-J */
	nodelay(stdscr, TRUE);
	keypad(stdscr, TRUE);
	leaveok(stdscr, curs_set(0) != ERR); /* where nobody sees the cursor it need not go home */
	typeahead(-1);                       /* a picture is never left half because keys wait: it costs no time here */
}

/* The terminal as it was: ncurses says how, and we see to the modes, since it would wait for the terminal. */
static void
give_back(void)
{
	switch_bidi(true);
	endwin();
	os_terminal_finish(LAST_WORDS);
	os_terminal_leave_modes();
}

/* At a crash: little memory may be touched any more. */
static void
restore(void)
{
	if (terminal.screen && !terminal.suspended)
		give_back();
	os_release_errors();
}

static bool
cannot_open(const char *name, const FILE *output)
{
	if (!name || !*name)
		message_error("TERM", "not set; --once needs no terminal");
	else if (!output)
		message_error("terminal", "cannot be opened; --once needs none");
	else
		message_error(name, "terminal not known to terminfo (TERM); --once needs none");
	os_terminal_close();
	return false;
}

bool
screen_is_dumb(void)
{
	return !ability_cursor();
}

bool
screen_open(enum color color, enum theme theme)
{
	const char *name = getenv("TERM");
	FILE *keyboard = os_keyboard(), *output = os_terminal_open();

	if (!keyboard)
		keyboard = terminal.nothing = fopen("/dev/null", "r");
	if (keyboard && output && name && *name)
		terminal.screen = newterm(NULL, output, keyboard);
	if (!terminal.screen)
		return cannot_open(name, output);
	set_escdelay(ESCAPE_DELAY);
	terminal.output = output;
	terminal.looks.utf8 = os_is_utf8();
	terminal.color = color;
	terminal.theme = theme;
	set_theme();
	set_modes();
	keys_define();
	terminal.bidi = terminal.looks.utf8 && ability_ansi() && ability_bidi_mode(name);
	note_last_words();
	if (os_terminal_divert() && ability_ansi()) { /* where it cannot be, the terminal is waited for */
		os_terminal_can_answer();
		terminal.looks.marks = terminal.looks.utf8 && ability_columns();
		terminal.looks.stays = terminal.looks.marks && terminal.bidi && ability_wrap();
	}
	switch_bidi(false);
	screen_resized(); /* LINES and COLUMNS of the environment may be out of date */
	os_hold_errors();
	os_on_crash(restore);
	return true;
}

void
screen_close(void)
{
	SCREEN *screen = terminal.screen;

	if (!screen)
		return;
	terminal.screen = NULL;
	forget_shown();
	if (!terminal.suspended)
		give_back();
	os_terminal_unwatch();
	delscreen(screen);
	os_terminal_close();
	if (terminal.nothing)
		fclose(terminal.nothing);
	terminal.nothing = NULL;
	os_release_errors();
}

/* No screen is larger; what is, is a mistake, or meant to be nasty, and nothing is drawn beyond. */
#define WIDTH_MOST  512
#define HEIGHT_MOST 200

static bool
window_size(int *width, int *height)
{
	if (!os_window_size(width, height))
		return false;
	*width = *width < WIDTH_MOST ? *width : WIDTH_MOST;
	*height = *height < HEIGHT_MOST ? *height : HEIGHT_MOST;
	return true;
}

void
screen_size(int *width, int *height)
{
	if (!window_size(width, height)) {
		*width = COLS;
		*height = LINES;
	}
}

void
screen_resized(void)
{
	int width, height;

	forget_shown();
	if (!terminal.suspended && window_size(&width, &height))
		resizeterm(height, width);
}

/* ---- showing ---- */

/* At rest a line or two change each second: the others cost no more than this look. */
static bool
is_shown(const struct grid *grid, int y)
{
	size_t row = (size_t)grid->width * sizeof(*grid->cells), at = (size_t)y * (size_t)grid->width;

	return terminal.shown.cells && memcmp(terminal.shown.cells + at, grid->cells + at, row) == 0;
}

static void
note_shown(const struct grid *grid)
{
	if (!terminal.shown.cells && !grid_resize(&terminal.shown, grid->width, grid->height))
		return;
	memcpy(terminal.shown.cells, grid->cells, (size_t)grid->width * (size_t)grid->height * sizeof(*grid->cells));
}

void
screen_show(const struct grid *grid)
{
	bool stays = false;

	if (!terminal.screen || terminal.suspended)
		return;
	if (grid->width != terminal.shown.width || grid->height != terminal.shown.height)
		forget_shown();
	if (!terminal.shown.cells)
		erase();
	for (int y = 0; y < grid->height && y < LINES; y++)
		if (!is_shown(grid, y))
			stays |= row_show(grid, y, &terminal.shown, &terminal.looks);
	note_shown(grid);
	refresh();
	if (stays) {
		fputs(WRAP_ON, terminal.output);
		fflush(terminal.output);
	}
	os_terminal_send();
}

void
screen_watch(uv_loop_t *loop, void (*taken)(void *payload), void *payload)
{
	if (terminal.screen)
		os_terminal_watch(loop, taken, payload);
}

bool
screen_is_busy(void)
{
	return os_terminal_busy();
}

void
screen_repaint(void)
{
	if (terminal.screen)
		clearok(curscr, TRUE);
}

void
screen_suspend(void)
{
	if (!terminal.screen || terminal.suspended)
		return;
	terminal.suspended = true;
	give_back();
	os_release_errors();
}

void
screen_resume(void)
{
	if (!terminal.screen)
		return;
	terminal.suspended = false;
	os_hold_errors();
	os_terminal_take_modes(); /* also when somebody else has stopped us and left the modes changed */
	switch_bidi(false);
	screen_resized();
	clearok(curscr, TRUE);
	curs_set(0);
	screen_mouse(terminal.mouse);
}

bool
screen_input(struct input *out)
{
	return terminal.screen && !terminal.suspended && keys_take_input(out);
}
