/* What did not fit into its table. */
#ifndef MODEL_TABLES_TRUNCATED_H
#define MODEL_TABLES_TRUNCATED_H

#include "model/tables/state.h"

#define LEFT_OUT_BITS 65536

/* Names that did not fit and have been counted: a bit of their hash each. */
struct left_out {
	uint8_t sites[LEFT_OUT_BITS / 8], packages[LEFT_OUT_BITS / 8], servers[LEFT_OUT_BITS / 8],
		pairs[LEFT_OUT_BITS / 8];
};

struct truncation {
	struct model_truncated lost;
	struct left_out left_out;
};

struct truncation *truncation_new(void); /* NULL: out of memory */
void truncation_free(struct truncation *truncation);

void site_left_out(struct model *model, struct span code);
void package_left_out(struct model *model, struct span id);
void server_left_out(struct model *model, struct span name);
void pair_left_out(struct model *model, uint32_t package, uint32_t site);

#endif
