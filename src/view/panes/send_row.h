/* What the list of active sends and the page of one of them have in common. */
#ifndef VIEW_PANES_SEND_ROW_H
#define VIEW_PANES_SEND_ROW_H

#include "view/panes/pane.h"

/* The heading of a group has the number of its site or package, and this. */
#define GROUP_ID ((uint64_t)1 << 63)

/* -1: not known. What has stalled goes at no rate, whatever it did before. */
int64_t send_size(struct view *view, const struct job *job); /* bytes */
bool send_size_estimated(struct view *view, const struct job *job);
double send_rate(const struct view *view, const struct job *job); /* bytes per second */
int64_t send_eta(const struct view *view, const struct job *job); /* milliseconds */
double send_part(struct view *view, const struct job *job);       /* how much of it is sent, 0 to 1 */

#endif
