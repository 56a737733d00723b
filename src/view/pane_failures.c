/* What went wrong, and what was done only at a second try: newest first. */
#include "view/clock.h"
#include "view/panes.h"

#include <stdio.h>
#include <string.h>

static const struct happening *
happening_of(const struct row *row)
{
	return row->of;
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
		if (query_happening(view->ui->query, view->model, &failure->what, view->now))
			out->at[out->count++] = (struct row){ .id = failure->what.number, .of = &failure->what };
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

/* Why it went wrong, taken apart: what is left of a line when paths, codes and the time of the next try are out. */
struct cause {
	struct span why;    /* "Cannot create/open the remote file" */
	struct span error;  /* "32" */
	struct span again;  /* "12:29:04 PM" */
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

/*
 * The sender says why on one line and when it tries again on the next. The file's
 * path only repeats the site and the request: it is left to the detail.
 */
static struct cause
cause_of(const char *text)
{
	struct cause out = { .why = span_of(text) };
	struct span path, nal;

	out.again = clock_of(cut_at(&out.why, SPAN("Restart time = ")));
	out.error = digits_of(cut_at(&out.why, SPAN("Win32 error = ")));
	nal = cut_at(&out.why, SPAN("[\"Display="));  /* a distribution point's, which has a column of its own */
	if (out.error.size == 0)
		out.error = digits_of(cut_at(&nal, SPAN("Error = ")));
	path = cut_at(&out.why, SPAN("\\\\"));
	if (out.error.size == 0 && path.size > 0) {
		cut_at(&path, SPAN(")"));
		out.error = span_from(path, span_find_last(path, SPAN("(")) + 1);
		if (digits_of(out.error).size != out.error.size)
			out.error.size = 0;
	}
	while (out.why.size > 0 && strchr(" ,;.:", out.why.at[out.why.size - 1]))
		out.why.size--;
	/* "Error during WNetAddConnection2 to \\S14SRV\SMS_SITE (53)" */
	if ((path.size > 0 || nal.size > 0) && span_ends_nocase(out.why, SPAN(" to")))
		out.why.size -= 3;
	return out;
}

static const char *
piece(struct view *view, const char *before, struct span text)
{
	return text.size ? arena_format(view->arena, "%s%.*s", before, (int)text.size, text.at) : "";
}

/* "failed, error 32: Cannot create/open the remote file, try 3, again 12:41:10, after 1.2 GB": the telling first */
static void
cell_what(struct view *view, const struct row *row, struct field *out)
{
	const struct happening *happening = happening_of(row);
	const char *dp = happening->dp == NAME_NONE
	                 ? "" : arena_format(view->arena, " %s", model_server(view->model, happening->dp));
	const char *bytes = happening->bytes > 0
	                    ? arena_format(view->arena, ", after %s", view_size(view, happening->bytes)) : "";
	const char *attempt = happening->attempt > 0
	                      ? arena_format(view->arena, ", try %u", (unsigned)happening->attempt) : "";
	struct cause cause = cause_of(happening->text);

	out->text = arena_format(view->arena, "%s%s%s%s%s%s%s", what(happening), dp, piece(view, ", error ", cause.error),
	                         piece(view, ": ", cause.why), attempt, piece(view, ", again ", cause.again), bytes);
	out->style = what_style(happening);
}

enum { COLUMN_TIME, COLUMN_SITE, COLUMN_PACKAGE, COLUMN_WHAT };

static const struct column columns[] = {
	[COLUMN_TIME]    = { "TIME",    11, 0,   ALIGN_LEFT, CUT_END, NULL, cell_time, "time", NULL },
	[COLUMN_SITE]    = { "SITE",    4,  0,   ALIGN_LEFT, CUT_END, NULL, cell_site, "site", NULL },
	[COLUMN_PACKAGE] = { "PACKAGE", 8,  0,   ALIGN_LEFT, CUT_END, NULL, cell_package, "package", NULL },
	[COLUMN_WHAT]    = { "WHAT",    12, 160, ALIGN_LEFT, CUT_END, NULL, cell_what, "what", NULL },
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

static const struct happening *
happening_with(struct view *view, uint64_t number)
{
	const struct failure *failure;
	size_t i;

	for (i = 0; (failure = model_failure(view->model, i)) && failure->what.number != number; i++)
		continue;
	return failure ? &failure->what : NULL;
}

static void
detail(struct view *view, uint64_t id, struct detail *out)
{
	const struct happening *happening = happening_with(view, id);

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

/* Of a send, the request with all its tries; else the package, at that site. */
static void
lines(struct view *view, uint64_t id, struct lines_state *out)
{
	const struct happening *happening = happening_with(view, id);

	snprintf(out->title, sizeof(out->title), "Log lines of something long ago");
	if (!happening)
		return;
	if (happening->package != NAME_NONE)
		pane_lines_of_package(view, happening->package, out);
	if (happening->site != NAME_NONE)
		pane_lines_of_site(view, happening->site, out);
	if (happening->request[0] == '\0')
		return;
	out->site = out->package = NAME_NONE;
	memcpy(out->request, happening->request, sizeof(out->request));
	memcpy(out->word, happening->request, sizeof(out->request));
	snprintf(out->title, sizeof(out->title), "Log lines of %s: %s to %s", happening->request,
	         view_package_id(view, happening->package), view_site_code(view, happening->site));
}

const struct pane pane_failures = {
	.name = "Failures and retries", .order = -1, .table = &table,
	.gather = gather, .title = title, .empty = empty, .fits = fits, .lines = lines, .detail = detail,
};
