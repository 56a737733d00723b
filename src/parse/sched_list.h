/*
 * The fields of the scheduler's list of send requests, and how a list in columns
 * is laid out.
 */
#ifndef PARSE_SCHED_LIST_H
#define PARSE_SCHED_LIST_H

#include "cmtop/event.h"

enum list_field {
	LIST_REQUEST,
	LIST_JOB,
	LIST_SITE,
	LIST_FINAL,
	LIST_STATE,
	LIST_STATUS,
	LIST_ACTION,
	LIST_TOTAL,
	LIST_LEFT,
	LIST_HEARTBEAT,
	LIST_START,
	LIST_FINISH,
	LIST_RETRY,
	LIST_PACKAGE,
	LIST_VERSION,
	LIST_PRIORITY,
	LIST_OTHER,
	LIST_FIELDS
};

/* A field's name that the text begins with, and how long it is; LIST_FIELDS: none. */
enum list_field list_name(struct span text, size_t *size);

/* Takes the value of a field into the event. */
void list_keep(struct event *event, enum list_field field, struct span value);

#define LIST_COLUMNS  24
#define LISTS_AT_ONCE 4

/* The header row of a thread's list: where its columns stand, in bytes. */
struct list_layout {
	uint32_t thread;
	bool listing;    /* its list has begun, and nothing else was said since */
	bool tabs, wide; /* its cells are parted by tabs; … by more than one blank, so that places mean something */
	uint8_t gap;     /* the fewest blanks between two of them */
	uint8_t count;   /* of columns; 0: no header was seen */
	struct {
		uint8_t field;
		uint16_t from, to;
	} column[LIST_COLUMNS];
};

/* Of one log: several threads may print lists at once. */
struct listed {
	struct list_layout of[LISTS_AT_ONCE];
	unsigned next;
};

/* The thread goes on to something else. What no rule knows may be a row of the list all the same. */
static inline bool
list_ends(const struct event *event)
{
	return event->kind == EVENT_SEEN || event->kind == EVENT_COMPONENT_STARTED
	       || event->kind == EVENT_COMPONENT_STOPS
	       || (event->kind >= EVENT_LIST_BEGINS && event->kind <= EVENT_SITE_UNADDRESSED
	           && event->kind != EVENT_REQUEST_LISTED);
}

#define LIST_NEVER (-10000)

/* How well the word looks as the first of a cell, and as a further one of it; LIST_NEVER: it cannot be that. */
int list_word_score(enum list_field field, struct span word);
int list_more_score(enum list_field field, struct span word);

/* A header row: takes its columns into the layout. False: it is none, and the layout is as it was. */
bool list_header(struct span text, struct list_layout *layout);

/* A row under it: fills the event. False: it does not fit. */
bool list_row(struct span text, const struct list_layout *layout, struct event *event);

#endif
