#include "query/names.h"

#include <stdlib.h>

void
names_sort(struct names *names, const struct term *terms, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		uint32_t bit = (uint32_t)1 << i;

		if (terms[i].field <= FIELD_NAME)
			names->all |= bit;
		if (terms[i].field == FIELD_SITE)
			names->site |= bit;
		if (terms[i].field == FIELD_ANY)
			names->any |= bit;
		if (terms[i].negative)
			names->negative |= bit;
	}
}

void
names_clear(struct names *names)
{
	free(names->sites);
	free(names->packages);
}

/* ---- trying ---- */

static uint32_t
try_site(struct term *terms, size_t count, const struct site *site)
{
	uint32_t hits = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if ((terms[i].field == FIELD_SITE || terms[i].field == FIELD_ANY) && term_finds(&terms[i], site->code))
			hits |= (uint32_t)1 << i;
	}
	return hits;
}

static bool
package_fits_term(struct term *term, const struct package *package)
{
	switch (term->field) {
	case FIELD_ANY:     return term_finds(term, package->id) || term_finds(term, package->name);
	case FIELD_PACKAGE: return term_finds(term, package->id);
	case FIELD_NAME:    return term_finds(term, package->name);
	default:            return false;
	}
}

static uint32_t
try_package(struct term *terms, size_t count, const struct package *package)
{
	uint32_t hits = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (package_fits_term(&terms[i], package))
			hits |= (uint32_t)1 << i;
	}
	return hits;
}

static bool
make_room(struct names *names, size_t sites, size_t packages)
{
	uint32_t *more_sites = realloc(names->sites, (sites + 1) * sizeof(*more_sites));
	struct package_hits *more_packages;

	if (!more_sites)
		return false;
	names->sites = more_sites;
	more_packages = realloc(names->packages, (packages + 1) * sizeof(*more_packages));
	if (!more_packages)
		return false;
	names->packages = more_packages;
	return true;
}

static bool
is_up_to_date(const struct names *names, const struct model *model, int64_t now, size_t sites, size_t packages)
{
	return names->model == model && names->now == now && names->newest == model_newest(model)
	       && names->happened == model_happened(model)
	       && names->site_count == sites && names->package_count == packages;
}

/* FNV-1a */
static uint32_t
fingerprint(const char *text)
{
	uint32_t out = 2166136261u;

	for (; *text; text++)
		out = (out ^ (unsigned char)*text) * 16777619u;
	return out;
}

/*
 * Patterns are tried only on sites and packages that are new or have got another
 * name. What there is no memory for stays untried, which counts as no hit.
 */
void
names_remember(struct names *names, struct term *terms, size_t count, const struct model *model, int64_t now)
{
	size_t site_count, package_count, i;
	const struct site *sites = model_sites(model, &site_count);
	const struct package *packages = model_packages(model, &package_count);

	if (is_up_to_date(names, model, now, site_count, package_count))
		return;
	if (names->model != model || site_count < names->site_count || package_count < names->package_count)
		names->site_count = names->package_count = names->sites_hit = 0;
	names->model = model;
	names->now = now;
	names->newest = model_newest(model);
	names->happened = model_happened(model);
	if (!make_room(names, site_count, package_count))
		return;
	names->packages_hit = 0;
	for (i = names->site_count; i < site_count; i++) {
		names->sites[i] = try_site(terms, count, &sites[i]);
		names->sites_hit |= names->sites[i];
	}
	for (i = 0; i < package_count; i++) {
		struct package_hits *hits = &names->packages[i];
		uint32_t name = fingerprint(packages[i].name);

		if (i >= names->package_count || hits->name != name)
			*hits = (struct package_hits){ name, try_package(terms, count, &packages[i]) };
		names->packages_hit |= hits->hits;
	}
	names->site_count = site_count;
	names->package_count = package_count;
}

/* ---- asking ---- */

static uint32_t
site_hits(const struct names *names, uint32_t site)
{
	return site < names->site_count ? names->sites[site] : 0;
}

static uint32_t
package_hits(const struct names *names, uint32_t package)
{
	return package < names->package_count ? names->packages[package].hits : 0;
}

/* All terms hold for what has these hits; those of `open` need not yet. */
static bool
all_hold(const struct names *names, uint32_t hits, uint32_t open)
{
	return ((hits ^ names->negative) | names->off | open | ~names->all) == UINT32_MAX;
}

static bool
is_send(struct pair_counts counts)
{
	return counts.waiting || counts.running || counts.done || counts.failed;
}

bool
names_of_send(const struct names *names, uint32_t site, uint32_t package)
{
	return all_hold(names, site_hits(names, site) | package_hits(names, package), 0);
}

/*
 * One look into the table of sends for each package that the terms let through,
 * until the first, which is mostly the first tried. The worst is a site to which
 * none of them goes: all of them, some 50 ns each.
 */
bool
names_of_site(const struct names *names, const struct model *model, uint32_t site)
{
	size_t count, i;
	const struct site *row = &model_sites(model, &count)[site];
	uint32_t hits = site_hits(names, site);
	uint32_t open = names->all & ~names->site & ~(names->any & names->sites_hit) & ~names->off;

	if (!open || !all_hold(names, hits, open))
		return all_hold(names, hits, 0);
	for (i = 0; i < names->package_count; i++) {
		if (all_hold(names, hits | (names->packages[i].hits & open), 0)
		    && is_send(model_pair(model, (uint32_t)i, site)))
			return true;
	}
	/* A site of which no send is known stands for itself. */
	return row->waiting + row->done + row->failed == 0 && all_hold(names, hits, 0);
}

/* The same from the other end. */
bool
names_of_package(const struct names *names, const struct model *model, uint32_t package)
{
	size_t count, i;
	const struct package *row = &model_packages(model, &count)[package];
	uint32_t hits = package_hits(names, package);
	uint32_t open = (names->site | (names->any & ~names->packages_hit)) & ~names->off;

	if (!open || !all_hold(names, hits, open))
		return all_hold(names, hits, 0);
	for (i = 0; i < names->site_count; i++) {
		if (all_hold(names, hits | (names->sites[i] & open), 0)
		    && is_send(model_pair(model, package, (uint32_t)i)))
			return true;
	}
	return row->waiting + row->running + row->done + row->failed == 0 && all_hold(names, hits, 0);
}
