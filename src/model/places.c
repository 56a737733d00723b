/*
 * Where things go: sites, packages, and the pairs of them in which sends are
 * counted; servers, and which site they serve.
 */
#include "model/state.h"

#include <stdlib.h>
#include <string.h>

/* Names are refused that a row has no room for, never cut: two might be one then. */
static bool
name_fits(struct span name, size_t room)
{
	name = span_stored(name);
	return name.size > 0 && name.size < room;
}

uint32_t
site_at(struct model *model, struct span code)
{
	uint32_t known = intern_count(model->site_names), i;
	struct site *site;

	if (!name_fits(code, sizeof(site->code)))
		return NAME_NONE;
	i = intern_add(model->site_names, code);
	if (i == NAME_NONE) {
		site_left_out(model, code);
		return NAME_NONE;
	}
	if (i < known)
		return i;
	site = &model->sites[i];
	span_copy(code, site->code, sizeof(site->code));
	site->capacity = site->speed = -1;
	site->last_done = site->last_failed = site->blocked_until = site->throttled = site->pauses_since = WHEN_NONE;
	return i;
}

uint32_t
package_at(struct model *model, struct span id)
{
	uint32_t known = intern_count(model->package_names), i;
	struct package *package;

	if (!name_fits(id, sizeof(package->id)))
		return NAME_NONE;
	i = intern_add(model->package_names, id);
	if (i == NAME_NONE) {
		package_left_out(model, id);
		return NAME_NONE;
	}
	if (i < known)
		return i;
	package = &model->packages[i];
	span_copy(id, package->id, sizeof(package->id));
	package->kbytes = package->compressed = -1;
	package->last = WHEN_NONE;
	return i;
}

void
package_seen(struct model *model, uint32_t package, uint64_t version, int64_t at)
{
	struct package *p;

	if (package == NAME_NONE)
		return;
	p = &model->packages[package];
	if (version > p->version && version <= UINT32_MAX)
		p->version = (uint32_t)version;
	if (at != WHEN_NONE && at > p->last)
		p->last = at;
}

#define SERVER_MOST 80 /* bytes; a name of Windows has 15, a full one is rarely above 60 */

/* Longer names are cut, here and wherever one is looked for. */
static struct span
server_name(struct span name)
{
	return span_part(span_stored(name), 0, SERVER_MOST);
}

uint32_t
server_at(struct model *model, struct span name)
{
	uint32_t i = intern_add(model->server_names, server_name(name));

	if (i == NAME_NONE)
		server_left_out(model, server_name(name));
	return i;
}

uint32_t
server_find(const struct model *model, struct span name)
{
	return intern_find(model->server_names, server_name(name));
}

uint32_t
component_new(struct model *model, struct span name)
{
	uint32_t i = intern_add(model->component_names, name);

	if (i == NAME_NONE)
		i = COMPONENT_REST;
	if (name.size <= sizeof(model->last_component) && name.size > 0) {
		memcpy(model->last_component, name.at, name.size);
		model->last_component_size = name.size;
		model->last_component_number = i;
	}
	return i;
}

uint32_t
component_find(const struct model *model, struct span name)
{
	uint32_t i = intern_find(model->component_names, name);

	return i == NAME_NONE ? COMPONENT_REST : i;
}

/* The names of two sites on one server would make it lie about both: then it says nothing. */
void
server_serves(struct model *model, uint32_t server, uint32_t site)
{
	if (server == NAME_NONE || site == NAME_NONE)
		return;
	if (model->server_site[server] == NAME_NONE)
		model->server_site[server] = site;
	else if (model->server_site[server] != site)
		model->server_shared[server] = true;
}

uint32_t
site_of_server(const struct model *model, uint32_t server)
{
	return server == NAME_NONE || model->server_shared[server] ? NAME_NONE : model->server_site[server];
}

/* ---- pairs ---- */

static uint32_t
pair_slot(const struct model *model, uint32_t package, uint32_t site)
{
	uint64_t hash = ((uint64_t)package << 16 | site) * 0x9e3779b97f4a7c15u;
	uint32_t slot = (uint32_t)(hash >> 32) & model->pair_mask;

	while (model->pair_index[slot]) {
		const struct pair *pair = &model->pairs[model->pair_index[slot] - 1];

		if (pair->package == package && pair->site == site)
			break;
		slot = (slot + 1) & model->pair_mask;
	}
	return slot;
}

struct pair *
pair_find(const struct model *model, uint32_t package, uint32_t site)
{
	uint32_t held;

	if (package == NAME_NONE || site == NAME_NONE || model->pair_room == 0)
		return NULL;
	held = model->pair_index[pair_slot(model, package, site)];
	return held ? &model->pairs[held - 1] : NULL;
}

/* To put half a million pairs into a new index takes longer than a key may wait: a large one is large enough for good. */
#define INDEX_LARGE 32768

static bool
grow_index(struct model *model, uint32_t room)
{
	uint32_t slots = 2, *index;

	if (room > INDEX_LARGE)
		room = model->limits.pairs;
	while (slots < room + room / 2)
		slots *= 2;
	if (model->pair_index && slots == model->pair_mask + 1)
		return true;
	index = calloc(slots, sizeof(*index));
	if (!index)
		return false;
	free(model->pair_index);
	model->pair_index = index;
	model->pair_mask = slots - 1;
	for (uint32_t i = 0; i < model->pair_count; i++)
		index[pair_slot(model, model->pairs[i].package, model->pairs[i].site)] = i + 1;
	return true;
}

static bool
grow_pairs(struct model *model)
{
	uint32_t room = model->pair_room ? model->pair_room * 2 : 1024;
	struct pair *pairs;

	if (room > model->limits.pairs)
		room = model->limits.pairs;
	if (room == model->pair_room || !grow_index(model, room))
		return false;
	pairs = realloc(model->pairs, room * sizeof(*pairs));
	if (!pairs)
		return false;
	model->pairs = pairs;
	model->pair_room = room;
	return true;
}

struct pair *
pair_at(struct model *model, uint32_t package, uint32_t site)
{
	struct pair *pair = pair_find(model, package, site);

	if (pair || package == NAME_NONE || site == NAME_NONE)
		return pair;
	if (model->pair_count == model->pair_room && !grow_pairs(model)) {
		pair_left_out(model, package, site);
		return NULL;
	}
	pair = &model->pairs[model->pair_count++];
	*pair = (struct pair){ .package = package, .site = (uint16_t)site };
	model->pair_index[pair_slot(model, package, site)] = model->pair_count;
	return pair;
}

void
site_count(struct model *model, uint32_t i, int waiting, int unnamed)
{
	struct site *site = &model->sites[i];

	model->sending.waiting -= site_waiting(site);
	site->waiting += (uint64_t)(int64_t)waiting;
	site->unnamed += (uint64_t)(int64_t)unnamed;
	model->sending.waiting += site_waiting(site);
}

static void
pair_carries_newest(const struct model *model, struct pair *pair)
{
	const struct package *package = &model->packages[pair->package];
	uint32_t back = package->file_from ? package->file_version - package->file_from : 0;

	pair->version = package->file_version <= UINT16_MAX && back <= UINT8_MAX ? (uint16_t)package->file_version : 0;
	pair->back = pair->version ? (uint8_t)back : 0;
}

void
pair_wait(struct model *model, struct pair *pair, int change)
{
	/* The oldest goes first; what is left was ordered later. */
	if (change < 0 || pair->waiting == 0)
		pair_carries_newest(model, pair);
	pair->waiting += (uint32_t)change;
	model->packages[pair->package].waiting += (uint64_t)(int64_t)change;
	site_count(model, pair->site, change, 0);
}

void
pair_due(struct model *model, struct pair *pair, int change)
{
	pair->due += (uint32_t)change;
	model->sending.counted += (uint64_t)(int64_t)change;
	if (!model->requests.active)
		pair_wait(model, pair, change);
}

struct pair_counts
model_pair(const struct model *model, uint32_t package, uint32_t site)
{
	const struct pair *pair = pair_find(model, package, site);

	if (!pair)
		return (struct pair_counts){ 0, 0, 0, 0 };
	return (struct pair_counts){ pair->waiting, pair->running, pair->done, pair->failed };
}
