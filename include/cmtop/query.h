/*
 * What the user typed, as a question about jobs, sites and packages:
 *
 *	filter  = term { blank term }            all must hold
 *	term    = [ "!" ] [ field ":" ] pattern  "…" holds blanks
 *	field   = site | pkg | name | state | server | try | size | rate | age | text
 *	pattern = PCRE2 regular expression; for numbers >2  >=1G  <10m
 *
 * Without a field a term is tried on site, package id and package name.
 */
#ifndef CMTOP_QUERY_H
#define CMTOP_QUERY_H

#include "cmtop/model.h"

struct query;

struct query_error {
	size_t at;      /* byte of the text where it broke */
	char text[160]; /* what is wrong */
};

/* NULL: broken, see `error`. An empty text is a query that everything matches. */
struct query *query_new(struct span text, struct query_error *error);
void query_free(struct query *query);

bool query_is_empty(const struct query *query);    /* also for NULL */
const char *query_text(const struct query *query); /* as typed */

/* "site:" and the others of the grammar, in its order; NULL past the last. */
const char *query_word(size_t i);

/* A term that took too long was switched off: its text; NULL when none was. */
const char *query_slow(const struct query *query);

/*
 * A NULL query matches everything. `now` is needed for states and ages.
 * A package is in when its own words match or, for a term on sites, when a send
 * of it to such a site waits, runs or was done.
 */
bool query_job(struct query *query, const struct model *model, const struct job *job, int64_t now);
bool query_site(struct query *query, const struct model *model, uint32_t site, int64_t now);
bool query_package(struct query *query, const struct model *model, uint32_t package, int64_t now);
bool query_thread(struct query *query, const struct model *model, const struct package_thread *thread, int64_t now);
bool query_transfer(struct query *query, const struct model *model, const struct transfer *transfer, int64_t now);
/*
 * A note is in for the send, package thread or transfer that its thread is at, or was
 * last at; else, or where the filter turns nothing round, also for its own words.
 */
bool query_note(struct query *query, const struct model *model, const struct note *note, int64_t now);
bool query_transition(struct query *query, const struct model *model, const struct transition *transition, int64_t now);

#endif
