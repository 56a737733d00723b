/*
 * Metrics after the conventions of Prometheus: base units, totals that only grow,
 * a label for the site or the log, never for a package. What is not known has no
 * sample. A counter is declared under its full name, since the collectors that
 * read such a file from disk know no other.
 *
 * Most are fields of the server, of sites and of logs. The others count things by a word
 * that is their label.
 */
#include "cmtop/count_of.h"
#include "cmtop/report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/utf8.h"
#include "report/rows.h"

/* ---- counts by a word ---- */

/* What these are made of. */
struct counts {
	const struct rows *rows;
	uint64_t dps[DP_FAILED + 1];           /* of open threads, by enum dp_state */
	uint64_t failures[FAILURE_KIND_COUNT]; /* that no later try has mended */
	bool advised[ADVICE_COUNT];
};

/* The i-th sample and its word; NULL past the last. */
typedef const char *sample_fn(const struct counts *counts, size_t i, double *value);

static const char *
build_sample(const struct counts *counts, size_t i, double *value)
{
	(void)counts;
	*value = 1;
	return i == 0 ? PROGRAM_VERSION : NULL;
}

static const char *
dps_sample(const struct counts *counts, size_t i, double *value)
{
	if (i > DP_FAILED)
		return NULL;
	*value = (double)counts->dps[i];
	return dp_state_word((enum dp_state)i);
}

static const char *
failures_sample(const struct counts *counts, size_t i, double *value)
{
	if (i >= FAILURE_KIND_COUNT)
		return NULL;
	*value = (double)counts->failures[i];
	return failure_kind_word((enum failure_kind)i);
}

static const char *
advice_sample(const struct counts *counts, size_t i, double *value)
{
	if (i >= ADVICE_COUNT)
		return NULL;
	*value = counts->advised[i];
	return advice_word((enum advice_code)i);
}

static const char *
truncated_sample(const struct counts *counts, size_t i, double *value)
{
	struct truncated_row row;

	if (!truncated_row(counts->rows->of.model, i, &row))
		return NULL;
	*value = (double)row.lost;
	return row.word;
}

/* Places are among those of the fields' metrics. */
static const struct by_word {
	unsigned place;
	const char *name, *label, *meaning;
	sample_fn *sample;
	/* clang-format off */
} by_word[] = {
	{ 1,  "build_info",      "version", "version of cmtop, always 1", build_sample },
	{ 38, "dps",             "state",   "distribution points of the package threads at work, by state", dps_sample },
	{ 51, "failures",        "kind",    "failures that no later try has fixed, by kind", failures_sample },
	{ 52, "advice",          "code",    "1 while this advice is shown", advice_sample },
	{ 72, "truncated_total", "table",   "the same by table; figures are too low if this is not 0", truncated_sample },
};
/* clang-format on */

static void
count_rows(struct counts *counts)
{
	const struct rows *rows = counts->rows;
	const struct failure *failure;

	for (size_t i = 0; i < rows->advice_count; i++)
		counts->advised[rows->advice[i].code] = true;
	for (size_t i = 0; i < rows->dp_count; i++)
		counts->dps[rows->dps[i].dp->state]++;
	for (size_t i = 0; (failure = model_failure(rows->of.model, i)); i++)
		counts->failures[failure->kind] += failure->resolved == WHEN_NONE;
}

/* ---- all of them, by their places ---- */

#define PLACES_MOST 255

/* Whose fields are in the metrics, and the label that tells one row from another. */
/* clang-format off */
static const struct { enum entity entity; const char *label; } labelled[] = {
	{ ENTITY_SERVER, "" }, { ENTITY_SITES, "site" }, { ENTITY_LOGS, "log" },
};
/* clang-format on */

/* One of the two, or none where `name` is NULL. */
struct metric {
	const char *name, *meaning, *label;
	const struct by_word *by_word;
	const struct field *field;
	enum entity entity;
};

static struct metric
metric_of_field(const struct field *field, size_t of)
{
	return (struct metric){ .name = field_use_name(field, &field->metric),
		                .meaning = field_use_meaning(field, &field->metric),
		                .label = labelled[of].label,
		                .field = field,
		                .entity = labelled[of].entity };
}

static struct metric
metric_at(unsigned place)
{
	for (size_t i = 0; i < COUNT_OF(by_word); i++)
		if (by_word[i].place == place)
			return (struct metric){ .name = by_word[i].name,
				                .meaning = by_word[i].meaning,
				                .label = by_word[i].label,
				                .by_word = &by_word[i] };
	for (size_t k = 0; k < COUNT_OF(labelled); k++) {
		const struct field_list *list = fields_of(labelled[k].entity);

		for (size_t i = 0; i < list->count; i++)
			if (list->fields[i].metric.place == place)
				return metric_of_field(&list->fields[i], k);
	}
	return (struct metric){ .name = NULL };
}

static struct metric_words
words_of(const struct metric *metric)
{
	struct metric_words out = {
		.name = metric->name,
		.type = span_ends_nocase(span_of(metric->name), SPAN("_total")) ? "counter" : "gauge",
		.label = metric->label,
	};

	snprintf(out.help, sizeof out.help, "%s.", metric->meaning);
	if (out.help[0] >= 'a' && out.help[0] <= 'z')
		out.help[0] = (char)(out.help[0] - 'a' + 'A');
	return out;
}

bool
report_metric(size_t i, struct metric_words *out)
{
	for (unsigned place = 1; place <= PLACES_MOST; place++) {
		struct metric metric = metric_at(place);

		if (metric.name && i-- == 0) {
			*out = words_of(&metric);
			return true;
		}
	}
	return false;
}

/* ---- samples ---- */

/* Whole numbers without a point, "+Inf" where there is no end. */
static void
put_number(double value, const struct sink *sink)
{
	if (isinf(value))
		sink_text(sink, "+Inf");
	else if (value == floor(value))
		sink_format(sink, "%.0f", value);
	else
		sink_format(sink, "%.3f", value);
	sink_text(sink, "\n");
}

static void
put_label(const char *name, const char *value, unsigned copy, const struct sink *sink)
{
	char clean[64];

	utf8_clean(span_of(value), clean, sizeof clean);
	sink_format(sink, "{%s=\"", name);
	for (const char *c = clean; *c; c++) {
		if (*c == '"' || *c == '\\')
			sink_text(sink, "\\");
		sink_put(sink, c, 1);
	}
	if (copy > 1)
		sink_format(sink, "-%u", copy);
	sink_text(sink, "\"} ");
}

/* Two files may hold the same log: the second one is "sender-2", for no series may stand there twice. */
static unsigned
copy_of(const struct scene *scene, size_t row)
{
	unsigned copy = 1;

	for (size_t i = 0; i < row; i++)
		copy += strcmp(scene->logs[i].name, scene->logs[row].name) == 0;
	return copy;
}

static void
put_row(const struct metric *metric, const struct rows *rows, size_t i, const struct sink *sink)
{
	const void *row = rows_at(rows, metric->entity, i);
	struct value value =
		(metric->field->metric_value ? metric->field->metric_value : metric->field->value)(&rows->of, row);
	double number = value_number(&value);

	if (isnan(number))
		return;
	sink_format(sink, "cmtop_%s", metric->name);
	if (metric->entity == ENTITY_SITES)
		put_label(metric->label, ((const struct site *)row)->code, 1, sink);
	else if (metric->entity == ENTITY_LOGS)
		put_label(metric->label, ((const struct log_status *)row)->name, copy_of(rows->of.scene, i), sink);
	else
		sink_text(sink, " ");
	put_number(number, sink);
}

static void
put_metric(const struct metric *metric, const struct counts *counts, const struct sink *sink)
{
	struct metric_words words = words_of(metric);
	const char *word;
	double value;

	sink_format(sink, "# HELP cmtop_%s %s\n# TYPE cmtop_%s %s\n", words.name, words.help, words.name, words.type);
	for (size_t i = 0; metric->by_word && (word = metric->by_word->sample(counts, i, &value)); i++) {
		sink_format(sink, "cmtop_%s", words.name);
		put_label(words.label, word, 1, sink);
		put_number(value, sink);
	}
	for (size_t i = 0; metric->field && i < rows_count(counts->rows, metric->entity); i++)
		put_row(metric, counts->rows, i, sink);
}

bool
report_metrics(const struct scene *scene, const struct sink *sink)
{
	struct rows rows;
	struct counts counts = { .rows = &rows };

	if (!rows_collect(&rows, scene))
		return false;
	count_rows(&counts);
	for (unsigned place = 1; place <= PLACES_MOST; place++) {
		struct metric metric = metric_at(place);

		if (metric.name)
			put_metric(&metric, &counts, sink);
	}
	sink_text(sink, "# EOF\n");
	rows_destroy(&rows);
	return true;
}
