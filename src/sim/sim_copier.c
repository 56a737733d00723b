/*
 * A thread of the package transfer manager: brings the files of one job to a
 * distribution point, alone or with others, or tells a pull DP to fetch them.
 * From the last step to the first, as each names the one that follows.
 */
#include <stdio.h>
#include <string.h>

#include "sim/sim_world.h"

static int64_t next_file(struct sim *sim, struct copier *c);
static int64_t write_block(struct sim *sim, struct copier *c);

static struct copy *
copy_of(struct sim *sim, const struct copier *c)
{
	return &sim->copies[c->copy];
}

static const char *
package_of(const struct sim *sim, const struct copier *c)
{
	return sim->packages[sim->copies[c->copy].package].id;
}

static void
say_sent_status(struct sim *sim, struct copier *c, unsigned status)
{
	const struct copy *copy = copy_of(sim, c);
	char name[80];

	dp_name(copy->dp, name);
	say(sim, &c->voice,
	    "Sent status to the distribution manager for pkg %s, version %u, status %u and distribution point %s~",
	    package_of(sim, c), (unsigned)copy->version, status, name);
}

/* ---- the end ---- */

static void
close_copier(struct sim *sim, struct copier *c)
{
	c->open = false;
	c->serial++;
	sim->copiers_used--;
	voice_end(sim, &c->voice);
}

/* Those who help say no more than this; the first one may be waiting for the last of them. */
static int64_t
leave(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	say(sim, &c->voice, copy->dp == PULL_DP ? "Pull DP Sending thread complete~" : "Sending thread complete~");
	copy->threads--;
	if (!c->leads)
		copy->helpers--;
	close_copier(sim, c);
	pkgxfer_wake(sim, some_ms(sim, 20, 500));
	return DONE;
}

/* A pull DP has fetched it: whoever was only notified of the same is done as well. */
static void
end_notified(struct sim *sim, const struct copy *done, int64_t at)
{
	uint32_t i;

	for (i = 0; i < COPIES; i++) {
		struct copy *copy = &sim->copies[i];

		if (copy == done || copy->job == 0 || copy->job > done->job || copy->state != SIM_TRANSFER_NOTIFIED
		    || copy->package != done->package || copy->version != done->version || copy->dp != done->dp)
			continue;
		copy->state = SIM_TRANSFER_DONE;
		copy->restarts = false;
		copy->heard = at;
		copy->over |= copy->job == done->reports;
	}
}

static int64_t
finish(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	say(sim, &c->voice, "~Finished sending SWD package %s version %u to distribution point %s", package_of(sim, c),
	    (unsigned)copy->version, dp_host(copy->dp));
	end_notified(sim, copy, c->voice.last);
	sim->transfers.done++;
	copy->restarts = false;
	say_status(sim, &c->voice, 8200, 'I', package_of(sim, c), dp_host(copy->dp), package_of(sim, c));
	say_sent_status(sim, c, 3);
	copy->state = SIM_TRANSFER_DONE;
	copy->over = true;
	return leave(sim, c);
}

/* After the third failure the distribution manager is told that it is for good. */
static int64_t
fail(struct sim *sim, struct copier *c, const char *what)
{
	struct copy *copy = copy_of(sim, c);
	int64_t retry = some_ms(sim, 2 * MINUTE, 30 * MINUTE);
	char when[64];

	copy->failures++;
	sim->transfers.failures++;
	copy->restarts = true;
	copy->fails = copy->doomed;
	restart_text(sim, sim->now + retry, when);
	say(sim, &c->voice, "%s Restart time = %s", what, when);
	copy->over = copy->doomed && copy->failures == 3;
	copy->state = copy->over ? SIM_TRANSFER_FAILED : SIM_TRANSFER_RETRY;
	say_sent_status(sim, c, copy->over ? 5 : 4);
	if (!copy->over)
		pkgxfer_again(sim, copy, retry);
	return leave(sim, c);
}

/* A pull DP that has no capacity is told later: nobody has failed. */
static int64_t
defer(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	int64_t retry = some_ms(sim, 2 * MINUTE, 30 * MINUTE);
	char when[64];

	restart_text(sim, sim->now + retry, when);
	say(sim, &c->voice, "~ PullDP has no capacity. Restart time = %s", when);
	say_status(sim, &c->voice, 8211, 'W', package_of(sim, c), dp_host(copy->dp), package_of(sim, c));
	copy->restarts = true;
	copy->state = SIM_TRANSFER_WAITING;
	pkgxfer_again(sim, copy, retry);
	return leave(sim, c);
}

/* One thread of several fails; the others go on. */
static int64_t
break_off(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	char when[64];

	copy->failures++;
	sim->transfers.failures++;
	copy->restarts = true;
	restart_text(sim, sim->now + 30 * MINUTE, when);
	say(sim, &c->voice, "~CSendFileAction::SendFiles failed; 0x80070020");
	say(sim, &c->voice, "~Sending failed. Failure count = %u, Restart time = %s", (unsigned)copy->failures, when);
	return leave(sim, c);
}

static int64_t
send_failed(struct sim *sim, struct copier *c)
{
	const struct copy *copy = copy_of(sim, c);
	char what[80];

	say(sim, &c->voice, "~ExecStaticMethod failed (80041001) SMS_DistributionPoint, AddFile");
	say(sim, &c->voice, "~CSendFileAction::AddFile failed; 0x80041001");
	say(sim, &c->voice, "~Deleting remote file \\\\%s\\SMS_DP$\\%s-%s.%u.temp", dp_host(copy->dp), c->hash,
	    package_of(sim, c), (unsigned)copy->version);
	snprintf(what, sizeof what, "~Sending failed. Failure count = %u,", (unsigned)copy->failures + 1);
	return fail(sim, c, what);
}

static int64_t
all_files_sent(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	if (!c->leads)
		return leave(sim, c);
	if (copy->helpers > 0) {
		c->next = all_files_sent;
		return some_ms(sim, 20, 200);
	}
	if (copy->fails)
		return send_failed(sim, c);
	say(sim, &c->voice, "Completed post-actions for remote DP %s", dp_host(copy->dp));
	say(sim, &c->voice, "~Sending completed successfully");
	return finish(sim, c);
}

/* ---- a file ---- */

static void
say_piece(struct sim *sim, struct copier *c, bool wrote)
{
	const struct copy *copy = copy_of(sim, c);
	char ticks[24] = "";

	if (wrote)
		snprintf(ticks, sizeof ticks, " in %u ticks", (unsigned)c->ticks);
	say(sim, &c->voice, "~%s %u bytes to \\\\%s\\SMS_DP$\\%s-%s.%u.temp at position %llu%s",
	    wrote ? "Wrote" : "Attempt to write", (unsigned)c->block, dp_host(copy->dp), c->hash, package_of(sim, c),
	    (unsigned)copy->version, (unsigned long long)c->position, ticks);
}

static void
say_added(struct sim *sim, struct copier *c)
{
	say(sim, &c->voice, "Adding Setup%u.cab file in %s.%u.", (unsigned)c->file, package_of(sim, c),
	    (unsigned)copy_of(sim, c)->version);
}

static int64_t
block_gone(struct sim *sim, struct copier *c)
{
	c->position += c->block;
	if (c->position < c->size)
		return write_block(sim, c);
	say(sim, &c->voice, "~Sending completed [E:\\SCCMContentLib\\FileLib\\%.4s\\%s]", c->hash, c->hash);
	say_added(sim, c);
	return next_file(sim, c);
}

static int64_t
wrote_block(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	say_piece(sim, c, true);
	copy->bytes += c->block;
	copy->moved = true;
	return block_gone(sim, c);
}

/* Under a rate limit blocks go without a word, and pauses with one. */
static int64_t
yield(struct sim *sim, struct copier *c)
{
	static const unsigned percents[] = { 10, 25, 1, 100, 0 };
	struct copy *copy = copy_of(sim, c);
	unsigned seconds = (unsigned)rng_between(&sim->odd, 1, 20);

	copy->percent = (uint8_t)percents[rng_between(&sim->odd, 0, 4)];
	copy->throttled = copy->moved = copy->limits = true;
	say(sim, &c->voice,
	    "Yield %u seconds due to bandwidth control, the current sending rate is %u percent,"
	    " the estimated bandwidth is 1048576 bytes per second",
	    seconds, (unsigned)copy->percent);
	copy->pauses_until = c->voice.last + seconds * SECOND;
	c->next = block_gone;
	return seconds * SECOND;
}

static int64_t
write_block(struct sim *sim, struct copier *c)
{
	c->block = c->size - c->position < BLOCK ? (uint32_t)(c->size - c->position) : BLOCK;
	if (sim->options.odd_transfers && copy_of(sim, c)->dp == NARROW_DP && !rng_once_in(&sim->odd, 3))
		return yield(sim, c);
	say_piece(sim, c, false);
	c->next = wrote_block;
	c->ticks = 1 + (uint32_t)rng_between(&sim->rng, c->block / 120000, c->block / 40000);
	if (copy_of(sim, c)->dp == NARROW_DP)
		c->ticks *= 6;
	if (sim->options.odd_transfers && rng_once_in(&sim->odd, 60)) /* it falls silent, and goes on after all */
		return c->ticks + (int64_t)rng_between(&sim->odd, 4 * MINUTE, 25 * MINUTE);
	return c->ticks;
}

/* The content library names a file by what is in it. */
static void
name_file(const struct sim *sim, struct copier *c)
{
	const struct copy *copy = &sim->copies[c->copy];
	struct rng content = { (uint64_t)copy->package * 100 + c->file };
	int i;

	for (i = 0; i < 4; i++)
		snprintf(c->hash + 16 * i, 17, "%016llX", (unsigned long long)rng_next(&content));
}

/* Most files stand on the distribution point already, as parts of something else. */
static bool
is_there(struct sim *sim, const struct copy *copy)
{
	return !rng_once_in(&sim->rng, copy->work == WORK_ADD && copy->files < 8 ? 4 : 24);
}

static int64_t
next_file(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	if (c->breaks && c->spoke && rng_once_in(&sim->odd, 2))
		return break_off(sim, c);
	if (copy->file >= copy->files)
		return all_files_sent(sim, c);
	c->file = copy->file++;
	name_file(sim, c);
	c->next = next_file;
	if (is_there(sim, copy)) {
		say_added(sim, c);
		return some_ms(sim, 20, 400);
	}
	c->size = sim->packages[copy->package].full / copy->files + 1;
	c->position = 0;
	say(sim, &c->voice, "Sending file '\\\\%s\\SMS_DP$\\%s-%s.%u.temp'", dp_host(copy->dp), c->hash,
	    package_of(sim, c), (unsigned)copy->version);
	say(sim, &c->voice, "~Sending Started [E:\\SCCMContentLib\\FileLib\\%.4s\\%s]", c->hash, c->hash);
	return write_block(sim, c);
}

/* ---- a pull DP ---- */

static int64_t
notify(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	char name[80], when[64], what[80];

	dp_name(copy->dp, name);
	if (copy->reports > 0)
		return finish(sim, c);
	if (copy->notified && !rng_once_in(&sim->rng, 4)) {
		if (!sim->options.odd_transfers || !rng_once_in(&sim->odd, 2) || !pkgxfer_report(sim, copy))
			return finish(sim, c);
		/* This one says nothing more: a later job will report that all has arrived. */
		copy->state = SIM_TRANSFER_NOTIFIED;
		restart_text(sim, sim->now + WHEN_HOUR, when);
		say(sim, &c->voice, "~ PullDP notification sent. Attempted count = 2/30, Restart time = %s", when);
		copy->restarts = true;
		return leave(sim, c);
	}
	if (rng_once_in(&sim->rng, 12)) {
		say(sim, &c->voice, "PullDP %s has reached maximum capacity 50", name);
		return defer(sim, c);
	}
	if (copy->fails) {
		say(sim, &c->voice,
		    "~Unable to find any source locations for one or more contents under package %s, for pull DP %s."
		    " Notification not sent.",
		    package_of(sim, c), dp_host(copy->dp));
		snprintf(what, sizeof what, "~ PullDP notification failed. Failure count = %u/30,",
		         (unsigned)copy->failures + 1);
		return fail(sim, c, what);
	}
	say(sim, &c->voice, "Sending package info bundle %s to PullDP. %s", package_of(sim, c), name);
	say(sim, &c->voice, "~Successfully performed WMI actions on pull DP %s.", dp_host(copy->dp));
	restart_text(sim, sim->now + WHEN_HOUR, when);
	say(sim, &c->voice, "~ PullDP notification sent. Attempted count = %u/30, Restart time = %s",
	    copy->notified ? 2u : 1u, when);
	copy->notified = copy->restarts = true;
	copy->state = SIM_TRANSFER_NOTIFIED;
	pkgxfer_again(sim, copy, some_ms(sim, MINUTE, 20 * MINUTE));
	return leave(sim, c);
}

/* ---- the beginning ---- */

static int64_t
hand_back(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	say(sim, &c->voice,
	    "~Address to %s is currently under bandwidth control, therefore only one connection is allowed,"
	    " returning send request to the pool.",
	    dp_host(copy->dp));
	copy->throttled = true;
	copy->state = SIM_TRANSFER_WAITING;
	pkgxfer_again(sim, copy, some_ms(sim, 10 * SECOND, MINUTE));
	return leave(sim, c);
}

static int64_t
send_content(struct sim *sim, struct copier *c)
{
	const struct copy *copy = copy_of(sim, c);

	if (c->leads) {
		say_sent_status(sim, c, 0);
		say(sim, &c->voice, "Performing preactions package %s, Distribution point %s", package_of(sim, c),
		    dp_host(copy->dp));
	}
	say(sim, &c->voice, "Sending legacy content %s.%u for package %s", package_of(sim, c), (unsigned)copy->version,
	    package_of(sim, c));
	say(sim, &c->voice, "Redistribute=%u, Related=", copy->work == WORK_REFRESH ? 1u : 0u);
	return next_file(sim, c);
}

static int64_t
start(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	bool pull = copy->dp == PULL_DP;

	say(sim, &c->voice,
	    "%sSending thread starting for Job: %llu, package: %s, Version: %u, Priority: %u, server: %s, DPPriority: "
	    "200",
	    pull ? "Pull DP " : "", (unsigned long long)copy->job, package_of(sim, c), (unsigned)copy->version,
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

static void
step(struct sim *sim, uint32_t which, uint32_t serial)
{
	struct copier *c = &sim->copiers[which];
	struct copy *copy = copy_of(sim, c);
	uint64_t said = sim->said;
	int64_t delay;

	if (!c->open || c->serial != serial)
		return;
	delay = c->next(sim, c);
	if (sim->said != said)
		copy->heard = c->voice.last;
	if (delay >= 0)
		agenda_add(sim, delay, step, which, serial);
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
	voice_begin(sim, &c->voice, SIM_PKGXFER);
	say(sim, &sim->pkgxfer, " ~Created sending thread (Thread ID = 0x%X)", (unsigned)c->voice.thread);
	agenda_add(sim, some_ms(sim, 5, 100), step, (uint32_t)(c - sim->copiers), serial);
}

void
copier_stop(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	if (c->leads && !copy->over)
		pkgxfer_again(sim, copy, some_ms(sim, 30 * SECOND, 2 * MINUTE));
	copy->threads = copy->helpers = 0;
	if (copy->state == SIM_TRANSFER_SENDING)
		copy->state = SIM_TRANSFER_WAITING;
	close_copier(sim, c);
}
