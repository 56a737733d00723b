#include "cmtop/state_text.h"

#include <stdio.h>
#include <string.h>

#include "cmtop/fmt.h"

static enum state_weight
stalled_text(int64_t silence, char out[STATE_TEXT])
{
	char text[FMT_TEXT];

	fmt_duration_short(silence, text);
	snprintf(out, STATE_TEXT, "STALLED %s", text);
	return STATE_BAD;
}

static enum state_weight
put(const char *word, enum state_weight weight, char out[STATE_TEXT])
{
	snprintf(out, STATE_TEXT, "%s", word);
	return weight;
}

enum state_weight
job_state_text(const struct job *job, int64_t now, char out[STATE_TEXT])
{
	if (job_stalled(job, now))
		return stalled_text(job_silence(job, now), out);
	if (job_throttled(job))
		return put("throttled", STATE_WARNS, out);
	return put(job_state_word((enum job_state)job->state), job->state == JOB_SENDING ? STATE_GOOD : STATE_PLAIN,
	           out);
}

/* Since when the longest-silent of its stalled sends has moved nothing. */
static int64_t
site_silence(const struct model *model, uint32_t site, int64_t now)
{
	const struct job *job = NULL;
	int64_t most = 0;

	while ((job = model_next_job(model, job)))
		if (job->site == site && job_stalled(job, now) && job_silence(job, now) > most)
			most = job_silence(job, now);
	return most;
}

static enum state_weight
blocked_text(const struct model *model, const struct site *site, char out[STATE_TEXT])
{
	const char *word = site->closed ? "closed" : "blocked";
	char clock[FMT_TEXT];

	if (site->blocked_until == WHEN_NONE)
		return put(word, STATE_WARNS, out);
	fmt_clock_short(written_local(model_written(model, site->blocked_log, site->blocked_until)), clock);
	snprintf(out, STATE_TEXT, "%s %s", word, clock);
	return STATE_WARNS;
}

static enum state_weight
queued_text(int64_t ahead, char out[STATE_TEXT])
{
	char count[FMT_TEXT];

	if (ahead < 0)
		return put(site_state_word(SITE_QUEUED), STATE_WARNS, out);
	fmt_count((uint64_t)ahead, count);
	if (ahead == 0)
		snprintf(out, STATE_TEXT, "%s, next", site_state_word(SITE_QUEUED));
	else
		snprintf(out, STATE_TEXT, "%s, %s ahead", site_state_word(SITE_QUEUED), count);
	return STATE_WARNS;
}

enum state_weight
site_state_text(const struct model *model, uint32_t i, int64_t now, char out[STATE_TEXT])
{
	size_t count;
	const struct site *site = &model_sites(model, &count)[i];
	enum site_state state = site_state(model, i, now);

	switch (state) {
	case SITE_BLOCKED: return blocked_text(model, site, out);
	case SITE_STALLED: return stalled_text(site_silence(model, i, now), out);
	case SITE_QUEUED: return queued_text(site_ahead(model, i), out);
	case SITE_OK: return put(site_state_word(state), site_slots(site) > 0 ? STATE_GOOD : STATE_PLAIN, out);
	default: return put(site_state_word(state), STATE_WARNS, out);
	}
}

enum state_weight
thread_state_text(const struct model *model, const struct package_thread *thread, int64_t now, char out[STATE_TEXT])
{
	const char *word = phase_word((enum phase)thread->phase);
	char silence[STATE_TEXT];

	if (thread_stalled(model, thread, now)) {
		stalled_text(thread_silence(thread, now), silence);
		snprintf(out, STATE_TEXT, "%.20s %s", silence, word);
		return STATE_BAD;
	}
	if (thread->bad || thread->error[0])
		return put(word, STATE_BAD, out);
	if (thread->waits_for_content)
		return put(word, STATE_WARNS, out);
	return put(word, thread->phase == PHASE_WAIT_DPS || thread->phase == PHASE_CONTENT ? STATE_PLAIN : STATE_GOOD,
	           out);
}

static enum state_weight
throttled_text(const struct transfer *transfer, char out[STATE_TEXT])
{
	if (transfer->limit_percent == 0)
		return put("throttled", STATE_WARNS, out);
	snprintf(out, STATE_TEXT, "throttled %u%%", (unsigned)transfer->limit_percent);
	return STATE_WARNS;
}

enum state_weight
transfer_state_text(const struct transfer *transfer, int64_t now, char out[STATE_TEXT])
{
	const char *word = transfer_state_word((enum transfer_state)transfer->state);

	if (transfer_stalled(transfer, now))
		return stalled_text(transfer_silence(transfer, now), out);
	switch ((enum transfer_state)transfer->state) {
	case TRANSFER_SENDING: return transfer->throttled ? throttled_text(transfer, out) : put(word, STATE_GOOD, out);
	case TRANSFER_WAITING: return transfer->throttled ? throttled_text(transfer, out) : put(word, STATE_PLAIN, out);
	case TRANSFER_RETRY: return put(word, STATE_WARNS, out);
	case TRANSFER_FAILED: return put(word, STATE_BAD, out);
	default: return put(word, STATE_PLAIN, out);
	}
}
