/*
 * What the list of transfers, the page of one of them and the distribution points
 * under a package have in common.
 */
#ifndef VIEW_TRANSFER_H
#define VIEW_TRANSFER_H

#include "view/panes.h"

/* "sending"; "throttled" of one that waits because only one connection is allowed. */
const char *transfer_word(const struct transfer *transfer);
uint8_t     transfer_style(const struct transfer *transfer);

void transfer_figures(struct view *view, const struct transfer *transfer, struct detail *out);  /* as lines of a page */
void transfer_detail(struct view *view, uint64_t id, struct detail *out);
void transfer_lines(struct view *view, uint64_t id, struct lines_state *out);

#endif
