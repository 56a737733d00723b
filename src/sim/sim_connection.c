/*
 * A sending thread's beginning: it gets its request and connects, and then has its
 * files to send.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

static int64_t try_address(struct sim *sim, struct sending *s);

/* ---- the connection ---- */

static int64_t
connected(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~Passed the xmit file test, use the existing connection");
	s->next = transfer_begin;
	return some_ms(sim, 0, 15);
}

static int64_t
could_not_connect(struct sim *sim, struct sending *s, int64_t retry)
{
	log_line(sim, &s->writer, "~Could not establish connection.");
	log_line(sim, &s->writer, "~Attempt to connect failed.");
	log_line(sim, &s->writer, "~There is no existing connection, Win32 error = 0");
	log_line(sim, &s->writer, "~No need to disconnect");
	return sending_failed(sim, s, retry);
}

static int64_t
unreachable(struct sim *sim, struct sending *s)
{
	struct destination *site = sending_site(sim, s);
	unsigned error = rng_once_in(&sim->rng, 3) ? 67 : 53;

	log_line(sim, &s->writer, "~Error during WNetAddConnection2 to \\\\%sSITE.CONTOSO.COM\\SMS_SITE (%u).",
	         site->code, error);
	log_line(sim, &s->writer, "~There is no existing connection, Win32 error = %u", error);
	log_line(sim, &s->writer, "~Operation is retryable.");
	log_line(sim, &s->writer,
	         "~Cannot connect to server \\\\%sSITE.CONTOSO.COM at remote site %s, won't try send requests"
	         " going to site %s for an hour or until there are no active send requests.",
	         site->code, site->code, site->code);
	site->blocked_until = sim->now + WHEN_HOUR;
	return could_not_connect(sim, s, WHEN_HOUR - some_ms(sim, 0, 20 * MINUTE));
}

/* Most often the second try gets through. */
static int64_t
no_answer(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~Error during WNetAddConnection2 to \\\\%sSITE.CONTOSO.COM\\SMS_SITE (%u).",
	         sending_site(sim, s)->code, rng_once_in(&sim->rng, 2) ? 64u : 121u);
	log_line(sim, &s->writer, "~There is no existing connection, Win32 error = 0");
	log_line(sim, &s->writer, "~Operation is retryable.");
	if (rng_once_in(&sim->rng, 3))
		return could_not_connect(sim, s, some_ms(sim, 2 * MINUTE, 10 * MINUTE));
	s->next = try_address;
	return MINUTE;
}

/* The address takes one connection, and another thread has it: that was no try. */
static int64_t
hand_back(struct sim *sim, struct sending *s)
{
	uint32_t request = s->request, i;

	log_line(sim, &s->writer,
	         "~Address to %sSITE.CONTOSO.COM is currently under bandwidth control, therefore only one"
	         " connection is allowed, returning send request to the pool.",
	         sending_site(sim, s)->code);
	for (i = 0; i < sim->sending_used; i++)
		if (sim->sendings[i].open && sending_site(sim, &sim->sendings[i]) == sending_site(sim, s))
			sim->sendings[i].throttled = true;
	sending_end(sim, s, true);
	outbox_later(sim, request, some_ms(sim, 10 * SECOND, MINUTE));
	return DONE;
}

static int64_t
try_address(struct sim *sim, struct sending *s)
{
	const struct destination *site = sending_site(sim, s);

	s->state = SIM_CONNECTING;
	log_line(sim, &s->writer, "~Trying the No. 1 address (out of 1)");
	if (site->dead) {
		s->next = unreachable;
		return some_ms(sim, 21 * SECOND, 64 * SECOND);
	}
	if (s->excess) {
		s->next = hand_back;
		return some_ms(sim, 10, 200);
	}
	if (rng_once_in(&sim->rng, 80)) {
		s->next = no_answer;
		return some_ms(sim, 3 * SECOND, 21 * SECOND);
	}
	s->next = connected;
	return some_ms(sim, 20, 400);
}

/* ---- the beginning ---- */

void
sending_step(struct sim *sim, uint32_t which, uint32_t serial)
{
	struct sending *s = &sim->sendings[which];
	int64_t delay;

	if (!s->open || s->serial != serial)
		return;
	delay = s->next(sim, s);
	if (delay >= 0)
		agenda_add(sim, delay, TURN_SENDING, which, serial);
}

static void
choose_fate(struct sim *sim, struct sending *s)
{
	const struct request *request = sending_request(sim, s);
	uint64_t fate = rng_between(&sim->rng, 0, 999);

	s->fails = fate < 5    ? FAIL_OPEN
	           : fate < 20 ? FAIL_BROKEN
	           : fate < 32 ? FAIL_HEARTBEAT
	           : fate < 36 ? FAIL_RENAME
	           : fate < 56 ? FAIL_HICCUP
	                       : FAIL_NEVER;
	s->fails_at = rng_between(&sim->rng, request->position, request->size);
	s->burst = (uint32_t)rng_between(&sim->rng, 6, 14);
}

static void
name_files(struct sim *sim, struct sending *s)
{
	const struct request *request = sending_request(sim, s);
	const struct sim_package *pkg = sending_package(sim, s);
	char id[9], job[16];

	request_text(request, id, job);
	snprintf(s->remote, sizeof s->remote, "\\\\%sSITE.CONTOSO.COM\\SMS_SITE\\%s", sending_site(sim, s)->code, id);
	snprintf(s->order, sizeof s->order, "E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\%.8s.I%.2s", job, job + 9);
	if (!pkg)
		snprintf(s->file, sizeof s->file, "E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\%.8s.P%.2s", job,
		         job + 9);
	else
		request_file(sim, request, s->file);
}

void
sending_begin(struct sim *sim, struct sending *s, uint32_t request)
{
	struct destination *site = &sim->sites[sim->requests[request].site];
	uint32_t serial = s->serial + 1;

	*s = (struct sending){ .open = true, .serial = serial, .request = request, .next = try_address };
	s->excess = site->throttled && site->used > 0;
	writer_begin(sim, &s->writer, SIM_SENDER);
	name_files(sim, s);
	choose_fate(sim, s);
	list_take(sim, request);
	sim->requests[request].carried = true;
	sim->requests[request].begun = sim->now;
	site->used++;
	site->unnamed++;
	sim->truth.used++;
	sim->truth.running++;
	agenda_add(sim, some_ms(sim, 3, 60), TURN_SENDING, (uint32_t)(s - sim->sendings), serial);
}
