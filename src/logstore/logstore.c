/*
 * A line belongs to the send, the package thread or the transfer whose thread
 * wrote it, and to the request, site and package it names. What belongs together is known when the
 * line comes, so asking needs no look at the text but for lines of nobody.
 */
#include "cmtop/logstore.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/hash.h"
#include "cmtop/log.h"
#include "logstore/line_course.h"
#include "logstore/line_ring.h"

#define LINES_USUAL ((size_t)4 << 20)
#define MANY_USUAL  ((size_t)1 << 20)
#define MAINS_MOST  8

/* What the main thread of a sender took up last: its next lines are about that. */
struct found {
	uint32_t log, thread;
	uint32_t request, site;
};

enum shelf { LINES, BLOCKS, LISTS, SHELF_COUNT };

struct logstore {
	struct ring rings[SHELF_COUNT];
	uint64_t number;
	struct found found[MAINS_MOST];
	size_t next_found;
	struct course courses[LOGS_MOST];
};

struct logstore *
logstore_new(size_t bytes, size_t many_bytes)
{
	struct logstore *logstore = calloc(1, sizeof(*logstore));

	if (!logstore)
		return NULL;
	many_bytes = many_bytes ? many_bytes : MANY_USUAL;
	if (ring_init(&logstore->rings[LINES], bytes ? bytes : LINES_USUAL)
	    && ring_init(&logstore->rings[BLOCKS], many_bytes) && ring_init(&logstore->rings[LISTS], many_bytes))
		return logstore;
	logstore_free(logstore);
	return NULL;
}

void
logstore_free(struct logstore *logstore)
{
	size_t i;

	if (!logstore)
		return;
	for (i = 0; i < SHELF_COUNT; i++)
		ring_destroy(&logstore->rings[i]);
	free(logstore);
}

/* ---- keeping ---- */

/* Never 0. */
static uint32_t
fingerprint(struct span text)
{
	uint32_t out = hash_fold(hash_nocase(HASH_START, span_stored(text)));

	return out ? out : 1;
}

static struct found *
found_by(struct logstore *logstore, const struct event *event)
{
	size_t i;

	for (i = 0; i < MAINS_MOST; i++) {
		if (logstore->found[i].request && logstore->found[i].log == event->log
		    && logstore->found[i].thread == event->thread)
			return &logstore->found[i];
	}
	return NULL;
}

static void
remember_found(struct logstore *logstore, const struct event *event, const struct logstore_line *line)
{
	struct found *found = found_by(logstore, event);

	if (!found)
		found = &logstore->found[logstore->next_found++ % MAINS_MOST];
	*found = (struct found){ event->log, event->thread, line->request, line->site };
}

static bool
is_about_what_was_found(const struct event *event)
{
	return event->kind == EVENT_CAPACITY_SITE || event->kind == EVENT_REQUEST_PENDING
	       || event->kind == EVENT_THREAD_CREATED;
}

/* What the record itself names. */
static void
take_names(struct logstore *logstore, const struct model *model, const struct event *event, struct logstore_line *line)
{
	const struct found *found = is_about_what_was_found(event) ? found_by(logstore, event) : NULL;
	struct span request = event_text(event, TEXT_REQUEST);

	line->request = request.size ? fingerprint(request) : found ? found->request : 0;
	line->site = model_site_named(model, event_text(event, TEXT_SITE));
	line->package = model_package_named(model, event_text(event, TEXT_PACKAGE));
	if (line->site == NAME_NONE && found)
		line->site = found->site;
	if (event->kind == EVENT_REQUEST_FOUND)
		remember_found(logstore, event, line);
}

/* Of a transfer's own thread; or of the main thread, which names the transfer it hands on by its number. */
static void
take_transfer(const struct model *model, const struct event *event, const struct transfer *transfer,
              struct logstore_line *line)
{
	if (event->kind == EVENT_TRANSFER_FOUND)
		transfer = model_transfer(model, event->number[NUMBER_COUNT]);
	if (!transfer)
		return;
	line->serial = transfer->serial;
	if (line->package == NAME_NONE)
		line->package = transfer->package;
}

/* What is known of the thread that wrote it. */
static void
take_worker(const struct model *model, const struct event *event, struct logstore_line *line)
{
	struct lookup worker = model_lookup(model, event->component, event->thread);

	if (worker.job) {
		line->serial = worker.job->serial;
		line->sends = true;
		line->site = worker.job->site;
		line->package = worker.job->package;
		line->request = worker.job->request[0] ? fingerprint(span_of(worker.job->request)) : line->request;
	} else if (worker.thread) {
		line->serial = worker.thread->serial;
		if (line->package == NAME_NONE)
			line->package = worker.thread->package;
	} else {
		take_transfer(model, event, worker.transfer, line);
	}
}

static enum shelf
shelf_of(const struct event *event)
{
	switch (event->kind) {
	case EVENT_WRITING:
	case EVENT_WROTE:
	case EVENT_JOB_YIELDS:
	case EVENT_TRANSFER_YIELDS:
	case EVENT_TRANSFER_WROTE: return BLOCKS;
	case EVENT_TRANSFER_ACTIVE: return event_has_number(event, NUMBER_BYTES) ? BLOCKS : LINES;
	case EVENT_LIST_BEGINS:
	case EVENT_REQUEST_LISTED: return LISTS;
	default: return LINES;
	}
}

void
logstore_keep(struct logstore *logstore, const struct model *model, const struct event *event)
{
	struct logstore_line line = {
		.number = ++logstore->number,
		.at = event->at,
		.offset = event->offset,
		.thread = event->thread,
		.shift = event->shift,
		.bias = event->bias,
		.zoned = event->zoned,
		.log = event->log,
		.level = event->level,
		.kind = event->kind,
		.text = event->raw,
	};

	if (event->raw.size == 0)
		return;
	if (event->log < LOGS_MOST)
		line.generation = course_generation(&logstore->courses[event->log], event);
	take_names(logstore, model, event, &line);
	take_worker(model, event, &line);
	ring_add(&logstore->rings[shelf_of(event)], &line);
}

/* ---- asking ---- */

/* Every line kept, oldest first: the rings are merged as they came. */
struct walk {
	const struct logstore *logstore;
	const struct logstore_line *next[SHELF_COUNT];
};

static const struct logstore_line *
next_line(struct walk *walk)
{
	const struct logstore_line *first = NULL;
	size_t i, from = 0;

	for (i = 0; i < SHELF_COUNT; i++) {
		if (!walk->next[i] || (first && first->number < walk->next[i]->number))
			continue;
		first = walk->next[i];
		from = i;
	}
	if (first)
		walk->next[from] = ring_after(&walk->logstore->rings[from], first);
	return first;
}

static struct walk
walk_all(const struct logstore *logstore)
{
	struct walk walk = { .logstore = logstore };
	size_t i;

	for (i = 0; i < SHELF_COUNT; i++)
		walk.next[i] = ring_first(&logstore->rings[i]);
	return walk;
}

static bool
is_word_character(char c)
{
	return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

/* The word stands in the text by itself: "S14" is in "to site S14." and not in "\\S14SRV". */
static bool
holds_word(struct span text, struct span word)
{
	size_t at = 0;

	for (;; at++) {
		at += span_find_nocase(span_from(text, at), word);
		if (at + word.size > text.size || word.size == 0)
			return false;
		if ((at == 0 || !is_word_character(text.at[at - 1]))
		    && (at + word.size == text.size || !is_word_character(text.at[at + word.size])))
			return true;
	}
}

/* Numbers, sorted once they are all there. */
struct set {
	uint64_t *at;
	size_t count;
};

/* A wish made ready: which threads belong to it with all their lines, and which requests they carry. */
struct asked {
	const struct logstore_wish *wish;
	uint32_t request;
	struct set serials, requests;
};

static void
set_add(struct set *set, uint64_t number)
{
	if (number && (set->count == 0 || set->at[set->count - 1] != number))
		set->at[set->count++] = number;
}

static int
by_size(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static void
set_sort(struct set *set)
{
	if (set->count > 0)
		qsort(set->at, set->count, sizeof(*set->at), by_size);
}

static bool
set_has(const struct set *set, uint64_t number)
{
	return number && set->count && bsearch(&number, set->at, set->count, sizeof(number), by_size);
}

static bool
is_of_place(const struct logstore_wish *wish, const struct logstore_line *line)
{
	if (wish->site != NAME_NONE && wish->package != NAME_NONE)
		return line->site == wish->site && line->package == wish->package;
	return (wish->site != NAME_NONE && line->site == wish->site)
	       || (wish->package != NAME_NONE && line->package == wish->package);
}

/* Whether all that the line's thread wrote belongs to the wish: a package thread works for all sites. */
static bool
brings_its_thread(const struct asked *asked, const struct logstore_line *line)
{
	if (line->serial == 0)
		return false;
	if (asked->request && line->request == asked->request)
		return line->sends;
	return is_of_place(asked->wish, line) && (line->sends || asked->wish->site == NAME_NONE);
}

static void
collect_threads(struct asked *asked, const struct logstore *logstore)
{
	struct walk walk = walk_all(logstore);
	const struct logstore_line *line;

	while ((line = next_line(&walk))) {
		if (!brings_its_thread(asked, line))
			continue;
		set_add(&asked->serials, line->serial);
		set_add(&asked->requests, line->request);
	}
	set_sort(&asked->serials);
	set_sort(&asked->requests);
}

static bool
is_asked_for(const struct asked *asked, const struct logstore_line *line)
{
	const struct logstore_wish *wish = asked->wish;

	if (line->serial && (line->serial == wish->serial || set_has(&asked->serials, line->serial)))
		return true;
	if ((asked->request && line->request == asked->request) || set_has(&asked->requests, line->request)
	    || is_of_place(wish, line))
		return true;
	return wish->word && line->serial == 0 && holds_word(line->text, span_of(wish->word));
}

const struct logstore_line *const *
logstore_find(const struct logstore *logstore, const struct logstore_wish *wish, struct arena *arena, size_t *count)
{
	size_t most = logstore->rings[LINES].count + logstore->rings[BLOCKS].count + logstore->rings[LISTS].count;
	const struct logstore_line **out = arena_take(arena, (most + 1) * sizeof(*out)), *line;
	struct asked asked = { .wish = wish };
	struct walk walk = walk_all(logstore);

	*count = 0;
	asked.serials.at = arena_take(arena, (most + 1) * sizeof(uint64_t));
	asked.requests.at = arena_take(arena, (most + 1) * sizeof(uint64_t));
	if (!out || !asked.serials.at || !asked.requests.at)
		return NULL;
	if (wish->request && wish->request[0])
		asked.request = fingerprint(span_of(wish->request));
	collect_threads(&asked, logstore);
	while ((line = next_line(&walk))) {
		if (is_asked_for(&asked, line))
			out[(*count)++] = line;
	}
	return out;
}

struct logstore_gone
logstore_gone(const struct logstore *logstore)
{
	return (struct logstore_gone){ logstore->rings[LINES].gone, logstore->rings[BLOCKS].gone,
		                       logstore->rings[LISTS].gone };
}

const struct logstore_line *
logstore_oldest(const struct logstore *logstore, bool blocks)
{
	return ring_first(&logstore->rings[blocks ? BLOCKS : LINES]);
}

uint32_t
logstore_rolled(const struct logstore *logstore, const struct logstore_line *line)
{
	return line->log < LOGS_MOST ? logstore->courses[line->log].generation - line->generation : 0;
}
