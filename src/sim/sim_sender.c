/*
 * The sender's main thread: while slots are free it finds send requests and
 * creates a sending thread for each.
 */
#include "sim/sim_parts.h"

static void
log_capacity(struct sim *sim)
{
	if (sim->options.all_sites_line)
		log_line(sim, &sim->sender, "Checking for sending capacity.  Used %u out of %u.~",
		         (unsigned)sim->truth.used, (unsigned)sim->all_sites);
}

static void
sleep_until_woken(struct sim *sim)
{
	sim->sender_awake = false;
}

void
sender_create(struct sim *sim, uint32_t unused, uint32_t serial)
{
	struct sending *sending;
	uint32_t request = sim->found;

	(void)unused;
	if (serial != sim->sender_serial)
		return;
	sim->found = NOBODY;
	sending = sending_free(sim);
	sending_begin(sim, sending, request);
	log_line(sim, &sim->sender, "~Created sending thread (Thread ID = %X)", (unsigned)sending->writer.thread);
	agenda_add(sim, some_ms(sim, 10, 250), TURN_SENDER_LOOK, 0, serial);
}

void
sender_check_site(struct sim *sim, uint32_t unused, uint32_t serial)
{
	struct destination *site;

	(void)unused;
	if (serial != sim->sender_serial)
		return;
	site = &sim->sites[sim->requests[sim->found].site];
	log_line(sim, &sim->sender, "Checking for site-specific sending capacity.  Used %u out of %u.~",
	         (unsigned)site->used, (unsigned)sim->options.per_site);
	if (site->used >= sim->options.per_site) {
		outbox_return(sim, sim->found);
		sim->found = NOBODY;
		agenda_add(sim, some_ms(sim, 10, 250), TURN_SENDER_LOOK, 0, serial);
		return;
	}
	agenda_add(sim, some_ms(sim, 0, 12), TURN_SENDER_CREATE, 0, serial);
}

void
sender_look(struct sim *sim, uint32_t unused, uint32_t serial)
{
	char id[9], job[16];

	(void)unused;
	if (serial != sim->sender_serial || sim->stopping)
		return;
	if (sim->truth.used >= sim->all_sites) {
		if (sim->now - sim->full_logged >= MINUTE)
			log_capacity(sim);
		sim->full_logged = sim->now;
		sleep_until_woken(sim);
		return;
	}
	sim->found = outbox_take(sim);
	if (sim->found == NOBODY) {
		sleep_until_woken(sim);
		return;
	}
	log_capacity(sim);
	request_text(&sim->requests[sim->found], id, job);
	log_line(sim, &sim->sender, "Found send request.  ID: %s, Dest Site: %s~", id,
	         sim->sites[sim->requests[sim->found].site].code);
	agenda_add(sim, some_ms(sim, 0, 6), TURN_SENDER_CHECK_SITE, 0, serial);
}

/* Looks now and then of its own accord: an address may have opened again. */
void
sender_look_again(struct sim *sim, uint32_t unused, uint32_t serial)
{
	(void)unused;
	if (serial != sim->sender_serial)
		return;
	sender_wake(sim, 0);
	agenda_add(sim, 30 * SECOND, TURN_SENDER_LOOK_AGAIN, 0, serial);
}

void
sender_begin(struct sim *sim)
{
	writer_begin(sim, &sim->sender, SIM_SENDER);
	sim->executive.log = SIM_SENDER;
	log_line(sim, &sim->executive, "SMS_EXECUTIVE started SMS_LAN_SENDER as thread ID %u (0x%X).",
	         (unsigned)sim->sender.thread, (unsigned)sim->sender.thread);
	log_line(sim, &sim->sender, "===========================================================");
	sim->sender_serial++; /* who woke the old one has no say any more */
	sim->found = NOBODY;
	sim->sender_awake = false;
	sim->stopping = false;
	agenda_add(sim, 2 * SECOND, TURN_SENDER_LOOK_AGAIN, 0, sim->sender_serial);
}

/* The threads fall silent; what they held is known to be free when the sender starts again. */
void
sender_start_again(struct sim *sim, uint32_t unused, uint32_t serial)
{
	uint32_t i;

	(void)unused;
	(void)serial;
	for (i = 0; i < sim->sending_used; i++)
		if (sim->sendings[i].open)
			sending_interrupt(sim, &sim->sendings[i]);
	if (sim->found != NOBODY)
		outbox_return(sim, sim->found);
	writer_end(sim, &sim->sender);
	sender_begin(sim);
}

void
sender_stop(struct sim *sim)
{
	uint32_t i;

	sim->executive.log = SIM_SENDER;
	log_line(sim, &sim->executive, "SMS_EXECUTIVE signalled SMS_LAN_SENDER to stop.");
	sim->sender_serial++;
	sim->stopping = true;
	for (i = 0; i < sim->sending_used; i++)
		sim->sendings[i].serial++;
	agenda_add(sim, some_ms(sim, 5 * SECOND, 25 * SECOND), TURN_SENDER_START, 0, 0);
}
