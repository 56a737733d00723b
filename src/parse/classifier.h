/*
 * What a message means: the rule sets, and which of them a component's words are
 * looked up in.
 */
#ifndef PARSE_CLASSIFIER_H
#define PARSE_CLASSIFIER_H

#include "parse/rules.h"

#define RULE_SETS_MOST    16
#define COMPONENTS_CACHED 4

/* A component seen lately and its rules. */
struct component_rules {
	char component[64];
	size_t size;
	const struct rules *rules; /* NULL: nobody knows it */
	const struct templates *templates;
};

struct classifier {
	struct templates *rule_sets[RULE_SETS_MOST];
	struct templates *any;
	struct component_rules known[COMPONENTS_CACHED];
	unsigned next;
	struct span spaced; /* the message in hand as it was written */
	struct listed listed;
	const char *log_name; /* of the first component seen that has rules; NULL: none yet */
};

bool classifier_open(struct classifier *classifier); /* false: out of memory; classifier_close() either way */
void classifier_close(struct classifier *classifier);

const struct rules *classifier_rules(struct classifier *classifier, struct span component); /* NULL: nobody knows it */

/* Fills the event by its component and message; `rest` is what no template looked at. False: EVENT_NOTE. */
bool classifier_find(struct classifier *classifier, struct event *event, struct span *rest);

/* failure_words.c: whether a message that no rule knows reports a failure, and how bad it is. */
bool message_fails(struct span message);
uint8_t message_level(struct span message);

/*
 * The message with its blanks collapsed, "~" off both ends, and "?" for each control character, in place where
 * nothing has to be changed, else in `buffer`, which holds message.size bytes.
 */
struct span message_plain(struct span message, char *buffer);

#endif
