/*
 * Templates: messages in the log's own words, with holes.
 *
 *	Found send request. ID: {request}, Dest Site: {site}
 *
 * - A hole's name says which field it fills and what it takes: {request} {site}
 *   {package} a word; {used} {bytes} … a number; {hexthread} {hexcode} a hexadecimal one,
 *   with or without 0x; {path} {name} {time} … anything up to the next literal;
 *   {} the same and kept nowhere.
 * - Letters match in either case; what follows the last piece is ignored.
 * - A template starts with a literal, or with {} if it may stand anywhere.
 * - The first row that fits wins, those that may stand anywhere coming last;
 *   there is no backtracking.
 */
#ifndef PARSE_TEMPLATE_H
#define PARSE_TEMPLATE_H

#include "cmtop/event.h"

struct template
{
	const char *text;
	uint8_t kind;   /* enum event_kind */
	int16_t detail; /* goes into event->detail */
};

struct templates;

/* The server's name in a NAL path, ["Display=\\S\"]MSWNET:["SMS_SITE=XXX"]\\S\, or in a plain one. */
struct span nal_server(struct span nal);

/* NULL: out of memory, or a template with an unknown hole. The rows must outlive the result. */
struct templates *templates_new(const struct template *rows, size_t count);
void templates_free(struct templates *templates);

/*
 * The first row that fits event->message fills kind, detail and fields, and
 * `rest` is what it did not look at. NULL: none, the event is as it was.
 */
const struct template *templates_match(const struct templates *templates, struct event *event, struct span *rest);

/*
 * Takes the id that the text begins with, as {request}, {site} and {package} do.
 * False: it begins with none, or with one that is too long; `text` has not moved.
 */
bool template_word(struct span *text, struct span *out);

#endif
