/*
 * A folder in memory with one log in it, a writer that rolls it in every way,
 * and a caller that looks into it for a rotation. What was written is remembered
 * generation by generation, and so is what the rotation told.
 */
#ifndef TEST_ROTATE_WORLD_H
#define TEST_ROTATE_WORLD_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/rotate.h"

#define FILES_MOST 400

struct text {
	char *at;
	size_t size, room;
};

struct file {
	struct text text;
	uint64_t inode;
	int names, holders;
	int64_t changed, born, written;
	size_t arrived;    /* bytes that a look has seen */
	size_t generation; /* what is appended to it belongs to */
};

enum fault { FAULT_NONE, FAULT_EIO, FAULT_DENIED, FAULT_STALE, FAULT_NULS };

struct world {
	/* what the file system is like */
	bool local;
	bool wild_inodes; /* new ones at every look */
	bool reuse_inodes;
	bool counts;   /* how often a file came to be at X.log */
	size_t banner; /* bytes that each generation begins with, the same in all */

	struct file file[FILES_MOST];
	size_t files;
	int log, previous; /* files that have these names, -1: none */
	int held[ROTATION_SLOTS];
	char *lent;
	int64_t clock; /* of the file system: every change ticks */
	uint64_t device, next_inode;
	uint64_t create_watch; /* at X.log */

	/* the truth */
	struct text written[FILES_MOST];
	size_t generations;
	unsigned lines;

	/* what was told */
	struct rotation *rotation;
	int64_t now;
	struct text told[FILES_MOST];
	size_t chapter; /* stream 0 goes there */
	uint64_t missed;
	unsigned gaps;
	bool gap[FILES_MOST]; /* the chapter began with one */
	uint64_t silent;      /* bytes lost where none was told */

	unsigned looks;
	unsigned fault_at, fault_for; /* at which look, and for how many */
	enum fault fault;
	void (*before)(struct world *world); /* a look: what else happens in the world */
	unsigned random;
};

/* Like ck_assert(), which reports each success too: that would take most of the time here. */
static inline void
must(bool holds, const char *what)
{
	if (!holds)
		ck_abort_msg("%s", what);
}

static inline unsigned
rng(struct world *world, unsigned sides)
{
	world->random = world->random * 1664525u + 1013904223u;
	return (world->random >> 8) % sides;
}

static inline void
text_put(struct text *text, const char *bytes, size_t size)
{
	if (text->size + size > text->room) {
		text->room = (text->size + size) * 2;
		text->at = realloc(text->at, text->room);
	}
	if (size)
		memcpy(text->at + text->size, bytes, size);
	text->size += size;
}

static inline struct world *
world_new(bool local, bool previous, size_t chunk)
{
	struct world *world = calloc(1, sizeof(*world));

	world->local = local;
	world->log = world->previous = -1;
	world->clock = 1000;
	world->now = 100000;
	world->device = 1;
	for (int i = 0; i < ROTATION_SLOTS; i++)
		world->held[i] = -1;
	world->fault_at = ~0u;
	world->lent = malloc(chunk + ROTATION_ANCHOR);
	world->rotation = rotation_new(previous, chunk);
	return world;
}

static inline void
world_free(struct world *world)
{
	for (size_t i = 0; i < FILES_MOST; i++) {
		free(world->file[i].text.at);
		free(world->written[i].at);
		free(world->told[i].at);
	}
	rotation_free(world->rotation);
	free(world->lent);
	free(world);
}

/* ---- the writer ---- */

static inline uint64_t
fresh_inode(struct world *world)
{
	bool taken = false;

	if (world->reuse_inodes)
		for (uint64_t inode = 1; inode <= world->next_inode; inode++) {
			taken = false;
			for (size_t i = 0; i < world->files; i++)
				taken |= world->file[i].inode == inode
				         && world->file[i].names + world->file[i].holders > 0;
			if (!taken)
				return inode;
		}
	return ++world->next_inode;
}

static inline int
create(struct world *world)
{
	struct file *f = &world->file[world->files];

	must(world->files < FILES_MOST, "room for another file");
	f->inode = fresh_inode(world);
	f->born = f->changed = ++world->clock;
	f->names = 1;
	f->generation = world->generations++;
	return (int)world->files++;
}

static inline void
unlink_file(struct world *world, int i)
{
	if (i < 0)
		return;
	world->file[i].names--;
	world->file[i].changed = ++world->clock;
}

static inline void
write_to(struct world *world, int i, const char *bytes, size_t size)
{
	struct file *f = &world->file[i];

	text_put(&f->text, bytes, size);
	text_put(&world->written[f->generation], bytes, size);
	f->changed = f->written = ++world->clock;
}

/* A record like no other, but beginning like every other. */
static inline void
write_line(struct world *world, int i)
{
	char line[400];
	int size = snprintf(line, sizeof(line),
	                    "Found send request.  ID: %06uX, Dest Site: PS1~  $$<SMS_LAN_SENDER><07-30-2026 "
	                    "12:%02u:%02u.%03u+300><thread=4321 (0x10E1)>%.*s\r\n",
	                    world->lines, world->lines / 60 % 60, world->lines % 60, world->lines % 1000,
	                    20 + (int)rng(world, 100),
	                    ".........................................................................................."
	                    "......................................");

	world->lines++;
	write_to(world, i, line, (size_t)size);
}

/* X.log becomes X.lo_; the new one may be created later. */
static inline void
rename_log(struct world *world)
{
	unlink_file(world, world->previous);
	world->previous = world->log;
	if (world->log >= 0)
		world->file[world->log].changed = world->clock; /* the same act, the same time */
	world->log = -1;
}

static inline void
write_banner(struct world *world)
{
	char banner[8000];

	memset(banner, '=', sizeof(banner));
	if (world->banner == 0)
		return;
	banner[world->banner - 1] = '\n';
	write_to(world, world->log, banner, world->banner);
}

static inline void
create_log(struct world *world)
{
	world->log = create(world);
	world->create_watch++;
	write_banner(world);
}

static inline void
delete_log(struct world *world)
{
	unlink_file(world, world->log);
	world->log = -1;
}

static inline void
empty_log(struct world *world)
{
	struct file *f = &world->file[world->log];

	f->text.size = f->arrived = 0;
	f->changed = f->written = ++world->clock;
	f->generation = world->generations++;
	write_banner(world);
}

static inline void
copy_log(struct world *world, bool in_place)
{
	struct file *f;

	if (!in_place || world->previous < 0) {
		unlink_file(world, world->previous);
		world->previous = create(world);
		world->generations--;
	}
	f = &world->file[world->previous];
	f->text.size = 0;
	text_put(&f->text, world->file[world->log].text.at, world->file[world->log].text.size);
	f->generation = world->file[world->log].generation;
	f->changed = f->written = ++world->clock;
}

/* ---- looks ---- */

static inline enum fault
fault_now(const struct world *world)
{
	bool now = world->looks >= world->fault_at && world->looks - world->fault_at < world->fault_for;

	return now ? world->fault : FAULT_NONE;
}

static inline int
find(const struct world *world, const struct look *look)
{
	switch (look->place) {
	case LOOK_LOG: return world->log;
	case LOOK_PREVIOUS: return world->previous;
	case LOOK_HELD: return world->held[look->slot];
	}
	return -1;
}

static inline void
hold(struct world *world, const struct look *look, int i, struct seen *seen)
{
	seen->slot = -1;
	if (!world->local)
		return;
	for (int s = 0; s < ROTATION_SLOTS; s++)
		if (world->held[s] == i)
			seen->slot = s;
	if (seen->slot < 0) {
		must(world->held[look->slot] < 0, "a free slot is offered");
		world->held[look->slot] = i;
		world->file[i].holders++;
		seen->slot = look->slot;
	}
}

static inline void
see(struct world *world, const struct look *look, struct seen *seen)
{
	enum fault fault = fault_now(world);
	int i = find(world, look);
	struct file *f = &world->file[i < 0 ? 0 : i];
	size_t size = f->text.size;

	*seen = (struct seen){ .slot = -1, .local = world->local, .age = -1, .as = SEEN_ABSENT };
	seen->creations = world->counts && world->local ? world->create_watch + 1 : 0;
	if (i < 0)
		return;
	if (fault == FAULT_EIO || fault == FAULT_DENIED) {
		seen->as = fault == FAULT_EIO ? SEEN_FAILED : SEEN_DENIED;
		return;
	}
	if (fault == FAULT_STALE && !world->local)
		size = rng(world, (unsigned)size + 1);
	seen->as = SEEN_FILE;
	seen->device = world->device;
	seen->inode = world->wild_inodes ? world->looks + 1000000 : f->inode;
	seen->size = size;
	seen->unlinked = f->names == 0;
	seen->changed = f->changed;
	seen->born = f->born;
	seen->written = f->written;
	seen->head_size = size < ROTATION_HEAD ? size : ROTATION_HEAD;
	if (seen->head_size)
		memcpy(seen->head, f->text.at, seen->head_size);
	seen->data = world->lent;
	if (look->want && look->offset < size) {
		seen->data_size = size - look->offset < look->want ? size - look->offset : look->want;
		memcpy(world->lent, f->text.at + look->offset, seen->data_size);
	}
	/* The size has arrived before the bytes that were not there when the file was looked at before. */
	for (size_t n = 0; fault == FAULT_NULS && n < seen->data_size; n++)
		if (look->offset + n >= ROTATION_HEAD && look->offset + n >= f->arrived)
			world->lent[n] = '\0';
	if (fault != FAULT_NULS)
		f->arrived = size;
	hold(world, look, i, seen);
}

static inline void
take_news(struct world *world, const struct news *news)
{
	struct text *told = &world->told[world->chapter];

	if (news->kind == NEWS_ROLLED) {
		world->chapter++;
		world->missed += news->missed;
		world->gaps += news->gap;
		world->gap[world->chapter] = news->gap;
		return;
	}
	if (news->stream == 1) {
		must(world->chapter > 0, "late bytes come after a roll-over");
		told--;
	}
	/* What is cut off to what all begin with may be told on from there. */
	must(world->banner || news->offset == told->size, "bytes are told in a row, each once");
	text_put(told, news->bytes, news->size);
}

static inline bool
look_once(struct world *world)
{
	struct look look;
	struct seen seen;
	struct news news;

	if (!rotation_wants(world->rotation, &look))
		return false;
	if (world->before)
		world->before(world);
	for (int s = 0; s < ROTATION_SLOTS; s++)
		if (!(look.held & (1u << s)) && world->held[s] >= 0) {
			world->file[world->held[s]].holders--;
			world->held[s] = -1;
		}
	see(world, &look, &seen);
	world->looks++;
	rotation_answer(world->rotation, world->now, &seen);
	while (rotation_next(world->rotation, &news))
		take_news(world, &news);
	return true;
}

static inline void
poke(struct world *world, int64_t later)
{
	unsigned looks = world->looks;

	world->now += later;
	rotation_poke(world->rotation, world->now);
	while (look_once(world))
		must(world->looks - looks < 100000, "a round ends");
}

/* All that is there is told, and no patience is left. */
static inline void
settle(struct world *world)
{
	for (int i = 0; i < 60; i++)
		poke(world, 400);
}

/* ---- what must hold ---- */

static inline size_t
next_full(const struct text *texts, size_t i, size_t count)
{
	while (i < count && texts[i].size == 0)
		i++;
	return i;
}

/* Every byte written was told, once and in its place. */
static inline void
all_told(struct world *world)
{
	size_t w = 0, t = 0;

	for (;; w++, t++) {
		w = next_full(world->written, w, world->generations);
		t = next_full(world->told, t, world->chapter + 1);
		if (w == world->generations || t == world->chapter + 1)
			break;
		ck_assert_uint_eq(world->told[t].size, world->written[w].size);
		ck_assert(memcmp(world->told[t].at, world->written[w].at, world->told[t].size) == 0);
	}
	ck_assert_uint_eq(w, world->generations);
	ck_assert_uint_eq(t, world->chapter + 1);
	ck_assert_uint_eq(world->missed, 0);
}

#define LINES_MOST 4000

/* How many of the numbered lines were told more than once. */
static inline unsigned
told_twice(const struct world *world)
{
	static const char mark[] = "Found send request.  ID: ";
	bool told[LINES_MOST] = { false };
	unsigned twice = 0;

	must(world->lines <= LINES_MOST, "room for every line");
	for (size_t t = 0; t <= world->chapter; t++) {
		const struct text *text = &world->told[t];

		for (size_t i = 0; i + sizeof(mark) + 6 < text->size; i++) {
			unsigned long line;

			if (text->at[i] != 'F' || memcmp(text->at + i, mark, sizeof(mark) - 1))
				continue;
			line = strtoul(text->at + i + sizeof(mark) - 1, NULL, 10);
			must(line < LINES_MOST, "a line that was written");
			twice += told[line];
			told[line] = true;
		}
	}
	return twice;
}

/* What was told was written, once and in order. Gives the number of bytes that were written and not told. */
static inline uint64_t
told_once(struct world *world)
{
	uint64_t lost = 0, here = 0;
	bool gap = false;
	size_t w = 0;

	for (size_t t = 0; t <= world->chapter; t++) {
		const struct text *told = &world->told[t];

		gap |= world->gap[t];
		if (told->size == 0)
			continue;
		while (w < world->generations
		       && (world->written[w].size < told->size
		           || memcmp(told->at, world->written[w].at, told->size) != 0))
			here += world->written[w++].size;
		ck_assert_uint_lt(w, world->generations);
		if (here > 0 && !gap)
			world->silent += here;
		lost += here;
		here = world->written[w++].size - told->size;
		gap = false;
	}
	lost += here;
	for (; w < world->generations; w++)
		lost += world->written[w].size;
	return lost;
}

#endif
