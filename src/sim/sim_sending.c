/*
 * Sending threads: what becomes true when one tells its package, writes or ends.
 */
#include "sim/sim_parts.h"

struct request *
sending_request(struct sim *sim, const struct sending *s)
{
	return &sim->requests[s->request];
}

struct destination *
sending_site(struct sim *sim, const struct sending *s)
{
	return &sim->sites[sending_request(sim, s)->site];
}

struct sim_package *
sending_package(struct sim *sim, const struct sending *s)
{
	uint32_t package = sending_request(sim, s)->package;

	return package == NOBODY ? NULL : &sim->packages[package];
}

/* ---- what is true ---- */

void
sending_writes(struct sim *sim, struct sending *s)
{
	s->state = SIM_SENDING;
	s->writing = true;
	sim->writing++;
	sending_site(sim, s)->writing++;
}

void
sending_stops_writing(struct sim *sim, struct sending *s)
{
	if (!s->writing)
		return;
	s->writing = false;
	sim->writing--;
	sending_site(sim, s)->writing--;
}

/* From here on a reader knows what the thread carries. */
void
sending_named(struct sim *sim, struct sending *s)
{
	struct sim_package *pkg = sending_package(sim, s);

	s->named = true;
	sending_site(sim, s)->unnamed--;
	if (!pkg) {
		sim->truth.running--;
		return;
	}
	sending_site(sim, s)->due--;
	pkg->waiting--;
	pkg->running++;
}

/* The slot is free. What the thread carried is gone, or waits again. */
void
sending_end(struct sim *sim, struct sending *s, bool waits_again)
{
	struct destination *site = sending_site(sim, s);
	struct sim_package *pkg = sending_package(sim, s);

	sending_stops_writing(sim, s);
	site->used--;
	sim->truth.used--;
	if (!s->named) {
		site->unnamed--;
		sim->truth.running--;
	} else if (pkg) {
		sim->truth.running--;
		pkg->running--;
		if (waits_again) {
			pkg->waiting++;
			site->due++;
		}
	}
	sending_request(sim, s)->carried = false;
	sending_request(sim, s)->ended = sim->now;
	if (waits_again)
		list_add(sim, s->request);
	s->open = false;
	s->serial++;
	writer_end(sim, &s->writer);
	sender_wake(sim, some_ms(sim, 100, 2000));
}

int64_t
sending_failed(struct sim *sim, struct sending *s, int64_t retry)
{
	struct sim_package *pkg = sending_package(sim, s);
	uint32_t request = s->request;

	log_restart_time(sim, &s->writer, sim->now + retry);
	if (!s->named || pkg) {
		sim->truth.failed++;
		sending_site(sim, s)->failed++;
		if (s->named)
			pkg->failed++;
	}
	sending_end(sim, s, true);
	sim->requests[request].attempt++;
	sim->requests[request].retry = sim->now + retry;
	outbox_later(sim, request, retry + some_ms(sim, 0, 5000));
	return DONE;
}

int64_t
sending_done(struct sim *sim, struct sending *s)
{
	struct sim_package *pkg = sending_package(sim, s);
	uint32_t request = s->request;

	log_line(sim, &s->writer, "~Sending completed successfully");
	if (pkg) {
		sim->truth.done++;
		sending_site(sim, s)->done++;
		pkg->done++;
	}
	sending_end(sim, s, false);
	scheduler_notice(sim, request);
	return DONE;
}

void
sending_interrupt(struct sim *sim, struct sending *s)
{
	uint32_t request = s->request;

	sending_end(sim, s, true);
	sim->requests[request].attempt++;
	outbox_later(sim, request, some_ms(sim, 20 * SECOND, 3 * MINUTE));
}

/* There are as many as the highest limit takes. */
struct sending *
sending_free(struct sim *sim)
{
	uint32_t i;

	for (i = 0; i < sim->sending_used; i++)
		if (!sim->sendings[i].open)
			return &sim->sendings[i];
	return &sim->sendings[sim->sending_used++];
}
