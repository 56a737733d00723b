/*
 * From a preview to the whole: the same things stand under other numbers. So they
 * are found again by what they are: names, threads, times, places in files.
 */
#include <string.h>

#include "view/panes/thread_row.h"
#include "view/panes/pane.h"
#include "view/panes/send_row.h"

#define NOBODY (UINT64_MAX >> 1) /* no row of any pane has this id */

struct handover {
	const struct scene *from, *to;
	struct arena *arena;
	enum group group;
};

/* ---- names ---- */

static uint32_t
same_site(const struct handover *handover, uint32_t site)
{
	size_t count;
	const struct site *sites = model_sites(handover->from->model, &count);

	return site < count ? model_site_named(handover->to->model, span_of(sites[site].code)) : NAME_NONE;
}

static uint32_t
same_package(const struct handover *handover, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(handover->from->model, &count);

	return package < count ? model_package_named(handover->to->model, span_of(packages[package].id)) : NAME_NONE;
}

/* Of the same component: its number differs, its name does not. */
static bool
same_component(const struct handover *handover, uint32_t from, uint32_t to)
{
	return strcmp(model_component(handover->from->model, from), model_component(handover->to->model, to)) == 0;
}

static uint64_t
id_or_nobody(uint32_t index)
{
	return index == NAME_NONE ? NOBODY : index;
}

/* ---- sends and package threads: what a thread does now ---- */

static const struct job *
same_job(const struct handover *handover, uint64_t serial)
{
	const struct job *old = NULL, *job = NULL;

	while ((old = model_next_job(handover->from->model, old)) && old->serial != serial)
		continue;
	while (old && (job = model_next_job(handover->to->model, job)))
		if (job->thread == old->thread && same_component(handover, old->component, job->component)
		    && (!old->request[0] || strcmp(job->request, old->request) == 0))
			return job;
	return NULL;
}

static const struct package_thread *
same_thread(const struct handover *handover, uint64_t serial)
{
	const struct package_thread *old = NULL, *thread = NULL;

	while ((old = model_next_thread(handover->from->model, old)) && old->serial != serial)
		continue;
	while (old && (thread = model_next_thread(handover->to->model, thread)))
		if (thread->thread == old->thread && same_component(handover, old->component, thread->component))
			return thread;
	return NULL;
}

static uint32_t
same_dp(const struct handover *handover, uint32_t index)
{
	const struct model *from = handover->from->model, *to = handover->to->model;
	const struct dp *old = model_dp(from, index), *dp;
	const struct package_thread *thread = NULL;
	uint32_t i;

	while (old && (thread = model_next_thread(to, thread)))
		for (i = thread->first_dp; (dp = model_dp(to, i)); i = dp->next)
			if (dp->thread == old->thread
			    && strcmp(model_server(to, dp->server), model_server(from, old->server)) == 0)
				return i;
	return NAME_NONE;
}

/* ---- rows ---- */

static uint64_t
handover_pane_sending(const struct handover *handover, uint64_t id)
{
	const struct job *job;

	if (id & GROUP_ID) {
		uint32_t index = (uint32_t)(id & ~GROUP_ID);

		return GROUP_ID
		       | (handover->group == GROUP_SITE ? same_site(handover, index) : same_package(handover, index));
	}
	job = same_job(handover, id);
	return job ? job->serial : NOBODY;
}

static uint64_t
handover_pane_sites(const struct handover *handover, uint64_t id)
{
	return id_or_nobody(same_site(handover, (uint32_t)id));
}

static uint64_t
handover_pane_packages(const struct handover *handover, uint64_t id)
{
	return id_or_nobody(same_package(handover, (uint32_t)id));
}

static uint64_t
handover_pane_distmgr(const struct handover *handover, uint64_t id)
{
	uint64_t value = value_of(id), kind = id - value, out = NOBODY;
	const struct package_thread *thread;

	switch (kind_of(id)) {
	case ROW_THREAD:
		thread = same_thread(handover, value);
		out = thread ? thread->serial : NOBODY;
		break;
	case ROW_DP: out = id_or_nobody(same_dp(handover, (uint32_t)value)); break;
	case ROW_TRANSFER: out = value; break;
	case ROW_COPYING:
	case ROW_QUEUED: out = id_or_nobody(same_package(handover, (uint32_t)value)); break;
	}
	return out == NOBODY ? NOBODY : kind | out;
}

/* The product numbers its transfers itself. */
static uint64_t
handover_pane_transfers(const struct handover *handover, uint64_t id)
{
	(void)handover;
	return id;
}

static uint64_t
handover_pane_failures(const struct handover *handover, uint64_t id)
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
	return NOBODY;
}

static uint64_t (*const handover_row[PANE_COUNT])(const struct handover *handover, uint64_t id) = {
#define _(number, object) [PANE_##number] = handover_##object,
	PANES(_)
#undef _
};

static void
handover_pane(const struct handover *handover, int pane, struct pane_state *state)
{
	size_t i, kept = 0;

	if (state->touched)
		state->selected = handover_row[pane](handover, state->selected);
	for (i = 0; i < state->pin_count; i++) {
		uint64_t id = handover_row[pane](handover, state->pins[i]);

		if (id != NOBODY)
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
		handover_pane(&handover, pane, &ui->panes[pane]);
	if (ui->mode != MODE_PANES && ui->detail >= PANE_FIRST)
		ui->detail_id = handover_row[ui->detail](&handover, ui->detail_id);
	ui->followed_site = same_site(&handover, ui->followed_site);
	ui->followed_package = same_package(&handover, ui->followed_package);
	handover_lines(&handover, &ui->lines);
	ui->frozen_records += view_records(to) - view_records(from);
}
