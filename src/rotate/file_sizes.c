#include "cmtop/file_sizes.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/hash.h"

#define PATH_MOST  264    /* Windows has 260 as a rule; what is longer is left alone */
#define RESTS      10000  /* milliseconds: a file that nobody has written to for so long is complete */
#define AGAIN      60000  /* what is named again was perhaps made anew: looked at so often at most */
#define MISSED     5000   /* … and if it was not there */
#define WAIT_FIRST 1000   /* until another look, and each time twice as long, */
#define WAIT_MOST  600000 /* but not longer than this */
#define NEVER      INT64_MAX

struct wanted {
	int64_t due, at; /* of the next look, and of the last */
	uint32_t looks, waits;
	bool asked; /* it is being looked at */
	bool there;
	bool believed;
	struct sized found;
	uint64_t size; /* that is believed */
	char path[PATH_MOST];
};

/* Searched at every name in a log, hence in arrays of their own: fingerprints, and when they were named last. */
struct sizes {
	struct wanted *wanted;
	uint64_t *name;  /* of the path, 0: free */
	uint64_t *named; /* smaller is longer ago */
	uint64_t names;  /* names seen */
	uint32_t most, used;
};

struct sizes *
sizes_new(uint32_t most)
{
	struct sizes *sizes = calloc(1, sizeof(*sizes));

	if (!sizes)
		return NULL;
	sizes->most = most;
	sizes->wanted = calloc(most, sizeof(*sizes->wanted));
	sizes->name = calloc(most, sizeof(*sizes->name));
	sizes->named = calloc(most, sizeof(*sizes->named));
	if (sizes->wanted && sizes->name && sizes->named)
		return sizes;
	sizes_free(sizes);
	return NULL;
}

void
sizes_free(struct sizes *sizes)
{
	if (!sizes)
		return;
	free(sizes->wanted);
	free(sizes->name);
	free(sizes->named);
	free(sizes);
}

/* ---- what is wanted ---- */

/* Never 0. */
static uint64_t
fingerprint(struct span path)
{
	return hash_nocase(HASH_START, path) | 1;
}

static uint32_t
find(const struct sizes *sizes, struct span path, uint64_t name)
{
	for (uint32_t i = 0; i < sizes->used; i++)
		if (sizes->name[i] == name && span_is_nocase(span_of(sizes->wanted[i].path), path))
			return i;
	return SIZES_NONE;
}

/* A free one, or of those that are not being looked at the one not named for longest; SIZES_NONE: there is no such. */
static uint32_t
make_room(struct sizes *sizes)
{
	uint32_t oldest = SIZES_NONE;

	if (sizes->used < sizes->most)
		return sizes->used++;
	for (uint32_t i = 0; i < sizes->used; i++)
		if ((oldest == SIZES_NONE || sizes->named[i] < sizes->named[oldest]) && !sizes->wanted[i].asked)
			oldest = i;
	return oldest;
}

void
sizes_want(struct sizes *sizes, struct span path, int64_t now)
{
	uint64_t name = fingerprint(path);
	uint32_t i = find(sizes, path, name);
	struct wanted *wanted;

	if (path.size == 0 || path.size >= PATH_MOST || span_stored(path).size < path.size)
		return;
	if (i == SIZES_NONE) {
		i = make_room(sizes);
		if (i == SIZES_NONE)
			return;
		sizes->name[i] = name;
		sizes->wanted[i] = (struct wanted){ .due = now };
		span_copy(path, sizes->wanted[i].path, PATH_MOST);
	}
	sizes->named[i] = ++sizes->names;
	wanted = &sizes->wanted[i];
	if (wanted->looks == 0 || wanted->asked || now < wanted->at + (wanted->there ? AGAIN : MISSED)
	    || wanted->due <= now)
		return;
	wanted->due = now;
	wanted->waits = 0;
}

/* ---- looks ---- */

uint32_t
sizes_next(struct sizes *sizes, int64_t now)
{
	uint32_t next = SIZES_NONE;

	for (uint32_t i = 0; i < sizes->used; i++) {
		const struct wanted *wanted = &sizes->wanted[i];

		if (sizes->name[i] && !wanted->asked && wanted->due <= now
		    && (next == SIZES_NONE || sizes->named[i] > sizes->named[next]))
			next = i;
	}
	if (next != SIZES_NONE)
		sizes->wanted[next].asked = true;
	return next;
}

struct span
sizes_path(const struct sizes *sizes, uint32_t file)
{
	return span_of(sizes->wanted[file].path);
}

void
sizes_drop(struct sizes *sizes, uint32_t file)
{
	sizes->name[file] = sizes->named[file] = 0; /* the first to make room */
	sizes->wanted[file].asked = false;
}

static int64_t
next_wait(struct wanted *wanted)
{
	int64_t wait = (int64_t)WAIT_FIRST << wanted->waits;

	if (wait >= WAIT_MOST)
		return WAIT_MOST;
	wanted->waits++;
	return wait;
}

static enum sizes_news
judge(struct wanted *wanted, const struct sized *found, int64_t now)
{
	bool rests = found->age >= RESTS;
	bool same = wanted->there && wanted->found.size == found->size && wanted->found.changed == found->changed;

	if (!same)
		wanted->waits = 0;
	wanted->there = true;
	wanted->found = *found;
	wanted->due = rests ? NEVER : now + next_wait(wanted);
	if (wanted->believed && wanted->size == found->size)
		return SIZES_NO_NEWS;
	if (rests || same) {
		wanted->believed = true;
		wanted->size = found->size;
		return SIZES_KNOWN;
	}
	if (!wanted->believed)
		return SIZES_NO_NEWS;
	wanted->believed = false;
	return SIZES_DOUBTED;
}

enum sizes_news
sizes_answer(struct sizes *sizes, uint32_t file, const struct sized *found, int64_t now)
{
	struct wanted *wanted = &sizes->wanted[file];

	wanted->asked = false;
	wanted->at = now;
	wanted->looks++;
	if (found->there)
		return judge(wanted, found, now);
	/* What has been sent is removed; it was as large as it was. */
	wanted->there = false;
	wanted->due = now + next_wait(wanted);
	return SIZES_NO_NEWS;
}

bool
sizes_known(const struct sizes *sizes, uint32_t i, uint64_t *out)
{
	if (i >= sizes->used || !sizes->name[i] || !sizes->wanted[i].believed)
		return false;
	*out = sizes->wanted[i].size;
	return true;
}

int64_t
sizes_due(const struct sizes *sizes)
{
	int64_t due = NEVER;

	for (uint32_t i = 0; i < sizes->used; i++)
		if (sizes->name[i] && !sizes->wanted[i].asked && sizes->wanted[i].due < due)
			due = sizes->wanted[i].due;
	return due;
}

bool
sizes_early(const struct sizes *sizes)
{
	for (uint32_t i = 0; i < sizes->used; i++) {
		const struct wanted *wanted = &sizes->wanted[i];

		if (sizes->name[i] && (wanted->looks == 0 || (wanted->looks < 2 && wanted->there && !wanted->believed)))
			return true;
	}
	return false;
}
