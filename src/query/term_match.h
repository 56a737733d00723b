/*
 * Whether a term about words or figures of a row, not about its names, fits it.
 *
 * What a site or package does not have itself it has through its jobs: try:>2
 * is in for a site to which a third try is under way.
 */
#ifndef QUERY_TERM_MATCH_H
#define QUERY_TERM_MATCH_H

#include "query/term.h"

/* `row`: struct job, uint32_t (site, package), struct package_thread, struct transfer, struct transition */
bool job_fits(struct term *term, const struct model *model, const void *row, int64_t now);
bool site_fits(struct term *term, const struct model *model, const void *row, int64_t now);
bool package_fits(struct term *term, const struct model *model, const void *row, int64_t now);
bool thread_fits(struct term *term, const struct model *model, const void *row, int64_t now);
bool transfer_fits(struct term *term, const struct model *model, const void *row, int64_t now);
bool note_fits(struct term *term, const struct model *model, const void *row, int64_t now); /* also terms about names */
bool transition_fits(struct term *term, const struct model *model, const void *row, int64_t now);

#endif
