#include "model/tables/tried_requests.h"

#include <stdlib.h>

#include "model/tables/requests.h"

struct tried_requests *
tried_requests_new(uint32_t most)
{
	struct tried_requests *tried = calloc(1, sizeof(*tried));

	if (!tried)
		return NULL;
	tried->rows = calloc(most, sizeof(*tried->rows));
	if (fifo_map_init(&tried->keys, most) && tried->rows)
		return tried;
	tried_requests_free(tried);
	return NULL;
}

void
tried_requests_free(struct tried_requests *tried)
{
	if (!tried)
		return;
	fifo_map_destroy(&tried->keys);
	free(tried->rows);
	free(tried);
}

const struct tried_request *
tried_request_find(const struct model *model, struct span request)
{
	uint32_t i = request.size == 0 ? NAME_NONE : fifo_map_find(&model->tried->keys, request_key(request));

	return i == NAME_NONE ? NULL : &model->tried->rows[i];
}

struct tried_request *
tried_request_at(struct model *model, struct span request)
{
	bool fresh;
	uint32_t i;

	if (request.size == 0)
		return NULL;
	i = fifo_map_take(&model->tried->keys, request_key(request), &fresh);
	if (fresh)
		model->tried->rows[i] = (struct tried_request){ .site = NAME_NONE };
	return &model->tried->rows[i];
}
