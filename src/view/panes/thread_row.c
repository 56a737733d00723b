#include "view/panes/thread_row.h"

#include <stdlib.h>

static uint64_t
id_of(enum kind kind, uint64_t value)
{
	return (uint64_t)kind << KIND_SHIFT | value;
}

/* A package thread, or a package without one, and its distribution points. */
struct entry {
	struct row row;
	struct dp_lines dps;
};

static struct row
row_of_dp(const struct dp_line *line)
{
	if (line->dp)
		return (struct row){ .id = id_of(ROW_DP, line->dp_index), .of = line };
	return (struct row){ .id = id_of(ROW_TRANSFER, line->transfer->job), .of = line };
}

static int
by_queue_order(const void *left, const void *right)
{
	const struct package *a = ((const struct row *)left)->of, *b = ((const struct row *)right)->of;

	return a->queued_order < b->queued_order ? -1 : a->queued_order > b->queued_order;
}

static void
gather_queued(struct view *view, struct rows *out)
{
	size_t count, i, first = out->count;
	const struct package *packages = model_packages(view->model, &count);

	for (i = 0; i < count; i++) {
		if (packages[i].queued && query_package(view->ui->query, view->model, (uint32_t)i, view->now))
			out->at[out->count++] =
				(struct row){ .id = id_of(ROW_QUEUED, i), .of = &packages[i], .index = (uint32_t)i };
	}
	qsort(out->at + first, out->count - first, sizeof(*out->at), by_queue_order);
}

static struct entry
entry_of_thread(struct view *view, const struct package_thread *thread)
{
	/* clang-format off */
	return (struct entry){
		{ .id = id_of(ROW_THREAD, thread->serial), .of = thread }, dps_of(view, thread->package, thread, true)
	};
	/* clang-format on */
}

static struct entry
entry_of_copying(struct view *view, uint32_t package)
{
	return (struct entry){
		{ .id = id_of(ROW_COPYING, package), .of = view_package(view, package), .index = package },
		dps_of(view, package, NULL, false)
	};
}

/* Counts them all, and keeps those that the filter lets through: NULL when out of memory. */
static struct entry *
take_entries(struct view *view, size_t *count, size_t *total)
{
	const struct package_thread *thread = NULL;
	size_t packages, threads = 0, left, i;
	struct entry *out;
	uint32_t *behind;

	while ((thread = model_next_thread(view->model, thread)))
		threads++;
	model_packages(view->model, &packages);
	behind = arena_take(view->arena, (packages + 1) * sizeof(*behind));
	left = behind && view->context.transfers.seen ? dps_left_behind(view, behind) : 0;
	*total = threads + left;
	out = arena_take(view->arena, (*total + 1) * sizeof(*out));
	if (!out)
		return NULL;
	while ((thread = model_next_thread(view->model, thread))) {
		if (query_thread(view->ui->query, view->model, thread, view->now))
			out[(*count)++] = entry_of_thread(view, thread);
	}
	for (i = 0; i < left; i++) {
		if (query_package(view->ui->query, view->model, behind[i], view->now))
			out[(*count)++] = entry_of_copying(view, behind[i]);
	}
	return out;
}

void
thread_rows_gather(struct view *view, struct rows *out)
{
	size_t count = 0, dps = 0, i, k;
	const struct entry *entries = take_entries(view, &count, &out->total);
	bool with_dps;

	out->total += view->context.distribution.queued;
	for (i = 0; entries && i < count; i++)
		dps += entries[i].dps.count;
	out->at = rows_take(view, out->total + dps);
	if (!entries || !out->at)
		return;
	with_dps = out->total + dps <= (size_t)view->layout.panes[PANE_DISTMGR].height
	           || (view->ui->zoom && view->ui->focus == PANE_DISTMGR);
	for (i = 0; i < count; i++) {
		out->at[out->count++] = entries[i].row;
		for (k = 0; with_dps && k < entries[i].dps.count; k++)
			out->at[out->count++] = row_of_dp(&entries[i].dps.at[k]);
	}
	if (view->context.distribution.queued > 0)
		gather_queued(view, out);
}
