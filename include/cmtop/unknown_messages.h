/*
 * Messages that no template knows, counted: like ones, which differ in their
 * numbers only, count together. Memory is bounded; what is rarest makes room.
 */
#ifndef CMTOP_UNKNOWN_MESSAGES_H
#define CMTOP_UNKNOWN_MESSAGES_H

#include "cmtop/event.h"
#include "cmtop/sink.h"

struct unknown;

struct unknown *unknown_new(void); /* NULL: out of memory */
void unknown_free(struct unknown *unknown);
void unknown_count(struct unknown *unknown, const struct event *event);
void unknown_print(struct unknown *unknown, const struct sink *sink); /* most frequent first */

#endif
