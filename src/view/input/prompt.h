/*
 * A line being typed, with a history.
 */
#ifndef VIEW_INPUT_PROMPT_H
#define VIEW_INPUT_PROMPT_H

#include "view/frame/paint.h"

enum prompt_answer {
	PROMPT_NOTHING,
	PROMPT_CHANGED, /* the text is another */
	PROMPT_MOVED,   /* the cursor is elsewhere */
	PROMPT_KEEP,    /* Enter */
	PROMPT_DROP,    /* Escape */
};

/* What stands before the line that is typed; NULL: none is. */
const char *prompt_label(const struct ui *ui);

void prompt_open(struct prompt *prompt, const char *text);
enum prompt_answer prompt_key(struct prompt *prompt, const struct history *history, int key);

/* A line that is the same as the newest is not kept again, an empty one not at all. */
void history_keep(struct history *history, const char *line);

/* Columns used. `wrong`: byte of the text that is marked, SIZE_MAX: none. */
int prompt_paint(struct view *view, const struct area *area, int y, const char *label, size_t wrong);

#endif
