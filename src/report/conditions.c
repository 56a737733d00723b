#include "report/conditions.h"

#include "cmtop/count_of.h"

#include <stdio.h>
#include <stdlib.h>

/* clang-format off */
static const struct { const char *sign, *range; } relations[] = {
	[MORE_OR_SAME] = { ">=", "@%:" },
	[LESS_OR_SAME] = { "<=", "@%" },
	[MORE]         = { ">",  "%" },
	[LESS]         = { "<",  "%:" },
	[SAME]         = { "=",  "@%:%" },
};
/* clang-format on */

/* Longer signs first. */
static const enum relation by_length[] = { MORE_OR_SAME, LESS_OR_SAME, MORE, LESS, SAME };

const char *
relation_sign(enum relation relation)
{
	return relations[relation].sign;
}

const char *
relation_range(enum relation relation)
{
	return relations[relation].range;
}

const struct field *
figure_at(size_t i)
{
	return i < FIGURES_MOST ? fields_used(ENTITY_SERVER, FIELD_CHECKS, i) : NULL;
}

const char *
figure_word(size_t i)
{
	return field_use_name(figure_at(i), &figure_at(i)->check);
}

bool
figure_in_seconds(size_t i)
{
	return figure_at(i)->unit == UNIT_SECONDS;
}

static void
skip_blanks(struct span *text)
{
	while (text->size && is_blank(*text->at))
		*text = span_from(*text, 1);
}

/* The longest word that fits: "transfers" is the beginning of others. */
static bool
take_figure(struct span *text, size_t *out)
{
	size_t best = 0;

	for (size_t i = 0; figure_at(i); i++) {
		struct span word = span_of(figure_word(i));

		if (word.size > best && span_starts_nocase(*text, word)) {
			*out = i;
			best = word.size;
		}
	}
	*text = span_from(*text, best);
	return best > 0;
}

static bool
take_relation(struct span *text, enum relation *out)
{
	for (size_t i = 0; i < COUNT_OF(by_length); i++)
		if (span_skip(text, span_of(relations[by_length[i]].sign))) {
			*out = by_length[i];
			return true;
		}
	return false;
}

/* "90", "1.5", and "90m" of a figure in seconds. */
static bool
take_number(struct span *text, bool seconds, double *out)
{
	/* clang-format off */
	static const struct { const char *letter; double seconds; } units[] = {
		{ "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 },
	};
	/* clang-format on */
	uint64_t integer;
	double digit = 0.1;

	if (!span_take_uint(text, &integer))
		return false;
	*out = (double)integer;
	if (text->size > 1 && *text->at == '.' && is_digit(text->at[1]))
		for (*text = span_from(*text, 1); text->size && is_digit(*text->at);
		     *text = span_from(*text, 1), digit /= 10)
			*out += digit * (*text->at - '0');
	for (size_t i = 0; seconds && i < COUNT_OF(units); i++)
		if (span_skip(text, span_of(units[i].letter))) {
			*out *= units[i].seconds;
			break;
		}
	return true;
}

static void
list_figures(struct check_error *error)
{
	size_t used = (size_t)snprintf(error->text, sizeof error->text, "no such figure; use");

	for (size_t i = 0; figure_at(i) && used < sizeof error->text; i++)
		used += (size_t)snprintf(error->text + used, sizeof error->text - used, " %s", figure_word(i));
}

static bool
broken(struct check_error *error, const char *why)
{
	snprintf(error->text, sizeof error->text, "%s", why);
	return false;
}

/* False: broken where `text` stands then. */
static bool
take_condition(struct span *text, struct condition *out, struct check_error *error)
{
	skip_blanks(text);
	out->warns = span_skip_nocase(text, SPAN("warn:"));
	skip_blanks(text);
	if (!take_figure(text, &out->figure)) {
		list_figures(error);
		return false;
	}
	skip_blanks(text);
	if (!take_relation(text, &out->relation))
		return broken(error, "expected > >= < <= or =");
	skip_blanks(text);
	if (!take_number(text, figure_in_seconds(out->figure), &out->number))
		return broken(error, "expected a number");
	skip_blanks(text);
	return !text->size || *text->at == ',' || broken(error, "expected a comma or the end");
}

struct check *
check_new(struct span text, struct check_error *error)
{
	struct check *check = calloc(1, sizeof *check);
	size_t size = text.size;
	bool good = check;

	*error = (struct check_error){ 0, "out of memory" };
	while (good) {
		good = check->count < CONDITIONS_MOST ? take_condition(&text, &check->condition[check->count++], error)
		                                      : broken(error, "too many conditions");
		error->at = size - text.size;
		if (good && !span_skip(&text, SPAN(",")))
			return check;
	}
	check_free(check);
	return NULL;
}

void
check_free(struct check *check)
{
	free(check);
}
