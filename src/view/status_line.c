#include "view/status_line.h"

#include <inttypes.h>
#include <stdio.h>

#include "view/summary/status_lights.h"
#include "view/panes/pane.h"
#include "view/frame/paint.h"
#include "view/input/prompt.h"

#define NOTICE_STAYS (4 * WHEN_SECOND)

static bool
has_notice(const struct view *view)
{
	const struct ui *ui = view->ui;

	if (!ui->notice[0])
		return false;
	return view->scene->clock - ui->notice_at < NOTICE_STAYS;
}

bool
status_urgent(struct view *view)
{
	return prompt_label(view->ui) || view->ui->mode == MODE_OVERWRITE || has_notice(view);
}

/* ---- a line being typed ---- */

/* "/site:(S1  ! missing closing parenthesis at 9" */
static void
paint_typing(struct view *view, const struct area *area)
{
	const struct ui *ui = view->ui;
	const char *wrong = ui->mode == MODE_EXPORT ? "file name: ends in .csv or .json; others get text"
	                    : ui->broken ? arena_format(view->arena, "! %s at %zu", ui->error.text, ui->error.at + 1)
	                                 : "";
	const char *slow = query_slow(ui->query);
	int x = prompt_paint(view, area, 0, prompt_label(view->ui), ui->broken ? ui->error.at : SIZE_MAX);

	if (!wrong[0] && slow && ui->mode == MODE_FILTER)
		wrong = arena_format(view->arena, "! too slow: %s is switched off", slow);
	paint_field(view, area, x + 1, 0, area->width - x - 1, wrong, ALIGN_LEFT, CUT_END,
	            ui->mode == MODE_EXPORT ? STYLE_DIM : STYLE_BAD);
}

/* ---- the filter and what it lets through ---- */

static const char *
filter_text(struct view *view)
{
	char clean[PROMPT_MOST];
	const char *slow = query_slow(view->ui->query);

	utf8_clean(span_of(query_text(view->ui->query)), clean, sizeof(clean));
	if (slow)
		return arena_format(view->arena, "[%s] ! too slow: %s is switched off", clean, slow);
	return arena_format(view->arena, "[%s]", clean);
}

static const char *
counted(struct view *view, int pane)
{
	return arena_format(view->arena, "%s %s", pane_count(view, pane),
	                    pane_rows(view, pane)->total == 1 ? pane_of(view, pane)->one : pane_of(view, pane)->many);
}

/* "12 of 70 sites, 3 of 5 jobs" */
static const char *
counts_text(struct view *view, const struct area *area)
{
	const char *jobs = counted(view, PANE_SENDING), *sites = counted(view, PANE_SITES);
	const char *packages =
		area->width >= 110 ? arena_format(view->arena, ", %s", counted(view, PANE_PACKAGES)) : "";

	if (view_filtered(view))
		return arena_format(view->arena, "%s, %s%s", sites, jobs, packages);
	return arena_format(view->arena, "%s, %s%s", jobs, sites, packages);
}

/* ---- how far the logs can be believed ---- */

static struct fact
trouble_fact(struct view *view, const struct area *area)
{
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		const struct log_status *log = &view->scene->logs[i];

		if (log->error[0])
			return (struct fact){ arena_format(view->arena, "%s.log: %s", log->name, log->error), STYLE_BAD,
				              false, 1 };
	}
	return (struct fact){ silent_log_text(view, area->width >= 80), STYLE_WARN, false, 1 };
}

/* "99.98%", rounded down: 100 is said only when nothing was left out. */
static const char *
share_text(struct view *view, uint64_t good, uint64_t all)
{
	uint64_t hundredths = (uint64_t)((double)good / (double)all * 10000);

	if (good == all)
		return "100%";
	if (hundredths > 9999)
		hundredths = 9999;
	return arena_format(view->arena, "%" PRIu64 ".%02" PRIu64 "%%", hundredths / 100, hundredths % 100);
}

/* "4,096 sites are kept, 12 more did not fit: figures are too low" */
static struct fact
truncated_fact(struct view *view, bool wide)
{
	struct truncated_row row;
	char kept[FMT_TEXT], lost[FMT_TEXT];
	size_t i;

	for (i = 0; truncated_row(view->model, i, &row); i++) {
		if (row.lost == 0)
			continue;
		fmt_count(row.kept, kept);
		fmt_count(row.lost, lost);
		return (struct fact){ wide ? arena_format(view->arena,
			                                  "%s %s are kept, %s more did not fit: figures are too low",
			                                  kept, row.many, lost)
			                   : arena_format(view->arena, "%s %s did not fit", lost, row.many),
			              STYLE_BAD, false, 3 };
	}
	return (struct fact){ "", STYLE_NORMAL, false, 3 };
}

static struct fact
quality_fact(struct view *view, const struct area *area)
{
	uint64_t all = 0, good = 0, missed = 0;
	const char *of = "";
	char count[FMT_TEXT];
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		const struct log_status *log = &view->scene->logs[i];

		all += log->records + log->damaged;
		good += log->records - log->unknown;
		missed += log->missed;
	}
	if (all == 0)
		return (struct fact){ "nothing read yet", STYLE_WARN, false, 3 };
	fmt_count(all, count);
	if (area->width >= 110)
		of = arena_format(view->arena, " of %s lines", count);
	return (struct fact){ arena_format(view->arena, "parsed %s%s, %s lost", share_text(view, good, all), of,
		                           missed ? view_size(view, (int64_t)missed) : "0 bytes"),
		              missed ? STYLE_WARN : STYLE_NORMAL, false, 3 };
}

void
status_paint(struct view *view, const struct area *area)
{
	bool filtered = view_filtered(view);
	struct fact facts[5];

	paint_line(view, area, 0, 0, area->width, " ", STYLE_NORMAL);
	if (prompt_label(view->ui)) {
		paint_typing(view, area);
		return;
	}
	if (view->ui->mode == MODE_OVERWRITE) {
		paint_field(view, area, 1, 0, area->width - 1,
		            arena_format(view->arena, "%s exists. Overwrite it? y n", view->ui->export_path),
		            ALIGN_LEFT, CUT_MIDDLE, STYLE_WARN);
		return;
	}
	if (has_notice(view)) {
		paint_field(view, area, 1, 0, area->width - 1, view->ui->notice, ALIGN_LEFT, CUT_END, STYLE_WARN);
		return;
	}
	/* What cannot be believed comes first: a narrow line has no room for more. */
	facts[0] = trouble_fact(view, area);
	facts[1] = truncated_fact(view, area->width >= 110);
	facts[1].gap = facts[0].text[0] ? 3 : 1;
	facts[2] = (struct fact){ filtered ? filter_text(view) : "no filter", filtered ? STYLE_FILTER : STYLE_DIM,
		                  false, facts[0].text[0] || facts[1].text[0] ? 3 : 1 };
	facts[3] = (struct fact){ counts_text(view, area), STYLE_NORMAL, false, 3 };
	facts[4] = quality_fact(view, area);
	paint_facts(view, area, 0, facts, 5);
}
