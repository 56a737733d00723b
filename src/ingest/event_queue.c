#include "ingest/event_queue.h"

#include <stdlib.h>
#include <string.h>

struct queued_event {
	struct event event;
	size_t size; /* of it all */
	char bytes[];
};

void
event_queue_free(struct event_queue *queue)
{
	for (unsigned i = 0; i < queue->count; i++)
		free(queue->row[(queue->first + i) % QUEUE_MOST]);
	free(queue->lent);
	*queue = (struct event_queue){ .count = 0 };
}

/* What a copy has to hold: a part of the record itself need not be there twice. */
struct copy {
	struct span raw; /* of the event that is copied */
	char *begin, *end;
};

static void
move(struct copy *copy, struct span *span)
{
	const char *raw = copy->raw.at;

	if (span->size > 0 && span->at >= raw && span->at + span->size <= raw + copy->raw.size) {
		span->at = copy->begin + (span->at - raw);
		return;
	}
	if (span->size > 0)
		memcpy(copy->end, span->at, span->size);
	span->at = copy->end;
	copy->end += span->size;
}

/* Bytes that a copy takes at the most. */
static size_t
size_of(const struct event *event)
{
	size_t size = event->raw.size + event->component.size + event->message.size;

	if (!event->zoned)
		size += event->zone.size;
	for (int i = 0; i < TEXT_FIELD_COUNT; i++)
		if (event_has_text(event, (enum text_field)i))
			size += event->text[i].size;
	return size;
}

static struct queued_event *
copy_of(const struct event *event)
{
	size_t size = sizeof(struct queued_event) + size_of(event);
	struct queued_event *row = malloc(size);
	struct copy copy;

	if (!row)
		return NULL;
	row->event = *event;
	row->size = size;
	if (event->raw.size > 0)
		memcpy(row->bytes, event->raw.at, event->raw.size);
	copy = (struct copy){ event->raw, row->bytes, row->bytes + event->raw.size };
	row->event.raw.at = row->bytes;
	move(&copy, &row->event.component);
	move(&copy, &row->event.message);
	if (event->zoned)
		row->event.zone.size = 0;
	else
		move(&copy, &row->event.zone);
	for (int i = 0; i < TEXT_FIELD_COUNT; i++)
		if (event_has_text(event, (enum text_field)i))
			move(&copy, &row->event.text[i]);
	return row;
}

bool
event_queue_add(struct event_queue *queue, const struct event *event)
{
	struct queued_event *row = queue->count < QUEUE_MOST ? copy_of(event) : NULL;

	if (!row)
		return false;
	queue->row[(queue->first + queue->count++) % QUEUE_MOST] = row;
	queue->bytes += row->size;
	return true;
}

bool
event_queue_put_back(struct event_queue *queue, const struct event *event)
{
	struct queued_event *row = queue->count < QUEUE_MOST ? copy_of(event) : NULL;

	if (!row)
		return false;
	queue->first = (queue->first + QUEUE_MOST - 1) % QUEUE_MOST;
	queue->row[queue->first] = row;
	queue->count++;
	queue->bytes += row->size;
	return true;
}

struct event *
event_queue_at(const struct event_queue *queue, size_t i)
{
	return i < queue->count ? &queue->row[(queue->first + i) % QUEUE_MOST]->event : NULL;
}

bool
event_queue_take(struct event_queue *queue, struct event *out)
{
	if (queue->count == 0)
		return false;
	free(queue->lent);
	queue->lent = queue->row[queue->first];
	queue->first = (queue->first + 1) % QUEUE_MOST;
	queue->count--;
	queue->bytes -= queue->lent->size;
	*out = queue->lent->event;
	return true;
}
