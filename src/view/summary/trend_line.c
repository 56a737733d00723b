#include "view/summary/trend_line.h"
#include "view/frame/format.h"

#include <inttypes.h>
#include <string.h>

#define LABELS  46 /* columns of a line that are words, about */
#define SCALE   8  /* columns of a pane's scale */
#define EIGHTHS 8
#define BASE    288 /* columns at most: a day. The scale goes by all of it, so that it is the same at every width */

/* The columns, oldest first. */
struct trend {
	int64_t *waiting; /* -1: not known */
	int count;
	int64_t begin;     /* of the oldest column */
	int64_t low, high; /* of the last day, shown or not */
};

/* The value of each column: samples are newest first and some may be missing. */
static void
fill(struct view *view, struct trend *trend, int64_t newest)
{
	const struct sample *sample;
	size_t i;

	for (i = 0; (sample = model_sample(view->model, i)); i++) {
		int64_t back = (newest - sample->at) / SAMPLE_SPAN;

		if (back >= trend->count)
			break;
		if (back >= 0 && sample->waiting_source != WAITING_UNKNOWN)
			trend->waiting[trend->count - 1 - back] = (int64_t)sample->waiting;
	}
	trend->waiting[trend->count - 1] = (int64_t)view->context.backlog.waiting;
}

static void
stretch(struct trend *trend, int64_t waiting)
{
	if (waiting > trend->high)
		trend->high = waiting;
	if (waiting < trend->low)
		trend->low = waiting;
}

/* The lowest and the highest of the last day, whether there is room to show it or not. */
static void
measure(struct view *view, struct trend *trend, int64_t newest)
{
	const struct sample *sample;
	int64_t least;
	size_t i;

	trend->low = trend->high = (int64_t)view->context.backlog.waiting;
	for (i = 1; (sample = model_sample(view->model, i)) && (newest - sample->at) / SAMPLE_SPAN < BASE; i++) {
		if (sample->waiting_source != WAITING_UNKNOWN)
			stretch(trend, (int64_t)sample->waiting);
	}
	/* A few more or less of many are no mountain. */
	least = trend->high / 10 + 1;
	if (trend->high - trend->low < least)
		trend->low = trend->high > least ? trend->high - least : 0;
}

/* How many columns the samples need: back to the oldest. */
static int
columns_known(const struct view *view, int64_t newest, int most)
{
	const struct sample *sample;
	int64_t known = 0;
	size_t i;

	for (i = 0; known < most && (sample = model_sample(view->model, i)); i++)
		known = (newest - sample->at) / SAMPLE_SPAN + 1;
	return known < most ? (int)known : most;
}

/* False: there is nothing to draw yet. */
static bool
make(struct view *view, int most, struct trend *out)
{
	const struct sample *newest = model_sample(view->model, 0);
	int i;

	*out = (struct trend){ 0 };
	if (!newest || !view->context.backlog.known || most < 2)
		return false;
	out->count = columns_known(view, newest->at, most < BASE ? most : BASE);
	out->waiting = out->count > 1 ? arena_take(view->arena, (size_t)out->count * sizeof(*out->waiting)) : NULL;
	if (!out->waiting)
		return false;
	for (i = 0; i < out->count; i++)
		out->waiting[i] = -1;
	out->begin = newest->at - (out->count - 1) * SAMPLE_SPAN;
	fill(view, out, newest->at);
	measure(view, out, newest->at);
	return true;
}

/* Eighths of a cell, of `height` cells in all: what is lowest is still seen. */
static int
eighths(const struct trend *trend, int column, int height)
{
	int64_t value = trend->waiting[column];

	if (value < 0)
		return 0;
	if (trend->high == trend->low) /* nothing has ever waited */
		return 1;
	return 1 + (int)((value - trend->low) * (height * EIGHTHS - 1) / (trend->high - trend->low));
}

static void
paint_columns(struct view *view, const struct area *area, int x, int y, int height, const struct trend *trend)
{
	int column, row;

	for (column = 0; column < trend->count; column++) {
		int filled = eighths(trend, column, height);

		for (row = height - 1; row >= 0 && filled > 0; row--, filled -= EIGHTHS)
			paint(view, area, x + column, y + row,
			      filled >= EIGHTHS && height > 1 ? view->signs.full
			                                      : view->signs.level[filled < EIGHTHS ? filled : EIGHTHS],
			      STYLE_NORMAL);
	}
}

static const char *
short_when(struct view *view, int64_t at)
{
	const char *when = view_when_newest(view, at);

	/* "12:23:07", or "07-29 12:23" of another day */
	return strlen(when) == 8 ? arena_format(view->arena, "%.5s", when) : when;
}

static const char *
span_text(struct view *view, const struct trend *trend)
{
	return arena_format(view->arena, "%s to %s, one column = 5 min", short_when(view, trend->begin),
	                    short_when(view, view->now));
}

void
trend_paint_line(struct view *view, const struct area *area, int y)
{
	struct trend trend;
	int x = 1;

	x += paint(view, area, x, y, "trend ", STYLE_NORMAL);
	if (!make(view, area->width - x - LABELS, &trend)) {
		paint(view, area, x, y,
		      view->context.backlog.known ? "- (waiting sends; needs ten minutes of log)" : "?", STYLE_NORMAL);
		return;
	}
	x += paint(view, area, x, y,
	           trend.waiting[0] < 0 ? "? " : arena_format(view->arena, "%" PRId64 " ", trend.waiting[0]),
	           STYLE_NORMAL);
	paint_columns(view, area, x, y, 1, &trend);
	x += trend.count;
	x += paint(view, area, x, y, arena_format(view->arena, " %" PRId64, trend.waiting[trend.count - 1]),
	           STYLE_NORMAL);
	paint_field(view, area, x + 3, y, area->width - x - 3,
	            arena_format(view->arena, "waiting, %s", span_text(view, &trend)), ALIGN_LEFT, CUT_END, STYLE_DIM);
}

static void
paint_scale(struct view *view, const struct area *area, int y, int64_t value)
{
	paint_field(view, area, 0, y, SCALE - 1, arena_format(view->arena, "%" PRId64, value), ALIGN_RIGHT, CUT_END,
	            STYLE_DIM);
}

void
trend_paint(struct view *view, const struct area *area)
{
	int height = area->height - 1;
	const char *about = "";
	struct trend trend;
	bool drawn = height > 0 && make(view, area->width - SCALE - 1, &trend);

	if (drawn)
		about = arena_format(view->arena, " %s ", span_text(view, &trend));
	paint_line(view, area, 0, 0, area->width, view->signs.rule, STYLE_DIM);
	paint(view, area, 2, 0, " Waiting sends ", STYLE_NORMAL);
	if (paint_width(about) + 22 < area->width)
		paint(view, area, area->width - 2 - paint_width(about), 0, about, STYLE_DIM);
	if (height <= 0)
		return;
	if (!drawn) {
		paint(view, area, 2, 1, view->context.backlog.known ? "- (needs ten minutes of log)" : "?",
		      STYLE_NORMAL);
		return;
	}
	paint_columns(view, area, SCALE, 1, height, &trend);
	paint_scale(view, area, 1, trend.high);
	if (height > 1)
		paint_scale(view, area, height, trend.low);
}
