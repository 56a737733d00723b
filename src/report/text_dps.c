/* The lists of a page that are about distribution points, what went wrong, and what to do. */
#include "report/text_page.h"

#include <stdio.h>

#include "cmtop/fmt.h"
#include "cmtop/state_text.h"

/* Rows of a page that is to be read; JSON has all of them. */
#define DPS_SHOWN       20
#define TRANSFERS_SHOWN 30
#define FAILURES_SHOWN  20

/* "again 2026-07-30 13:06:04", or the text of the log where that cannot be read; nothing where nothing was said. */
static void
put_again(struct page *page, int indent, int64_t at, const struct announced *announced)
{
	if (!announced->text[0])
		return;
	line_format(&page->line, "%*sagain", indent, "");
	if (at == WHEN_NONE) {
		line_format(&page->line, " %s", announced->text);
	} else {
		line_time(&page->line, page->scene->model, announced_local(announced), false);
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

		cell_field(page, -6, ENTITY_THREADS, "thread", thread);
		cell_field(page, 8, ENTITY_THREADS, "package", thread);
		cell_field(page, 19, ENTITY_THREADS, "phase", thread);
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

/* What a pull DP fetches for itself is in no log of the site server. */
static void
put_transfer(struct page *page, const struct transfer *transfer)
{
	const struct model *model = page->scene->model;
	char state[STATE_TEXT];

	transfer_state_text(transfer, page->scene->now, state);
	cell_field(page, -7, ENTITY_TRANSFERS, "job", transfer);
	cell_field(page, 8, ENTITY_TRANSFERS, "package", transfer);
	line_cell(&page->line, 22, model_server(model, transfer->dp));
	line_cell(&page->line, 13, state);
	if (transfer->pull)
		line_cell(&page->line, -9, "?");
	else
		cell_field(page, -9, ENTITY_TRANSFERS, "bytes", transfer);
	cell_field(page, -10, ENTITY_TRANSFERS, "rate", transfer);
	cell_field(page, -4, ENTITY_TRANSFERS, "failures", transfer);
	end_line(page);
	lines_put(8, transfer->error, page->sink);
	put_again(page, 8, transfer_restart(model, transfer), &transfer->restart);
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
	fields_sort(fields_named(ENTITY_TRANSFERS, "state"), false, &rows->of, rows->transfers, rows->transfer_count);
	for (size_t i = 0; i < rows->transfer_count; i++) {
		if (rows->transfers[i]->state == TRANSFER_DONE || found++ >= TRANSFERS_SHOWN)
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
	struct value code = field_value(ENTITY_FAILURES, "code", &page->rows->of, failure);
	struct value meaning = field_value(ENTITY_FAILURES, "meaning", &page->rows->of, failure);
	char text[VALUE_TEXT_MOST];

	line_transition(&page->line, model, &failure->what);
	if (failure->kind == FAILURE_COMPONENT && failure->component != NAME_NONE)
		line_format(&page->line, " %s", model_component(model, failure->component));
	end_line(page);
	lines_put(4, failure->what.text, page->sink);
	if (meaning.kind == VALUE_TEXT) {
		line_format(&page->line, "    error %s: %s", value_text(&code, text), meaning.text);
		end_line(page);
	}
	if (failure->resolved != WHEN_NONE) {
		line_add(&page->line, "    done later, at");
		line_time(&page->line, model, failure->resolved, failure->what.zoned);
		end_line(page);
		return;
	}
	put_again(page, 4, failure_retry(model, failure), &failure->retry);
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
