/* Sites, packages, servers and distribution points, by number: names, and the rows of sites and packages. */
#ifndef MODEL_TABLES_PLACES_H
#define MODEL_TABLES_PLACES_H

#include "model/tables/state.h"

struct places {
	struct intern *site_names, *package_names, *server_names;
	struct site *sites;
	struct package *packages;
	uint32_t *server_site; /* by server: the site it serves, NAME_NONE: unknown */
	bool *server_shared;   /* … and more than one */
};

struct places *places_new(const struct model_limits *limits); /* NULL: out of memory */
void places_free(struct places *places);

uint32_t site_at(struct model *model, struct span code); /* NAME_NONE: no room, or no code */
uint32_t package_at(struct model *model, struct span id);
uint32_t server_at(struct model *model, struct span name);
uint32_t server_find(const struct model *model, struct span name); /* NAME_NONE: no line named it */
void server_serves(struct model *model, uint32_t server, uint32_t site);
uint32_t site_of_server(const struct model *model, uint32_t server);
void package_seen(struct model *model, uint32_t package, uint64_t version, int64_t at, uint8_t log);

#endif
