/*
 * The inside of a server's text: what a parser hears and reads.
 */
#ifndef PARSE_DECODE_SERVER_TEXT_STATE_H
#define PARSE_DECODE_SERVER_TEXT_STATE_H

#include "parse/decode/page_table.h"
#include "parse/decode/page_guess.h"

/* What the bytes of a line beyond ASCII can be. */
enum line_kind {
	LINE_ASCII,
	LINE_UTF8,
	LINE_EITHER, /* UTF-8 of few letters, as some of a code page look too */
	LINE_CUT,    /* UTF-8 with some bytes that are none: a text was cut at so many bytes */
	LINE_STUB,   /* the same, of too few letters to be sure */
	LINE_PAGE,   /* no UTF-8 */
};

struct server_text {
	unsigned server;
	struct server_text *next; /* that of another server; NULL: none */
	struct page_table page;   /* in force */
	bool guessed;
	bool known;    /* the page is given, or some text was heard */
	bool read;     /* a line was read in the page in force */
	bool doubted;  /* a line was taken for UTF-8 that the page may read otherwise */
	bool claimed;  /* a line was taken for one of the page that may be UTF-8 */
	bool too_soon; /* a line was read in another page than that in force */
	struct page_guess guess;
};

enum line_kind line_kind_of(struct span line);

/*
 * A line of the kind LINE_PAGE is about to be read, and `ahead` is what follows it: the page is made out anew. What was
 * heard already changes nothing.
 */
void server_text_hear(struct server_text *text, struct span line, struct span ahead);

/*
 * A line of LINE_EITHER is rather one of the page, as far as only the page is asked. The first notes that such a line was
 * read.
 */
bool server_text_claims(struct server_text *text, struct span line);
bool server_text_would_claim(struct server_text *text, struct span line);

#endif
