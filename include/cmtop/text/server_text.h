/*
 * The one code page of a site server, for what its logs hold that is no UTF-8: given,
 * or guessed from all such text of its logs together.
 */
#ifndef CMTOP_TEXT_SERVER_TEXT_H
#define CMTOP_TEXT_SERVER_TEXT_H

#include "cmtop/text/text_form.h"

#define PAGE_GUESSED 0u
#define PAGE_UTF8    65001u /* as Windows counts */

/*
 * The letters of a code page, as the system knows them: of each byte alone (`lead` -1), or
 * of each behind this one. UTF-16; 0: that is no letter. False: the system does not know the page.
 */
typedef bool code_page_load(unsigned page, int lead, uint16_t out[256]);

/* "windows-1251", "cp1251", "1251", "shift_jis", "utf-8": in either case. 0: no such page, or none that a server has. */
unsigned code_page_named(struct span name);

/* "windows-1251", "utf-8" */
const char *code_page_name(unsigned page, char out[24]);

/* Those that a server may have; 0 past the last. */
unsigned code_page_at(size_t i);

struct server_text;

/* NULL: out of memory. `load` may be NULL: then no letter is known. */
struct server_text *server_text_new(unsigned page, code_page_load *load);
void server_text_free(struct server_text *text); /* NULL is fine */

/*
 * That of another site server, where logs of several are read: made when it is asked for, and freed with the first,
 * which is that of number 0. What is asked of the first below is of all. NULL: out of memory.
 */
struct server_text *server_text_of(struct server_text *first, unsigned server);

unsigned server_text_page(const struct server_text *text);
bool server_text_guessed(const struct server_text *text);

#define SERVER_LINE_MOST (64 * 1024) /* bytes of a line in UTF-8; a longer one is given up */

/* One line in UTF-8: itself, or what was put into `out`, cut to fit. */
struct span server_text_line(struct server_text *text, enum text_form form, struct span line,
                             char out[SERVER_LINE_MOST]);

/*
 * Whether something was read before the guess was what it is now: who can should read
 * it all again, which uses the guess as it is. Asked a second time, it is false until that happens again.
 */
bool server_text_read_too_soon(struct server_text *text);

#endif
