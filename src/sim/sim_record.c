/*
 * How the current product writes a record: the message, two blanks, the
 * component, local time with the bias of Windows, the thread in decimal and hex:
 *
 *	~Sending completed successfully  $$<SMS_LAN_SENDER><07-30-2026 12:03:00.000+240><thread=4432 (0x1150)>
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/sim_parts.h"

/* clang-format off */
static const char *const components[SIM_LOG_COUNT] = {
	[SIM_SENDER]  = "SMS_LAN_SENDER",
	[SIM_DISTMGR] = "SMS_DISTRIBUTION_MANAGER",
	[SIM_SCHED]   = "SMS_SCHEDULER",
	[SIM_PKGXFER] = "SMS_PACKAGE_TRANSFER_MANAGER",
};
/* clang-format on */

static bool
in_use(const struct sim *sim, uint32_t thread)
{
	uint32_t i;

	if (thread == sim->executive.thread || thread == sim->sender.thread || thread == sim->distmgr.thread
	    || thread == sim->scheduler.thread || thread == sim->pkgxfer.thread || thread == sim->replicator.thread)
		return true;
	for (i = 0; i < sim->sending_used; i++)
		if (sim->sendings[i].writer.thread == thread)
			return true;
	for (i = 0; i < sim->options.package_threads; i++)
		if (sim->processings[i].writer.thread == thread)
			return true;
	for (i = 0; i < sim->dp_most; i++)
		if (sim->dps[i].writer.thread == thread)
			return true;
	for (i = 0; i < sim->copier_most; i++)
		if (sim->copiers[i].writer.thread == thread)
			return true;
	return false;
}

/* Windows gives multiples of four, and soon gives those again that became free. */
static uint32_t
thread_id(struct sim *sim, enum sim_log log)
{
	uint32_t id;

	if (log == SIM_DISTMGR && sim->distmgr_freed && odd_package(sim, 2)) {
		id = sim->distmgr_freed;
		sim->distmgr_freed = 0;
		if (!in_use(sim, id))
			return id;
	}
	if (sim->recent_count == 16 && rng_once_in(&sim->rng, 2)) {
		id = sim->recent[0];
		sim->recent_count--;
		memmove(sim->recent, sim->recent + 1, sim->recent_count * sizeof *sim->recent);
		if (!in_use(sim, id))
			return id;
	}
	do
		id = 4 * (uint32_t)rng_between(&sim->rng, 120, 7000);
	while (in_use(sim, id));
	return id;
}

void
writer_begin(struct sim *sim, struct writer *writer, enum sim_log log)
{
	writer->log = log;
	writer->thread = thread_id(sim, log);
	writer->last = sim->now;
	writer->end_size = (uint8_t)snprintf(writer->end, sizeof writer->end, "><thread=%u (0x%X)>\r\n",
	                                     (unsigned)writer->thread, (unsigned)writer->thread);
}

void
writer_end(struct sim *sim, struct writer *writer)
{
	if (writer->log == SIM_DISTMGR)
		sim->distmgr_freed = writer->thread;
	if (sim->recent_count < 16)
		sim->recent[sim->recent_count++] = writer->thread;
	writer->thread = 0;
}

/* "07-30-2026 12:03:00.000+240", NUL-terminated nowhere. Days and minutes change seldom. */
static size_t
put_time(struct sim *sim, char *out, int64_t at)
{
	int64_t local = at - sim->options.bias * MINUTE;
	int64_t minute = local / MINUTE;
	int milli = (int)(local - minute * MINUTE);
	size_t size;

	if (minute != sim->stamped) {
		struct civil c = when_civil(local);

		snprintf(sim->stamp, sizeof sim->stamp, "%02u-%02u-%04u %02u:%02u:", (unsigned)c.month % 100,
		         (unsigned)c.day % 100, (unsigned)c.year % 10000, (unsigned)c.hour % 100,
		         (unsigned)c.minute % 100);
		sim->stamped = minute;
	}
	memcpy(out, sim->stamp, 17);
	out[17] = (char)('0' + milli / 10000);
	out[18] = (char)('0' + milli / 1000 % 10);
	out[19] = '.';
	out[20] = (char)('0' + milli / 100 % 10);
	out[21] = (char)('0' + milli / 10 % 10);
	out[22] = (char)('0' + milli % 10);
	size = strlen(sim->bias);
	memcpy(out + 23, sim->bias, size);
	return 23 + size;
}

/*
 * Threads take the time before they write, so now and then a line stands after
 * another thread's later one; its own lines stay in order.
 */
static int64_t
stamp_of(struct sim *sim, struct writer *writer)
{
	int64_t at = sim->now;

	if (rng_once_in(&sim->rng, 48))
		at -= some_ms(sim, 1, 16);
	if (at < writer->last)
		at = writer->last;
	writer->last = at;
	return at;
}

/* Ends the line in sim->line after `size` bytes of message and sends it off. */
static void
finish(struct sim *sim, struct writer *writer, size_t size)
{
	char *out = sim->line + size;
	const char *component = components[writer->log];
	size_t length = strlen(component);

	sim->lines++;
	memcpy(out, "  $$<", 5);
	memcpy(out + 5, component, length);
	out += 5 + length;
	memcpy(out, "><", 2);
	out += 2 + put_time(sim, out + 2, stamp_of(sim, writer));
	memcpy(out, writer->end, writer->end_size);
	out += writer->end_size;
	if (sim->sink)
		sim->sink->put(sim->sink->payload, writer->log, sim->now, sim->line, (size_t)(out - sim->line));
}

#define MESSAGE_MOST 880 /* leaves room for the frame */

void
log_line(struct sim *sim, struct writer *writer, const char *format, ...)
{
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(sim->line, MESSAGE_MOST, format, arguments);
	va_end(arguments);
	if (size < 0)
		return;
	finish(sim, writer, size < MESSAGE_MOST ? (size_t)size : MESSAGE_MOST - 1);
}

static char *
put_text(char *out, const char *text)
{
	size_t size = strlen(text);

	memcpy(out, text, size);
	return out + size;
}

static char *
put_number(char *out, uint64_t n)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	memcpy(out, digits + at, sizeof digits - at);
	return out + (sizeof digits - at);
}

/* Nine lines of ten are these two, so they do without a format. */
void
log_block(struct sim *sim, struct sending *sending, const char *verb, uint64_t position)
{
	char *out = sim->line;

	out = put_text(out, verb);
	out = put_number(out, sending->block);
	out = put_text(out, " bytes to ");
	out = put_text(out, sending->remote);
	out = put_text(out, ".PCK at position ");
	out = put_number(out, position);
	finish(sim, &sending->writer, (size_t)(out - sim->line));
}

static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

void
log_status(struct sim *sim, struct writer *writer, unsigned id, char severity, const char *first, const char *second,
           const char *package)
{
	struct civil c = when_civil(sim->now);

	log_line(sim, writer,
	         "STATMSG: ID=%u SEV=%c LEV=M SOURCE=\"SMS Server\" COMP=\"%s\" SYS=CS1SITE.CONTOSO.COM"
	         " SITE=CS1 PID=1904 TID=%u GMTDATE=%s %s %02d %02d:%02d:%02d.%03d %d ISTR0=\"%s\" ISTR1=\"%s\""
	         " ISTR2=\"\" ISTR3=\"\" ISTR4=\"\" ISTR5=\"\" ISTR6=\"\" ISTR7=\"\" ISTR8=\"\" ISTR9=\"\""
	         " NUMATTRS=1 AID0=400 AVAL0=\"%s\"",
	         id, severity, components[writer->log], (unsigned)writer->thread, days[sim->now / WHEN_DAY % 7],
	         months[c.month - 1], c.day, c.hour, c.minute, c.second, c.milli, c.year, first, second, package);
}

void
log_status_dp(struct sim *sim, struct writer *writer, unsigned id, const char *package, const char *dp)
{
	log_line(sim, writer,
	         "STATMSG: ID=%u SEV=E LEV=M SOURCE=\"SMS Server\" COMP=\"%s\" SYS=CS1SITE.CONTOSO.COM SITE=CS1 "
	         "PID=1904 "
	         "TID=%u"
	         " GMTDATE=Thu Jul 30 17:00:00.000 2026 ISTR0=\"%s\" ISTR1=\"\\\\FS01\\Source\" "
	         "ISTR2=\"\\\\DP\\SMSPKGD$\" "
	         "ISTR3=\"\" ISTR4=\"\""
	         " ISTR5=\"\" ISTR6=\"\" ISTR7=\"\" ISTR8=\"\" ISTR9=\"\" NUMATTRS=2 AID0=400 AVAL0=\"%s\" AID1=404 "
	         "AVAL1=\"%s\"",
	         id, components[writer->log], (unsigned)writer->thread, package, package, dp);
}

/* "7/30/2026 12:33:00 PM Eastern Daylight Time" */
void
restart_text(const struct sim *sim, int64_t at, char out[64])
{
	struct civil c = when_civil(at - sim->options.bias * MINUTE);

	snprintf(out, 64, "%d/%d/%d %d:%02d:%02d %s Eastern Daylight Time", c.month, c.day, c.year,
	         c.hour % 12 == 0 ? 12 : c.hour % 12, c.minute, c.second, c.hour < 12 ? "AM" : "PM");
}

void
log_restart_time(struct sim *sim, struct writer *writer, int64_t at)
{
	char when[64];

	restart_text(sim, at, when);
	log_line(sim, writer, "~Restart time = %s", when);
}
