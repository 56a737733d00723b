/*
 * The terminal: shows a grid, gives keys. There is one; ncurses has no other.
 */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include <stdbool.h>
#include <uv.h>

#include "cmtop/ui.h"
#include "term/themes.h"

/* The terminal is known and cannot place its cursor: nothing can be shown in place. */
bool screen_is_dumb(void);

/*
 * Signals must be in libuv's hands already, or ncurses takes them. False: it has
 * been said why not.
 */
bool screen_open(enum color color, enum theme theme);

/* The terminal as it was before. May be called at any time, and again. */
void screen_close(void);

void screen_size(int *width, int *height); /* in cells */
void screen_resized(void);                 /* the terminal has another size now */

/* `taken` is called on the loop when a picture has gone that the terminal did not take at once. */
void screen_watch(uv_loop_t *loop, void (*taken)(void *payload), void *payload);
bool screen_is_busy(void); /* the last picture is still on its way: no other may be shown */

/* Only what differs from what is shown already goes out. Nobody waits for the terminal. */
void screen_show(const struct grid *grid);
void screen_repaint(void); /* the next screen_show() sends everything */

/* The terminal is given back for a while; after screen_resume() everything is sent again. */
void screen_suspend(void);
void screen_resume(void);

void screen_next_theme(void);
void screen_mouse(bool wanted); /* while it is, the terminal cannot select text with it */

/* What somebody did: a key, as in ui.h, or something with the mouse in a cell. */
struct input {
	int key; /* KEY_NONE: the mouse */
	int x, y;
	enum ui_mouse mouse;
};

bool screen_input(struct input *out); /* false: nothing is waiting */

#endif
