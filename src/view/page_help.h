/* The help: the keys, the logs and what the figures mean. */
#ifndef VIEW_PAGE_HELP_H
#define VIEW_PAGE_HELP_H

#include "view/frame/frame.h"

void page_help_paint(struct view *view, const struct area *area);

#endif
