/*
 * A reader of a simulated site's logs, for the tests that hold it against the truth.
 */
#ifndef TEST_SITE_READER_H
#define TEST_SITE_READER_H

#include <stdlib.h>
#include <string.h>

#include "cmtop/figures.h"
#include "cmtop/sim.h"
#include "framed_log.h"
#include "run_suite.h"

#define START INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */

/* A reader of the site's logs. */
struct reader {
	struct parser *parsers[SIM_LOG_COUNT];
	struct model *model;
	struct sim *sim;
	uint64_t state;    /* of its own chance */
	bool cuts;         /* the bytes come in pieces */
	bool deaf;         /* what the senders say now is lost */
	bool two;          /* sender.log and distmgr.log are all that it hears */
	uint32_t readings; /* times that the log told how many slots are in use */
	char found[4];     /* site of the newest send request, "": not heard */
};

static inline uint64_t
chance(struct reader *reader, uint64_t n)
{
	reader->state = reader->state * 6364136223846793005u + 1442695040888963407u;
	return (reader->state >> 33) % n;
}

static inline const struct site *
site_named(const struct model *model, const char *code)
{
	size_t i, count;
	const struct site *sites = model_sites(model, &count);

	for (i = 0; i < count; i++)
		if (strcmp(sites[i].code, code) == 0)
			return &sites[i];
	return NULL;
}

/* Right after the log has told how many slots are in use, the model says the same. */
static inline void
check_reading(struct reader *reader, struct span line)
{
	const struct site *site;
	uint64_t used;

	if (span_skip(&line, SPAN("Found send request.  ID: ")))
		span_copy(span_part(line, sizeof("20000CS1, Dest Site: ") - 1, 3), reader->found, sizeof reader->found);
	if (span_skip(&line, SPAN("Checking for site-specific sending capacity.  Used ")) && reader->found[0]) {
		ck_assert(span_take_uint(&line, &used));
		site = site_named(reader->model, reader->found);
		ck_assert_uint_eq(site->used + site->unseen, used);
		reader->readings++;
	}
	if (span_skip(&line, SPAN("Checking for sending capacity.  Used "))) {
		ck_assert(span_take_uint(&line, &used));
		ck_assert_uint_eq(model_sending(reader->model).used, used);
		ck_assert_ptr_null(model_check(reader->model));
		reader->readings++;
	}
}

static inline void
read_log(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct reader *reader = payload;
	struct span line = { bytes, size };
	size_t cut;

	(void)at;
	if (reader->two && log > SIM_DISTMGR)
		return;
	if (log == SIM_SENDER && reader->deaf) {
		reader->found[0] = '\0';
		return;
	}
	while (reader->cuts && size > 1) {
		cut = 1 + chance(reader, size);
		if (cut == size)
			break;
		feed_model(reader->parsers[log], reader->model, NULL, bytes, cut);
		bytes += cut;
		size -= cut;
	}
	feed_model(reader->parsers[log], reader->model, NULL, bytes, size);
	check_reading(reader, line);
}

static inline struct reader
reader_of(const struct sim_options *options)
{
	const struct model_limits all = { .failures = 4096 }; /* none makes room for another */
	struct reader reader = { .state = options->seed };
	int i;

	for (i = 0; i < SIM_LOG_COUNT; i++) {
		reader.parsers[i] = parser_new((uint8_t)i);
		ck_assert_ptr_nonnull(reader.parsers[i]);
	}
	reader.model = model_new(&all);
	reader.sim = sim_new(options);
	ck_assert(reader.model && reader.sim);
	return reader;
}

static inline void
reader_end(struct reader *reader)
{
	int i;

	for (i = 0; i < SIM_LOG_COUNT; i++) {
		ck_assert_uint_eq(parser_counts(reader->parsers[i])->damaged, 0);
		ck_assert_uint_eq(parser_counts(reader->parsers[i])->unknown, 0);
		parser_free(reader->parsers[i]);
	}
	model_free(reader->model);
	sim_free(reader->sim);
}

static inline void
listen_until(struct reader *reader, int64_t until)
{
	struct sim_sink sink = { read_log, reader };

	sim_run(reader->sim, until, &sink);
}

#endif
