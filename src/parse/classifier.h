/*
 * What a message means: the walls, and which of them a component's words are
 * looked up in. Furniture of this room.
 */
#ifndef READ_MEANING_H
#define READ_MEANING_H

#include "parse/rules.h"

#define WALLS_MOST 16
#define MET_MOST   4

/* A component met lately and its wall. */
struct acquaintance {
	char component[64];
	size_t size;
	const struct wall *wall;  /* NULL: nobody knows it */
	const struct templates *templates;
};

struct meaning {
	struct templates *walls[WALLS_MOST];
	struct templates *any;
	struct acquaintance met[MET_MOST];
	unsigned next;
	struct span spaced;     /* the message in hand as it was written */
	struct listed listed;
	const char *log_name;  /* of the first component met that has a wall; NULL: none yet */
};

bool meaning_open(struct meaning *meaning);  /* false: out of memory; meaning_close() either way */
void meaning_close(struct meaning *meaning);

const struct wall *meaning_wall(struct meaning *meaning, struct span component);  /* NULL: nobody knows it */

/* Fills the event by its component and message; `rest` is what no template looked at. False: EVENT_NOTE. */
bool meaning_find(struct meaning *meaning, struct event *event, struct span *rest);

/* failure_words.c: whether a message that no rule knows reports a failure, and how bad it is. */
bool    message_fails(struct span message);
uint8_t message_level(struct span message);

/*
 * The message with its blanks collapsed, "~" off both ends, and "?" for each control character, in place where
 * nothing has to be changed, else in `room`, which holds message.size bytes.
 */
struct span message_plain(struct span message, char *room);

#endif
