/* The components of the site server whose records were read, by number. */
#ifndef MODEL_TABLES_COMPONENTS_H
#define MODEL_TABLES_COMPONENTS_H

#include "model/tables/state.h"

#define FAMILIES        (FAMILY_TRANSFER + 1)
#define COMPONENTS_MOST 64
#define COMPONENT_REST  (COMPONENTS_MOST - 1) /* more than any site has: the rest share the last number */

/* A component of which a record was read. */
struct component {
	uint32_t used;   /* open jobs, or package threads, of it */
	uint32_t unseen; /* held when it was last read, and not known to us */
	bool gap;        /* part of its log was lost: what is unknown may have begun there */
	uint8_t family;  /* enum family, of its newest record */
};

/* Components of one family, together. */
struct family_seen {
	bool seen;
	int64_t since; /* first record, WHEN_NONE: none has a time */
	uint8_t log;   /* … which is in this log */
};

struct components {
	struct intern *names;
	struct component rows[COMPONENTS_MOST];
	struct family_seen families[FAMILIES];
	char last[64]; /* spelled as last met, and its number: the next record is mostly of the same */
	size_t last_size;
	uint32_t last_number;
};

struct components *components_new(void); /* NULL: out of memory */
void components_free(struct components *components);

uint32_t component_find(const struct model *model, struct span name); /* as component_at(), but adds none */
uint32_t component_add(struct model *model, struct span name);        /* what is left of component_at() */

/* The component's number; mostly that of the record before. */
static inline uint32_t
component_at(struct model *model, struct span name)
{
	const struct components *components = model->components;

	if (name.size > 0 && name.size == components->last_size && bytes_are(name.at, components->last, name.size))
		return components->last_number;
	return component_add(model, name);
}

#endif
