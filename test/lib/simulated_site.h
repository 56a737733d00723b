/*
 * A simulated site server read into a model: for tests of what is reported.
 */
#ifndef TEST_SIMULATED_SITE_H
#define TEST_SIMULATED_SITE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/scene.h"
#include "cmtop/sim.h"
#include "framed_log.h"
#include "kept_text.h"

#define SIMULATED_START INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */

struct simulated {
	struct sim *sim;
	struct model *model;
	struct parser *parser[SIM_LOG_COUNT];
	struct log_status log[SIM_LOG_COUNT];
};

static inline void
simulated_open(struct simulated *site)
{
	struct sim_options options = { .seed = 7, .start = SIMULATED_START, .bias = 240, .sites = 12, .backlog = 200 };
	static const char *const names[] = { "sender", "distmgr" };

	*site = (struct simulated){ .sim = sim_new(&options), .model = model_new(NULL) };
	for (uint8_t i = 0; i < SIM_LOG_COUNT; i++) {
		site->parser[i] = parser_new(i);
		site->log[i] = (struct log_status){
			.state = LOG_READ, .newest = WHEN_NONE, .reached = WHEN_NONE, .silent = -1, .progress = 100
		};
		strcpy(site->log[i].name, i < 2 ? names[i] : "other");
		snprintf(site->log[i].path, sizeof site->log[i].path, "/logs/%s.log", site->log[i].name);
	}
}

static inline void
simulated_close(struct simulated *site)
{
	sim_free(site->sim);
	model_free(site->model);
	for (size_t i = 0; i < SIM_LOG_COUNT; i++)
		parser_free(site->parser[i]);
}

static inline void
simulated_read(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct simulated *site = payload;

	(void)at;
	feed_model(site->parser[log], site->model, NULL, bytes, size);
}

static inline void
simulated_run(struct simulated *site, int64_t minutes)
{
	const struct sim_sink sink = { simulated_read, site };

	sim_run(site->sim, sim_now(site->sim) + minutes * WHEN_MINUTE, &sink);
	for (size_t i = 0; i < SIM_LOG_COUNT; i++) {
		const struct parser_counts *counts = parser_counts(site->parser[i]);

		site->log[i].bytes = counts->bytes;
		site->log[i].records = counts->records;
		site->log[i].newest = site->log[i].reached = model_newest(site->model);
		site->log[i].zoned = true;
		site->log[i].bias = 240;
	}
}

static inline struct scene
simulated_scene(const struct simulated *site)
{
	return (struct scene){
		.model = site->model,
		.logs = site->log,
		.log_count = SIM_LOG_COUNT,
		.now = model_newest(site->model),
	};
}

#endif
