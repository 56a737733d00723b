/* Times as the server writes them into its messages. */
#ifndef VIEW_PANES_SERVER_TIME_H
#define VIEW_PANES_SERVER_TIME_H

#include "cmtop/span.h"

/* "6:47:10 AM" of a time in the server's own way of writing, whose day and month nobody can tell apart. */
struct span clock_of(struct span time);

#endif
