#include "query/name_terms.h"

#include <stdlib.h>

#include "cmtop/hash.h"

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
	case FIELD_ANY: return term_finds(term, package->id) || term_finds(term, package->name);
	case FIELD_PACKAGE: return term_finds(term, package->id);
	case FIELD_NAME: return term_finds(term, package->name);
	default: return false;
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
	struct name_hits *more_sites = realloc(names->sites, (sites + 1) * sizeof(*more_sites));
	struct name_hits *more_packages;

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
	       && names->happened == model_transitions(model) && names->seen.off == names->off
	       && names->site_count == sites && names->package_count == packages;
}

static uint32_t
fingerprint(const char *text)
{
	return hash_fold(hash_bytes(HASH_START, span_of(text)));
}

/* ---- what goes where ---- */

/* All terms hold for what has these hits; those of `open` need not yet. */
static bool
all_hold(const struct names *names, uint32_t hits, uint32_t open)
{
	return ((hits ^ names->negative) | names->off | open | ~names->all) == UINT32_MAX;
}

/* Terms without a field that are about the row itself: all of them where one of its kind fits those that ask for something. */
static uint32_t
own_terms(const struct names *names, bool whole, uint32_t hit)
{
	uint32_t asking = names->any & ~names->negative & ~names->off;

	if (asking == 0)
		return names->any & hit;
	return whole ? names->any : 0;
}

/* Terms that a site may leave to the packages that go there, and a package to its sites. */
static uint32_t
open_for_site(const struct names *names)
{
	return names->all & ~names->site & ~own_terms(names, names->site_whole, names->sites_hit) & ~names->off;
}

static uint32_t
open_for_package(const struct names *names)
{
	return (names->site | (names->any & ~own_terms(names, names->package_whole, names->packages_hit)))
	       & ~names->off;
}

static void
begin_pairs(struct names *names)
{
	size_t i;

	for (i = 0; i < names->site_count; i++)
		names->sites[i].met = false;
	for (i = 0; i < names->package_count; i++)
		names->packages[i].met = false;
	names->pairs_seen = 0;
	names->seen.of_site = open_for_site(names);
	names->seen.of_package = open_for_package(names);
	names->seen.off = names->off;
	names->seen.named = names->named;
}

/*
 * One pass over all pairs when the filter or a name is new, some nanoseconds each;
 * afterwards only pairs that were never heard of before are looked at.
 */
static void
meet(struct names *names, const struct model *model)
{
	uint32_t of_site = open_for_site(names), of_package = open_for_package(names), package, site;
	size_t count = model_pairs(model);

	if (names->seen.of_site != of_site || names->seen.of_package != of_package || names->seen.off != names->off
	    || names->seen.named != names->named)
		begin_pairs(names);
	if (!of_site && !of_package)
		return;
	for (; names->pairs_seen < count; names->pairs_seen++) {
		model_pair_names(model, names->pairs_seen, &package, &site);
		if (package >= names->package_count || site >= names->site_count)
			continue;
		names->sites[site].met |=
			all_hold(names, names->sites[site].hits | (names->packages[package].hits & of_site), 0);
		names->packages[package].met |=
			all_hold(names, names->packages[package].hits | (names->sites[site].hits & of_package), 0);
	}
}

/* All terms without a field that ask for something fit. */
static bool
fits_asking(const struct names *names, uint32_t hits)
{
	uint32_t asking = names->any & ~names->negative & ~names->off;

	return asking != 0 && (hits & asking) == asking;
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
	if (names->model != model || site_count < names->site_count || package_count < names->package_count) {
		names->site_count = names->package_count = 0;
		names->sites_hit = 0;
		names->site_whole = false;
		names->named++;
	}
	names->model = model;
	names->now = now;
	names->newest = model_newest(model);
	names->happened = model_transitions(model);
	if (!make_room(names, site_count, package_count))
		return;
	names->packages_hit = 0;
	names->package_whole = false;
	for (i = names->site_count; i < site_count; i++) {
		names->sites[i] = (struct name_hits){ .hits = try_site(terms, count, &sites[i]) };
		names->sites_hit |= names->sites[i].hits;
		names->site_whole |= fits_asking(names, names->sites[i].hits);
	}
	for (i = 0; i < package_count; i++) {
		struct name_hits *hits = &names->packages[i];
		uint32_t name = fingerprint(packages[i].name);

		names->named += i < names->package_count && hits->name != name;
		if (i >= names->package_count || hits->name != name)
			*hits = (struct name_hits){ try_package(terms, count, &packages[i]), name, false };
		names->packages_hit |= hits->hits;
		names->package_whole |= fits_asking(names, hits->hits);
	}
	names->site_count = site_count;
	names->package_count = package_count;
	meet(names, model);
}

/* ---- asking ---- */

static uint32_t
site_hits(const struct names *names, uint32_t site)
{
	return site < names->site_count ? names->sites[site].hits : 0;
}

static uint32_t
package_hits(const struct names *names, uint32_t package)
{
	return package < names->package_count ? names->packages[package].hits : 0;
}

bool
names_of_send(const struct names *names, uint32_t site, uint32_t package)
{
	return all_hold(names, site_hits(names, site) | package_hits(names, package), 0);
}

bool
names_of_site(const struct names *names, const struct model *model, uint32_t site)
{
	size_t count;
	const struct site *row = &model_sites(model, &count)[site];
	uint32_t hits = site_hits(names, site), open = open_for_site(names);

	if (!open || !all_hold(names, hits, open))
		return all_hold(names, hits, 0);
	if (site < names->site_count && names->sites[site].met)
		return true;
	/* A site of which no send is known stands for itself. */
	return row->waiting + row->done + row->failed == 0 && all_hold(names, hits, 0);
}

/* The same from the other end. */
bool
names_of_package(const struct names *names, const struct model *model, uint32_t package)
{
	size_t count;
	const struct package *row = &model_packages(model, &count)[package];
	uint32_t hits = package_hits(names, package), open = open_for_package(names);

	if (!open || !all_hold(names, hits, open))
		return all_hold(names, hits, 0);
	if (package < names->package_count && names->packages[package].met)
		return true;
	return row->waiting + row->running + row->done + row->failed == 0 && all_hold(names, hits, 0);
}
