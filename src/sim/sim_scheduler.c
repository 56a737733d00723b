/*
 * The scheduler: turns minijobs into send requests, notices which were sent, and
 * prints the list of them all every few minutes, the longer it is the seldomer.
 */
#include <stdio.h>
#include <string.h>

#include "sim/sim_parts.h"

#define LIST_EVERY   (4 * MINUTE)
#define LIST_PER_ROW 200 /* milliseconds: so that a list of thousands does not fill the log */
#define ROWS_AT_ONCE 40

static int64_t begin_cycle(struct sim *sim);
static int64_t list_more(struct sim *sim);
static int64_t check_sent(struct sim *sim);

static uint32_t
request_queue_take(struct sim *sim, struct request_queue *queue)
{
	uint32_t request = queue->first;

	queue->first = sim->requests[request].next;
	return request;
}

void
scheduler_takes_job(struct sim *sim, uint32_t request, uint32_t unused)
{
	(void)unused;
	request_queue_add(sim, &sim->jobs, request);
}

/* ---- jobs ---- */

static void
log_job(struct sim *sim, const char *doing, const struct request *request)
{
	char id[9], job[16], name[40];

	request_text(request, id, job);
	if (request->package == NOBODY)
		log_line(sim, &sim->scheduler, "<%s JOB %.8s>[Replication data for site %s]~", doing, job,
		         sim->sites[request->site].code);
	else
		log_line(sim, &sim->scheduler, "<%s JOB %.8s>[Software Distribution for %s, Package ID = %s]~", doing,
		         job, package_title(&sim->packages[request->package], name),
		         sim->packages[request->package].id);
}

static void
make_request(struct sim *sim, struct request *request)
{
	char id[9], job[16], file[48];

	request_text(request, id, job);
	log_job(sim, "Activating", request);
	log_line(sim, &sim->scheduler, "Destination site:  %s, Preferred Address: *, Priority: %u",
	         sim->sites[request->site].code, request->priority + 1u);
	if (request->package != NOBODY)
		log_line(sim, &sim->scheduler, "Instruction type:  MICROSOFT|SMS|MINIJOBINSTRUCTION|PACKAGE~");
	log_line(sim, &sim->scheduler,
	         "Creating instruction file: "
	         "\\\\CS1SITE.CONTOSO.COM\\SMS_CS1\\inboxes\\schedule.box\\tosend\\%.8s.I%.2s~",
	         job, job + 9);
	if (request->package != NOBODY) {
		request_file(sim, request, file);
		log_line(sim, &sim->scheduler, "Transfer root:  %s~", file);
	}
	log_job(sim, "Updating", request);
	log_line(sim, &sim->scheduler, "Created new send request ID:  %s~", id);
}

static int64_t
take_job(struct sim *sim)
{
	uint32_t request;

	if (sim->jobs.first == NOBODY)
		return list_more(sim);
	request = request_queue_take(sim, &sim->jobs);
	make_request(sim, &sim->requests[request]);
	sim->requests[request].listed = true;
	if (sim->requests[request].package != NOBODY)
		sim->truth.untaken--;
	list_add(sim, request);
	outbox_add(sim, request);
	return some_ms(sim, 2, 20);
}

/* ---- the list ---- */

static void
clock_text(const struct sim *sim, int64_t at, char out[8])
{
	struct civil c = when_civil(at - sim->options.bias * MINUTE);

	snprintf(out, 8, "%02u:%02u", (unsigned)c.hour % 100, (unsigned)c.minute % 100);
}

/* The fields of a row as texts, "" where there is nothing to say. */
enum {
	FIELD_REQUEST,
	FIELD_JOB,
	FIELD_SITE,
	FIELD_FINAL,
	FIELD_STATE,
	FIELD_STATUS,
	FIELD_ACTION,
	FIELD_TOTAL,
	FIELD_LEFT,
	FIELD_HEARTBEAT,
	FIELD_START,
	FIELD_FINISH,
	FIELD_RETRY,
	FIELD_PACKAGE,
	FIELD_VERSION,
	FIELDS
};

/* clang-format off */
static const struct { const char *label, *head; int width; bool right; } fields[FIELDS] = {
	[FIELD_REQUEST]   = { "Send Request",     "Send Request",    12, false },
	[FIELD_JOB]       = { "JobID:",           "JobID",            8, false },
	[FIELD_SITE]      = { "DestSite:",        "DestSite",         8, false },
	[FIELD_FINAL]     = { "FinalSite:",       "FinalSite",        9, false },
	[FIELD_STATE]     = { "State:",           "State",            9, false },
	[FIELD_STATUS]    = { "Status:",          "Status",           8, false },
	[FIELD_ACTION]    = { "Action:",          "Action",           8, false },
	[FIELD_TOTAL]     = { "Total size:",      "Total size",      11, true },
	[FIELD_LEFT]      = { "Remaining:",       "Remaining",        9, true },
	[FIELD_HEARTBEAT] = { "Heartbeat:",       "Heartbeat",        9, false },
	[FIELD_START]     = { "Start:",           "Start",            6, false },
	[FIELD_FINISH]    = { "Finish:",          "Finish",           6, false },
	[FIELD_RETRY]     = { "Retry:",           "Retry",           20, false },
	[FIELD_PACKAGE]   = { "SWD PkgID:",       "SWD PkgID",        9, false },
	[FIELD_VERSION]   = { "SWD Pkg Version:", "SWD Pkg Version", 15, false },
};
/* clang-format on */

struct row_text {
	char field[FIELDS][64];
};

static void
fill_row(struct sim *sim, const struct request *request, struct row_text *row)
{
	uint64_t size = request->size + INSTRUCTION;
	uint64_t left = request->sent ? 0 : size - request->position;
	char id[9], job[16], heartbeat[8], start[8];

	memset(row, 0, sizeof *row);
	request_text(request, id, job);
	clock_text(sim, request->carried ? sim->now : request->ended, heartbeat);
	clock_text(sim, request->begun, start);
	snprintf(row->field[FIELD_REQUEST], 64, "%s", id);
	snprintf(row->field[FIELD_JOB], 64, "%.8s", job);
	snprintf(row->field[FIELD_SITE], 64, "%s", sim->sites[request->site].code);
	snprintf(row->field[FIELD_STATE], 64, "%s", request->carried || request->sent ? "Sending" : "Pending");
	snprintf(row->field[FIELD_ACTION], 64, "None");
	snprintf(row->field[FIELD_TOTAL], 64, "%lluk", (unsigned long long)(size / 1024));
	snprintf(row->field[FIELD_LEFT], 64, "%lluk", (unsigned long long)(left / 1024));
	snprintf(row->field[FIELD_HEARTBEAT], 64, "%s", request->begun > 0 ? heartbeat : "");
	snprintf(row->field[FIELD_START], 64, "%s", request->begun > 0 ? start : "");
	snprintf(row->field[FIELD_FINISH], 64, "%s", request->ended > 0 ? heartbeat : "");
	if (request->retry > sim->now)
		restart_text(sim, request->retry, row->field[FIELD_RETRY]);
	if (request->package != NOBODY)
		snprintf(row->field[FIELD_PACKAGE], 64, "%s", sim->packages[request->package].id);
	if (request->version > 0)
		snprintf(row->field[FIELD_VERSION], 64, "%u", (unsigned)request->version);
}

static void
log_row(struct sim *sim, const struct request *request)
{
	char line[640];
	struct row_text row;
	size_t size = 0;
	int i;

	fill_row(sim, request, &row);
	for (i = 0; i < FIELDS && size < sizeof line; i++) {
		const char *blank = i > 0 ? " " : "";

		if (sim->options.list_layout == SIM_LIST_COLUMNS)
			size += (size_t)snprintf(line + size, sizeof line - size, "%s%*s", blank,
			                         fields[i].right ? fields[i].width : -fields[i].width, row.field[i]);
		else if (sim->options.list_layout == SIM_LIST_PADDED)
			size += (size_t)snprintf(line + size, sizeof line - size, "%s%s %*s", blank, fields[i].label,
			                         -fields[i].width, row.field[i]);
		else
			size += (size_t)snprintf(line + size, sizeof line - size, "%s%s%s%s", blank, fields[i].label,
			                         i == FIELD_FINAL || i == FIELD_STATUS ? "" : " ", row.field[i]);
	}
	log_line(sim, &sim->scheduler, "%s", line);
}

static void
log_header(struct sim *sim)
{
	char line[640];
	size_t size = 0;
	int i;

	for (i = 0; i < FIELDS && size < sizeof line; i++)
		size += (size_t)snprintf(line + size, sizeof line - size, "%s%*s", i > 0 ? " " : "", -fields[i].width,
		                         fields[i].head);
	log_line(sim, &sim->scheduler, "%s", line);
}

/* Some rows at a time, as threads go on meanwhile; it is complete when something else is said. */
static int64_t
list_more(struct sim *sim)
{
	uint32_t rows = 0;

	if (sim->listing == NOBODY) {
		if (sim->list_due > sim->now)
			return check_sent(sim);
		log_line(sim, &sim->scheduler, "====== Updating Send Request List =======");
		if (sim->options.list_layout == SIM_LIST_COLUMNS)
			log_header(sim);
		sim->listing = 0;
	}
	for (; sim->listing < sim->request_used && rows < ROWS_AT_ONCE; sim->listing++) {
		if (!sim->requests[sim->listing].listed)
			continue;
		log_row(sim, &sim->requests[sim->listing]);
		rows++;
	}
	sim->scheduler_next = list_more;
	if (sim->listing < sim->request_used)
		return some_ms(sim, 4, 20);
	sim->listing = NOBODY;
	sim->list_due = sim->now + LIST_EVERY + (int64_t)sim->requests_live * LIST_PER_ROW;
	sim->list_printed = true;
	sim->scheduler_next = check_sent;
	return some_ms(sim, 4, 20);
}

/* ---- requests that were sent ---- */

/* As the product does it: all bytes, the instruction's too, over whole seconds. */
static unsigned long long
speed_of(const struct request *request)
{
	int64_t seconds = (request->ended - request->begun) / SECOND;

	return (request->size + INSTRUCTION) / (seconds > 0 ? (uint64_t)seconds : 1);
}

static void
delete_sent(struct sim *sim, uint32_t i)
{
	struct request *request = &sim->requests[i];
	char id[9], job[16];

	request_text(request, id, job);
	log_line(sim, &sim->scheduler, "Checking send request %s~", id);
	log_line(sim, &sim->scheduler, "Sending completed (%llu bytes/sec).~", speed_of(request));
	log_job(sim, "Updating", request);
	log_line(sim, &sim->scheduler, "Send request has successfully completed.~");
	log_line(sim, &sim->scheduler, "<JOB STATUS - COMPLETE>~");
	log_line(sim, &sim->scheduler,
	         "Deleting instruction file "
	         "\\\\CS1SITE.CONTOSO.COM\\SMS_CS1\\inboxes\\schedule.box\\tosend\\%.8s.I%.2s.~",
	         job, job + 9);
	log_line(sim, &sim->scheduler, "Deleting send request with ID: %s.~", id);
	log_line(sim, &sim->scheduler, "Deleted job %.8s.~", job);
	request->listed = false;
	request_delete(sim, i);
}

static int64_t
check_next(struct sim *sim)
{
	if (sim->sent.first == NOBODY) {
		sim->scheduler_next = begin_cycle;
		return some_ms(sim, 5 * SECOND, 25 * SECOND);
	}
	delete_sent(sim, request_queue_take(sim, &sim->sent));
	return some_ms(sim, 2, 20);
}

static int64_t
check_sent(struct sim *sim)
{
	log_line(sim, &sim->scheduler, "======  Checking Status of All Send Requests  ======");
	sim->truth.lists |= sim->list_printed;
	log_line(sim, &sim->scheduler,
	         "~====  Checking send requests for outbox "
	         "\\\\CS1SITE.CONTOSO.COM\\SMS_CS1\\inboxes\\schedule.box\\outboxes\\LAN.~~");
	sim->scheduler_next = check_next;
	return some_ms(sim, 2, 20);
}

/* ---- the thread ---- */

static int64_t
begin_cycle(struct sim *sim)
{
	unsigned waiting = 0;
	uint32_t i;

	for (i = sim->jobs.first; i != NOBODY; i = sim->requests[i].next)
		waiting++;
	log_line(sim, &sim->scheduler, "========  Processing Jobs  ========");
	log_line(sim, &sim->scheduler, "%u jobs found in memory, %u jobs found in job source.",
	         (unsigned)sim->requests_live, waiting);
	sim->scheduler_next = take_job;
	return some_ms(sim, 5, 60);
}

void
scheduler_go_on(struct sim *sim, uint32_t unused, uint32_t serial)
{
	(void)unused;
	if (serial == sim->scheduler_serial)
		agenda_add(sim, sim->scheduler_next(sim), TURN_SCHEDULER, 0, serial);
}

/* The first list is a matter of minutes: until then a reader has nothing but the minijobs. */
void
scheduler_begin(struct sim *sim)
{
	sim->scheduler_serial++;
	sim->listing = NOBODY;
	sim->list_printed = false;
	if (sim->list_due == 0)
		sim->list_due = sim->now + some_ms(sim, 2 * MINUTE, 6 * MINUTE);
	writer_begin(sim, &sim->scheduler, SIM_SCHED);
	sim->executive.log = SIM_SCHED;
	log_line(sim, &sim->executive, "SMS_EXECUTIVE started SMS_SCHEDULER as thread ID %u (0x%X).",
	         (unsigned)sim->scheduler.thread, (unsigned)sim->scheduler.thread);
	log_line(sim, &sim->scheduler, "===========================================================");
	sim->scheduler_next = begin_cycle;
	agenda_add(sim, some_ms(sim, SECOND, 4 * SECOND), TURN_SCHEDULER, 0, sim->scheduler_serial);
}

void
scheduler_restart(struct sim *sim)
{
	writer_end(sim, &sim->scheduler);
	scheduler_begin(sim);
}
