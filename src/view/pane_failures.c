/* What went wrong, and what was done only at a second try: newest first. */
#include "view/panes.h"

static const struct happening *
happening_of(const struct row *row)
{
	return row->of;
}

static void
gather(struct view *view, struct rows *out)
{
	const struct happening *happening;
	size_t i;

	while (model_failure(view->model, out->total))
		out->total++;
	out->at = rows_take(view, out->total);
	if (!out->at)
		return;
	for (i = 0; (happening = model_failure(view->model, i)) && i < out->total; i++) {
		if (query_happening(view->ui->query, view->model, happening, view->now))
			out->at[out->count++] = (struct row){ happening->number, happening, 0 };
	}
}

/* ---- cells ---- */

static void
cell_time(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_when(view, happening_of(row)->at);
}

/* A DP's failure has no site. */
static void
cell_site(struct view *view, const struct row *row, struct field *out)
{
	if (happening_of(row)->site != NAME_NONE)
		out->text = view_site_code(view, happening_of(row)->site);
}

static void
cell_package(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_package_id(view, happening_of(row)->package);
}

static const char *
what(const struct happening *happening)
{
	switch (happening->kind) {
	case HAPPENED_JOB_DONE:        return "done";
	case HAPPENED_JOB_FAILED:      return "failed";
	case HAPPENED_JOB_INTERRUPTED: return "interrupted";
	case HAPPENED_JOB_LOST:        return "lost";
	case HAPPENED_PACKAGE_FAILED:  return "package failed";
	case HAPPENED_DP_FAILED:       return "DP failed";
	default:                       break;
	}
	return happening_word((enum happening_kind)happening->kind);
}

static uint8_t
what_style(const struct happening *happening)
{
	switch (happening->kind) {
	case HAPPENED_JOB_DONE:        return STYLE_GOOD;
	case HAPPENED_JOB_INTERRUPTED:
	case HAPPENED_JOB_LOST:        return STYLE_WARN;
	default:                       return STYLE_BAD;
	}
}

/* "failed: cannot connect, error 53, after 1.2 GB, try 3" */
static void
cell_what(struct view *view, const struct row *row, struct field *out)
{
	const struct happening *happening = happening_of(row);
	const char *dp = happening->dp == NAME_NONE
	                 ? "" : arena_format(view->arena, " %s", model_server(view->model, happening->dp));
	const char *text = happening->text[0] ? arena_format(view->arena, ": %s", happening->text) : "";
	const char *bytes = happening->bytes > 0
	                    ? arena_format(view->arena, ", after %s", view_size(view, happening->bytes)) : "";
	const char *attempt = happening->attempt > 0
	                      ? arena_format(view->arena, ", try %u", (unsigned)happening->attempt) : "";

	out->text = arena_format(view->arena, "%s%s%s%s%s", what(happening), dp, attempt, bytes, text);
	out->style = what_style(happening);
}

enum { COLUMN_TIME, COLUMN_SITE, COLUMN_PACKAGE, COLUMN_WHAT };

static const struct column columns[] = {
	[COLUMN_TIME]    = { "TIME",    11, 0,   ALIGN_LEFT, CUT_END, NULL, cell_time },
	[COLUMN_SITE]    = { "SITE",    4,  0,   ALIGN_LEFT, CUT_END, NULL, cell_site },
	[COLUMN_PACKAGE] = { "PACKAGE", 8,  0,   ALIGN_LEFT, CUT_END, NULL, cell_package },
	[COLUMN_WHAT]    = { "WHAT",    12, 160, ALIGN_LEFT, CUT_END, NULL, cell_what },
};

static const struct yield yields[] = {
	{ COLUMN_PACKAGE, 0 }, { COLUMN_TIME, 5 }, { COLUMN_TIME, 0 },
};

static const struct table table = {
	.headless = true,
	.column_count = sizeof(columns) / sizeof(*columns), .columns = columns,
	.yield_count  = sizeof(yields) / sizeof(*yields),   .yields  = yields,
};

/* ---- words ---- */

static const char *
title(struct view *view)
{
	return pane_count(view, PANE_FAILURES);
}

static const char *
empty(struct view *view)
{
	if (!view->sending.heard && !view->distribution.heard)
		return "nothing has been read yet";
	return "no failure, no retry: none has been logged";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_happening(query, view->model, row->of, view->now);
}

static void
detail(struct view *view, uint64_t id, struct detail *out)
{
	const struct happening *happening = NULL;
	size_t i;

	for (i = 0; (happening = model_failure(view->model, i)) && happening->number != id; i++)
		continue;
	out->title = "Failure";
	if (!happening) {
		detail_line(out, NULL, "This was long ago: newer ones have taken its place.");
		return;
	}
	detail_styled(out, "what", what(happening), what_style(happening));
	detail_line(out, "when", arena_format(view->arena, "%s, %s ago", view_when(view, happening->at),
	            view_duration(view, view_age(view, happening->at))));
	detail_line(out, "site", view_site_code(view, happening->site));
	detail_line(out, "package", view_package_id(view, happening->package));
	if (happening->dp != NAME_NONE)
		detail_line(out, "DP", model_server(view->model, happening->dp));
	detail_line(out, "request", happening->request[0] ? happening->request : "?");
	detail_line(out, "thread", arena_format(view->arena, "%u", (unsigned)happening->thread));
	if (happening->attempt > 0)
		detail_line(out, "attempt", arena_format(view->arena, "%u", (unsigned)happening->attempt));
	if (happening->bytes >= 0)
		detail_line(out, "bytes", view_size(view, happening->bytes));
	if (happening->seconds >= 0)
		detail_line(out, "took", view_duration(view, happening->seconds * WHEN_SECOND));
	if (happening->text[0])
		detail_line(out, "says", happening->text);
}

const struct pane pane_failures = {
	.name = "Failures and retries", .order = -1, .table = &table,
	.gather = gather, .title = title, .empty = empty, .fits = fits, .detail = detail,
};
