/* Destination sites: what waits for each, what it holds, how it does. */
#include "fields/values.h"

#define SITE(name, ...) VALUE(name, struct site, site, __VA_ARGS__)

static enum site_state
state_of(const struct field_context *of, const struct site *site)
{
	return site_state(of->model, site_number(of->model, site), of->now);
}

static const char *
state_words(size_t i)
{
	return i <= SITE_QUEUED ? site_state_word((enum site_state)i) : NULL;
}

/* The worst last. */
static int64_t
rank_of(enum site_state state)
{
	/* clang-format off */
	static const uint8_t ranks[] = {
		[SITE_OK] = 0, [SITE_QUEUED] = 1, [SITE_FULL] = 2, [SITE_BLOCKED] = 3, [SITE_THROTTLED] = 4, [SITE_STALLED] = 5,
	};
	/* clang-format on */

	return ranks[state];
}

static uint64_t
stalled_of(const struct field_context *of, const struct site *site)
{
	uint32_t number = site_number(of->model, site);
	uint64_t count = 0;

	for (const struct job *job = NULL; site->used && (job = model_next_job(of->model, job));)
		count += job->site == number && job_stalled(job, of->now);
	return count;
}

static int64_t
ahead_of(const struct field_context *of, const struct site *site)
{
	return state_of(of, site) == SITE_QUEUED ? site_ahead(of->model, site_number(of->model, site)) : -1;
}

SITE(code, value_of_text(site->code))
SITE(used, value_count(site_slots(site)))
SITE(capacity, value_known(site->capacity))
SITE(waiting, value_where(of->backlog.known, value_count(site_waiting(site))))
SITE(done, value_count(site->done))
SITE(failed, value_count(site->failed))
SITE(bytes, value_count(site->bytes))
SITE(rate, value_real(site_rate(of->model, site_number(of->model, site), of->now)))
SITE(last_done, value_time(of, site->done_log, site->last_done))
SITE(state, value_of_text(site_state_word(state_of(of, site))))
SITE(until, value_time(of, site->blocked_log, site->blocked_until))
SITE(ahead, value_known(ahead_of(of, site)))
SITE(stalled, value_count(stalled_of(of, site)))
SITE(blocked, value_flag(site->blocked))
SITE(queued, value_flag(state_of(of, site) == SITE_QUEUED))
SITE(rank, value_known(rank_of(state_of(of, site))))

/* clang-format off */
static const struct field rows[] = {
	{ "site", "SITE", UNIT_TEXT, FIELD_ROW, "site code", .value = code, SORTED(2, "site code") },
	{ "used", "USED", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "sending slots in use",
	  .value = used, SORTED_DOWN(3, "slots held"), METRIC(21, "site_sending_slots_used", "sending threads in use") },
	{ "capacity", NULL, UNIT_COUNT, FIELD_ROW, "sending slots allowed, as last logged",
	  .value = capacity, METRIC(22, "site_sending_slots_limit", "sending threads allowed, as last logged") },
	{ "waiting", "WAIT", UNIT_COUNT, FIELD_ROW, "sends that are due and have no thread yet",
	  .value = waiting, SORTED_DOWN(1, "sends that wait"), METRIC(23, "site_sends_waiting", NULL) },
	{ "done", "DONE", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "package sends that were done",
	  .value = done, SORTED_DOWN(4, "sends done"), METRIC(28, "site_sends_done_total", NULL) },
	{ "failed", "FAIL", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "sends that failed",
	  .value = failed, SORTED_DOWN(5, "sends failed"), METRIC(29, "site_sends_failed_total", "sends that failed, to be tried again") },
	{ "bytes", "BYTES", UNIT_BYTES, FIELD_ROW | FIELD_KNOWN, "package bytes written; a part that was resumed counts once",
	  .value = bytes, SORTED_DOWN(6, "bytes sent"), METRIC(30, "site_sent_bytes_total", "package bytes written") },
	{ "rate", "RATE", UNIT_RATE, FIELD_ROW, "bytes per second",
	  .value = rate, .filter = "rate", SORTED_DOWN(7, "bytes per second") },
	{ "last_done", "LAST OK", UNIT_TIME, FIELD_ROW, "when a package send was last done",
	  .value = last_done, SORTED(8, "when a send was last done") },
	{ "state", "STATE", UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "ok, full, blocked, throttled, stalled or queued",
	  .value = state, .words = state_words, .filter = "state",
	  SORTED_DOWN(9, "ok queued full blocked throttled stalled"), .sort_value = rank },
	{ "until", NULL, UNIT_TIME, FIELD_ROW, "the sender skips the site until then", .value = until },
	{ "ahead", NULL, UNIT_COUNT, FIELD_ROW, "for a queued site: sends that come first",
	  .value = ahead, METRIC(27, "site_sends_ahead", NULL) },
	/* In the metrics alone, which have no words. */
	{ "stalled", NULL, UNIT_COUNT, FIELD_KNOWN, "stalled sends",
	  .value = stalled, METRIC(24, "site_sends_stalled", NULL) },
	{ "blocked", NULL, UNIT_FLAG, FIELD_KNOWN, "1 while the sender skips the site",
	  .value = blocked, METRIC(25, "site_blocked", NULL) },
	{ "queued", NULL, UNIT_FLAG, FIELD_KNOWN, "1 while sends wait and none runs because other sites use all slots",
	  .value = queued, METRIC(26, "site_queued", NULL) },
};
/* clang-format on */

const struct field_list fields_sites = { "sites", "site", "A destination site.", rows, COUNT_OF(rows) };
