/*
 * Counts what did not fit into a full table. Each name is counted once: a bit for each
 * hash remembers it, so that of very many names a few are not counted.
 */
#include "model/tables/truncated.h"

#include <stdlib.h>

#include "cmtop/count_of.h"
#include "cmtop/hash.h"

static uint32_t
hash_of(struct span name)
{
	return hash_fold(hash_nocase(HASH_START, name));
}

struct truncation *
truncation_new(void)
{
	return calloc(1, sizeof(struct truncation));
}

void
truncation_free(struct truncation *truncation)
{
	free(truncation);
}

/* Whether the bit was not set before. */
static bool
set_bit(uint8_t bits[LEFT_OUT_BITS / 8], uint32_t hash)
{
	uint32_t bit = (hash ^ hash >> 16) % LEFT_OUT_BITS;
	bool fresh = !((unsigned)bits[bit / 8] >> bit % 8 & 1u);

	bits[bit / 8] = (uint8_t)(bits[bit / 8] | 1u << bit % 8);
	return fresh;
}

void
site_left_out(struct model *model, struct span code)
{
	model->truncation->lost.sites += code.size > 0 && set_bit(model->truncation->left_out.sites, hash_of(code));
}

void
package_left_out(struct model *model, struct span id)
{
	model->truncation->lost.packages += id.size > 0 && set_bit(model->truncation->left_out.packages, hash_of(id));
}

void
server_left_out(struct model *model, struct span name)
{
	model->truncation->lost.servers += name.size > 0 && set_bit(model->truncation->left_out.servers, hash_of(name));
}

void
pair_left_out(struct model *model, uint32_t package, uint32_t site)
{
	model->truncation->lost.pairs +=
		set_bit(model->truncation->left_out.pairs, (package * 2654435761u) ^ (site * 40503u));
}

bool
truncated_row(const struct model *model, size_t i, struct truncated_row *out)
{
	const struct model_truncated *lost = &model->truncation->lost;
	const struct model_limits *limits = &model->limits;
	const struct truncated_row rows[] = {
		{ "sites", "sites", limits->sites, lost->sites },
		{ "packages", "packages", limits->packages, lost->packages },
		{ "pairs", "packages of sites", limits->pairs, lost->pairs },
		{ "jobs", "sending threads", limits->jobs, lost->jobs },
		{ "threads", "package threads", limits->threads, lost->threads },
		{ "dps", "DP threads", limits->dps, lost->dps },
		{ "servers", "servers", limits->servers, lost->servers },
		{ "files", "files", limits->files, lost->files },
		{ "transfers", "transfers", limits->transfers, lost->transfers },
		{ "requests", "send requests", limits->requests, lost->requests },
	};

	if (i >= COUNT_OF(rows))
		return false;
	*out = rows[i];
	return true;
}

uint64_t
model_lost(const struct model *model)
{
	const struct model_truncated *t = &model->truncation->lost;

	return t->sites + t->packages + t->pairs + t->jobs + t->threads + t->dps + t->servers + t->files + t->transfers
	       + t->requests;
}

struct model_truncated
model_truncated(const struct model *model)
{
	return model->truncation->lost;
}
