/*
 * The status lights of the logs, as the summary shows them.
 */
#ifndef VIEW_SUMMARY_STATUS_LIGHTS_H
#define VIEW_SUMMARY_STATUS_LIGHTS_H

#include "view/frame/paint.h"

const char *short_age(struct view *view, int64_t age); /* "0.4s", "14m", "-" */

/* Milliseconds since its newest record; a log without one says how long it has not grown. */
int64_t log_age(struct view *view, const struct log_status *log);

/* The log that most needs to be looked at; NULL: there is none. */
const struct log_status *worst_log(struct view *view);
uint8_t light_style(const struct log_status *log);

/* "sender.log LIVE 0.4s  distmgr.log IDLE 14m", of all logs that a site server has; "" for none. */
const char *all_logs_text(struct view *view);

/* "distmgr.log silent 2h", and where there is room ", other logs go on"; "" where none is. */
const char *silent_log_text(struct view *view, bool wide);

/* What is said of the worst one where there is little room: none, one or two facts. */
size_t light_facts(struct view *view, struct fact *out);

#endif
