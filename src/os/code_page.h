/*
 * The code pages of Windows, as far as this system knows them.
 */
#ifndef OS_CODE_PAGE_H
#define OS_CODE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

/* A `code_page_load` of cmtop/text/server_text.h. */
bool os_code_page_load(unsigned page, int lead, uint16_t out[256]);

unsigned os_code_page(void); /* that programs here write, 0: nothing that tells a server's */

#endif
