/* The last line: the keys that do something here. */
#ifndef VIEW_KEY_BAR_H
#define VIEW_KEY_BAR_H

#include "view/frame/frame.h"

void key_bar_paint(struct view *view, const struct area *area);

#endif
