/*
 * Where things go: sites, packages, and the pairs of them in which sends are
 * counted; servers, and which site they serve; files and what is known of their
 * sizes.
 */
#include "state.h"

#include <stdlib.h>
#include <string.h>

uint32_t
site_at(struct model *model, struct span code)
{
	uint32_t known = intern_count(model->site_names), i = intern_add(model->site_names, code);
	struct site *site;

	if (i == NAME_NONE) {
		model->lost += code.size > 0;
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
	uint32_t known = intern_count(model->package_names), i = intern_add(model->package_names, id);
	struct package *package;

	if (i == NAME_NONE) {
		model->lost += id.size > 0;
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

#define SERVER_MOST 80  /* bytes; a name of Windows has 15, a full one is rarely above 60 */

uint32_t
server_at(struct model *model, struct span name)
{
	uint32_t i = intern_add(model->server_names, span_part(name, 0, SERVER_MOST));

	model->lost += i == NAME_NONE && name.size > 0;
	return i;
}

uint32_t
component_new(struct model *model, struct span name)
{
	uint32_t i = intern_add(model->component_names, name);

	if (i == NAME_NONE)
		i = COMPONENTS_MOST - 1;  /* more than any site has: the rest share the last number */
	if (name.size <= sizeof(model->last_component) && name.size > 0) {
		memcpy(model->last_component, name.at, name.size);
		model->last_component_size = name.size;
		model->last_component_number = i;
	}
	return i;
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

static bool
grow_pairs(struct model *model)
{
	uint32_t room = model->pair_room ? model->pair_room * 2 : 1024, slots = 2;
	struct pair *pairs;
	uint32_t *index;

	if (room > model->limits.pairs)
		room = model->limits.pairs;
	if (room == model->pair_room)
		return false;
	while (slots < room + room / 2)
		slots *= 2;
	index = calloc(slots, sizeof(*index));
	pairs = index ? realloc(model->pairs, room * sizeof(*pairs)) : NULL;
	if (!pairs) {
		free(index);
		return false;
	}
	free(model->pair_index);
	model->pairs = pairs;
	model->pair_index = index;
	model->pair_room = room;
	model->pair_mask = slots - 1;
	for (uint32_t i = 0; i < model->pair_count; i++)
		index[pair_slot(model, pairs[i].package, pairs[i].site)] = i + 1;
	return true;
}

struct pair *
pair_at(struct model *model, uint32_t package, uint32_t site)
{
	struct pair *pair = pair_find(model, package, site);

	if (pair || package == NAME_NONE || site == NAME_NONE)
		return pair;
	if (model->pair_count == model->pair_room && !grow_pairs(model)) {
		model->lost++;
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

/* ---- files ---- */

/* "PS100039.PCK.1", "PS100039.PCK", "PS100039.DLT.1.2" */
bool
cargo_of(struct span path, struct cargo *out)
{
	struct span name = span_basename(path);
	size_t dot = span_find(name, SPAN("."));
	uint64_t a = 0, b = 0;
	bool delta;

	*out = (struct cargo){ span_trim(span_part(name, 0, dot)), 0, 0 };
	name = span_from(name, dot);
	delta = span_skip_nocase(&name, SPAN(".dlt"));
	if (out->package.size == 0 || out->package.size > 15 || (!delta && !span_skip_nocase(&name, SPAN(".pck"))))
		return false;
	if (span_skip(&name, SPAN(".")) && !span_take_uint(&name, &a))
		return false;
	if (delta && (!span_skip(&name, SPAN(".")) || !span_take_uint(&name, &b)))
		return false;
	if (name.size > 0 || a > UINT32_MAX || b > UINT32_MAX)
		return false;
	out->version = (uint32_t)(delta ? b : a);
	out->delta_from = (uint32_t)(delta ? a : 0);
	return true;
}

bool
is_replication(struct span path)
{
	return span_find_nocase(path, SPAN("\\tosend\\")) < path.size || span_find_nocase(path, SPAN("/tosend/")) < path.size;
}

bool
is_instruction(struct span path)
{
	struct span name = span_basename(path);
	size_t dot = span_find_last(name, SPAN("."));

	return is_replication(path) && dot + 1 < name.size && to_lower(name.at[dot + 1]) == 'i';
}

static uint64_t
file_key(uint32_t package, uint32_t version, uint32_t from)
{
	return (uint64_t)(package & 0xffff) << 48 | (uint64_t)(version & 0xffffff) << 24 | (from & 0xffffff);
}

struct file *
file_at(struct model *model, uint32_t package, uint32_t version, uint32_t from)
{
	bool fresh;
	uint32_t i = recall_take(&model->file_keys, file_key(package, version, from), &fresh);

	if (fresh)
		model->files[i] = (struct file){ .kbytes = -1, .compressed = -1 };
	return &model->files[i];
}

static const struct file *
file_find(const struct model *model, uint32_t package, uint32_t version, uint32_t from)
{
	uint32_t i = recall_find(&model->file_keys, file_key(package, version, from));

	return i == NAME_NONE ? NULL : &model->files[i];
}

/* How large new sends are is learnt when it becomes known, for as many as have fallen due by then. */
static void
weigh_due(struct model *model, uint64_t count, uint64_t bytes)
{
	if (!model->point || count == 0 || bytes > (uint64_t)INT64_MAX / count / 2)
		return;
	model->point->due_sized += count;
	model->point->due_bytes += count * bytes;
}

void
file_due(struct model *model, uint32_t i)
{
	const struct package *package = &model->packages[i];
	uint32_t version = package->file_version ? package->file_version : package->version;
	uint64_t bytes;

	/* Where the scheduler lists each request with its own size, that is better. */
	if (model->requests.active)
		return;
	if (model_size(model, i, version, package->file_from, &bytes) != SIZE_UNKNOWN)
		weigh_due(model, 1, bytes);
	else
		file_at(model, i, version, package->file_from)->unsized_due++;
}

static void
file_weighed(struct model *model, struct file *file, uint64_t bytes)
{
	weigh_due(model, file->unsized_due, bytes);
	file->unsized_due = 0;
}

void
file_sent(struct model *model, const struct job *job)
{
	struct file *file = file_at(model, job->package, job->version, job->delta_from);

	file->exact = job->position;
	file_weighed(model, file, file->exact);
}

/* A log has named the file, or nobody would have looked: its package is known. */
void
file_looked(struct model *model, const struct event *event, uint32_t component)
{
	struct cargo cargo;
	struct file *file;
	uint32_t package;

	(void)component;
	if (!cargo_of(event_text(event, TEXT_PATH), &cargo))
		return;
	package = model_package_named(model, cargo.package);
	if (package == NAME_NONE)
		return;
	file = file_at(model, package, cargo.version, cargo.delta_from);
	file->looked = event_has_number(event, NUMBER_BYTES) ? event->number[NUMBER_BYTES] : 0;
	if (file->looked > 0 && file->looked <= INT64_MAX)
		file_weighed(model, file, file->looked);
	else
		file->looked = 0;
}

bool
model_wants_look(const struct model *model, struct span path)
{
	const struct file *file;
	struct cargo cargo;
	uint32_t package;

	if (!cargo_of(path, &cargo))
		return false;
	package = model_package_named(model, cargo.package);
	if (package == NAME_NONE)
		return false;
	file = file_find(model, package, cargo.version, cargo.delta_from);
	return !file || file->exact == 0;
}

void
request_weighed(struct model *model, uint64_t bytes)
{
	weigh_due(model, 1, bytes);
}

void
file_listed(struct model *model, uint32_t package, uint32_t version, uint64_t bytes)
{
	struct file *file = file_at(model, package, version, 0);

	if (bytes > file->sched)
		file->sched = bytes;
}

static int64_t
estimate(const struct file *file)
{
	int64_t kbytes = !file ? -1 : file->compressed >= 0 ? file->compressed : file->kbytes;

	return kbytes < 0 ? -1 : kbytes * 1024;
}

int64_t
model_source_size(const struct model *model, uint32_t package, uint32_t version)
{
	const struct file *file = package == NAME_NONE ? NULL : file_find(model, package, version, 0);

	return file && file->kbytes >= 0 ? file->kbytes * 1024 : -1;
}

enum size_source
model_size(const struct model *model, uint32_t package, uint32_t version, uint32_t delta_from, uint64_t *bytes)
{
	const struct file *file;
	int64_t estimated;

	if (package == NAME_NONE)
		return SIZE_UNKNOWN;
	file = file_find(model, package, version, delta_from);
	if (file && (file->exact > 0 || file->looked > 0)) {
		*bytes = file->exact > 0 ? file->exact : file->looked;
		return SIZE_EXACT;
	}
	if (delta_from != 0)  /* how much a difference takes cannot be told from the whole */
		return SIZE_UNKNOWN;
	estimated = estimate(file);
	if (estimated < 0)  /* SMS 2.0 told sizes without a version */
		estimated = estimate(file_find(model, package, 0, 0));
	/* A request does not say whether it carries the difference from an older version: much less than the source is one. */
	if (file && file->sched > 0 && (version <= 1 || estimated < 0 || file->sched >= (uint64_t)estimated / 2)) {
		*bytes = file->sched;
		return SIZE_SCHED;
	}
	if (estimated < 0)
		return SIZE_UNKNOWN;
	*bytes = (uint64_t)estimated;
	return SIZE_ESTIMATE;
}

const char *
size_source_word(enum size_source source)
{
	static const char *const words[] = {
		[SIZE_EXACT] = "exact",
		[SIZE_SCHED] = "sched",
		[SIZE_ESTIMATE] = "estimate",
	};

	return source == SIZE_UNKNOWN ? NULL : words[source];
}
