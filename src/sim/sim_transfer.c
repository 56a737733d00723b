/*
 * What a connected sending thread does: it says what it sends, writes the package
 * file block by block, then the instruction file, and renames that as the last
 * thing. From the last step to the first, as each names the one that follows.
 */
#include "sim/sim_parts.h"

static int64_t write_block(struct sim *sim, struct sending *s);
static int64_t wrote_block(struct sim *sim, struct sending *s);

/* ---- the instruction file, and the end ---- */

static int64_t
rename_remote(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~Rename completed [%s.TMP]", s->remote);
	return sending_done(sim, s);
}

static int64_t
wrote_instruction(struct sim *sim, struct sending *s)
{
	const struct sim_package *pkg = sending_package(sim, s);

	log_line(sim, &s->writer, "~Wrote %u bytes to %s.TMP at position 0", INSTRUCTION, s->remote);
	log_line(sim, &s->writer, "~Sending completed [%s]", s->order);
	if (pkg)
		log_line(sim, &s->writer, "~Finished sending SWD package %s version %u to site %s", pkg->id,
		         (unsigned)sending_request(sim, s)->version, sending_site(sim, s)->code);
	log_line(sim, &s->writer, "~Renaming remote file %s.TMP to %s.SNI", s->remote, s->remote);
	if (s->fails == FAIL_RENAME) {
		log_line(sim, &s->writer, "~There is no existing connection, Win32 error = 64");
		log_line(sim, &s->writer, "~Can't re-establish the connection.");
		return sending_failed(sim, s, some_ms(sim, 5 * MINUTE, 15 * MINUTE));
	}
	s->next = rename_remote;
	return some_ms(sim, 10, 90);
}

static int64_t
write_instruction(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~Created/opened the remote file %s.TMP", s->remote);
	log_line(sim, &s->writer, "~Sending Started [%s]", s->order);
	log_line(sim, &s->writer, "~Attempt to write %u bytes to %s.TMP at position 0", INSTRUCTION, s->remote);
	s->next = wrote_instruction;
	return some_ms(sim, 10, 120);
}

static int64_t
file_sent(struct sim *sim, struct sending *s)
{
	const struct sim_package *pkg = sending_package(sim, s);

	sending_stops_writing(sim, s);
	s->state = SIM_FINISHING;
	log_line(sim, &s->writer, "~Sending completed [%s]", s->file);
	if (pkg)
		log_line(sim, &s->writer, "~Finished sending SWD package %s version %u to site %s", pkg->id,
		         (unsigned)sending_request(sim, s)->version, sending_site(sim, s)->code);
	log_line(sim, &s->writer, "~Attempt to create/open the remote file %s.TMP", s->remote);
	s->next = write_instruction;
	return some_ms(sim, 10, 150);
}

/* ---- the package file ---- */

static int64_t
give_up(struct sim *sim, struct sending *s)
{
	if (s->fails == FAIL_HEARTBEAT)
		log_line(sim, &s->writer, "~Heartbeat is expired.");
	else
		log_line(sim, &s->writer, "~There is no existing connection, Win32 error = 64");
	log_line(sim, &s->writer, "~Can't re-establish the connection.");
	return sending_failed(sim, s, some_ms(sim, 3 * MINUTE, 15 * MINUTE));
}

/* The connection broke, and is there again: the same block once more. */
static int64_t
recover(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~There is no existing connection, Win32 error = 64");
	log_line(sim, &s->writer, "~Operation is retryable.");
	s->fails = FAIL_NEVER;
	s->next = write_block;
	return some_ms(sim, 5 * SECOND, 20 * SECOND);
}

static int64_t
trouble(struct sim *sim, struct sending *s)
{
	s->next = s->fails == FAIL_HICCUP ? recover : give_up;
	if (s->fails == FAIL_HEARTBEAT) {
		sending_stops_writing(sim, s);
		return 5 * MINUTE + some_ms(sim, 0, MINUTE);
	}
	return some_ms(sim, 5 * SECOND, 40 * SECOND);
}

/* Whatever is narrowest rules: one connection, the site's link or the server's line. */
static int64_t
time_of_block(struct sim *sim, const struct sending *s)
{
	const struct destination *site = sending_site(sim, s);
	uint64_t speed = site->speed, line = sim->options.line / sim->writing;

	if (speed > site->link / site->writing)
		speed = site->link / site->writing;
	sim->truth.blocks++;
	sim->truth.blocks_by_line += speed > line;
	if (speed > line)
		speed = line > 0 ? line : 1;
	speed = speed * rng_between(&sim->rng, 70, 130) / 100;
	return (int64_t)((uint64_t)s->block * 1000 / speed) + 1;
}

/* An address under a rate limit sends a few blocks at full speed, then waits for its next turn. */
static bool
pauses(struct sim *sim, struct sending *s)
{
	if (!sending_site(sim, s)->throttled || s->burst-- > 0)
		return false;
	s->burst = (uint32_t)rng_between(&sim->rng, 6, 14);
	return true;
}

static int64_t
write_block(struct sim *sim, struct sending *s)
{
	const struct request *request = sending_request(sim, s);
	uint64_t left = request->size - request->position;

	if (left == 0)
		return file_sent(sim, s);
	s->block = request->position == 0 ? FIRST : BLOCK;
	if (s->block > left)
		s->block = (uint32_t)left;
	log_block(sim, s, "~Attempt to write ", request->position);
	if (s->fails >= FAIL_BROKEN && s->fails != FAIL_RENAME && request->position >= s->fails_at)
		return trouble(sim, s);
	s->next = wrote_block;
	return time_of_block(sim, s);
}

static int64_t
wrote_block(struct sim *sim, struct sending *s)
{
	struct request *request = sending_request(sim, s);

	log_block(sim, s, "~Wrote ", request->position);
	request->position += s->block;
	s->wrote = true;
	if (request->package != NOBODY) {
		sim->truth.bytes += s->block;
		sending_site(sim, s)->bytes += s->block;
	}
	if (!pauses(sim, s))
		return write_block(sim, s);
	s->next = write_block;
	return some_ms(sim, 12 * SECOND, 30 * SECOND);
}

static int64_t
opened(struct sim *sim, struct sending *s)
{
	if (s->fails == FAIL_OPEN) {
		log_line(sim, &s->writer, "~Cannot create/open the remote file %s.PCK, Win32 error = 32.", s->remote);
		return sending_failed(sim, s, some_ms(sim, 2 * MINUTE, 10 * MINUTE));
	}
	log_line(sim, &s->writer, "~Created/opened the remote file %s.PCK", s->remote);
	log_line(sim, &s->writer, "~Sending Started [%s]", s->file);
	sending_writes(sim, s);
	return write_block(sim, s);
}

static int64_t
look_for_remote(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~Checking for remote file %s.PCK", s->remote);
	log_line(sim, &s->writer, "~Checking for remote file %s.SNI", s->remote);
	log_line(sim, &s->writer, "~Checking for remote file %s.TMP", s->remote);
	log_line(sim, &s->writer, "~Attempt to create/open the remote file %s.PCK", s->remote);
	s->next = opened;
	return some_ms(sim, 20, 300);
}

int64_t
transfer_begin(struct sim *sim, struct sending *s)
{
	log_line(sim, &s->writer, "~Package file = %s", s->file);
	sending_named(sim, s);
	log_line(sim, &s->writer, "~Instruction file = %s", s->order);
	s->next = look_for_remote;
	return some_ms(sim, 5, 80);
}
