/*
 * A key and what it does. Each command file ends with the table of its keys, in the
 * order of the help: a new key is a function and a row there.
 */
#ifndef VIEW_INPUT_BINDING_H
#define VIEW_INPUT_BINDING_H

#include "view/frame/frame.h"

#include "cmtop/count_of.h"
#include "view/input/key_names.h"

/* Where a key works: a bit each. */
enum where {
	IN_PANES = 1,
	IN_DETAIL = 2, /* the page of a row */
	IN_ABOUT = 4,  /* pages about no row: help, advice, what if */
	IN_PAGES = IN_DETAIL | IN_ABOUT,
	IN_MENU = 8,
	IN_PAUSE = 16,
	IN_LINES = 32,
	IN_LISTS = IN_PANES | IN_PAGES | IN_MENU | IN_LINES,
	ANYWHERE = IN_LISTS | IN_PAUSE
};

typedef enum ui_effect command_fn(struct view *view, int how);

struct binding {
	int keys[4]; /* 0: no more */
	uint8_t where;
	command_fn *run;
	int how;                          /* handed to it */
	const char *group, *names, *does; /* for the help; no group: told with the one before */
	uint8_t bar;                      /* place in the bottom bar, 1 to BAR_LAST; 0: not there */
	const char *bar_key, *bar_word;
};

#define BAR_LAST 11 /* the way out: it always has a place */

#define NO_BAR  0, NULL, NULL
#define NO_HELP NULL, NULL, NULL, NO_BAR /* told with the one before */

/* The keys of one file; static. */
struct bindings {
	const struct binding *at;
	size_t count;
};

#define BINDINGS(table) \
	{ \
		table, COUNT_OF(table) \
	}

/* A message in the status line, and a new frame to show it. */
static inline enum ui_effect
notice(struct view *view, const char *text)
{
	ui_state_notice(view->ui, view->scene, text);
	return UI_REDRAW;
}

#endif
