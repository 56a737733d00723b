/* What the summary says of transfers to distribution points. */
#ifndef VIEW_SUMMARY_TRANSFERS_LINE_H
#define VIEW_SUMMARY_TRANSFERS_LINE_H

#include "view/frame/paint.h"

/* No child site is known: transfers are what this server does. */
bool transfers_lead(const struct view *view);

struct fact transfers_rate_fact(struct view *view, int gap);  /* "" where it is not known */
struct fact transfers_state_fact(struct view *view, int gap); /* how those under way are */
struct fact transfers_queue_fact(struct view *view, int gap); /* how many stand where */
struct fact transfers_done_fact(struct view *view, int gap);

#endif
