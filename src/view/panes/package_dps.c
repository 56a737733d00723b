#include "view/panes/package_dps.h"

#include <stdlib.h>

#include "cmtop/count_of.h"
#include "cmtop/hash_index.h"
#include "view/panes/transfer_row.h"
#include "view/frame/format.h"

/* ---- whose they are ---- */

static int
by_package(const void *left, const void *right)
{
	const struct transfer *a = *(const struct transfer *const *)left, *b = *(const struct transfer *const *)right;

	if (a->package != b->package)
		return a->package < b->package ? -1 : 1;
	return a->job < b->job ? -1 : a->job > b->job;
}

/* All transfers by package and job, sorted once a frame. */
static const struct transfer *const *
sorted(struct view *view, size_t *count)
{
	size_t all, i;
	const struct transfer *transfers = model_transfers(view->model, &all);

	if (!view->by_package && all > 0) {
		view->by_package = arena_take(view->arena, all * sizeof(*view->by_package));
		for (i = 0; view->by_package && i < all; i++)
			view->by_package[i] = &transfers[i];
		if (view->by_package)
			qsort(view->by_package, all, sizeof(*view->by_package), by_package);
	}
	*count = view->by_package ? all : 0;
	return view->by_package;
}

/* Those of one package, oldest job first. */
static const struct transfer *const *
transfers_of(struct view *view, uint32_t package, size_t *count)
{
	size_t all, low = 0, high, end;
	const struct transfer *const *transfers = sorted(view, &all);

	if (package == NAME_NONE)
		all = 0;
	for (high = all; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (transfers[middle]->package < package)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < all && transfers[end]->package == package; end++)
		continue;
	*count = end - low;
	return transfers ? transfers + low : NULL;
}

/* What a name is before its first dot: "DP1" is "DP1.CONTOSO.COM", one log may have the short name and the other the whole. */
static struct span
short_name(struct span name)
{
	return span_part(name, 0, span_find(name, SPAN(".")));
}

static bool
same_server(const struct model *model, uint32_t left, uint32_t right)
{
	struct span a = span_of(model_server(model, left)), b = span_of(model_server(model, right));

	if ((short_name(a).size < a.size) == (short_name(b).size < b.size))
		return false;
	a = short_name(a);
	return a.size > 0 && span_is_nocase(a, short_name(b));
}

/* The lines by short name: a package may be on thousands of distribution points. */
struct index {
	struct dp_lines lines;
	struct hash_index by_name;
};

static uint64_t
hash_of(const struct model *model, uint32_t server)
{
	return hash_nocase(HASH_START, short_name(span_of(model_server(model, server))));
}

/* False: nothing to list, or out of memory; index_destroy() either way. */
static bool
index_init(struct arena *arena, struct index *index, size_t lines)
{
	*index = (struct index){ .lines = { NULL, 0 } };
	index->lines.at = lines > 0 ? arena_take(arena, lines * sizeof(*index->lines.at)) : NULL;
	return index->lines.at && hash_index_init(&index->by_name, (uint32_t)lines);
}

static void
index_destroy(struct index *index)
{
	hash_index_destroy(&index->by_name);
}

/* Names are compared only with those that the other log has told and this one not yet: the oldest of them. */
static struct dp_line *
line_of(const struct model *model, const struct index *index, uint32_t server)
{
	struct dp_line *alike = NULL;
	uint32_t i = hash_index_first(&index->by_name, hash_of(model, server));

	for (; i != HASH_INDEX_NONE; i = hash_index_next(&index->by_name, i)) {
		struct dp_line *line = &index->lines.at[i];

		if (line->server == server)
			return line;
		if (line->dp && !line->transfer && same_server(model, line->server, server))
			alike = line;
	}
	return alike;
}

static struct dp_line *
line_new(const struct model *model, struct index *index, uint32_t server)
{
	uint32_t i = (uint32_t)index->lines.count++;
	struct dp_line *line = &index->lines.at[i];

	hash_index_add(&index->by_name, hash_of(model, server), i);
	*line = (struct dp_line){ .server = server };
	return line;
}

/* The version that is on its way: with no thread to tell, that of the newest job. */
static uint32_t
version_of(const struct package_thread *thread, const struct transfer *const *transfers, size_t count)
{
	if (thread && thread->version)
		return thread->version;
	return count > 0 ? transfers[count - 1]->version : 0;
}

static bool
is_before(const struct transfer *transfer, const struct package_thread *thread)
{
	return thread && thread->started != WHEN_NONE && transfer->last != WHEN_NONE
	       && transfer->last < thread->started;
}

static void
add_threads(struct view *view, const struct package_thread *thread, struct index *out)
{
	uint32_t i = thread->first_dp;
	const struct dp *dp;

	for (; (dp = model_dp(view->model, i)); i = dp->next) {
		struct dp_line *line = line_of(view->model, out, dp->server);

		if (!line)
			line = line_new(view->model, out, dp->server);
		line->dp = dp;
		line->dp_index = i;
	}
}

static void
add_transfers(struct view *view, const struct package_thread *thread, const struct transfer *const *transfers,
              size_t count, bool round, struct index *out)
{
	uint32_t version = version_of(thread, transfers, count);

	for (size_t i = 0; i < count; i++) {
		struct dp_line *line = line_of(view->model, out, transfers[i]->dp);

		if (version && transfers[i]->version && transfers[i]->version != version)
			continue;
		/* What went there before the thread began was another round. */
		if (is_before(transfers[i], thread) && (round || (line && line->dp)))
			continue;
		if (!line)
			line = line_new(view->model, out, transfers[i]->dp);
		line->transfer = transfers[i];
	}
}

struct dp_lines
dps_of(struct view *view, uint32_t package, const struct package_thread *thread, bool round)
{
	size_t count, lines;
	const struct transfer *const *transfers = transfers_of(view, package, &count);
	const struct dp *dp;
	struct index out;

	lines = count;
	for (dp = thread ? model_dp(view->model, thread->first_dp) : NULL; dp; dp = model_dp(view->model, dp->next))
		lines++;
	if (index_init(view->arena, &out, lines)) {
		if (thread)
			add_threads(view, thread, &out);
		add_transfers(view, thread, transfers, count, round, &out);
	}
	index_destroy(&out);
	return out.lines;
}

static bool
is_over(const struct dp_line *line)
{
	return line->transfer && (line->transfer->state == TRANSFER_DONE || line->transfer->state == TRANSFER_FAILED);
}

static bool
is_worked_on(const struct model *model, uint32_t package)
{
	const struct package_thread *thread = NULL;

	while ((thread = model_next_thread(model, thread)) && thread->package != package)
		continue;
	return thread != NULL;
}

size_t
dps_left_behind(struct view *view, uint32_t *out)
{
	size_t count, i, k, found = 0;
	const struct transfer *const *transfers = sorted(view, &count);

	for (i = 0; i < count; i++) {
		uint32_t package = transfers[i]->package;
		struct dp_lines lines;

		if (package == NAME_NONE || (i > 0 && transfers[i - 1]->package == package)
		    || is_worked_on(view->model, package))
			continue;
		lines = dps_of(view, package, NULL, false);
		for (k = 0; k < lines.count && is_over(&lines.at[k]); k++)
			continue;
		if (k < lines.count)
			out[found++] = package;
	}
	return found;
}

int64_t
dps_age(const struct view *view, const struct dp_lines *lines)
{
	int64_t most = -1;
	size_t i;

	for (i = 0; i < lines->count; i++) {
		int64_t age = !lines->at[i].transfer || is_over(&lines->at[i])
		                      ? -1
		                      : view_age(view, lines->at[i].transfer->started);

		most = age > most ? age : most;
	}
	return most;
}

/* ---- what became of them ---- */

/* The DP thread has done its part; what the package transfer manager made of it is not known, or is not its business. */
static bool
is_handed_over(const struct view *view, const struct dp_line *line)
{
	return !line->transfer && line->dp->state == DP_DONE && !line->dp->text[0] && view->context.transfers.seen;
}

const char *
dp_word(const struct view *view, const struct dp_line *line)
{
	if (line->dp && line->dp->state == DP_FAILED)
		return dp_state_word(DP_FAILED);
	if (line->transfer)
		return transfer_word(view, line->transfer);
	return is_handed_over(view, line) ? "handed over" : dp_state_word((enum dp_state)line->dp->state);
}

uint8_t
dp_style(const struct view *view, const struct dp_line *line)
{
	if (line->dp && line->dp->state == DP_FAILED)
		return STYLE_BAD;
	if (line->transfer && line->transfer->state != TRANSFER_DONE)
		return transfer_style(view, line->transfer);
	if (!line->transfer && line->dp->state == DP_ENDED)
		return STYLE_WARN;
	return line->transfer || line->dp->state == DP_DONE ? STYLE_GOOD : STYLE_NORMAL;
}

/* How many of the lines there are of each word, by the weight that the word has for the one who looks. */
/* clang-format off */
static const struct { const char *word, *shown; uint8_t style; } weights[] = {
	{ "failed",      "FAILED",    STYLE_BAD },
	{ "STALLED",     "STALLED",   STYLE_BAD },
	{ "retry",       "retry",     STYLE_WARN },
	{ "ended",       "ended",     STYLE_WARN },
	{ "throttled",   "throttled", STYLE_WARN },
	{ "sending",     "send",      STYLE_NORMAL },
	{ "waiting",     "wait",      STYLE_NORMAL },
	{ "notified",    "pull",      STYLE_NORMAL },
	{ "running",     "run",       STYLE_NORMAL },
	{ "handed over", "handed",    STYLE_NORMAL },
};
/* clang-format on */

#define WEIGHTS COUNT_OF(weights)

/* The line's place among the weights; WEIGHTS: it is done. */
static size_t
weight_of(const struct view *view, const struct dp_line *line)
{
	const char *word = dp_word(view, line);
	size_t i = 0;

	while (i < WEIGHTS && !span_is(span_of(word), span_of(weights[i].word)))
		i++;
	return i;
}

const char *
dps_text(struct view *view, const struct dp_lines *lines, uint8_t *style)
{
	size_t counts[WEIGHTS + 1] = { 0 }, i;
	const char *text;

	*style = STYLE_NORMAL;
	if (lines->count == 0)
		return "";
	for (i = 0; i < lines->count; i++)
		counts[weight_of(view, &lines->at[i])]++;
	text = arena_format(view->arena, "%zu/%zu", counts[WEIGHTS], lines->count);
	for (i = 0; i < WEIGHTS; i++) {
		if (counts[i] == 0)
			continue;
		text = arena_format(view->arena, "%s %zu %s", text, counts[i], weights[i].shown);
		if (*style == STYLE_NORMAL)
			*style = weights[i].style;
	}
	return text;
}

static const char *
times(struct view *view, uint64_t count)
{
	return count == 1 ? "once" : arena_format(view->arena, "%llu times", (unsigned long long)count);
}

/* "1.2 GB written", "12.4 MB written, failed 2 times, again 06:47:10"; of a pull DP how often it was told */
static const char *
transfer_text(struct view *view, const struct transfer *transfer)
{
	const char *text = transfer->pull
	                           ? arena_format(view->arena, "told %s to fetch it", times(view, transfer->attempts))
	                           : arena_format(view->arena, "%s written", view_size(view, (int64_t)transfer->bytes));

	if (transfer->failures > 0)
		text = arena_format(view->arena, "%s, failed %s", text, times(view, transfer->failures));
	if (transfer_again(view, transfer)[0])
		text = arena_format(view->arena, "%s, again %s", text, transfer_again(view, transfer));
	return text;
}

void
dps_detail(struct view *view, const struct dp_lines *lines, struct detail *out)
{
	size_t i;

	for (i = 0; i < lines->count; i++) {
		const struct dp_line *line = &lines->at[i];
		const char *server = model_server(view->model, line->server);

		const char *text = line->transfer ? transfer_text(view, line->transfer) : line->dp->text;

		detail_styled(out, dp_word(view, line),
		              text[0] ? arena_format(view->arena, "%s  %s", server, text) : server,
		              dp_style(view, line));
	}
}
