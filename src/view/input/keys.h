/*
 * The one list of keys: what they do, where, and what the help says of them.
 */
#ifndef VIEW_INPUT_KEYS_H
#define VIEW_INPUT_KEYS_H

#include "view/grid/frame.h"

/* Where a key works: a bit each. */
enum where {
	IN_PANES = 1,
	IN_PAGES = 2, /* help and detail */
	IN_MENU = 4,
	IN_PAUSE = 8,
	IN_LINES = 16,
	ANYWHERE = 31
};

typedef enum ui_effect command_fn(struct view *view, int how);

struct binding {
	int keys[4]; /* 0: no more */
	uint8_t where;
	command_fn *run;
	int how;                          /* handed to it */
	const char *group, *names, *does; /* for the help; no group: told with the one before */
	uint8_t bar;                      /* place in the bottom bar, from 1; 0: not there */
	const char *bar_key, *bar_word;
};

const struct binding *keys_binding(size_t i);               /* NULL past the last */
const struct binding *keys_find(int key, enum where where); /* NULL: does nothing there */
const char *key_name(struct arena *arena, int key);         /* "v", "F7", "C-x" */

enum move { MOVE_UP, MOVE_DOWN, MOVE_PAGE_UP, MOVE_PAGE_DOWN, MOVE_HALF_UP, MOVE_HALF_DOWN, MOVE_FIRST, MOVE_LAST };

/* A notice, and a new picture to show it. */
enum ui_effect notice(struct view *view, const char *text);

/* Pages that are about no row. */
static inline bool
is_about_all(enum mode mode)
{
	return mode == MODE_HELP || mode == MODE_ADVICE || mode == MODE_WHAT_IF;
}

enum where keys_where(const struct ui *ui); /* now; while a line is typed no key of the table works */

/* act.c, find.c, lines_keys.c, export.c */
command_fn command_move, command_shift, command_focus, command_next_pane, command_zoom, command_filter,
	command_drop_filter, command_escape, command_search, command_next_hit, command_sort_menu, command_sort_step,
	command_invert, command_group, command_enter, command_follow, command_pin, command_unpin, command_pause,
	command_units, command_page, command_close, command_quit, command_suspend, command_repaint, command_theme,
	command_mouse, command_refresh, command_lines, command_wrap, command_next_error, command_next_unknown,
	command_next_line_hit, command_export;

/* The name of a file has been typed; and the answer whether to write over it. */
enum ui_effect export_typed(struct view *view);
enum ui_effect export_answer(struct view *view, int key);

/* Keys while a line is typed. */
enum ui_effect typing_key(struct view *view, int key);

#endif
