/*
 * A page being written: text.c has its frame, tables.c the lists in it.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/line.h"
#include "report/rows.h"

struct page {
	const struct scene *scene;
	struct rows        *rows;   /* a list may be put into another order once it is not needed in its own */
	const struct sink  *sink;
	struct line line;
};

static inline void
end_line(struct page *page)
{
	line_put(&page->line, PAGE_WIDTH, page->sink);
}

/* A blank line and a title, which counts what stands below when `count` is not negative. */
void page_heading(struct page *page, const char *title, int64_t count);

/* The lists; most are left out where there is nothing to say. */
void page_jobs(struct page *page);
void page_sites(struct page *page);
void page_threads(struct page *page);
void page_failures(struct page *page);
void page_packages(struct page *page);

#endif
