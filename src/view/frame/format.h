/*
 * Figures as text, as every cell, page and line of the dashboard shows them. The text
 * lives as long as the frame.
 */
#ifndef VIEW_FRAME_FORMAT_H
#define VIEW_FRAME_FORMAT_H

#include "cmtop/state_text.h"
#include "view/frame/frame.h"

int64_t view_age(const struct view *view, int64_t since);   /* milliseconds, never negative; -1 unknown */
int64_t view_local(const struct view *view, int64_t at);    /* the server's local time */
const char *view_when(const struct view *view, int64_t at); /* "12:23:07", "07-29 12:23" on other days, "?" */
/* When something is tried again, which is known: "12:23:07", "07-29 12:23:07" on other days. */
const char *view_when_again(const struct view *view, const struct announced *announced);
const char *view_when_fine(const struct view *view, int64_t at, bool zoned); /* "12:23:07.123", whatever the day */
const char *view_duration(const struct view *view, int64_t milliseconds);    /* "-" when negative */
const char *view_eta(const struct view *view, int64_t milliseconds); /* likewise; in whole seconds, as everywhere */
const char *view_size(const struct view *view, int64_t bytes);       /* "?" when negative */
const char *view_rate(const struct view *view, double rate);         /* "-" when negative */
const char *view_limit(const struct view *view, int64_t capacity);   /* "?" when not known */

/* enum style of an enum state_weight. */
uint8_t view_weight(enum state_weight weight);

#endif
