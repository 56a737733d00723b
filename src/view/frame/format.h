/*
 * Figures as text, as every cell, page and line of the dashboard shows them. The text
 * lives as long as the frame.
 */
#ifndef VIEW_FRAME_FORMAT_H
#define VIEW_FRAME_FORMAT_H

#include "cmtop/state_text.h"
#include "view/frame/frame.h"

int64_t view_age(const struct view *view, int64_t since); /* milliseconds, never negative; -1 unknown */

/* As the record wrote it: "12:23:07", "07-29 12:23" on another day than that of the clock on the screen, "?" */
const char *view_written(const struct view *view, struct written_time time);
const char *view_when(const struct view *view, uint8_t log, int64_t at); /* likewise, of a time of the log's records */
const char *view_when_newest(const struct view *view, int64_t at);       /* … of no log: as the newest record is */
const char *view_when_fine(const struct view *view, struct written_time time); /* "12:23:07.123", whatever the day */

/* When something is tried again, which is known: "12:23:07", "07-29 12:23:07" on other days. */
const char *view_when_again(const struct view *view, const struct announced *announced);

const char *view_duration(const struct view *view, int64_t milliseconds); /* "-" when negative */
const char *view_eta(const struct view *view, int64_t milliseconds); /* likewise; in whole seconds, as everywhere */
const char *view_size(const struct view *view, int64_t bytes);       /* "?" when negative */
const char *view_rate(const struct view *view, double rate);         /* "-" when negative */
const char *view_limit(const struct view *view, int64_t capacity);   /* "?" when not known */

/* enum style of an enum state_weight. */
uint8_t view_weight(enum state_weight weight);

#endif
