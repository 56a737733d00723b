/*
 * The two lines that make nine tenths of a busy sender.log, read fast_path
 * through.
 */
#ifndef PARSE_FAST_PATH_H
#define PARSE_FAST_PATH_H

#include "parse/record.h"

/*
 * Takes a whole line "~Wrote n bytes to F at position p  $$<…>" or "~Attempt to
 * write …" as the current product prints it, and fills the event as the rules of
 * the senders would. False: it is not exactly that; the rules has to look.
 * Whether the component is a sender is the caller's to check.
 */
bool fast_path_match(struct span line, struct record_memory *memory, struct event *event);

#endif
