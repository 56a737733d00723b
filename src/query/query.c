/*
 * A filter is a list of terms that must all hold. Those about names are in
 * name_terms.c, those about figures and words of one row in term_match.c.
 */
#include "cmtop/query.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmtop/utf8.h"
#include "query/term_match.h"
#include "query/name_terms.h"

struct query {
	char *text;
	char slow[64];
	struct term terms[TERMS_MOST];
	size_t count;
	struct names names;
};

/* ---- made from text ---- */

/* The next word of the filter: up to a blank outside of quotes. */
static struct span
take_word(struct span *text)
{
	bool quoted = false;
	size_t i, start = 0;

	while (start < text->size && is_blank(text->at[start]))
		start++;
	for (i = start; i < text->size && (quoted || !is_blank(text->at[i])); i++) {
		if (text->at[i] == '\\' && i + 1 < text->size)
			i++;
		else if (text->at[i] == '"')
			quoted = !quoted;
	}
	*text = (struct span){ text->at + start, text->size - start };
	struct span word = span_part(*text, 0, i - start);

	*text = span_from(*text, word.size);
	return word;
}

static bool
parse(struct query *query, struct query_error *error)
{
	struct span all = span_of(query->text), rest = all, word;

	while ((word = take_word(&rest)).size > 0) {
		error->at = (size_t)(word.at - all.at);
		if (query->count == TERMS_MOST) {
			snprintf(error->text, sizeof(error->text), "more than %d terms", TERMS_MOST);
			return false;
		}
		if (!term_parse(word, &query->terms[query->count], error)) {
			error->at += (size_t)(word.at - all.at);
			return false;
		}
		if (!query->terms[query->count].empty)
			query->count++;
	}
	names_sort(&query->names, query->terms, query->count);
	return true;
}

struct query *
query_new(struct span text, struct query_error *error)
{
	struct query *query = calloc(1, sizeof(*query));

	*error = (struct query_error){ 0, "out of memory" };
	if (query)
		query->text = malloc(text.size + 1);
	if (query && query->text) {
		span_copy(text, query->text, text.size + 1);
		if (parse(query, error))
			return query;
	}
	query_free(query);
	return NULL;
}

void
query_free(struct query *query)
{
	size_t i;

	if (!query)
		return;
	for (i = 0; i < TERMS_MOST; i++)
		term_clear(&query->terms[i]);
	names_clear(&query->names);
	free(query->text);
	free(query);
}

bool
query_is_empty(const struct query *query)
{
	return !query || query->count == 0;
}

const char *
query_text(const struct query *query)
{
	return query ? query->text : "";
}

const char *
query_slow(const struct query *query)
{
	return query && query->slow[0] ? query->slow : NULL;
}

/* A term that was found to take too long is told, and from now on fits everything. */
static void
note_slow(struct query *query)
{
	size_t i;

	for (i = 0; i < query->count; i++) {
		if (!query->terms[i].off)
			continue;
		query->names.off |= (uint32_t)1 << i;
		if (!query->slow[0])
			utf8_clean(query->terms[i].word, query->slow, sizeof(query->slow));
	}
}

/* ---- rows ---- */

static void
remember(struct query *query, const struct model *model, int64_t now)
{
	names_remember(&query->names, query->terms, query->count, model, now);
	note_slow(query);
}

typedef bool fits_fn(struct term *term, const struct model *model, const void *row, int64_t now);

static bool
figures_hold(struct query *query, fits_fn *fits, const struct model *model, const void *row, int64_t now)
{
	size_t i;

	for (i = 0; i < query->count; i++) {
		struct term *term = &query->terms[i];

		if (query->names.all >> i & 1u || term->off)
			continue;
		if (fits(term, model, row, now) == term->negative && !term->off)
			return false;
		if (term->off)
			note_slow(query);
	}
	return true;
}

bool
query_job(struct query *query, const struct model *model, const struct job *job, int64_t now)
{
	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	return names_of_send(&query->names, job->site, job->package) && figures_hold(query, job_fits, model, job, now);
}

bool
query_site(struct query *query, const struct model *model, uint32_t site, int64_t now)
{
	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	return names_of_site(&query->names, model, site) && figures_hold(query, site_fits, model, &site, now);
}

bool
query_package(struct query *query, const struct model *model, uint32_t package, int64_t now)
{
	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	return names_of_package(&query->names, model, package)
	       && figures_hold(query, package_fits, model, &package, now);
}

bool
query_thread(struct query *query, const struct model *model, const struct package_thread *thread, int64_t now)
{
	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	return (thread->package == NAME_NONE ? names_of_send(&query->names, NAME_NONE, NAME_NONE)
	                                     : names_of_package(&query->names, model, thread->package))
	       && figures_hold(query, thread_fits, model, thread, now);
}

/* As of a package thread: the package's names, and what is said of the transfer itself. */
bool
query_transfer(struct query *query, const struct model *model, const struct transfer *transfer, int64_t now)
{
	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	return (transfer->package == NAME_NONE ? names_of_send(&query->names, NAME_NONE, NAME_NONE)
	                                       : names_of_package(&query->names, model, transfer->package))
	       && figures_hold(query, transfer_fits, model, transfer, now);
}

bool
query_transition(struct query *query, const struct model *model, const struct transition *transition, int64_t now)
{
	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	return names_of_send(&query->names, transition->site, transition->package)
	       && figures_hold(query, transition_fits, model, transition, now);
}

/* What the thread is at, by whichever component; all NULL: nothing is known. */
static struct lookup
worker_of(const struct model *model, uint32_t thread)
{
	struct lookup out = { NULL, NULL, NULL };
	uint32_t i;

	for (i = 0; !out.job && !out.thread && !out.transfer && model_component(model, i)[0]; i++)
		out = model_lookup(model, span_of(model_component(model, i)), thread);
	return out;
}

/* Terms about names apart when `names` is false, each fits the note's words, or else the row. */
static bool
note_terms_hold(struct query *query, const struct model *model, const struct note *note, bool names, fits_fn *fits,
                const void *row, int64_t now)
{
	size_t i;

	for (i = 0; i < query->count; i++) {
		struct term *term = &query->terms[i];
		bool fit;

		if (term->off || (!names && query->names.all >> i & 1u))
			continue;
		fit = note_fits(term, model, note, now) || (row && fits(term, model, row, now));
		if (term->off)
			note_slow(query);
		else if (fit == term->negative)
			return false;
	}
	return true;
}

static bool
names_hold(const struct query *query, const struct model *model, const struct lookup *worker)
{
	uint32_t package = worker->thread     ? worker->thread->package
	                   : worker->transfer ? worker->transfer->package
	                                      : NAME_NONE;

	if (worker->job)
		return names_of_send(&query->names, worker->job->site, worker->job->package);
	return package == NAME_NONE ? names_of_send(&query->names, NAME_NONE, NAME_NONE)
	                            : names_of_package(&query->names, model, package);
}

bool
query_note(struct query *query, const struct model *model, const struct note *note, int64_t now)
{
	struct lookup worker;
	const void *row;
	fits_fn *fits;

	if (query_is_empty(query))
		return true;
	remember(query, model, now);
	worker = worker_of(model, note->thread);
	row = worker.job ? (const void *)worker.job : worker.thread ? (const void *)worker.thread : worker.transfer;
	fits = worker.job ? job_fits : worker.thread ? thread_fits : transfer_fits;
	if (row && names_hold(query, model, &worker) && note_terms_hold(query, model, note, false, fits, row, now))
		return true;
	/* "!S14" is no question about words: the send of that thread was left out. */
	if (row && query->names.negative)
		return false;
	return note_terms_hold(query, model, note, true, NULL, NULL, now);
}
