#include "query/term_match.h"

#include "cmtop/figures.h"

/* Seconds; -1: one of the two is not known. */
static double
age(int64_t since, int64_t now)
{
	if (since == WHEN_NONE || now == WHEN_NONE)
		return -1;
	return now > since ? (double)(now - since) / (double)WHEN_SECOND : 0;
}

bool
job_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	const struct job *job = row;
	enum size_source source;

	switch (term->field) {
	case FIELD_STATE:
		return term_finds(term, job_state_word((enum job_state)job->state))
		       || (job_stalled(job, now) && term_finds(term, "stalled"))
		       || (job_throttled(job) && term_finds(term, "throttled"));
	case FIELD_TEXT: return term_finds(term, job->error);
	case FIELD_TRY: return term_compares(term, job->attempt);
	case FIELD_SIZE: return term_compares(term, (double)job_size(model, job, &source));
	case FIELD_RATE: return term_compares(term, job_rate(job));
	case FIELD_AGE: return term_compares(term, age(job->started, now));
	default: return false;
	}
}

/* Some job of the site, or of the package; NAME_NONE: of any. */
static bool
some_job_fits(struct term *term, const struct model *model, uint32_t site, uint32_t package, int64_t now)
{
	const struct job *job = NULL;

	while ((job = model_next_job(model, job))) {
		if (site != NAME_NONE && job->site != site)
			continue;
		if (package != NAME_NONE && job->package != package)
			continue;
		if (job_fits(term, model, job, now))
			return true;
	}
	return false;
}

bool
site_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	uint32_t site = *(const uint32_t *)row;

	if (term->field == FIELD_STATE && term_finds(term, site_state_word(site_state(model, site, now))))
		return true;
	if (term->field == FIELD_RATE)
		return term_compares(term, site_rate(model, site, now));
	return some_job_fits(term, model, site, NAME_NONE, now);
}

static bool
some_dp_fits(struct term *term, const struct model *model, const struct package_thread *thread)
{
	const struct dp *dp;

	for (dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next)) {
		if (term_finds(term, model_server(model, dp->server)))
			return true;
	}
	return false;
}

static bool
package_goes_to_server(struct term *term, const struct model *model, uint32_t package)
{
	const struct package_thread *thread = NULL;
	const struct transfer *transfers;
	size_t count, i;

	while ((thread = model_next_thread(model, thread))) {
		if (thread->package == package && some_dp_fits(term, model, thread))
			return true;
	}
	transfers = model_transfers(model, &count);
	for (i = 0; i < count; i++) {
		if (transfers[i].package == package && term_finds(term, model_server(model, transfers[i].dp)))
			return true;
	}
	return false;
}

bool
package_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	uint32_t package = *(const uint32_t *)row;
	enum size_source source;

	if (term->field == FIELD_SIZE)
		return term_compares(term, (double)package_size(model, package, &source));
	if (term->field == FIELD_SERVER)
		return package_goes_to_server(term, model, package);
	return some_job_fits(term, model, NAME_NONE, package, now);
}

bool
thread_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	const struct package_thread *thread = row;
	enum size_source source;

	switch (term->field) {
	case FIELD_STATE:
		return term_finds(term, phase_word((enum phase)thread->phase))
		       || (thread_stalled(model, thread, now) && term_finds(term, "stalled"));
	case FIELD_SERVER: return some_dp_fits(term, model, thread);
	case FIELD_TEXT: return term_finds(term, thread->error);
	case FIELD_AGE: return term_compares(term, age(thread->started, now));
	case FIELD_SIZE:
		return thread->package != NAME_NONE
		       && term_compares(term, (double)package_size(model, thread->package, &source));
	default: return false;
	}
}

bool
transfer_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	const struct transfer *transfer = row;

	switch (term->field) {
	case FIELD_STATE:
		return term_finds(term, transfer_state_word((enum transfer_state)transfer->state))
		       || (transfer->throttled && term_finds(term, "throttled"))
		       || (transfer_stalled(transfer, now) && term_finds(term, "stalled"));
	case FIELD_SERVER: return term_finds(term, model_server(model, transfer->dp));
	case FIELD_TEXT: return term_finds(term, transfer->error);
	case FIELD_TRY: return term_compares(term, (double)transfer->attempts);
	case FIELD_SIZE: return term_compares(term, (double)transfer_size(model, transfer));
	case FIELD_RATE: return term_compares(term, transfer_rate(transfer, now));
	case FIELD_AGE: return term_compares(term, age(transfer->started, now));
	default: return false;
	}
}

static bool
is_word(char c)
{
	return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '_' || (c & 0x80);
}

/* The text, or one of its words: "^S14$" is a word of it. */
static bool
text_fits(struct term *term, const char *text)
{
	char word[64];
	size_t size = 0;

	if (term_finds(term, text))
		return true;
	for (; !term->off; text++) {
		if (is_word(*text) && size + 1 < sizeof(word)) {
			word[size++] = *text;
			continue;
		}
		word[size] = '\0';
		if (size > 0 && term_finds(term, word))
			return true;
		size = 0;
		if (!*text)
			break;
	}
	return false;
}

bool
note_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	const struct note *note = row;

	(void)model;
	switch (term->field) {
	case FIELD_ANY:
	case FIELD_SITE:
	case FIELD_PACKAGE:
	case FIELD_NAME:
	case FIELD_SERVER:
	case FIELD_TEXT: return text_fits(term, note->text);
	case FIELD_STATE: return term_finds(term, level_word((enum level)note->level));
	case FIELD_AGE: return term_compares(term, age(note->at, now));
	default: return false;
	}
}

bool
transition_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	const struct transition *transition = row;

	switch (term->field) {
	case FIELD_STATE: return term_finds(term, transition_word((enum transition_kind)transition->kind));
	case FIELD_SERVER: return transition->dp != NAME_NONE && term_finds(term, model_server(model, transition->dp));
	case FIELD_TEXT: return term_finds(term, transition->text);
	case FIELD_TRY: return term_compares(term, transition->attempt);
	case FIELD_SIZE: return term_compares(term, (double)transition->bytes);
	case FIELD_AGE: return term_compares(term, age(transition->at, now));
	default: return false;
	}
}
