/* What went wrong, newest first, and what became of it. */
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/errors.h"
#include "view/panes/counterpart.h"
#include "view/panes/failure_detail.h"
#include "view/panes/failure_row.h"
#include "view/frame/format.h"

static const struct failure *
failure_of(const struct row *row)
{
	return row->of;
}

static const struct transition *
transition_of(const struct row *row)
{
	return &failure_of(row)->what;
}

static void
gather(struct view *view, struct rows *out)
{
	const struct failure *failure;
	size_t i;

	while (model_failure(view->model, out->total))
		out->total++;
	out->at = rows_take(view, out->total);
	if (!out->at)
		return;
	for (i = 0; (failure = model_failure(view->model, i)) && i < out->total; i++) {
		if (query_transition(view->ui->query, view->model, &failure->what, view->now))
			out->at[out->count++] = (struct row){ .id = failure->what.number, .of = failure };
	}
}

/* ---- cells ---- */

static void
cell_time(struct view *view, const struct row *row, struct table_cell *out)
{
	out->text = view_when(view, transition_of(row)->at);
}

/* A failure of a component may be of no package. */
static void
cell_package(struct view *view, const struct row *row, struct table_cell *out)
{
	if (transition_of(row)->package != NAME_NONE || failure_of(row)->kind != FAILURE_COMPONENT)
		out->text = view_package_id(view, transition_of(row)->package);
}

/* Why it went wrong, taken apart: what is left of a line when paths, codes and the time of the next try are out. */
struct cause {
	struct span why;   /* "Cannot create/open the remote file" */
	struct span error; /* "32" */
};

/* Cuts the text before the mark and answers what follows it; an empty span where it has no such mark. */
static struct span
cut_at(struct span *text, struct span mark)
{
	size_t at = span_find_nocase(*text, mark);
	struct span rest = span_from(*text, at + mark.size);

	text->size = at;
	return rest;
}

static struct span
digits_of(struct span text)
{
	size_t size = 0;

	while (size < text.size && is_digit(text.at[size]))
		size++;
	return span_part(text, 0, size);
}

static void
trim_end(struct span *text)
{
	while (text->size > 0 && strchr(" ,;.:", text->at[text->size - 1]))
		text->size--;
}

/*
 * The sender says why on one line and when it tries again on the next. The file's
 * path only repeats the site and the request: it is left to the detail.
 */
static struct cause
cause_of_send(const char *text)
{
	struct cause out = { .why = span_of(text) };
	struct span path, nal;

	cut_at(&out.why, SPAN("Restart time = "));
	out.error = digits_of(cut_at(&out.why, SPAN("Win32 error = ")));
	nal = cut_at(&out.why, SPAN("[\"Display=")); /* a distribution point's, which has a column of its own */
	if (out.error.size == 0)
		out.error = digits_of(cut_at(&nal, SPAN("Error = ")));
	path = cut_at(&out.why, SPAN("\\\\"));
	if (out.error.size == 0 && path.size > 0) {
		cut_at(&path, SPAN(")"));
		out.error = span_from(path, span_find_last(path, SPAN("(")) + 1);
		if (digits_of(out.error).size != out.error.size)
			out.error.size = 0;
	}
	trim_end(&out.why);
	/* "Error during WNetAddConnection2 to \\S14SRV\SMS_SITE (53)" */
	if ((path.size > 0 || nal.size > 0) && span_ends_nocase(out.why, SPAN(" to")))
		out.why.size -= 3;
	return out;
}

/* What a DP failed at, its own name left out where it is spelled as a path: "Cannot establish connection to ["Display=…". */
static struct cause
cause_of_dp(const char *text)
{
	struct cause out = { .why = span_of(text) };
	struct span nal = cut_at(&out.why, SPAN("[\"Display="));

	out.error = digits_of(cut_at(&nal, SPAN("Error = ")));
	if (out.error.size > 0 && span_ends_nocase(out.why, SPAN(" to ")))
		out.why.size -= 4;
	else if (out.error.size == 0)
		out.why = span_of(text);
	return out;
}

/* A line that stands for itself is shown word for word; when it is tried again has its own place. */
static struct cause
cause_of(const struct failure *failure)
{
	struct cause out = { .why = span_of(failure->what.text) };

	if (failure->what.kind == TRANSITION_FAILURE)
		return out;
	if (failure->what.kind == TRANSITION_DP_FAILED)
		return cause_of_dp(failure->what.text);
	if (failure->what.kind == TRANSITION_TRANSFER_FAILED && failure->retry.text[0]) {
		cut_at(&out.why, SPAN("Restart time = "));
		trim_end(&out.why);
	}
	return failure->kind == FAILURE_SEND || failure->kind == FAILURE_REPLICATION ? cause_of_send(failure->what.text)
	                                                                             : out;
}

static const char *
piece(struct view *view, const char *before, struct span text)
{
	return text.size ? arena_format(view->arena, "%s%.*s", before, (int)text.size, text.at) : "";
}

/* Whose failure it is, where no column says so: "DP1.CONTOSO.COM", "SMS_DESPOOLER". */
static const char *
whose(struct view *view, const struct failure *failure)
{
	if (failure->what.dp != NAME_NONE)
		return model_server(view->model, failure->what.dp);
	return failure->kind == FAILURE_COMPONENT
	               ? arena_format(view->arena, "%.40s", model_component(view->model, failure->component))
	               : "";
}

/* " (access denied)", where the line itself gives the number alone. */
static const char *
meaning(struct view *view, const struct failure *failure)
{
	bool send = failure->what.kind != TRANSITION_FAILURE
	            && (failure->kind == FAILURE_SEND || failure->kind == FAILURE_REPLICATION);
	const char *text = failure->coded && !send ? failure_meaning(failure->code) : NULL;

	return text ? arena_format(view->arena, " (%s)", text) : "";
}

/* ", again 12:41:10" */
static const char *
again(struct view *view, const struct failure *failure)
{
	return failure->retry.text[0] ? arena_format(view->arena, ", again %s", failure_again(view, failure)) : "";
}

/* "failed, error 32: Cannot create/open the remote file, try 3, again 12:41:10, after 1.2 GB": the telling first */
static void
cell_what(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct failure *failure = failure_of(row);
	const struct transition *transition = &failure->what;
	const char *word = failure_word(transition), *of = whose(view, failure),
		   *done = failure_resolved(view, failure);
	const char *bytes = transition->bytes > 0
	                            ? arena_format(view->arena, ", after %s", view_size(view, transition->bytes))
	                            : "";
	const char *attempt =
		transition->attempt > 0 ? arena_format(view->arena, ", try %u", (unsigned)transition->attempt) : "";
	struct cause cause = cause_of(failure);
	const char *begin = arena_format(view->arena, "%s%s%s%s", word, *word && *of ? " " : "", of,
	                                 piece(view, ", error ", cause.error));

	out->text = arena_format(view->arena, "%s%s%s%s%s%s%s%s", done, *done ? "; " : "", begin,
	                         piece(view, *begin ? ": " : "", cause.why), meaning(view, failure), attempt,
	                         *done ? "" : again(view, failure), bytes);
	out->style = failure_style(failure);
}

/* clang-format off */
static const struct column columns[] = {
	{ COLUMN_LEFT("time", 11, 0), .cell = cell_time },
	{ COLUMN_LEFT("site", 4, 0), .unknown = "" }, /* a DP's failure has no site */
	{ COLUMN_LEFT("package", 8, 0), .cell = cell_package },
	{ COLUMN_LEFT("what", 12, 160), .cell = cell_what, .title = "WHAT" },
};

static const struct yield yields[] = {
	{ "package", 0 }, { "time", 5 }, { "time", 0 },
};
/* clang-format on */

static const struct table table = {
	.entity = ENTITY_FAILURES,
	.headless = true,
	.column_count = COUNT_OF(columns),
	.columns = columns,
	.yield_count = COUNT_OF(yields),
	.yields = yields,
};

/* ---- words ---- */

/* "3", "200, 312 older ones left out" */
static const char *
title(struct view *view)
{
	uint64_t dropped = model_failures_dropped(view->model);

	if (dropped == 0)
		return pane_count(view, PANE_FAILURES);
	return arena_format(view->arena, "%s, %llu older left out", pane_count(view, PANE_FAILURES),
	                    (unsigned long long)dropped);
}

/* Names of the logs that are in one of these states, or of which a part is lost: "sched, PkgXferMgr". */
static const char *
logs_that(struct view *view, bool (*are)(const struct log_status *log))
{
	const char *out = "";

	for (size_t i = 0; i < view->scene->log_count; i++)
		if (are(&view->scene->logs[i]))
			out = arena_format(view->arena, "%s%s%s", out, *out ? ", " : "", view->scene->logs[i].name);
	return out;
}

static bool
is_away(const struct log_status *log)
{
	return log->state == LOG_WAITING || log->state == LOG_DENIED || log->state == LOG_ERROR
	       || log->state == LOG_STALLED;
}

static bool
is_not_read(const struct log_status *log)
{
	return is_away(log) && log->records == 0;
}

/* Its share went away, say: what was read of it counts. */
static bool
is_read_in_part(const struct log_status *log)
{
	return is_away(log) && log->records > 0;
}

static bool
is_read(const struct log_status *log)
{
	return !is_away(log);
}

static bool
has_holes(const struct log_status *log)
{
	return log->missed > 0 || log->gaps > 0;
}

/* That there was none is said only where all was read. */
static const char *
empty(struct view *view)
{
	const char *unread = logs_that(view, is_not_read), *holes = logs_that(view, has_holes),
		   *part = logs_that(view, is_read_in_part);

	if (view_records(view->scene) == 0)
		return "no log has been read yet";
	if (view->scene->unread > 0)
		return arena_format(view->arena, "none so far; %d %% of the logs is not read yet", view->scene->unread);
	if (*part)
		return arena_format(view->arena, "none so far; cannot be read now: %s%s%s", part,
		                    *unread ? "; not read: " : "", unread);
	if (*unread)
		return arena_format(view->arena, "none so far; not read: %s", unread);
	if (*holes)
		return arena_format(view->arena, "none so far; parts are missing: %s", holes);
	if (!view_log(view, "sender") || !view_log(view, "distmgr"))
		return arena_format(view->arena, "no failure and no retry in %s", logs_that(view, is_read));
	return "no failure and no retry in the logs";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_transition(query, view->model, transition_of(row), view->now);
}

static uint64_t
counterpart(const struct handover *handover, uint64_t id)
{
	const struct failure *from, *to;
	size_t i;

	for (i = 0; (from = model_failure(handover->from->model, i)) && from->what.number != id; i++)
		continue;
	for (i = 0; from && (to = model_failure(handover->to->model, i)); i++) {
		const struct transition *old = &from->what, *transition = &to->what;

		if (transition->at == old->at && transition->kind == old->kind && transition->thread == old->thread
		    && transition->site == same_site(handover, old->site)
		    && transition->package == same_package(handover, old->package))
			return transition->number;
	}
	return ROW_GONE;
}

const struct pane pane_failures = {
	.name = "Failures and retries",
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = failure_lines,
	.detail = failure_detail,
	.counterpart = counterpart,
};
