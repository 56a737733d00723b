#include "view/pages/log_lines.h"
#include "view/frame/format.h"

#include <inttypes.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/event.h"

#define FINE_TIME 60 /* width from which the time has milliseconds and the log its name */
#define LOG_WIDTH 8

/* ---- which lines ---- */

const struct logstore_line *const *
lines_of(struct view *view, size_t *count)
{
	const struct lines_state *state = &view->ui->lines;
	struct logstore_wish wish = {
		.serial = state->serial,
		.request = state->request,
		.site = state->site,
		.package = state->package,
		.word = state->word[0] ? state->word : NULL,
	};

	if (!view->lines_found && view->scene->logstore)
		view->lines = logstore_find(view->scene->logstore, &wish, view->arena, &view->line_count);
	view->lines_found = true;
	*count = view->line_count;
	return view->lines;
}

/* Lines are numbered as they came: the one selected, or the first one after it when it has rolled away. */
size_t
lines_cursor(struct view *view)
{
	const struct lines_state *state = &view->ui->lines;
	size_t count, low = 0, high;
	const struct logstore_line *const *lines = lines_of(view, &count);

	if (count == 0)
		return 0;
	if (!state->touched)
		return count - 1;
	for (high = count - 1; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (lines[middle]->number < state->selected)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
lines_select(struct view *view, size_t at)
{
	struct lines_state *state = &view->ui->lines;
	size_t count;
	const struct logstore_line *const *lines = lines_of(view, &count);

	if (count == 0)
		return;
	if (at >= count)
		at = count - 1;
	state->touched = at + 1 < count;
	state->selected = lines[at]->number;
}

bool
lines_hit(const struct view *view, const struct logstore_line *line)
{
	return view->ui->lines.needle && pattern_try(view->ui->lines.needle, line->text) == PATTERN_HIT;
}

/* ---- one line ---- */

static const char *
log_name(const struct view *view, const struct logstore_line *line)
{
	return line->log < view->scene->log_count ? view->scene->logs[line->log].name : "?";
}

static uint8_t
line_style(const struct logstore_line *line)
{
	if (line->level == LEVEL_ERROR)
		return STYLE_BAD;
	return line->level == LEVEL_WARNING ? STYLE_WARN : STYLE_NORMAL;
}

/* Where the text of lines begins, and how wide it is. */
struct margins {
	int time, log, text, width;
};

static struct margins
margins_of(const struct area *area)
{
	struct margins out = { .time = 2, .log = 15, .text = 15 + LOG_WIDTH };

	if (area->width < FINE_TIME)
		out = (struct margins){ .time = 2, .log = -1, .text = 11 };
	if (out.text >= area->width)
		out.text = out.time = 2;
	out.width = area->width > out.text ? area->width - out.text : 1;
	return out;
}

#define MOST_ROWS 4096 /* of one line */

/* What of the text goes into one row. */
static struct span
row_of(struct span text, int width)
{
	struct span head = paint_head(text, width);

	return head.size > 0 ? head : text; /* one wide character in one column: it cannot be shown */
}

/* Rows of the screen that the line takes. */
static int
line_height(const struct view *view, const struct logstore_line *line, int width)
{
	struct span rest = line->text;
	int rows = 0;

	if (!view->ui->lines.wrap)
		return 1;
	do
		rest = span_from(rest, row_of(rest, width).size);
	while (++rows < MOST_ROWS && rest.size > 0);
	return rows;
}

static void
paint_margin(struct view *view, const struct area *area, const struct margins *margins, int y,
             const struct logstore_line *line)
{
	const char *time = view_when_fine(view, line_written(line));

	if (lines_hit(view, line))
		paint(view, area, 1, y, "*", STYLE_FILTER);
	else if (line->kind == EVENT_NOTE)
		paint(view, area, 1, y, "?", STYLE_ESTIMATE);
	if (margins->text == margins->time)
		return;
	paint_field(view, area, margins->time, y, margins->log < 0 ? 8 : 12,
	            margins->log < 0 ? arena_format(view->arena, "%.8s", time) : time, ALIGN_LEFT, CUT_END, STYLE_DIM);
	if (margins->log >= 0)
		paint_field(view, area, margins->log, y, LOG_WIDTH - 1, log_name(view, line), ALIGN_LEFT, CUT_END,
		            STYLE_DIM);
}

/* Rows used. */
static int
paint_one(struct view *view, const struct area *area, const struct margins *margins, int y,
          const struct logstore_line *line, bool cursor)
{
	const struct lines_state *state = &view->ui->lines;
	struct span rest = line->text;
	int used = 0, first = y;

	if (!state->wrap) {
		struct span hidden = paint_head(rest, state->shift);

		paint_text(view, area, margins->text, y, margins->width, span_from(rest, hidden.size),
		           line_style(line));
		used = 1;
	}
	while (state->wrap && y + used < area->height && (rest.size > 0 || used == 0)) {
		struct span head = row_of(rest, margins->width);

		paint_text(view, area, margins->text, y + used++, margins->width, head, line_style(line));
		rest = span_from(rest, head.size);
	}
	paint_margin(view, area, margins, first, line);
	if (!cursor)
		return used;
	paint(view, area, 0, first, ">", STYLE_HEADING);
	for (; first < y + used; first++)
		grid_style(view->grid, area, first, CELL_SELECTED);
	return used;
}

/* ---- the page ---- */

/* What is no longer kept of it; "" when all is there. */
static const char *
gone_text(struct view *view)
{
	const struct logstore *logstore = view->scene->logstore;
	struct logstore_gone gone = logstore_gone(logstore);
	const struct logstore_line *oldest = logstore_oldest(logstore, false), *block = logstore_oldest(logstore, true);
	int64_t since = view->ui->lines.since;

	if (gone.lines && (!oldest || since == WHEN_NONE || since < oldest->at))
		return arena_format(view->arena, "Older lines are no longer kept. The oldest is of %s.",
		                    oldest ? view_written(view, line_written(oldest)) : "?");
	if (gone.blocks && block && (since == WHEN_NONE || since < block->at))
		return arena_format(view->arena, "Lines about single blocks are kept from %s on.",
		                    view_written(view, line_written(block)));
	return "";
}

static const char *
empty_text(const struct view *view)
{
	if (!view->scene->logstore)
		return "Lines are kept only while the dashboard runs.";
	return logstore_gone(view->scene->logstore).lines ? "Its lines are no longer kept."
	                                                  : "No log line belongs to it.";
}

/* "sender.log", "sender.lo_" for the generation before. */
static const char *
file_name(struct view *view, const struct logstore_line *line)
{
	const struct log_status *log = line->log < view->scene->log_count ? &view->scene->logs[line->log] : NULL;
	uint32_t rolled = logstore_rolled(view->scene->logstore, line);
	struct span name;

	if (!log)
		return "?";
	name = span_basename(span_of(log->path));
	if (rolled == 0 || name.size == 0)
		return arena_format(view->arena, "%.*s", (int)name.size, name.at);
	if (rolled == 1 && span_ends_nocase(name, SPAN(".log")))
		return arena_format(view->arena, "%.*s_", (int)name.size - 1, name.at);
	return arena_format(view->arena, "an older %.*s, which is no longer there", (int)name.size, name.at);
}

static void
paint_foot(struct view *view, const struct area *area, const struct logstore_line *line)
{
	const char *where = arena_format(view->arena, "%s, byte %" PRIu64, file_name(view, line), line->offset);
	const char *thread =
		arena_format(view->arena, "thread %" PRIu32 " (0x%" PRIX32 ")", line->thread, line->thread);
	struct fact facts[] = {
		{ where, STYLE_HEADING, false, 2 },
		{ line->kind == EVENT_NOTE ? "not understood" : event_kind_word((enum event_kind)line->kind),
		  line->kind == EVENT_NOTE ? STYLE_ESTIMATE : STYLE_NORMAL, false, 3 },
		{ line->thread ? thread : "", STYLE_NORMAL, false, 3 },
	};

	paint_facts(view, area, area->height - 1, facts, COUNT_OF(facts));
}

static void
paint_head_line(struct view *view, const struct area *area, size_t cursor, size_t count)
{
	const char *title = arena_format(view->arena, " %s ", view->ui->lines.title);
	const char *place = count ? arena_format(view->arena, " line %zu of %zu ", cursor + 1, count) : "";
	int room = area->width - 4;

	paint_line(view, area, 0, 0, area->width, view->signs.rule, STYLE_DIM);
	if (room <= 0)
		return;
	paint_field(view, area, 2, 0, paint_width(title) < room ? paint_width(title) : room, title, ALIGN_LEFT, CUT_END,
	            STYLE_HEADING);
	if (paint_width(title) + paint_width(place) + 8 <= area->width)
		paint(view, area, area->width - 2 - paint_width(place), 0, place, STYLE_DIM);
}

/* The first line shown, so that the cursor is seen whole and no room is left under the last. */
static size_t
scroll_to(struct view *view, const struct logstore_line *const *lines, size_t count, size_t cursor, int width,
          int height)
{
	struct lines_state *state = &view->ui->lines;
	size_t first = cursor, last = count;
	int used = line_height(view, lines[cursor], width);

	while (first > 0 && used + line_height(view, lines[first - 1], width) <= height)
		used += line_height(view, lines[--first], width);
	if (state->top < first)
		state->top = first;
	if (state->top > cursor)
		state->top = cursor;
	for (used = 0; last > 0 && used + line_height(view, lines[last - 1], width) <= height; last--)
		used += line_height(view, lines[last - 1], width);
	if (state->top > last)
		state->top = last < cursor ? last : cursor;
	return state->top;
}

static void
paint_body(struct view *view, const struct area *area, size_t cursor)
{
	struct lines_state *state = &view->ui->lines;
	struct margins margins = margins_of(area);
	size_t count, i;
	const struct logstore_line *const *lines = lines_of(view, &count);
	int y = 0;

	state->page = (size_t)area->height;
	for (i = scroll_to(view, lines, count, cursor, margins.width, area->height); i < count && y < area->height; i++)
		y += paint_one(view, area, &margins, y, lines[i], i == cursor);
}

void
lines_paint(struct view *view, const struct area *area)
{
	size_t count, cursor = lines_cursor(view);
	const struct logstore_line *const *lines = lines_of(view, &count);
	struct area body = { area->x, area->y + 1, area->width, area->height - 2 };
	const char *gone;

	paint_head_line(view, area, cursor, count);
	if (count == 0) {
		body.height = area->height - 1;
		paint_field(view, &body, 2, 0, area->width - 2, empty_text(view), ALIGN_LEFT, CUT_END, STYLE_NORMAL);
		return;
	}
	gone = gone_text(view);
	if (gone[0] && body.height > 3) {
		paint_field(view, &body, 2, 0, area->width - 2, gone, ALIGN_LEFT, CUT_END, STYLE_WARN);
		body.y++;
		body.height--;
	}
	if (body.height < 1)
		body.height = area->height - 1;
	else
		paint_foot(view, area, lines[cursor]);
	if (body.height > 0)
		paint_body(view, &body, cursor);
}
