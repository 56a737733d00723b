/*
 * The dashboard without a terminal: keys in, grid out.
 */
#ifndef CMTOP_UI_H
#define CMTOP_UI_H

#include "cmtop/fmt.h"
#include "cmtop/grid.h"
#include "cmtop/query.h"
#include "cmtop/scene.h"

/* A key: a Unicode character, a control character (1..31, 127), or one of these. */
enum key {
	KEY_NONE = 0,
	KEY_CTRL_C = 3,
	KEY_TAB = 9,
	KEY_CTRL_L = 12,
	KEY_ENTER = 13,
	KEY_CTRL_Z = 26,
	KEY_ESCAPE = 27,
	KEY_BACKSPACE = 127,
	KEY_SPECIAL = 0x110000,
	KEY_UP_ARROW,
	KEY_DOWN_ARROW,
	KEY_LEFT_ARROW,
	KEY_RIGHT_ARROW,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_HOME_KEY,
	KEY_END_KEY,
	KEY_DELETE,
	KEY_INSERT,
	KEY_SHIFT_TAB,
	KEY_FUNCTION /* + n: F1 is KEY_FUNCTION + 1 */
};

/*
 * Keys as a person writes them: characters, C's \r \n \t \e \b \\ \xHH, and
 * <Up> <Down> <Left> <Right> <PgUp> <PgDn> <Home> <End> <Tab> <S-Tab> <Enter>
 * <Esc> <Del> <BS> <F1>..<F12> <C-x>. Takes the first off `text`; false at the end.
 */
bool keys_take(struct span *text, int *key);

struct ui;

struct ui_options {
	bool ascii; /* no character beyond ASCII */
	enum fmt_units units;
	int sort_key; /* of pane 1 at the start; -1: its default */
	bool sort_invert;
	bool mouse;        /* wanted from the start */
	const char *about; /* first line of the help, as "cmtop 0.2.0"; NULL: none. Must outlive the ui */
};

struct ui *ui_new(const struct ui_options *options); /* NULL: out of memory */
void ui_free(struct ui *ui);

/* A filter in force from the start. False: broken, see `error`. */
bool ui_filter(struct ui *ui, struct span text, struct query_error *error);

enum ui_effect {
	UI_NOTHING,
	UI_REDRAW,  /* what is shown has changed */
	UI_REPAINT, /* … and the terminal is to be painted anew */
	UI_SUSPEND,
	UI_QUIT,
	UI_THEME,  /* the next theme, then as UI_REPAINT */
	UI_MOUSE,  /* the mouse is wanted, or no more: ui_wants_mouse() */
	UI_EXPORT, /* what ui_export_wanted() says is to be written; ui_export_result() is awaited */
};

enum ui_effect ui_key(struct ui *ui, const struct scene *scene, int key);

/* What a mouse does to a cell. */
enum ui_mouse { UI_CLICK, UI_WHEEL_UP, UI_WHEEL_DOWN };

enum ui_effect ui_mouse(struct ui *ui, const struct scene *scene, int x, int y, enum ui_mouse what);
bool ui_wants_mouse(const struct ui *ui);

/* Milliseconds between two frames, at least, as the user wants them; 0: as they come. A key is answered at once. */
unsigned ui_refresh(const struct ui *ui);

/* A page is looked at that needs to know what other limits would do. */
bool ui_wants_what_if(const struct ui *ui);

/* ---- export ---- */

enum ui_format { UI_FORMAT_TEXT, UI_FORMAT_CSV, UI_FORMAT_JSON };

struct ui_export {
	const char *path;      /* as typed; valid until the next key */
	enum ui_format format; /* by the end of its name */
	bool over;             /* a file that is there may be written over: the user was asked */
};

struct ui_export ui_export_wanted(const struct ui *ui);

/* The rows of the pane, or the lines, that are looked at: all that the filter lets through. */
void ui_export(struct ui *ui, const struct scene *scene, enum ui_format format, const struct sink *sink);

enum ui_exported { UI_EXPORTED, UI_EXPORT_EXISTS, UI_EXPORT_FAILED };

/* How it went; `why` of a failure, else NULL. EXISTS asks the user whether to write over it. */
void ui_export_result(struct ui *ui, const struct scene *scene, enum ui_exported result, const char *why);

/* Paints the whole grid. scene->query is not looked at: the ui has its own. */
void ui_draw(struct ui *ui, const struct scene *scene, struct grid *grid);

/*
 * The same logs in another model: what is selected, pinned, followed and open in
 * the one scene is so in the other, where it is known by what it is.
 */
void ui_handover(struct ui *ui, const struct scene *from, const struct scene *to);

/* A message for the status line that stays four seconds by scene->clock. */
void ui_notice(struct ui *ui, const struct scene *scene, const char *text);

/* The keys and what they do, for the help, the manual and --help; false past the last. */
bool ui_key_help(size_t i, const char **group, const char **keys, const char **does);

#endif
