/*
 * A page being written: text.c has its frame, text_tables.c and text_dps.c the lists in it.
 */
#ifndef REPORT_TEXT_PAGE_H
#define REPORT_TEXT_PAGE_H

#include "report/text_line.h"
#include "report/rows.h"

struct page {
	const struct scene *scene;
	struct rows *rows; /* a list may be put into another order once it is not needed in its own */
	const struct sink *sink;
	struct line line;
};

static inline void
end_line(struct page *page)
{
	line_put(&page->line, PAGE_WIDTH, page->sink);
}

/* Under a list that was cut. */
void page_rest(struct page *page, size_t found, size_t most);

/* A cell of a field, by its unit; "~" before an estimate, and what is not known is "?", or "-" of a rate or a time left. */
void cell_field(struct page *page, int width, enum entity entity, const char *name, const void *row);

void cell_duration(struct line *line, int width, int64_t milliseconds, const char *unknown);

/* A blank line and a title, which counts what stands below when `count` is not negative. */
void page_heading(struct page *page, const char *title, int64_t count);

/* The lists; most are left out where there is nothing to say. */
void page_jobs(struct page *page);
void page_sites(struct page *page);
void page_threads(struct page *page);
void page_transfers(struct page *page);
void page_advice(struct page *page);
void page_failures(struct page *page);
void page_packages(struct page *page);

#endif
