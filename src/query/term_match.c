#include "query/term_match.h"

#include "cmtop/fields.h"

/* Seconds; -1: one of the two is not known. */
static double
age(int64_t since, int64_t now)
{
	if (since == WHEN_NONE || now == WHEN_NONE)
		return -1;
	return now > since ? (double)(now - since) / (double)WHEN_SECOND : 0;
}

/* A flag that holds is told by its name: "stalled" is a state. */
static bool
value_fits(struct term *term, const struct field *field, const struct value *value, int64_t now)
{
	switch (field->unit) {
	case UNIT_FLAG: return value->integer && term_finds(term, field->name);
	case UNIT_TIME: return term_compares(term, age(value->kind == VALUE_TIME ? value->integer : WHEN_NONE, now));
	case UNIT_TEXT:
	case UNIT_WORD: return term_finds(term, value->kind == VALUE_TEXT ? value->text : "");
	default: return term_compares(term, value_number(value));
	}
}

/* A field that a filter may ask for needs nothing of the context but these. */
static bool
row_fits(struct term *term, const struct model *model, enum entity entity, const void *row, int64_t now)
{
	struct scene scene = { .model = model, .now = now };
	struct field_context of = { .scene = &scene, .model = model, .now = now };
	const struct field_list *list = fields_of(entity);

	for (size_t i = 0; i < list->count; i++) {
		const struct field *field = &list->fields[i];
		struct value value;

		if (!field->filter || !term_asks_for(term, field->filter))
			continue;
		value = field->value(&of, row);
		if (value_fits(term, field, &value, now))
			return true;
	}
	return false;
}

bool
job_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	return row_fits(term, model, ENTITY_SENDS, row, now);
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

/* Of a rate its own is asked, and never that of one of its sends. */
bool
site_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	uint32_t number = *(const uint32_t *)row;
	size_t count;
	const struct site *sites = model_sites(model, &count);

	if (row_fits(term, model, ENTITY_SITES, &sites[number], now))
		return true;
	return term->field != TERM_RATE && some_job_fits(term, model, number, NAME_NONE, now);
}

static bool
some_dp_fits(struct term *term, const struct model *model, const struct package_thread *thread, int64_t now)
{
	for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next))
		if (row_fits(term, model, ENTITY_DPS, &(struct dp_row){ thread, dp }, now))
			return true;
	return false;
}

static bool
package_goes_to_server(struct term *term, const struct model *model, uint32_t package, int64_t now)
{
	const struct package_thread *thread = NULL;
	const struct transfer *transfers;
	size_t count, i;

	while ((thread = model_next_thread(model, thread))) {
		if (thread->package == package && some_dp_fits(term, model, thread, now))
			return true;
	}
	transfers = model_transfers(model, &count);
	for (i = 0; i < count; i++) {
		if (transfers[i].package == package && row_fits(term, model, ENTITY_TRANSFERS, &transfers[i], now))
			return true;
	}
	return false;
}

/* Of a size its own is asked, and never that of one of its sends. */
bool
package_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	uint32_t number = *(const uint32_t *)row;
	size_t count;
	const struct package *packages = model_packages(model, &count);

	if (term->field == TERM_SIZE)
		return row_fits(term, model, ENTITY_PACKAGES, &packages[number], now);
	if (term->field == TERM_SERVER)
		return package_goes_to_server(term, model, number, now);
	return some_job_fits(term, model, NAME_NONE, number, now);
}

bool
thread_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	if (term->field == TERM_SERVER)
		return some_dp_fits(term, model, row, now);
	return row_fits(term, model, ENTITY_THREADS, row, now);
}

bool
transfer_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	return row_fits(term, model, ENTITY_TRANSFERS, row, now);
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
	case TERM_ANY:
	case TERM_SITE:
	case TERM_PACKAGE:
	case TERM_NAME:
	case TERM_SERVER:
	case TERM_TEXT: return text_fits(term, note->text);
	case TERM_STATE: return term_finds(term, level_word((enum level)note->level));
	case TERM_AGE: return term_compares(term, age(note->at, now));
	default: return false;
	}
}

bool
transition_fits(struct term *term, const struct model *model, const void *row, int64_t now)
{
	const struct transition *transition = row;

	switch (term->field) {
	case TERM_STATE: return term_finds(term, transition_word((enum transition_kind)transition->kind));
	case TERM_SERVER: return transition->dp != NAME_NONE && term_finds(term, model_server(model, transition->dp));
	case TERM_TEXT: return term_finds(term, transition->text);
	case TERM_TRY: return term_compares(term, transition->attempt);
	case TERM_SIZE: return term_compares(term, (double)transition->bytes);
	case TERM_AGE: return term_compares(term, age(transition->at, now));
	default: return false;
	}
}
