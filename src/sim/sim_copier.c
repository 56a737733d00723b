/*
 * A thread of the package transfer manager: brings the files of one job to a
 * distribution point, alone or with others, or tells a pull DP to fetch them.
 * From the last step to the first, as each names the one that follows.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

/* ---- a pull DP ---- */

static int64_t
notify(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	char name[80], when[64], what[80];

	dp_name(copy->dp, name);
	if (copy->reports > 0)
		return copier_finish(sim, c);
	if (copy->notified && !rng_once_in(&sim->rng, 4)) {
		if (!sim->options.odd_transfers || !rng_once_in(&sim->odd, 2) || !copy_report(sim, copy))
			return copier_finish(sim, c);
		/* This one says nothing more: a later job will report that all has arrived. */
		copy->state = SIM_TRANSFER_NOTIFIED;
		restart_text(sim, sim->now + WHEN_HOUR, when);
		log_line(sim, &c->writer, "~ PullDP notification sent. Attempted count = 2/30, Restart time = %s",
		         when);
		copy->restarts = true;
		return copier_leave(sim, c);
	}
	if (rng_once_in(&sim->rng, 12)) {
		log_line(sim, &c->writer, "PullDP %s has reached maximum capacity 50", name);
		return copier_defer(sim, c);
	}
	if (copy->fails) {
		log_line(sim, &c->writer,
		         "~Unable to find any source locations for one or more contents under package %s, for pull DP "
		         "%s."
		         " Notification not sent.",
		         copy_package(sim, c), dp_host(copy->dp));
		snprintf(what, sizeof what, "~ PullDP notification failed. Failure count = %u/30,",
		         (unsigned)copy->failures + 1);
		return copier_fail(sim, c, what);
	}
	log_line(sim, &c->writer, "Sending package info bundle %s to PullDP. %s", copy_package(sim, c), name);
	log_line(sim, &c->writer, "~Successfully performed WMI actions on pull DP %s.", dp_host(copy->dp));
	restart_text(sim, sim->now + WHEN_HOUR, when);
	log_line(sim, &c->writer, "~ PullDP notification sent. Attempted count = %u/30, Restart time = %s",
	         copy->notified ? 2u : 1u, when);
	copy->notified = copy->restarts = true;
	copy->state = SIM_TRANSFER_NOTIFIED;
	copy_again(sim, copy, some_ms(sim, MINUTE, 20 * MINUTE));
	return copier_leave(sim, c);
}

/* ---- the beginning ---- */

static int64_t
hand_back(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	log_line(sim, &c->writer,
	         "~Address to %s is currently under bandwidth control, therefore only one connection is allowed,"
	         " returning send request to the pool.",
	         dp_host(copy->dp));
	copy->throttled = true;
	copy->state = SIM_TRANSFER_WAITING;
	copy_again(sim, copy, some_ms(sim, 10 * SECOND, MINUTE));
	return copier_leave(sim, c);
}

static int64_t
send_content(struct sim *sim, struct copier *c)
{
	const struct copy *copy = copy_of(sim, c);

	if (c->leads) {
		log_sent_status(sim, c, 0);
		log_line(sim, &c->writer, "Performing preactions package %s, Distribution point %s",
		         copy_package(sim, c), dp_host(copy->dp));
	}
	log_line(sim, &c->writer, "Sending legacy content %s.%u for package %s", copy_package(sim, c),
	         (unsigned)copy->version, copy_package(sim, c));
	log_line(sim, &c->writer, "Redistribute=%u, Related=", copy->work == WORK_REFRESH ? 1u : 0u);
	return copier_next_file(sim, c);
}

static int64_t
start(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	bool pull = copy->dp == PULL_DP;

	log_line(sim, &c->writer,
	         "%sSending thread starting for Job: %llu, package: %s, Version: %u, Priority: %u, server: %s, "
	         "DPPriority: "
	         "200",
	         pull ? "Pull DP " : "", (unsigned long long)copy->job, copy_package(sim, c), (unsigned)copy->version,
	         copy->priority + 1u, dp_host(copy->dp));
	copy->tried = c->spoke = true;
	copy->throttled = copy->restarts = copy->limits = false;
	copy->percent = 0;
	copy->pauses_until = 0;
	if (c->leads) {
		copy->moved = false;
		copy->begun = sim->now;
		copy->state = SIM_TRANSFER_SENDING;
		copy->file = 0;
	}
	copy->threads++;
	c->next = pull ? notify : c->excess ? hand_back : send_content;
	return some_ms(sim, 20, 900);
}

void
copier_step(struct sim *sim, uint32_t which, uint32_t serial)
{
	struct copier *c = &sim->copiers[which];
	struct copy *copy = copy_of(sim, c);
	uint64_t lines = sim->lines;
	int64_t delay;

	if (!c->open || c->serial != serial)
		return;
	delay = c->next(sim, c);
	if (sim->lines != lines)
		copy->last_line = c->writer.last;
	if (delay >= 0)
		agenda_add(sim, delay, TURN_COPIER, which, serial);
}

/* There is one that is free. */
void
copier_begin(struct sim *sim, struct copy *copy, bool leads, bool excess)
{
	struct copier *c = sim->copiers;
	uint32_t serial;

	while (c->open)
		c++;
	serial = c->serial + 1;
	*c = (struct copier){ .open = true,
		              .leads = leads,
		              .excess = excess,
		              .serial = serial,
		              .copy = (uint32_t)(copy - sim->copies),
		              .next = start };
	c->breaks = sim->options.odd_transfers && !leads && rng_once_in(&sim->odd, 3);
	sim->copiers_used++;
	writer_begin(sim, &c->writer, SIM_PKGXFER);
	log_line(sim, &sim->pkgxfer, " ~Created sending thread (Thread ID = 0x%X)", (unsigned)c->writer.thread);
	agenda_add(sim, some_ms(sim, 5, 100), TURN_COPIER, (uint32_t)(c - sim->copiers), serial);
}

void
copier_stop(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	if (c->leads && !copy->over)
		copy_again(sim, copy, some_ms(sim, 30 * SECOND, 2 * MINUTE));
	copy->threads = copy->helpers = 0;
	if (copy->state == SIM_TRANSFER_SENDING)
		copy->state = SIM_TRANSFER_WAITING;
	copier_close(sim, c);
}
