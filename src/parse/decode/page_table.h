/*
 * A code page of Windows: bytes to UTF-8. What its letters are, the system knows:
 * tables are asked for when they are needed, a first byte at a time.
 */
#ifndef PARSE_DECODE_PAGE_TABLE_H
#define PARSE_DECODE_PAGE_TABLE_H

#include "cmtop/text/server_text.h"

#define PAGE_TABLE_STEP 4 /* bytes of UTF-8 that one step gives at most */

/* "\xFC", for a byte that is no letter: so that two names stay two. Answers its size. */
size_t page_table_digits(unsigned char byte, char out[PAGE_TABLE_STEP]);

struct page_table {
	unsigned page;
	code_page_load *load; /* NULL: nothing is known of any page */
	uint16_t single[256]; /* 0: the byte is no letter alone */
	uint16_t *pair[0x80]; /* by the first byte; NULL: not asked for yet, or there are none */
	bool asked_single, asked[0x80];
};

void page_table_open(struct page_table *page, unsigned number, code_page_load *load);
void page_table_close(struct page_table *page);

/*
 * Takes the next letter off `text`, which is not empty, and puts it into `out`. A byte
 * that is no letter comes out as "\xFC". Answers the bytes put; `*good` is false for such.
 */
size_t page_table_step(struct page_table *page, struct span *text, char out[PAGE_TABLE_STEP], bool *good);

bool page_table_reads(struct page_table *page, struct span text); /* all of it */

#endif
