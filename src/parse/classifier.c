#include "parse/classifier.h"

#include <string.h>

bool
classifier_open(struct classifier *classifier)
{
	memset(classifier, 0, sizeof(*classifier));
	classifier->any = templates_new(rules_any.rows, rules_any.count);
	for (size_t i = 0; rules_at(i) && i < RULE_SETS_MOST; i++) {
		classifier->rule_sets[i] = templates_new(rules_at(i)->rows, rules_at(i)->count);
		if (!classifier->rule_sets[i])
			return false;
	}
	return classifier->any != NULL;
}

void
classifier_close(struct classifier *classifier)
{
	for (size_t i = 0; i < RULE_SETS_MOST; i++)
		templates_free(classifier->rule_sets[i]);
	templates_free(classifier->any);
}

static bool
names_component(const struct rules *rules, struct span component)
{
	struct span list = span_of(rules->components), name;

	while (list.size > 0) {
		name = span_part(list, 0, span_find(list, SPAN(" ")));
		if (span_is_nocase(name, component))
			return true;
		list = span_from(list, name.size + 1);
	}
	return false;
}

static void
fill(const struct classifier *classifier, struct span component, struct component_rules *out)
{
	memset(out, 0, sizeof(*out));
	if (component.size <= sizeof(out->component)) {
		memcpy(out->component, component.at, component.size);
		out->size = component.size;
	}
	for (size_t i = 0; i < RULE_SETS_MOST && rules_at(i); i++) {
		if (!names_component(rules_at(i), component))
			continue;
		out->rules = rules_at(i);
		out->templates = classifier->rule_sets[i];
	}
}

static const struct component_rules *
component_lookup(struct classifier *classifier, struct span component)
{
	struct component_rules *known;

	for (unsigned i = 0; i < COMPONENTS_CACHED; i++) {
		known = &classifier->known[i];
		if (known->size == component.size && component.size > 0
		    && memcmp(known->component, component.at, component.size) == 0)
			return known;
	}
	known = &classifier->known[classifier->next++ % COMPONENTS_CACHED];
	fill(classifier, component, known);
	if (known->rules && !classifier->log_name)
		classifier->log_name = known->rules->log;
	return known;
}

const struct rules *
classifier_rules(struct classifier *classifier, struct span component)
{
	return component_lookup(classifier, component)->rules;
}

bool
classifier_find(struct classifier *classifier, struct event *event, struct span *rest)
{
	const struct component_rules *known = component_lookup(classifier, event->component);

	event->kind = EVENT_NOTE;
	event->family = (uint8_t)(known->rules ? known->rules->family : FAMILY_NONE);
	event->detail = 0;
	event->status = 0;
	event->texts = event->numbers = 0;
	*rest = SPAN("");
	if (status_match(event)) {
		if (event->kind == EVENT_SEEN
		    && event->level == LEVEL_ERROR) /* no rule knows it, but its severity says so */
			event->kind = EVENT_FAILURE;
		return true;
	}
	event->rule = known->templates ? templates_match(known->templates, event, rest) : NULL;
	if (!event->rule) {
		if (known->rules && known->rules->other
		    && known->rules->other(event, classifier->spaced, &classifier->listed))
			*rest = SPAN("");
		else
			event->rule = templates_match(classifier->any, event, rest);
	}
	if (event->family == FAMILY_SCHEDULER)
		listed_goes_on(event, &classifier->listed);
	return event->kind != EVENT_NOTE;
}

#define DEL 0x7f

static bool
is_control(char c)
{
	return (unsigned char)c < ' ' || c == DEL;
}

/* 0x80 in every byte of `word` that is zero. */
static uint64_t
zero_bytes(uint64_t word)
{
	const uint64_t low = 0x7f7f7f7f7f7f7f7fu;

	return ~(((word & low) + low) | word | low);
}

/*
 * Nothing to collapse or to clean: no control characters, no "~", and no blank
 * beside another. Eight bytes are looked at together; each window begins with the last
 * byte of the one before, so that no pair of neighbours is missed.
 */
static bool
is_plain(struct span message)
{
	const uint64_t ones = 0x0101010101010101u;
	bool blank = false, was = false;
	size_t i = 0;

	for (; i + sizeof(uint64_t) <= message.size; i += sizeof(uint64_t) - 1) {
		uint64_t word, blanks;

		memcpy(&word, message.at + i, sizeof(word));
		blanks = zero_bytes(word ^ ones * ' ');
		if ((blanks & blanks >> 8) | zero_bytes(word ^ ones * '~') | zero_bytes(word & ones * 0xe0)
		    | zero_bytes(word ^ ones * DEL))
			return false;
	}
	for (; i < message.size; i++, was = blank) {
		char c = message.at[i];

		blank = c == ' ';
		if ((blank && was) || c == '~' || is_control(c))
			return false;
	}
	return true;
}

/*
 * A "~" inside stands for a line break, but
 * only where a blank or another one is beside it: PROGRA~1 is a folder. Control
 * characters are cleaned here, once: whoever stores a piece of the message
 * stores what is looked for later.
 */
struct span
message_plain(struct span message, char *buffer)
{
	size_t size = 0;

	message = span_trim(message);
	if (is_plain(message))
		return message;
	for (size_t i = 0; i < message.size; i++) {
		char c = message.at[i], next = i + 1 < message.size ? message.at[i + 1] : ' ';
		bool blank = is_blank(c) || c == '\r' || c == '\n'
		             || (c == '~' && (is_blank(next) || next == '~' || (size > 0 && buffer[size - 1] == ' ')));

		if (!blank)
			buffer[size++] = is_control(c) ? '?' : c;
		else if (size > 0 && buffer[size - 1] != ' ')
			buffer[size++] = ' ';
	}
	return span_trim((struct span){ buffer, size });
}
