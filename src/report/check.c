#include "cmtop/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmtop/forecast.h"
#include "cmtop/utf8.h"

#define CONDITIONS_MOST 32
#define LOGS_OF_ONE     4 /* that a figure stands on, at most */

enum relation { MORE, MORE_OR_SAME, LESS, LESS_OR_SAME, SAME };

/* Longer signs first; `range` is the same as the plugin convention writes it: an alert outside, with "@" inside. */
/* clang-format off */
static const struct { const char *sign, *range; } relations[] = {
	[MORE_OR_SAME] = { ">=", "@%s:" },
	[LESS_OR_SAME] = { "<=", "@%s" },
	[MORE]         = { ">",  "%s" },
	[LESS]         = { "<",  "%s:" },
	[SAME]         = { "=",  "@%s:%s" },
};
/* clang-format on */

static const enum relation by_length[] = { MORE_OR_SAME, LESS_OR_SAME, MORE, LESS, SAME };

static const struct {
	const char *word, *unit;
} figures[CHECK_FIGURE_COUNT] = {
#define _(figure, word, unit, says) { word, unit },
	CHECK_FIGURES(_)
#undef _
};

#define _(figure, word, unit, says) " " word
static const char not_a_figure[] = "is none of" CHECK_FIGURES(_);
#undef _

struct condition {
	enum check_figure figure;
	enum relation relation;
	double number;
	bool warns;
};

struct check {
	struct condition condition[CONDITIONS_MOST];
	size_t count;
};

const char *
check_figure_word(enum check_figure figure)
{
	return figures[figure].word;
}

/* ---- reading ---- */

static void
skip_blanks(struct span *text)
{
	while (text->size && is_blank(*text->at))
		*text = span_from(*text, 1);
}

/* The longest word that fits: "transfers" is the beginning of others. */
static bool
take_figure(struct span *text, enum check_figure *out)
{
	size_t best = 0;

	for (int i = 0; i < CHECK_FIGURE_COUNT; i++) {
		struct span word = span_of(figures[i].word);

		if (word.size > best && span_starts_nocase(*text, word)) {
			*out = (enum check_figure)i;
			best = word.size;
		}
	}
	*text = span_from(*text, best);
	return best > 0;
}

static bool
take_relation(struct span *text, enum relation *out)
{
	for (size_t i = 0; i < sizeof by_length / sizeof *by_length; i++)
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
	uint64_t whole;
	double digit = 0.1;

	if (!span_take_uint(text, &whole))
		return false;
	*out = (double)whole;
	if (text->size > 1 && *text->at == '.' && is_digit(text->at[1]))
		for (*text = span_from(*text, 1); text->size && is_digit(*text->at);
		     *text = span_from(*text, 1), digit /= 10)
			*out += digit * (*text->at - '0');
	for (size_t i = 0; seconds && i < sizeof units / sizeof *units; i++)
		if (span_skip(text, span_of(units[i].letter))) {
			*out *= units[i].seconds;
			break;
		}
	return true;
}

/* NULL, or what is wrong where `text` stands then. */
static const char *
take_condition(struct span *text, struct condition *out)
{
	skip_blanks(text);
	out->warns = span_skip_nocase(text, SPAN("warn:"));
	skip_blanks(text);
	if (!take_figure(text, &out->figure))
		return not_a_figure;
	skip_blanks(text);
	if (!take_relation(text, &out->relation))
		return "expected > >= < <= or =";
	skip_blanks(text);
	if (!take_number(text, *figures[out->figure].unit, &out->number))
		return "expected a number";
	skip_blanks(text);
	return text->size && *text->at != ',' ? "expected a comma or the end" : NULL;
}

struct check *
check_new(struct span text, struct check_error *error)
{
	struct check *check = calloc(1, sizeof *check);
	size_t whole = text.size;

	*error = (struct check_error){ 0, "out of memory" };
	if (!check)
		return NULL;
	do {
		if (check->count == CONDITIONS_MOST)
			error->text = "too many conditions";
		else
			error->text = take_condition(&text, &check->condition[check->count++]);
		error->at = whole - text.size;
	} while (!error->text && span_skip(&text, SPAN(",")));
	if (!error->text)
		return check;
	check_free(check);
	return NULL;
}

void
check_free(struct check *check)
{
	free(check);
}

/* ---- answering ---- */

/* NAN: not known. */
static double
known(double number)
{
	return number < 0 ? (double)NAN : number;
}

static double
silence(const struct scene *scene, int64_t clock)
{
	int64_t newest = model_newest(scene->model);

	if (newest == WHEN_NONE || clock == WHEN_NONE)
		return (double)NAN;
	return newest > clock ? 0 : (double)((clock - newest) / WHEN_SECOND);
}

static void
measure(const struct scene *scene, int64_t clock, double out[CHECK_FIGURE_COUNT])
{
	struct sending sending = model_sending(scene->model);
	struct forecast *forecast = forecast_new(scene->model, scene->now);
	struct backlog backlog = forecast_backlog(forecast, scene->model, scene->now);
	struct trouble trouble = trouble_at(scene->model, scene->now);
	struct transfers transfers = model_transfer_counts(scene->model);

	forecast_free(forecast);
	out[CHECK_WAITING] = backlog.known ? (double)backlog.waiting : (double)NAN;
	out[CHECK_USED] = sending.used;
	out[CHECK_CAPACITY] = known((double)sending.capacity);
	out[CHECK_FAILED] = (double)sending.failed;
	out[CHECK_STALLED] = (double)trouble.sends_stalled;
	out[CHECK_SILENT] = silence(scene, clock);
	out[CHECK_ETA] = backlog.eta == ETA_NEVER ? (double)INFINITY : known((double)whole_seconds(backlog.eta));
	out[CHECK_DONE_PER_HOUR] = known(backlog.done_per_hour);
	out[CHECK_RETRYING] = sending.heard || transfers.heard
	                              ? (double)(trouble.sends_retrying + trouble.transfers_retrying)
	                              : (double)NAN;
	out[CHECK_TRANSFERS] = transfers.heard ? (double)transfers.running : (double)NAN;
	out[CHECK_TRANSFERS_FAILED] = transfers.heard ? (double)trouble.transfers_failed : (double)NAN;
	out[CHECK_TRANSFERS_STALLED] = transfers.heard ? (double)trouble.transfers_stalled : (double)NAN;
	out[CHECK_THREADS_STALLED] =
		model_distribution(scene->model).heard ? (double)trouble.threads_stalled : (double)NAN;
}

/* ---- logs that were not read whole ---- */

/* Which logs a figure stands on, by how its word begins; NULL: on any. The first that fits counts. */
/* clang-format off */
static const struct { const char *begin; const char *logs[LOGS_OF_ONE]; } sources[] = {
	{ "transfers", { "PkgXferMgr" } },
	{ "threads",   { "distmgr" } },
	{ "downloads", { "iis" } },
	{ "retrying",  { "sender", "distmgr", "PkgXferMgr" } },
	{ "waiting",   { "sender", "distmgr", "sched" } },
	{ "eta",       { "sender", "distmgr", "sched" } },
	{ "silent",    { NULL } },
	{ "",          { "sender" } },
};
/* clang-format on */

static bool
has_log(size_t source, const char *log)
{
	for (size_t k = 0; k < LOGS_OF_ONE && sources[source].logs[k]; k++)
		if (span_is_nocase(span_of(sources[source].logs[k]), span_of(log)))
			return true;
	return false;
}

/* A log that nobody here knows may be of any kind. */
static bool
stands_on(const char *word, const char *log)
{
	bool known = false;
	size_t i = 0;

	for (size_t k = 0; k < sizeof sources / sizeof *sources; k++)
		known |= has_log(k, log);
	while (!span_starts_nocase(span_of(word), span_of(sources[i].begin)))
		i++;
	return !known || !sources[i].logs[0] || has_log(i, log);
}

static const struct log_status *
unread_log(const struct scene *scene, enum check_figure figure)
{
	for (size_t i = 0; i < scene->log_count; i++)
		if ((scene->logs[i].state == LOG_ERROR || scene->logs[i].state == LOG_DENIED)
		    && stands_on(figures[figure].word, scene->logs[i].name))
			return &scene->logs[i];
	return NULL;
}

/* A figure of half a log is not known. */
static void
forget_unread(const struct scene *scene, double values[CHECK_FIGURE_COUNT])
{
	for (int i = 0; i < CHECK_FIGURE_COUNT; i++)
		if (unread_log(scene, (enum check_figure)i))
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
		sink_format(sink, "%s is not known", figures[condition->figure].word);
	if (verdict == VERDICT_UNKNOWN && unread)
		put_unread(unread, sink);
	if (verdict == VERDICT_OK)
		sink_format(sink, "%s %s", figures[condition->figure].word, is);
	else if (verdict != VERDICT_UNKNOWN)
		sink_format(sink, "%s %s %s %s", figures[condition->figure].word, is,
		            relations[condition->relation].sign, limit);
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
put_range(const struct check *check, enum check_figure figure, bool warns, const struct sink *sink)
{
	char limit[32];

	sink_text(sink, ";");
	for (size_t i = 0; i < check->count; i++) {
		const struct condition *condition = &check->condition[i];

		if (condition->figure != figure || condition->warns != warns)
			continue;
		write_number(condition->number, limit);
		for (const char *c = relations[condition->relation].range; *c; c++)
			if (*c == '%')
				sink_text(sink, limit), c++;
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
	for (int i = 0; i < CHECK_FIGURE_COUNT; i++) {
		bool number = isfinite(values[i]);

		write_number(values[i], value);
		sink_format(sink, " %s=%s%s", figures[i].word, number ? value : "U", number ? figures[i].unit : "");
		put_range(check, (enum check_figure)i, true, sink);
		put_range(check, (enum check_figure)i, false, sink);
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
	double values[CHECK_FIGURE_COUNT];
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
