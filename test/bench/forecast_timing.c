/*
 * What other limits would do, asked of a backlog of 100,000 sends to 400 sites.
 */
#include "bench/forecast_timing.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmtop/forecast.h"
#include "cmtop/sim.h"
#include "cmtop/parser.h"
#include "bench/dashboard.h"

#define START INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */
#define TIMES 9

struct reader {
	struct parser *source[SIM_LOG_COUNT];
	struct model *model;
};

static void
hear(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct reader *reader = payload;
	struct event event;

	(void)at;
	parser_feed(reader->source[log], bytes, size);
	while (parser_next(reader->source[log], &event))
		model_apply(reader->model, &event);
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
ask(const struct model *model, double *seconds, size_t *rows)
{
	struct forecast_row out[FORECAST_ROWS];
	double began = seconds_now();
	struct forecast *forecast = forecast_new(model, model_newest(model));

	*rows = forecast ? forecast_what_if(forecast, out) : 0;
	*seconds = seconds_now() - began;
	forecast_free(forecast);
}

void
bench_forecast_timing(void)
{
	struct sim_options options = {
		.seed = 1,
		.start = START,
		.bias = 240,
		.sites = 400,
		.backlog = 100000,
		.all_sites = 50,
		.package_threads = 10,
	};
	struct sim *sim = sim_new(&options);
	struct reader reader = { .model = model_new(NULL) };
	struct sim_sink sink = { hear, &reader };
	double seconds[TIMES];
	size_t rows = 0;

	for (int log = 0; log < SIM_LOG_COUNT; log++)
		if (!(reader.source[log] = parser_new((uint8_t)log)))
			give_up("no memory", "what if");
	if (!sim || !reader.model)
		give_up("no memory", "what if");
	sim_run(sim, START + 2 * WHEN_HOUR, &sink);
	for (int i = 0; i < TIMES; i++)
		ask(reader.model, &seconds[i], &rows);
	if (rows == 0)
		give_up("no row", "what if");
	qsort(seconds, TIMES, sizeof *seconds, by_size);
	printf("what if, %6llu due, %zu rows           %8.1f ms  aim 100; worst of %d %.1f\n",
	       (unsigned long long)model_sending(reader.model).waiting, rows, seconds[TIMES / 2] * 1000, TIMES,
	       seconds[TIMES - 1] * 1000);
	for (int log = 0; log < SIM_LOG_COUNT; log++)
		parser_free(reader.source[log]);
	model_free(reader.model);
	sim_free(sim);
}
