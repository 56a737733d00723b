/*
 * Lines in the forms in which people pass them on: CMTrace's copy, and what articles quote.
 */
#ifndef PARSE_COPIED_LINE_H
#define PARSE_COPIED_LINE_H

#include "parse/record.h"

/* "message<TAB>COMPONENT<TAB>time<TAB>tid (0xhex)", or "COMPONENT tid (0xhex) message". Fills everything. */
bool copied_line(struct span line, struct record_memory *memory, struct event *event);

/* Looks through lines for what they tell of the order of dates. */
void copied_ahead(struct span text, struct record_memory *memory);

#endif
