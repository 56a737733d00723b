/*
 * What something is at, in a few words: the same on the screen and in a report.
 */
#ifndef CMTOP_STATE_TEXT_H
#define CMTOP_STATE_TEXT_H

#include "cmtop/figures.h"

#define STATE_TEXT 64

/* Each fills `out`, NUL-terminated, and answers how the state weighs. */
enum state_weight { STATE_PLAIN, STATE_GOOD, STATE_WARNS, STATE_BAD };

/* "sending", "STALLED 22m", "throttled" */
enum state_weight job_state_text(const struct job *job, int64_t now, char out[STATE_TEXT]);

/* "ok", "blocked 12:47", "queued, 12 ahead", "STALLED 22m" */
enum state_weight site_state_text(const struct model *model, uint32_t site, int64_t now, char out[STATE_TEXT]);

/* "hashing", "STALLED 2h hashing" */
enum state_weight thread_state_text(const struct model *model, const struct package_thread *thread, int64_t now,
                                    char out[STATE_TEXT]);

/* "sending", "throttled 10%", "STALLED 2h" */
enum state_weight transfer_state_text(const struct transfer *transfer, int64_t now, char out[STATE_TEXT]);

#endif
