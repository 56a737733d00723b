/*
 * What the list of transfers, the page of one of them and the distribution points
 * under a package have in common.
 */
#ifndef VIEW_PANES_TRANSFER_ROW_H
#define VIEW_PANES_TRANSFER_ROW_H

#include "view/panes/pane.h"

/* By a rate limit, or because one connection only is allowed. */
bool transfer_held_back(const struct transfer *transfer);

/* What it is at in one word: "sending", "throttled", "STALLED". */
const char *transfer_word(const struct view *view, const struct transfer *transfer);
uint8_t transfer_style(const struct view *view, const struct transfer *transfer);

/*
 * When it is tried again, by 24 hours: "13:06:04", "07-31 02:10:00" of another day, "was
 * 11:12:20" of a time that is past. Where the log's text cannot be read, that text whole; "".
 */
const char *transfer_again(const struct view *view, const struct transfer *transfer);

#endif
