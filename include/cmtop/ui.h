/*
 * The dashboard without a terminal: keys in, grid out.
 */
#ifndef CMTOP_UI_H
#define CMTOP_UI_H

#include "cmtop/fmt.h"
#include "cmtop/grid.h"
#include "cmtop/scene.h"

/* A key: a Unicode character, a control character (1..31, 127), or one of these. */
enum key {
	KEY_NONE = 0,
	KEY_CTRL_C = 3, KEY_TAB = 9, KEY_CTRL_L = 12, KEY_ENTER = 13, KEY_CTRL_Z = 26, KEY_ESCAPE = 27,
	KEY_BACKSPACE = 127,
	KEY_SPECIAL = 0x110000,
	KEY_UP_ARROW, KEY_DOWN_ARROW, KEY_LEFT_ARROW, KEY_RIGHT_ARROW,
	KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME_KEY, KEY_END_KEY, KEY_DELETE, KEY_INSERT, KEY_SHIFT_TAB,
	KEY_FUNCTION  /* + n: F1 is KEY_FUNCTION + 1 */
};

/*
 * Keys as a person writes them: characters, C's \r \n \t \e \b \\ \xHH, and
 * <Up> <Down> <Left> <Right> <PgUp> <PgDn> <Home> <End> <Tab> <S-Tab> <Enter>
 * <Esc> <Del> <BS> <F1>..<F12> <C-x>. Takes the first off `text`; false at the end.
 */
bool keys_take(struct span *text, int *key);

struct ui;

struct ui_options {
	bool ascii;             /* no character beyond ASCII */
	enum fmt_units units;
	int  sort_key;          /* of pane 1 at the start; -1: its default */
	bool sort_invert;
	const char *about;      /* first line of the help, as "cmtop 0.1.0"; NULL: none. Must outlive the ui */
};

struct ui *ui_new(const struct ui_options *options);  /* NULL: out of memory */
void       ui_free(struct ui *ui);

/* A filter in force from the start. False: broken, see `error`. */
bool ui_filter(struct ui *ui, struct span text, struct query_error *error);

enum ui_effect {
	UI_NOTHING,
	UI_REDRAW,   /* the picture has changed */
	UI_REPAINT,  /* … and the terminal is to be painted anew */
	UI_SUSPEND,
	UI_QUIT,
};

enum ui_effect ui_key(struct ui *ui, const struct scene *scene, int key);

/* Paints the whole grid. scene->query is not looked at: the ui has its own. */
void ui_draw(struct ui *ui, const struct scene *scene, struct grid *grid);

/* A message for the status line that stays four seconds of scene time. */
void ui_notice(struct ui *ui, const struct scene *scene, const char *text);

/* The keys and what they do, for the help, the manual and --help; false past the last. */
bool ui_key_help(size_t i, const char **group, const char **keys, const char **does);

#endif
