/*
 * A thread of the package transfer manager brings files to a distribution point, one
 * after the other, block by block. From the last step to the first, as each names the
 * one that follows.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

static int64_t write_block(struct sim *sim, struct copier *c);

static int64_t
all_files_sent(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	if (!c->leads)
		return copier_leave(sim, c);
	if (copy->helpers > 0) {
		c->next = all_files_sent;
		return some_ms(sim, 20, 200);
	}
	if (copy->fails)
		return copier_send_failed(sim, c);
	log_line(sim, &c->writer, "Completed post-actions for remote DP %s", dp_host(copy->dp));
	log_line(sim, &c->writer, "~Sending completed successfully");
	return copier_finish(sim, c);
}

/* ---- a file ---- */

static void
log_piece(struct sim *sim, struct copier *c, bool wrote)
{
	const struct copy *copy = copy_of(sim, c);
	char ticks[24] = "";

	if (wrote)
		snprintf(ticks, sizeof ticks, " in %u ticks", (unsigned)c->ticks);
	log_line(sim, &c->writer, "~%s %u bytes to \\\\%s\\SMS_DP$\\%s-%s.%u.temp at position %llu%s",
	         wrote ? "Wrote" : "Attempt to write", (unsigned)c->block, dp_host(copy->dp), c->hash,
	         copy_package(sim, c), (unsigned)copy->version, (unsigned long long)c->position, ticks);
}

static void
log_added(struct sim *sim, struct copier *c)
{
	log_line(sim, &c->writer, "Adding Setup%u.cab file in %s.%u.", (unsigned)c->file, copy_package(sim, c),
	         (unsigned)copy_of(sim, c)->version);
}

static int64_t
block_gone(struct sim *sim, struct copier *c)
{
	c->position += c->block;
	if (c->position < c->size)
		return write_block(sim, c);
	log_line(sim, &c->writer, "~Sending completed [E:\\SCCMContentLib\\FileLib\\%.4s\\%s]", c->hash, c->hash);
	log_added(sim, c);
	return copier_next_file(sim, c);
}

static int64_t
wrote_block(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	log_piece(sim, c, true);
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
	log_line(sim, &c->writer,
	         "Yield %u seconds due to bandwidth control, the current sending rate is %u percent,"
	         " the estimated bandwidth is 1048576 bytes per second",
	         seconds, (unsigned)copy->percent);
	copy->pauses_until = c->writer.last + seconds * SECOND;
	c->next = block_gone;
	return seconds * SECOND;
}

static int64_t
write_block(struct sim *sim, struct copier *c)
{
	c->block = c->size - c->position < BLOCK ? (uint32_t)(c->size - c->position) : BLOCK;
	if (sim->options.odd_transfers && copy_of(sim, c)->dp == NARROW_DP && !rng_once_in(&sim->odd, 3))
		return yield(sim, c);
	log_piece(sim, c, false);
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

int64_t
copier_next_file(struct sim *sim, struct copier *c)
{
	struct copy *copy = copy_of(sim, c);

	if (c->breaks && c->spoke && rng_once_in(&sim->odd, 2))
		return copier_break_off(sim, c);
	if (copy->file >= copy->files)
		return all_files_sent(sim, c);
	c->file = copy->file++;
	name_file(sim, c);
	c->next = copier_next_file;
	if (is_there(sim, copy)) {
		log_added(sim, c);
		return some_ms(sim, 20, 400);
	}
	c->size = sim->packages[copy->package].full / copy->files + 1;
	c->position = 0;
	log_line(sim, &c->writer, "Sending file '\\\\%s\\SMS_DP$\\%s-%s.%u.temp'", dp_host(copy->dp), c->hash,
	         copy_package(sim, c), (unsigned)copy->version);
	log_line(sim, &c->writer, "~Sending Started [E:\\SCCMContentLib\\FileLib\\%.4s\\%s]", c->hash, c->hash);
	return write_block(sim, c);
}
