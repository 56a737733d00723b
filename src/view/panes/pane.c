#include "view/panes/pane.h"

#include <stdio.h>
#include <string.h>

const struct pane *
pane_of(const struct view *view, int number)
{
	return view->ui->pane_table[number];
}

struct row *
rows_take(struct view *view, size_t most)
{
	return arena_take(view->arena, most * sizeof(struct row));
}

bool
pane_is_pinned(const struct pane_state *state, uint64_t id)
{
	size_t i;

	for (i = 0; i < state->pin_count; i++) {
		if (state->pins[i] == id)
			return true;
	}
	return false;
}

/* Pinned rows to the top, else in the order they had. */
static void
pins_first(struct view *view, const struct pane_state *state, struct rows *rows)
{
	struct row *out = state->pin_count && rows->count ? rows_take(view, rows->count) : NULL;
	size_t i, used = 0;

	if (!out)
		return;
	for (i = 0; i < rows->count; i++) {
		if (pane_is_pinned(state, rows->at[i].id))
			out[used++] = rows->at[i];
	}
	for (i = 0; i < rows->count; i++) {
		if (!pane_is_pinned(state, rows->at[i].id))
			out[used++] = rows->at[i];
	}
	rows->at = out;
}

const struct rows *
pane_rows(struct view *view, int pane)
{
	struct rows *rows = &view->rows[pane];

	if (!view->gathered[pane]) {
		view->gathered[pane] = true;
		pane_of(view, pane)->gather(view, rows);
		pins_first(view, &view->ui->panes[pane], rows);
	}
	return rows;
}

const char *
pane_count(struct view *view, int number)
{
	const struct rows *rows = pane_rows(view, number);

	if (view_filtered(view))
		return arena_format(view->arena, "%zu of %zu", rows->count - rows->titles, rows->total);
	return arena_format(view->arena, "%zu", rows->count - rows->titles);
}

const struct field *
pane_order(const struct pane *pane, size_t i)
{
	return fields_used(pane->table->entity, FIELD_SORTS, i);
}

void
pane_sort(struct view *view, int number, const void **rows, size_t count)
{
	const struct pane_state *state = &view->ui->panes[number];
	const struct field *key = pane_order(pane_of(view, number), state->sort);

	if (key)
		fields_sort(key, state->invert, &view->context, rows, count);
}

void
pane_lines_of_site(struct view *view, uint32_t site, struct lines_state *out)
{
	out->site = site;
	span_copy(span_of(view_site_code(view, site)), out->word, sizeof(out->word));
	snprintf(out->title, sizeof(out->title), "Log lines of site %s", view_site_code(view, site));
}

void
pane_lines_of_package(struct view *view, uint32_t package, struct lines_state *out)
{
	out->package = package;
	span_copy(span_of(view_package_id(view, package)), out->word, sizeof(out->word));
	snprintf(out->title, sizeof(out->title), "Log lines of package %s", view_package_id(view, package));
}

const char *
pane_missing_log(struct view *view, const char *name)
{
	const struct log_status *log = view_log(view, name);

	if (!log)
		return arena_format(view->arena, "no %s.log among the logs that are read", name);
	switch (log->state) {
	case LOG_WAITING: return arena_format(view->arena, "waiting for %s.log: %s", name, log->path);
	case LOG_DENIED: return arena_format(view->arena, "no permission to read %s.log: %s", name, log->path);
	case LOG_ERROR: return arena_format(view->arena, "%s.log cannot be read: %s", name, log->error);
	case LOG_STALLED: return arena_format(view->arena, "%s.log: the file system does not answer", name);
	default: return NULL;
	}
}
