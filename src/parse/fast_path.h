/*
 * The two lines that make nine tenths of a busy sender.log, read straight
 * through. Furniture of this room.
 */
#ifndef READ_STRAIGHT_H
#define READ_STRAIGHT_H

#include "parse/record.h"

/*
 * Takes a whole line "~Wrote n bytes to F at position p  $$<…>" or "~Attempt to
 * write …" as the current product prints it, and fills the event as the wall of
 * the senders would. False: it is not exactly that; the wall has to look.
 * Whether the component is a sender is the caller's to check.
 */
bool straight_match(struct span line, struct record_memory *memory, struct event *event);

#endif
