#include "cmtop/check.h"

#include <math.h>
#include <stdio.h>

#include "cmtop/utf8.h"
#include "report/conditions.h"

/* ---- measuring ---- */

/* A forecast that there is no memory for is not known. */
static void
measure(const struct scene *scene, int64_t clock, double out[FIGURES_MOST])
{
	struct forecast *forecast = forecast_new(scene->model, scene->now);
	const struct field *field;
	struct field_context of;

	fields_context(&of, scene, forecast);
	of.clock = clock;
	for (size_t i = 0; (field = figure_at(i)); i++) {
		struct value value = field->value(&of, NULL);

		out[i] = value_number(&value);
	}
	forecast_free(forecast);
}

/* ---- logs that were read in part ---- */

/* Whether a log is among names with blanks between. */
static bool
has_name(const char *names, const char *log)
{
	struct span rest = span_of(names);

	while (rest.size) {
		size_t blank = span_find(rest, SPAN(" "));

		if (span_is_nocase(span_part(rest, 0, blank), span_of(log)))
			return true;
		rest = span_from(rest, blank + 1);
	}
	return false;
}

/* Some figure stands on it by its name. */
static bool
is_named(const char *log)
{
	for (size_t i = 0; figure_at(i); i++)
		if (figure_at(i)->logs && has_name(figure_at(i)->logs, log))
			return true;
	return false;
}

/* A log that nobody here knows may be of any kind. */
static bool
stands_on(size_t figure, const char *log)
{
	const char *logs = figure_at(figure)->logs;

	return !logs || has_name(logs, log) || !is_named(log);
}

static const struct log_status *
unread_log(const struct scene *scene, size_t figure)
{
	for (size_t i = 0; i < scene->log_count; i++)
		if ((scene->logs[i].state == LOG_ERROR || scene->logs[i].state == LOG_DENIED)
		    && stands_on(figure, scene->logs[i].name))
			return &scene->logs[i];
	return NULL;
}

/* A figure of half a log is not known. */
static void
forget_unread(const struct scene *scene, double values[FIGURES_MOST])
{
	for (size_t i = 0; figure_at(i); i++)
		if (unread_log(scene, i))
			values[i] = (double)NAN;
}

static void
put_unread(const struct log_status *log, const struct sink *sink)
{
	char clean[sizeof log->path + sizeof log->error + 8], text[sizeof clean];

	snprintf(text, sizeof text, "%s: %s", log->path, log->error);
	utf8_clean(span_of(text), clean, sizeof clean);
	for (char *c = clean; *c; c++)
		if (*c == '|') /* where the performance data would begin */
			*c = '?';
	sink_format(sink, " (%s)", clean);
}

/* ---- the verdict ---- */

static bool
holds(const struct condition *condition, double value)
{
	switch (condition->relation) {
	case MORE: return value > condition->number;
	case MORE_OR_SAME: return value >= condition->number;
	case LESS: return value < condition->number;
	case LESS_OR_SAME: return value <= condition->number;
	default: return !(value < condition->number || value > condition->number);
	}
}

static enum verdict
judge(const struct condition *condition, double value)
{
	if (isnan(value))
		return VERDICT_UNKNOWN;
	if (!holds(condition, value))
		return VERDICT_OK;
	return condition->warns ? VERDICT_WARNING : VERDICT_CRITICAL;
}

/* "3042", "12.5" */
static void
write_number(double number, char out[32])
{
	if (isinf(number))
		snprintf(out, 32, "never");
	else
		snprintf(out, 32, "%.*f", number == floor(number) ? 0 : 2, number);
}

/* "waiting 3042 > 3000" of one that holds, else "waiting 12". */
static void
put_condition(const struct condition *condition, double value, enum verdict verdict, const struct log_status *unread,
              const struct sink *sink)
{
	char is[32], limit[32];

	write_number(value, is);
	write_number(condition->number, limit);
	if (verdict == VERDICT_UNKNOWN)
		sink_format(sink, "%s is not known", figure_word(condition->figure));
	if (verdict == VERDICT_UNKNOWN && unread)
		put_unread(unread, sink);
	if (verdict == VERDICT_OK)
		sink_format(sink, "%s %s", figure_word(condition->figure), is);
	else if (verdict != VERDICT_UNKNOWN)
		sink_format(sink, "%s %s %s %s", figure_word(condition->figure), is, relation_sign(condition->relation),
		            limit);
}

/* Why: the conditions of the line's own verdict, all of them when it is good. */
static void
put_reasons(const struct check *check, const struct scene *scene, const double *values, enum verdict verdict,
            const struct sink *sink)
{
	const char *before = "";

	for (size_t i = 0; i < check->count; i++) {
		const struct condition *condition = &check->condition[i];
		double value = values[condition->figure];

		if (judge(condition, value) != verdict)
			continue;
		sink_text(sink, before);
		put_condition(condition, value, verdict, unread_log(scene, condition->figure), sink);
		before = ", ";
	}
}

/* The limit of the figure's first condition that warns, or of the first that does not. */
static void
put_range(const struct check *check, size_t figure, bool warns, const struct sink *sink)
{
	char limit[32];

	sink_text(sink, ";");
	for (size_t i = 0; i < check->count; i++) {
		const struct condition *condition = &check->condition[i];

		if (condition->figure != figure || condition->warns != warns)
			continue;
		write_number(condition->number, limit);
		for (const char *c = relation_range(condition->relation); *c; c++)
			if (*c == '%')
				sink_text(sink, limit);
			else
				sink_put(sink, c, 1);
		return;
	}
}

/* Performance data: "waiting=3042;;3000 …", U where a figure is not known or has no end. */
static void
put_data(const struct check *check, const double *values, const struct sink *sink)
{
	char value[32];

	sink_text(sink, " |");
	for (size_t i = 0; figure_at(i); i++) {
		bool number = isfinite(values[i]);

		write_number(values[i], value);
		sink_format(sink, " %s=%s%s", figure_word(i), number ? value : "U",
		            number && figure_in_seconds(i) ? "s" : "");
		put_range(check, i, true, sink);
		put_range(check, i, false, sink);
	}
}

enum verdict
check_report(const struct check *check, const struct scene *scene, int64_t clock, const struct sink *sink)
{
	static const char *const words[] = { "OK", "WARNING", "CRITICAL", "UNKNOWN" };
	/* clang-format off */
	static const int weight[] = {
		[VERDICT_OK] = 0, [VERDICT_UNKNOWN] = 1, [VERDICT_WARNING] = 2, [VERDICT_CRITICAL] = 3,
	};
	/* clang-format on */
	double values[FIGURES_MOST];
	enum verdict worst = VERDICT_OK;

	measure(scene, clock, values);
	forget_unread(scene, values);
	for (size_t i = 0; i < check->count; i++) {
		enum verdict verdict = judge(&check->condition[i], values[check->condition[i].figure]);

		if (weight[verdict] > weight[worst])
			worst = verdict;
	}
	sink_format(sink, "cmtop %s: ", words[worst]);
	put_reasons(check, scene, values, worst, sink);
	put_data(check, values, sink);
	sink_text(sink, "\n");
	return worst;
}

/* A bar would begin the performance data. */
enum verdict
check_report_unread(const char *why, const struct sink *sink)
{
	char clean[1024];

	utf8_clean(span_of(why), clean, sizeof clean);
	for (char *c = clean; *c; c++)
		if (*c == '|')
			*c = '?';
	sink_format(sink, "cmtop UNKNOWN: %s\n", clean);
	return VERDICT_UNKNOWN;
}
