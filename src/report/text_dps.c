/* The lists of a page that are about distribution points, what went wrong, and what to do. */
#include "report/text_page.h"

#include <stdio.h>

#include "cmtop/fmt.h"
#include "cmtop/state_text.h"
#include "report/columns.h"
#include "cmtop/errors.h"

/* Rows of a page that is to be read; JSON has all of them. */
#define DPS_SHOWN       20
#define TRANSFERS_SHOWN 30
#define FAILURES_SHOWN  20

void
page_again(struct page *page, int indent, int64_t at, const char *text)
{
	if (at == WHEN_NONE && !text[0])
		return;
	line_format(&page->line, "%*sagain", indent, "");
	if (at == WHEN_NONE) {
		line_format(&page->line, " %s", text);
	} else {
		line_time(&page->line, page->scene->model, at, model_zoned(page->scene->model));
		line_add(&page->line, page->scene->now != WHEN_NONE && at < page->scene->now ? ", in the past" : "");
	}
	end_line(page);
}

/* ---- package threads ---- */

/* "2 of 4 DPs done, 1 ended, 1 failed" */
static void
add_dps(struct line *line, const struct model *model, const struct package_thread *thread)
{
	unsigned count = 0, states[] = { [DP_RUNNING] = 0, [DP_DONE] = 0, [DP_ENDED] = 0, [DP_FAILED] = 0 };

	for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next), count++)
		states[dp->state]++;
	if (count)
		line_format(line, " %u of %u DPs done", states[DP_DONE], count);
	if (states[DP_ENDED])
		line_format(line, ", %u ended", states[DP_ENDED]);
	if (states[DP_FAILED])
		line_format(line, ", %u failed", states[DP_FAILED]);
}

/* Those that are not just done: the others are in the count. */
static void
put_dps(struct page *page, const struct package_thread *thread)
{
	const struct model *model = page->scene->model;
	size_t shown = 0, found = 0;

	for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next)) {
		if (dp->state == DP_DONE && !dp->text[0])
			continue;
		if (found++ >= DPS_SHOWN)
			continue;
		shown++;
		line_format(&page->line, "       %s %s", dp_state_word((enum dp_state)dp->state),
		            model_server(model, dp->server));
		end_line(page);
		lines_put(9, dp->text, page->sink);
	}
	page_rest(page, found, shown);
}

void
page_threads(struct page *page)
{
	const struct scene *scene = page->scene;
	struct line *line = &page->line;
	char silence[FMT_TEXT];

	if (page->rows->thread_count == 0)
		return;
	page_heading(page, "Package threads", (int64_t)page->rows->thread_count);
	line_add(line, "THREAD PACKAGE  PHASE                    FOR");
	end_line(page);
	for (size_t i = 0; i < page->rows->thread_count; i++) {
		const struct package_thread *thread = page->rows->threads[i];

		line_format(line, "%6u", (unsigned)thread->thread);
		line_cell(line, 8, thread->package == NAME_NONE ? "?" : package_name(scene->model, thread->package));
		line_cell(line, 19, phase_word(thread->phase));
		cell_duration(line, -8, thread->since == WHEN_NONE ? -1 : scene->now - thread->since, "?");
		add_dps(line, scene->model, thread);
		if (thread_stalled(scene->model, thread, scene->now)) {
			fmt_duration_short(thread_silence(thread, scene->now), silence);
			line_format(line, " STALLED %s", silence);
		}
		end_line(page);
		lines_put(7, thread->error, page->sink);
		put_dps(page, thread);
	}
}

/* ---- transfers ---- */

static void
put_transfer(struct page *page, const struct transfer *transfer)
{
	const struct model *model = page->scene->model;
	struct line *line = &page->line;
	char state[STATE_TEXT], job[FMT_TEXT];

	transfer_state_text(transfer, page->scene->now, state);
	snprintf(job, sizeof job, "%llu", (unsigned long long)transfer->job);
	line_cell(line, -7, job);
	line_cell(line, 8, transfer->package == NAME_NONE ? "?" : package_name(model, transfer->package));
	line_cell(line, 22, model_server(model, transfer->dp));
	line_cell(line, 13, state);
	cell_size(line, -9, transfer->pull ? -1 : (int64_t)transfer->bytes, false);
	cell_rate_told(line, -10, transfer_rate(transfer, page->scene->now),
	               transfer_rate_estimated(transfer, page->scene->now));
	line_cell_count(line, -4, transfer->failures);
	end_line(page);
	lines_put(8, transfer->error, page->sink);
	page_again(page, 8, transfer_restart(model, transfer), transfer->restart);
}

#define RANKS 6

/* Its place among the others, as the screen orders them; RANKS: it is done. */
static unsigned
rank_of(const struct transfer *transfer, int64_t now)
{
	/* clang-format off */
	static const unsigned ranks[TRANSFER_STATE_COUNT] = {
		[TRANSFER_FAILED] = 0, [TRANSFER_RETRY] = 2, [TRANSFER_SENDING] = 3, [TRANSFER_WAITING] = 4, [TRANSFER_NOTIFIED] = 5,
		[TRANSFER_DONE] = RANKS,
	};
	/* clang-format on */

	return transfer_stalled(transfer, now) ? 1 : ranks[transfer->state];
}

/* What went wrong comes first: the page may have no room for all. Done ones are summed up. */
void
page_transfers(struct page *page)
{
	const struct rows *rows = page->rows;
	size_t shown = 0, found = 0, done = 0;

	if (rows->transfer_count == 0)
		return;
	page_heading(page, "Transfers to distribution points", (int64_t)rows->transfer_count);
	for (size_t i = 0; i < rows->transfer_count; i++)
		done += rows->transfers[i]->state == TRANSFER_DONE;
	if (done < rows->transfer_count) {
		line_add(&page->line,
		         "    JOB PACKAGE  DP                     STATE             BYTES       RATE FAIL");
		end_line(page);
	}
	for (unsigned rank = 0; rank < RANKS; rank++)
		for (size_t i = 0; i < rows->transfer_count; i++) {
			if (rank_of(rows->transfers[i], page->scene->now) != rank || found++ >= TRANSFERS_SHOWN)
				continue;
			put_transfer(page, rows->transfers[i]);
			shown++;
		}
	page_rest(page, found, shown);
	if (done > 0) {
		line_format(&page->line, "%s%zu done in the last hour", shown ? "and " : "", done);
		end_line(page);
	}
}

/* ---- what went wrong, and what to do ---- */

static void
put_failure(struct page *page, const struct failure *failure)
{
	const struct model *model = page->scene->model;
	const char *meaning = failure->coded ? failure_meaning(failure->code) : NULL;
	char code[CODE_TEXT];

	line_transition(&page->line, model, &failure->what);
	if (failure->kind == FAILURE_COMPONENT && failure->component != NAME_NONE)
		line_format(&page->line, " %s", model_component(model, failure->component));
	end_line(page);
	lines_put(4, failure->what.text, page->sink);
	if (failure->coded && meaning) {
		error_code_text(failure->code, code);
		line_format(&page->line, "    error %s: %s", code, meaning);
		end_line(page);
	}
	if (failure->resolved != WHEN_NONE) {
		line_add(&page->line, "    done later, at");
		line_time(&page->line, model, failure->resolved, failure->what.zoned);
		end_line(page);
		return;
	}
	page_again(page, 4, failure_retry(model, failure), failure->retry);
}

void
page_failures(struct page *page)
{
	const struct rows *rows = page->rows;
	size_t most = rows->failure_count < FAILURES_SHOWN ? rows->failure_count : FAILURES_SHOWN;

	if (rows->failure_count == 0)
		return;
	page_heading(page, "Failures and retries, newest first", (int64_t)rows->failure_count);
	for (size_t i = 0; i < most; i++)
		put_failure(page, rows->failures[rows->failure_count - 1 - i]);
	page_rest(page, rows->failure_count, most);
}

void
page_advice(struct page *page)
{
	const struct rows *rows = page->rows;
	char text[sizeof rows->advice[0].text + 64];

	if (rows->advice_count == 0)
		return;
	page_heading(page, "Advice", (int64_t)rows->advice_count);
	for (size_t i = 0; i < rows->advice_count; i++) {
		snprintf(text, sizeof text, "%s: %s", advice_word(rows->advice[i].code), rows->advice[i].text);
		lines_put(2, text, page->sink);
		if (rows->advice[i].today)
			lines_put(4, rows->advice[i].today, page->sink);
	}
}
