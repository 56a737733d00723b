/*
 * From the model of a preview to that of all that was read: the same things have other numbers there. So they
 * are found by names, threads, times and places in files.
 */
#include <string.h>

#include "cmtop/ui.h"
#include "view/panes/counterpart.h"

static uint64_t
handover_row(const struct handover *handover, const struct pane *pane, uint64_t id)
{
	return pane->counterpart ? pane->counterpart(handover, id) : id;
}

static void
handover_pane(const struct handover *handover, const struct pane *pane, struct pane_state *state)
{
	size_t i, kept = 0;

	if (state->touched)
		state->selected = handover_row(handover, pane, state->selected);
	for (i = 0; i < state->pin_count; i++) {
		uint64_t id = handover_row(handover, pane, state->pins[i]);

		if (id != ROW_GONE)
			state->pins[kept++] = id;
	}
	state->pin_count = kept;
}

/* ---- the page of log lines ---- */

static const struct logstore_line *const *
lines_behind(const struct handover *handover, const struct scene *scene, const struct lines_state *state, size_t *count)
{
	struct logstore_wish wish = {
		.serial = state->serial,
		.request = state->request,
		.site = state->site,
		.package = state->package,
		.word = state->word[0] ? state->word : NULL,
	};

	*count = 0;
	return scene->logstore ? logstore_find(scene->logstore, &wish, handover->arena, count) : NULL;
}

static const struct logstore_line *
same_line(const struct logstore_line *const *lines, size_t count, const struct logstore_line *old)
{
	size_t i;

	for (i = count; i-- > 0;)
		if (lines[i]->log == old->log && lines[i]->offset == old->offset && span_is(lines[i]->text, old->text))
			return lines[i];
	return NULL;
}

static void
handover_lines(const struct handover *handover, struct lines_state *state)
{
	struct lines_state before = *state;
	const struct logstore_line *const *old, *const *now, *line = NULL;
	const struct job *job = same_job(handover, before.serial);
	const struct package_thread *thread = same_thread(handover, before.serial);
	size_t old_count, now_count, i;

	state->serial = job ? job->serial : thread ? thread->serial : 0;
	state->site = same_site(handover, before.site);
	state->package = same_package(handover, before.package);
	if (job && job->started != WHEN_NONE)
		state->since = job->started;
	if (!state->touched)
		return;
	old = lines_behind(handover, handover->from, &before, &old_count);
	now = lines_behind(handover, handover->to, state, &now_count);
	for (i = 0; i < old_count && !line; i++)
		if (old[i]->number >= before.selected)
			line = same_line(now, now_count, old[i]);
	state->touched = line != NULL;
	state->selected = line ? line->number : 0;
}

void
ui_handover(struct ui *ui, const struct scene *from, const struct scene *to)
{
	struct handover handover = { from, to, ui->arena, ui->group };
	int pane;

	arena_clear(ui->arena);
	for (pane = PANE_FIRST; pane < PANE_COUNT; pane++)
		handover_pane(&handover, ui->pane_table[pane], &ui->panes[pane]);
	if (ui->mode != MODE_PANES && ui->detail >= PANE_FIRST)
		ui->detail_id = handover_row(&handover, ui->pane_table[ui->detail], ui->detail_id);
	ui->followed_site = same_site(&handover, ui->followed_site);
	ui->followed_package = same_package(&handover, ui->followed_package);
	handover_lines(&handover, &ui->lines);
	ui->frozen_records += view_records(to) - view_records(from);
}
