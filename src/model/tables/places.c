#include "model/tables/places.h"

#include <stdlib.h>
#include <string.h>

#include "model/tables/truncated.h"

struct places *
places_new(const struct model_limits *limits)
{
	struct places *places = calloc(1, sizeof(*places));

	if (!places)
		return NULL;
	places->site_names = intern_new(limits->sites, (size_t)limits->sites * 16);
	places->package_names = intern_new(limits->packages, (size_t)limits->packages * 16);
	places->server_names = intern_new(limits->servers, (size_t)limits->servers * 48);
	places->sites = calloc(limits->sites, sizeof(*places->sites));
	places->packages = calloc(limits->packages, sizeof(*places->packages));
	places->server_site = malloc(limits->servers * sizeof(*places->server_site));
	places->server_shared = calloc(limits->servers, sizeof(*places->server_shared));
	if (!places->site_names || !places->package_names || !places->server_names || !places->sites
	    || !places->packages || !places->server_site || !places->server_shared) {
		places_free(places);
		return NULL;
	}
	for (uint32_t i = 0; i < limits->servers; i++)
		places->server_site[i] = NAME_NONE;
	return places;
}

void
places_free(struct places *places)
{
	if (!places)
		return;
	intern_free(places->site_names);
	intern_free(places->package_names);
	intern_free(places->server_names);
	free(places->sites);
	free(places->packages);
	free(places->server_site);
	free(places->server_shared);
	free(places);
}

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
	uint32_t known = intern_count(model->places->site_names), i;
	struct site *site;

	if (!name_fits(code, sizeof(site->code)))
		return NAME_NONE;
	i = intern_add(model->places->site_names, code);
	if (i == NAME_NONE) {
		site_left_out(model, code);
		return NAME_NONE;
	}
	if (i < known)
		return i;
	site = &model->places->sites[i];
	span_copy(code, site->code, sizeof(site->code));
	site->capacity = site->speed = -1;
	site->last_done = site->last_failed = site->blocked_until = site->throttled = WHEN_NONE;
	return i;
}

uint32_t
package_at(struct model *model, struct span id)
{
	uint32_t known = intern_count(model->places->package_names), i;
	struct package *package;

	if (!name_fits(id, sizeof(package->id)))
		return NAME_NONE;
	i = intern_add(model->places->package_names, id);
	if (i == NAME_NONE) {
		package_left_out(model, id);
		return NAME_NONE;
	}
	if (i < known)
		return i;
	package = &model->places->packages[i];
	span_copy(id, package->id, sizeof(package->id));
	package->kbytes = package->compressed = -1;
	package->last = WHEN_NONE;
	return i;
}

void
package_seen(struct model *model, uint32_t package, uint64_t version, int64_t at, uint8_t log)
{
	struct package *p;

	if (package == NAME_NONE)
		return;
	p = &model->places->packages[package];
	if (version > p->version && version <= UINT32_MAX)
		p->version = (uint32_t)version;
	if (at != WHEN_NONE && at > p->last) {
		p->last = at;
		p->last_log = log;
	}
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
	uint32_t i = intern_add(model->places->server_names, server_name(name));

	if (i == NAME_NONE)
		server_left_out(model, server_name(name));
	return i;
}

uint32_t
server_find(const struct model *model, struct span name)
{
	return intern_find(model->places->server_names, server_name(name));
}

/* The names of two sites on one server would make it lie about both: then it says nothing. */
void
server_serves(struct model *model, uint32_t server, uint32_t site)
{
	if (server == NAME_NONE || site == NAME_NONE)
		return;
	if (model->places->server_site[server] == NAME_NONE)
		model->places->server_site[server] = site;
	else if (model->places->server_site[server] != site)
		model->places->server_shared[server] = true;
}

uint32_t
site_of_server(const struct model *model, uint32_t server)
{
	return server == NAME_NONE || model->places->server_shared[server] ? NAME_NONE
	                                                                   : model->places->server_site[server];
}

/* ---- what can be asked ---- */

const struct site *
model_sites(const struct model *model, size_t *count)
{
	*count = intern_count(model->places->site_names);
	return model->places->sites;
}

const struct package *
model_packages(const struct model *model, size_t *count)
{
	*count = intern_count(model->places->package_names);
	return model->places->packages;
}

uint32_t
model_site_named(const struct model *model, struct span code)
{
	return code.size ? intern_find(model->places->site_names, code) : NAME_NONE;
}

uint32_t
model_package_named(const struct model *model, struct span id)
{
	return id.size ? intern_find(model->places->package_names, id) : NAME_NONE;
}

uint32_t
model_site_server(const struct model *model, uint32_t site)
{
	uint32_t found = NAME_NONE, i, count = intern_count(model->places->server_names);

	for (i = 0; i < count; i++) {
		if (site_of_server(model, i) == site)
			found = i;
	}
	return found;
}
