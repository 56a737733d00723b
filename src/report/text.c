/*
 * A page for tickets and mails: what the screen shows, from top to bottom, in 80
 * columns and without escape codes. Lists are short; JSON has them whole.
 */
#include "cmtop/report.h"

#include "cmtop/fmt.h"
#include "report/text_page.h"

/* "5 of 7 slots in use", "5 in use, limit ?" */
static void
add_slots(struct line *line, uint64_t used, int64_t capacity)
{
	if (capacity < 0) {
		line_format(line, "%llu in use, limit ?", (unsigned long long)used);
		return;
	}
	line_format(line, "%llu of %lld in use%s", (unsigned long long)used, (long long)capacity,
	            used >= (uint64_t)capacity ? ", full" : "");
}

static void
put_header(struct page *page)
{
	struct written_time now = model_written_newest(page->scene->model, page->scene->now);
	char zone[FMT_TEXT] = "";

	line_format(&page->line, "cmtop %s", PROGRAM_VERSION);
	if (now.at == WHEN_NONE) {
		line_add(&page->line, "   no log line with a time was read");
	} else {
		line_add(&page->line, "   as of");
		line_time(&page->line, now);
		if (now.zoned)
			fmt_zone(now.bias, zone);
		line_format(&page->line, "%s%s, the server's time", *zone ? " " : "", zone);
	}
	end_line(page);
	if (!query_is_empty(page->scene->query)) {
		line_format(&page->line, "filter %s   (totals still count everything)", query_text(page->scene->query));
		end_line(page);
	}
	end_line(page);
}

/* "upgrades  5 of 5 in use, full, 2 DPs wait", where something was heard of it */
static void
put_upgrades(struct page *page)
{
	struct dp_upgrades upgrades = model_dp_upgrades(page->scene->model);

	if (!upgrades.seen)
		return;
	line_add(&page->line, "upgrades  ");
	add_slots(&page->line, upgrades.used, upgrades.capacity);
	line_format(&page->line, ", %u DPs wait", (unsigned)upgrades.waiting);
	end_line(page);
}

static void
put_slots(struct page *page)
{
	struct sending sending = model_sending(page->scene->model);
	struct distribution distribution = model_distribution(page->scene->model);
	double rate = sending_rate(page->scene->model, page->scene->now);
	char text[FMT_TEXT];

	line_add(&page->line, "sender    ");
	if (sending.seen) {
		add_slots(&page->line, sending.used, sending.capacity);
		if (sending.site_capacity >= 0)
			line_format(&page->line, ", per site %lld", (long long)sending.site_capacity);
		if (sending.unseen)
			line_format(&page->line, ", %u of them began before the logs", (unsigned)sending.unseen);
		if (rate >= 0) {
			fmt_rate(rate, FMT_BYTES, text);
			line_format(&page->line, "   %s", text);
		}
	} else {
		line_add(&page->line, "nothing in these logs");
	}
	end_line(page);
	line_add(&page->line, "distmgr   ");
	if (distribution.seen) {
		add_slots(&page->line, distribution.used, distribution.capacity);
		fmt_count(distribution.queued, text);
		line_format(&page->line, ", %s package%s queued", text, distribution.queued == 1 ? "" : "s");
	} else {
		line_add(&page->line, "nothing in these logs");
	}
	end_line(page);
	put_upgrades(page);
}

/* "transfers 3 sending (1 throttled, 1 stalled), 12 waiting, 2 retrying, 1 failed   ~104.9 KB/s   done 14/h" */
static void
put_transfers(struct page *page)
{
	struct transfers_now now = transfers_at(page->scene->model, page->scene->now);
	char text[FMT_TEXT];

	if (!now.seen)
		return;
	line_format(&page->line, "transfers %llu sending", (unsigned long long)now.sending);
	if (now.throttled > 0)
		line_format(&page->line, ", %llu of them throttled", (unsigned long long)now.throttled);
	if (now.stalled > 0)
		line_format(&page->line, ", %llu stalled", (unsigned long long)now.stalled);
	line_format(&page->line, ", %llu waiting", (unsigned long long)now.waiting);
	if (now.notified > 0)
		line_format(&page->line, ", %llu notified", (unsigned long long)now.notified);
	line_format(&page->line, ", %llu retrying", (unsigned long long)now.retrying);
	if (now.failed > 0)
		line_format(&page->line, ", %llu failed", (unsigned long long)now.failed);
	end_line(page);
	line_format(&page->line, "          done %llu", (unsigned long long)now.done);
	if (now.done_per_hour >= 0)
		line_format(&page->line, ", %.0f/h", now.done_per_hour);
	if (now.rate >= 0) {
		fmt_rate(now.rate, FMT_BYTES, text);
		line_format(&page->line, "   %s%s", now.rate_estimated ? "~" : "", text);
	}
	end_line(page);
}

static void
add_per_hour(struct line *line, const char *word, double number)
{
	if (number < 0)
		line_format(line, "%s - ", word);
	else
		line_format(line, "%s %.*f/h ", word, number < 10 ? 1 : 0, number);
}

/* What the count of the waiting stands on, and the other way of counting where it has drifted away. */
static void
put_standing(struct page *page)
{
	const struct backlog *backlog = &page->rows->of.backlog;
	int64_t drift = backlog->drift;

	if (!backlog->known)
		return;
	line_add(&page->line, "          ");
	if (backlog->listed) {
		line_add(&page->line, "listed by sched.log");
	} else {
		line_add(&page->line, "counted by distmgr.log since");
		line_time(&page->line,
		          model_written(page->scene->model, page->rows->of.sending.due_log, backlog->since));
	}
	if (drift != 0)
		line_format(&page->line, "; distmgr.log counts %lld %s", (long long)(drift > 0 ? drift : -drift),
		            drift > 0 ? "more" : "fewer");
	end_line(page);
}

static void
put_queue(struct page *page)
{
	const struct backlog *backlog = &page->rows->of.backlog;
	char waiting[FMT_TEXT] = "?", text[FMT_TEXT];

	/* A site that sends to distribution points alone has no queue of sends. */
	if (backlog->waiting + backlog->running == 0 && !model_sending(page->scene->model).seen
	    && (model_distribution(page->scene->model).seen || model_transfer_counts(page->scene->model).seen))
		return;
	if (backlog->known)
		fmt_count(backlog->waiting, waiting);
	fmt_count(backlog->running, text);
	line_format(&page->line, "queue     %s waiting, %s running", waiting, text);
	if (backlog->known && backlog->bytes_left >= 0) {
		fmt_size((uint64_t)backlog->bytes_left, FMT_BYTES, text);
		line_format(&page->line, ", %s%s left", backlog->bytes_unknown ? "~" : "", text);
	}
	end_line(page);
	if (backlog->bytes_unknown && backlog->known && backlog->bytes_left >= 0) {
		line_format(&page->line,
		            "          size of %llu send%s not known: counted as the average of the others",
		            (unsigned long long)backlog->bytes_unknown, backlog->bytes_unknown == 1 ? "" : "s");
		end_line(page);
	}
	put_standing(page);

	line_add(&page->line, "          ");
	add_per_hour(&page->line, "done", backlog->done_per_hour);
	add_per_hour(&page->line, " new", backlog->due_per_hour);
	if (backlog->eta >= 0)
		fmt_duration(rounded_seconds(backlog->eta) * WHEN_SECOND, text);
	if (backlog->eta == ETA_NEVER)
		line_format(&page->line, " never empty %s",
		            forecast_never_text(forecast_basis(page->rows->of.forecast)->never));
	else
		line_format(&page->line, " empty %s%s", backlog->eta >= 0 ? "in ~" : "",
		            backlog->eta >= 0 ? text : "-");
	end_line(page);
}

static void
put_log_place(struct page *page, size_t i)
{
	const struct scene *scene = page->scene;
	const struct log_status *log = &scene->logs[i];
	int64_t silence = log_silence(scene->model, scene->logs, scene->log_count, i, scene->now);
	char text[FMT_TEXT], encoding[40];

	lines_put(2, log->path, page->sink);
	lines_put(2, log->error, page->sink);
	lines_put(2, log_encoding_words(log, encoding), page->sink);
	if (log->newest == WHEN_NONE)
		return;
	line_add(&page->line, "  newest record");
	line_time(&page->line, log_newest(log));
	if (silence >= 0) {
		fmt_duration(silence, text);
		line_format(&page->line, ": silent %s while other logs go on", text);
	}
	end_line(page);
}

/* What the figures stand on: logs read, and what of them was not understood or lost. */
static void
put_logs(struct page *page)
{
	struct line *line = &page->line;
	char text[FMT_TEXT];

	page_heading(page, "Logs", -1);
	line_add(line, "NAME         STATE      RECORDS  UNKNOWN  DAMAGED   ROLLED      LOST");
	end_line(page);
	for (size_t i = 0; i < page->scene->log_count; i++) {
		const struct log_status *log = &page->scene->logs[i];

		line_cell(line, 12, log->name);
		line_cell(line, 7, log_state_word(log->state));
		line_cell_count(line, -10, log->records);
		line_cell_count(line, -8, log->unknown);
		line_cell_count(line, -8, log->damaged);
		line_cell_count(line, -8, log->rollovers);
		fmt_size(log->missed, FMT_BYTES, text);
		line_cell(line, -9, text);
		end_line(page);
		put_log_place(page, i);
	}
}

/* "4,096 sites are kept, 12 more did not fit: figures are too low" */
static void
put_truncated(struct page *page)
{
	char kept[FMT_TEXT], lost[FMT_TEXT];
	struct truncated_row row;

	for (size_t i = 0; truncated_row(page->scene->model, i, &row); i++) {
		if (row.lost == 0)
			continue;
		fmt_count(row.kept, kept);
		fmt_count(row.lost, lost);
		line_format(&page->line, "%s %s are kept, %s more did not fit: figures are too low", kept, row.many,
		            lost);
		end_line(page);
	}
}

void
report_text(const struct scene *scene, const struct sink *sink)
{
	struct rows rows;
	struct page page = { .scene = scene, .rows = &rows, .sink = sink };

	if (!rows_collect(&rows, scene)) {
		sink_text(sink, "out of memory\n");
		return;
	}
	put_header(&page);
	put_slots(&page);
	put_queue(&page);
	put_transfers(&page);
	put_truncated(&page);
	page_jobs(&page);
	page_sites(&page);
	page_threads(&page);
	page_transfers(&page);
	page_failures(&page);
	page_packages(&page);
	page_advice(&page);
	put_logs(&page);
	rows_destroy(&rows);
}
