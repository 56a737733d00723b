/*
 * When the queue is empty, in the words of the summary.
 */
#ifndef VIEW_SUMMARY_TIME_TO_EMPTY_H
#define VIEW_SUMMARY_TIME_TO_EMPTY_H

#include "view/frame/paint.h"

const char *per_hour(struct view *view, double rate); /* "61/h", "-" when it cannot be measured yet */
const char *net_per_hour(struct view *view);          /* "-41/h" */

struct fact unread_fact(struct view *view, int gap); /* "reading history 62 %", "" when all has been read */
struct fact empty_fact(struct view *view, int gap,
                       bool with_net); /* "empty in ~2d 23h", and what else there is to say */
struct fact range_fact(struct view *view, int gap);
struct fact apart_fact(struct view *view, int gap);

#endif
