/*
 * How a thread of the package transfer manager ends, and what becomes of its job.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

struct copy *
copy_of(struct sim *sim, const struct copier *c)
{
	return &sim->copies[c->copy];
}

const char *
copy_package(const struct sim *sim, const struct copier *c)
{
	return sim->packages[sim->copies[c->copy].package].id;
}

void
log_sent_status(struct sim *sim, struct copier *c, unsigned status)
{
	const struct copy *copy = copy_of(sim, c);
	char name[80];

	dp_name(copy->dp, name);
	log_line(sim, &c->writer,
	         "Sent status to the distribution manager for pkg %s, version %u, status %u and distribution point %s~",
	         copy_package(sim, c), (unsigned)copy->version, status, name);
}

/* ---- the end ---- */

void
copier_close(struct sim *sim, struct copier *c)
{
	c->open = false;
	c->serial++;
	sim->copiers_used--;
	writer_end(sim, &c->writer);
}

/* Those who help say no more than this; the first one may be waiting for the last of them. */
int64_t
copier_leave(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	log_line(sim, &c->writer,
	         copy->dp == PULL_DP ? "Pull DP Sending thread complete~" : "Sending thread complete~");
	copy->threads--;
	if (!c->leads)
		copy->helpers--;
	copier_close(sim, c);
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
		copy->last_line = at;
		copy->over |= copy->job == done->reports;
	}
}

int64_t
copier_finish(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	log_line(sim, &c->writer, "~Finished sending SWD package %s version %u to distribution point %s",
	         copy_package(sim, c), (unsigned)copy->version, dp_host(copy->dp));
	end_notified(sim, copy, c->writer.last);
	sim->transfers.done++;
	copy->restarts = false;
	log_status(sim, &c->writer, 8200, 'I', copy_package(sim, c), dp_host(copy->dp), copy_package(sim, c));
	log_sent_status(sim, c, 3);
	copy->state = SIM_TRANSFER_DONE;
	copy->over = true;
	return copier_leave(sim, c);
}

/* After the third failure the distribution manager is told that it is for good. */
int64_t
copier_fail(struct sim *sim, struct copier *c, const char *what)
{
	struct copy *copy = copy_of(sim, c);
	int64_t retry = some_ms(sim, 2 * MINUTE, 30 * MINUTE);
	char when[64];

	copy->failures++;
	sim->transfers.failures++;
	copy->restarts = true;
	copy->fails = copy->doomed;
	restart_text(sim, sim->now + retry, when);
	log_line(sim, &c->writer, "%s Restart time = %s", what, when);
	copy->over = copy->doomed && copy->failures == 3;
	copy->state = copy->over ? SIM_TRANSFER_FAILED : SIM_TRANSFER_RETRY;
	log_sent_status(sim, c, copy->over ? 5 : 4);
	if (!copy->over)
		copy_again(sim, copy, retry);
	return copier_leave(sim, c);
}

/* A pull DP that has no capacity is told later: nobody has failed. */
int64_t
copier_defer(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	int64_t retry = some_ms(sim, 2 * MINUTE, 30 * MINUTE);
	char when[64];

	restart_text(sim, sim->now + retry, when);
	log_line(sim, &c->writer, "~ PullDP has no capacity. Restart time = %s", when);
	log_status(sim, &c->writer, 8211, 'W', copy_package(sim, c), dp_host(copy->dp), copy_package(sim, c));
	copy->restarts = true;
	copy->state = SIM_TRANSFER_WAITING;
	copy_again(sim, copy, retry);
	return copier_leave(sim, c);
}

/* One thread of several fails; the others go on. */
int64_t
copier_break_off(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);
	char when[64];

	copy->failures++;
	sim->transfers.failures++;
	copy->restarts = true;
	restart_text(sim, sim->now + 30 * MINUTE, when);
	log_line(sim, &c->writer, "~CSendFileAction::SendFiles failed; 0x80070020");
	log_line(sim, &c->writer, "~Sending failed. Failure count = %u, Restart time = %s", (unsigned)copy->failures,
	         when);
	return copier_leave(sim, c);
}

int64_t
copier_send_failed(struct sim *sim, struct copier *c)
{
	const struct copy *copy = copy_of(sim, c);
	char what[80];

	log_line(sim, &c->writer, "~ExecStaticMethod failed (80041001) SMS_DistributionPoint, AddFile");
	log_line(sim, &c->writer, "~CSendFileAction::AddFile failed; 0x80041001");
	log_line(sim, &c->writer, "~Deleting remote file \\\\%s\\SMS_DP$\\%s-%s.%u.temp", dp_host(copy->dp), c->hash,
	         copy_package(sim, c), (unsigned)copy->version);
	snprintf(what, sizeof what, "~Sending failed. Failure count = %u,", (unsigned)copy->failures + 1);
	return copier_fail(sim, c, what);
}
