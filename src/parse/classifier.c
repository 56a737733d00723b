#include "parse/classifier.h"

#include <string.h>

bool
meaning_open(struct meaning *meaning)
{
	memset(meaning, 0, sizeof(*meaning));
	meaning->any = templates_new(wall_any.rows, wall_any.count);
	for (size_t i = 0; wall_at(i) && i < WALLS_MOST; i++) {
		meaning->walls[i] = templates_new(wall_at(i)->rows, wall_at(i)->count);
		if (!meaning->walls[i])
			return false;
	}
	return meaning->any != NULL;
}

void
meaning_close(struct meaning *meaning)
{
	for (size_t i = 0; i < WALLS_MOST; i++)
		templates_free(meaning->walls[i]);
	templates_free(meaning->any);
}

static bool
names_component(const struct wall *wall, struct span component)
{
	struct span list = span_of(wall->components), name;

	while (list.size > 0) {
		name = span_part(list, 0, span_find(list, SPAN(" ")));
		if (span_is_nocase(name, component))
			return true;
		list = span_from(list, name.size + 1);
	}
	return false;
}

static void
meet(const struct meaning *meaning, struct span component, struct acquaintance *out)
{
	memset(out, 0, sizeof(*out));
	if (component.size <= sizeof(out->component)) {
		memcpy(out->component, component.at, component.size);
		out->size = component.size;
	}
	for (size_t i = 0; i < WALLS_MOST && wall_at(i); i++) {
		if (!names_component(wall_at(i), component))
			continue;
		out->wall = wall_at(i);
		out->templates = meaning->walls[i];
	}
}

static const struct acquaintance *
acquaintance_of(struct meaning *meaning, struct span component)
{
	struct acquaintance *met;

	for (unsigned i = 0; i < MET_MOST; i++) {
		met = &meaning->met[i];
		if (met->size == component.size && component.size > 0 && memcmp(met->component, component.at, component.size) == 0)
			return met;
	}
	met = &meaning->met[meaning->next++ % MET_MOST];
	meet(meaning, component, met);
	if (met->wall && !meaning->log_name)
		meaning->log_name = met->wall->log;
	return met;
}

const struct wall *
meaning_wall(struct meaning *meaning, struct span component)
{
	return acquaintance_of(meaning, component)->wall;
}

bool
meaning_find(struct meaning *meaning, struct event *event, struct span *rest)
{
	const struct acquaintance *met = acquaintance_of(meaning, event->component);

	event->kind = EVENT_NOTE;
	event->family = (uint8_t)(met->wall ? met->wall->family : FAMILY_NONE);
	event->detail = 0;
	event->status = 0;
	event->texts = event->numbers = 0;
	*rest = SPAN("");
	if (status_match(event)) {
		if (event->kind == EVENT_SEEN && event->level == LEVEL_ERROR)  /* no rule knows it, but its severity says so */
			event->kind = EVENT_FAILURE;
		return true;
	}
	if (!met->templates || !templates_match(met->templates, event, rest)) {
		if (met->wall && met->wall->other && met->wall->other(event, meaning->spaced, &meaning->listed))
			*rest = SPAN("");
		else
			templates_match(meaning->any, event, rest);
	}
	if (event->family == FAMILY_SCHEDULER)
		listed_goes_on(event, &meaning->listed);
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
		if ((blanks & blanks >> 8) | zero_bytes(word ^ ones * '~') | zero_bytes(word & ones * 0xe0) |
		    zero_bytes(word ^ ones * DEL))
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
message_plain(struct span message, char *room)
{
	size_t size = 0;

	message = span_trim(message);
	if (is_plain(message))
		return message;
	for (size_t i = 0; i < message.size; i++) {
		char c = message.at[i], next = i + 1 < message.size ? message.at[i + 1] : ' ';
		bool blank = is_blank(c) || c == '\r' || c == '\n' ||
		             (c == '~' && (is_blank(next) || next == '~' || (size > 0 && room[size - 1] == ' ')));

		if (!blank)
			room[size++] = is_control(c) ? '?' : c;
		else if (size > 0 && room[size - 1] != ' ')
			room[size++] = ' ';
	}
	return span_trim((struct span){ room, size });
}
