/*
 * Zones of the oldest records, which name theirs in the language of the server and say nothing of its bias. At the ends of
 * summer time the name changes, and local time leaps by an hour. So the names tell what the times alone cannot: whether an
 * hour has passed or was skipped.
 */
#include <string.h>

#include "cmtop/count_of.h"
#include "ingest/server_clock.h"

#define CLOSELY WHEN_MINUTE

static bool
holds(struct span text, const char *word)
{
	return span_find_nocase(text, span_of(word)) < text.size;
}

/* Pieces of the words for summer time in the names that Windows gives its zones. */
static bool
is_summer(struct span name)
{
	static const char *const words[] = {
		"daylight",
		"summer",
		"sommer",
		"sommar",
		"zomer",
		"\xc3\xa9t\xc3\xa9",
		"verano",
		"ver\xc3\xa3o",
		"legale",
		"estiv",
		"estate",
		"kes\xc3\xa4",
		"letn",
		"\xd0\xbb\xd1\x8f\xd1\x82\xd0\xbd",
		"\xd0\xbb\xd1\x96\xd1\x82\xd0\xbd",
		"\xec\x9d\xbc\xea\xb4\x91",
		"\xd7\xa7\xd7\x99\xd7\xa5",
		"\xd8\xb5\xd9\x8a\xd9\x81",
		"ljetn",
		"poletn",
		"vasar",
		"suve",
		"ny\xc3\xa1ri",
		"yaz ",
		"\xd0\xbb\xd0\xb5\xd1\x82\xd0\xbd",
		"\xce\xb8\xce\xb5\xcf\x81\xce\xb9\xce\xbd",
		"\xe5\xa4\x8f",
		"var\xc4\x83",
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (holds(name, words[i]))
			return true;
	return false;
}

/* What summer time is ahead of the zone's other time. */
static int64_t
ahead_in_summer(struct span name)
{
	return holds(name, "Lord Howe") ? WHEN_HOUR / 2 : WHEN_HOUR;
}

/* From the zone of the record before, both without a bias: by the words, else by how the times go on. */
static int64_t
between_names(const struct log_clock *log, const struct clock_zone *from, const struct event *event)
{
	struct span before = { from->name, from->size };
	int64_t hour = ahead_in_summer(event->zone), passed;
	bool was = is_summer(before), is = is_summer(event->zone);

	if (was != is)
		return from->offset + (was ? hour : -hour);
	if (log->own == WHEN_NONE)
		return from->offset;
	passed = event->at + from->offset - log->own;
	if (passed < -CLOCK_SLACK)
		return from->offset + hour;
	return from->offset - (passed >= hour && passed < hour + CLOSELY ? hour : 0);
}

static int64_t
offset_of(const struct log_clock *log, const struct clock_zone *from, const struct event *event)
{
	const struct server_clock *clock = log->server;

	if (clock->zones == 0)
		return 0;
	if (event->zoned) /* UTC is its local time and the bias */
		return from->offset - event->bias * WHEN_MINUTE;
	if (from->zoned)
		return from->offset + clock->bias * WHEN_MINUTE;
	return between_names(log, from, event);
}

static bool
is_zone(const struct clock_zone *zone, const struct event *event)
{
	if (event->zoned || zone->zoned)
		return event->zoned && zone->zoned;
	return span_is((struct span){ zone->name, zone->size }, span_part(event->zone, 0, sizeof(zone->name)));
}

int64_t
log_clock_level(const struct log_clock *log, const struct event *event)
{
	const struct server_clock *clock = log->server;

	for (size_t i = 0; i < clock->zones; i++)
		if (is_zone(&clock->zone[i], event))
			return event->at + clock->zone[i].offset;
	return event->at + clock->zone[log->zone].offset;
}

int64_t
log_clock_other_zone(struct log_clock *log, const struct event *event)
{
	struct server_clock *clock = log->server;
	struct clock_zone *zone;
	struct span name = span_part(event->zone, 0, sizeof(zone->name));
	int64_t offset;
	unsigned i = 0;

	while (i < clock->zones && !is_zone(&clock->zone[i], event))
		i++;
	if (i == clock->zones) {
		offset = offset_of(log, &clock->zone[log->zone], event);
		i = clock->zones < ZONES_KEPT ? (unsigned)clock->zones++ : ZONES_KEPT - 1;
		zone = &clock->zone[i];
		*zone = (struct clock_zone){ .zoned = event->zoned, .offset = offset };
		if (!event->zoned) {
			memcpy(zone->name, name.at, name.size);
			zone->size = name.size;
		}
	}
	log->zone = i;
	if (event->zoned)
		clock->bias = event->bias;
	return event->at + clock->zone[i].offset;
}
