/*
 * The terms of a filter that are about names: of sites, of packages. They are
 * tried on every site and package once and remembered as one bit a term, so that
 * "is there a site in the filter to which this package goes" costs no pattern.
 */
#ifndef QUERY_NAME_TERMS_H
#define QUERY_NAME_TERMS_H

#include "query/term.h"

#define TERMS_MOST 32 /* a bit each in a mask */

/* Which terms the words of a site or package fit. */
struct name_hits {
	uint32_t hits;
	uint32_t name; /* fingerprint of a package's name, which may come later */
	bool met;      /* something it goes to, or that goes there, makes the terms hold */
};

struct names {
	/* bit per term */
	uint32_t all;  /* about names */
	uint32_t site; /* about sites only */
	uint32_t any;  /* without a field: about whatever it fits */
	uint32_t negative;
	uint32_t off;       /* took too long: fits everything */
	uint32_t sites_hit; /* fits some site's code */
	uint32_t packages_hit;
	bool site_fits_all;    /* some site's code fits all terms without a field, */
	bool package_fits_all; /* … some package does */

	/* What is remembered, and of which state of which model. */
	const struct model *model;
	int64_t now, newest;
	uint64_t transitions;
	struct name_hits *sites, *packages;
	size_t site_count, package_count;

	/* How far the pairs of package and site have been looked at, and under which masks. */
	size_t pairs_seen;
	uint64_t named; /* grows when a package gets another name */
	struct {
		uint32_t of_site, of_package, off;
		uint64_t named;
	} seen;
};

void names_sort(struct names *names, const struct term *terms, size_t count);
void names_clear(struct names *names);

/* To be called before asking, whenever the model may have changed. May turn terms off. */
void names_remember(struct names *names, struct term *terms, size_t count, const struct model *model, int64_t now);

/* Both names of one send; NAME_NONE: it has none. */
bool names_of_send(const struct names *names, uint32_t site, uint32_t package);

/*
 * A site is in when its code fits or, for terms about packages, when a package
 * that fits goes or went there; a package likewise. Terms without a field are
 * about sites where some site's code fits all of them; else each of them may be
 * about the site or about a package that goes there, and the other way round:
 * "windows 11" is about packages although there is a site S11.
 */
bool names_of_site(const struct names *names, const struct model *model, uint32_t site);
bool names_of_package(const struct names *names, const struct model *model, uint32_t package);

#endif
