/* Send requests that were tried before: how often, and how far they came. */
#ifndef MODEL_TABLES_TRIED_REQUESTS_H
#define MODEL_TABLES_TRIED_REQUESTS_H

#include "model/tables/fifo_map.h"
#include "model/tables/state.h"

struct tried_request {
	uint32_t tries; /* that ended badly */
	uint32_t site;  /* as far as known, NAME_NONE */
	uint64_t high;  /* package bytes that had been sent when it failed */
};

struct tried_requests {
	struct fifo_map keys;
	struct tried_request *rows;
};

struct tried_requests *tried_requests_new(uint32_t most); /* NULL: out of memory */
void tried_requests_free(struct tried_requests *tried);

const struct tried_request *tried_request_find(const struct model *model, struct span request); /* NULL: not known */
/* A new one if needed; NULL where the request has no id. Borrowed until the next one is taken. */
struct tried_request *tried_request_at(struct model *model, struct span request);

#endif
