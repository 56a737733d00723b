/*
 * Holds "cmtop --follow" to its word: every finished send is told once, in the order
 * of the log, soon after it was written. A simulated site server writes its logs, all
 * of which roll over meanwhile, and the real program reads them from another process.
 *
 *	sends [OPTION]... CMTOP WAY FOLDER SECONDS
 *
 *	-f FAR   the logs are written there, and FOLDER is where they are seen
 *	-r RATE  bytes a second of sender.log (1500000)
 *	-s SIZE  bytes at which sender.log rolls over (64000); the others at an eighth
 *	-l LAG   milliseconds that some ways have in the middle (0)
 *	-a TIME  milliseconds between two roll-overs of one log, at least (40): whoever looks
 *	         more seldom must lose something in the bursts of the other logs
 *	-w TIME  milliseconds within which a send must be told (1000; 0: any)
 *	-t       --format=text is held to it, not json
 *
 *	append    never rolls
 *	rename    X.log becomes X.lo_, a new X.log is created
 *	late      the same, and for LAG the threads that were there write to the old file
 *	later     the same, and the new X.log comes only after LAG
 *	copy      X.log is copied to X.lo_ and truncated
 *	delete    X.log is deleted, and created again after LAG
 *	truncate  X.log is truncated: what was not read is lost, and must be told as missed
 *
 * Says what it found in one line; 1 when that is not what must hold.
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cmtop/sim.h"

#define THREADS  65536 /* ids of threads, as far as they are told apart */
#define PATIENCE 30000 /* milliseconds for what was written last */
#define START    10000 /* … and for the first word */

enum way { APPEND, RENAME, LATE, LATER, COPY, DELETE, TRUNCATE, WAYS };

static const char *const ways[WAYS] = { "append", "rename", "late", "later", "copy", "delete", "truncate" };
static const char *const names[SIM_LOG_COUNT] = { "sender", "distmgr", "sched", "PkgXferMgr" };

struct log {
	char path[1024], previous[1024];
	int file, old; /* old: -1, or what some still write to */
	long size, full;
	unsigned rolls;
	int64_t rolled, lag_ends;
	char *kept; /* lines for the file that is not there yet */
	size_t kept_size, kept_room;
};

/* A finished send: what the log said of it, and when it was told. */
struct send {
	char request[16], site[8];
	unsigned thread;
	int64_t written, told; /* milliseconds; told 0: not yet */
};

/* Whose lines a sending thread writes. */
struct carried {
	char request[16], site[8];
	unsigned start_seen; /* sender.log's roll-overs at that time */
};

static struct {
	enum way way;
	bool text;
	const char *cmtop, *folder, *far;
	double rate, seconds;
	int64_t lag, apart, within;

	struct sim *sim;
	struct log log[SIM_LOG_COUNT];
	struct carried thread[THREADS], found;
	struct send *send;
	size_t sends, room, next; /* next: the first that has not been told */
	size_t told, twice, strange, disordered, rolled, missed;
	long long written; /* to sender.log */

	pid_t follower;
	int hears;
	bool counts; /* the follower has spoken: what is written from now on counts */
	char line[65536];
	size_t line_size;
} site;

static void
fail(const char *what)
{
	perror(what);
	if (site.follower > 0)
		kill(site.follower, SIGKILL);
	exit(1);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the logs ---- */

static int
open_log(const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);

	if (file < 0)
		fail(path);
	return file;
}

static void
put(int file, const char *bytes, size_t size)
{
	if (write(file, bytes, size) != (ssize_t)size)
		fail("write");
}

static void
copy(const struct log *log)
{
	char buffer[65536];
	int from = open(log->path, O_RDONLY), to = open(log->previous, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t size;

	if (from < 0 || to < 0)
		fail(log->path);
	while ((size = read(from, buffer, sizeof buffer)) > 0)
		put(to, buffer, (size_t)size);
	close(from);
	close(to);
}

static void
roll(struct log *log)
{
	log->size = 0;
	log->rolls++;
	log->rolled = now();
	log->lag_ends = log->rolled + site.lag;
	switch (site.way) {
	case COPY:
		copy(log);
		/* fall through */
	case TRUNCATE:
		if (ftruncate(log->file, 0) < 0)
			fail(log->path);
		return;
	case DELETE:
		if (unlink(log->path) < 0)
			fail(log->path);
		break;
	default:
		if (rename(log->path, log->previous) < 0)
			fail(log->path);
	}
	if (site.way == LATE && log == &site.log[SIM_SENDER])
		log->old = log->file;
	else
		close(log->file);
	log->file = site.way == LATER || site.way == DELETE ? -1 : open_log(log->path);
}

/* ---- what finishes ---- */

static unsigned
thread_of(const char *line)
{
	const char *at = strstr(line, "<thread=");

	return at ? (unsigned)strtoul(at + strlen("<thread="), NULL, 10) % THREADS : 0;
}

static void
finished(unsigned thread)
{
	const struct carried *carried = &site.thread[thread];
	struct send *send;

	if (!site.counts)
		return;
	if (site.sends == site.room) {
		site.room = site.room * 2 + 1024;
		site.send = realloc(site.send, site.room * sizeof *site.send);
		if (!site.send)
			fail("realloc");
	}
	send = &site.send[site.sends++];
	*send = (struct send){ .thread = thread, .written = now() };
	memcpy(send->request, carried->request, sizeof send->request);
	memcpy(send->site, carried->site, sizeof send->site);
}

static void
note(const char *line)
{
	const char *at;
	unsigned thread;

	if ((at = strstr(line, "Found send request.")))
		sscanf(at, "Found send request.  ID: %15[^,], Dest Site: %7[^~]", site.found.request, site.found.site);
	else if ((at = strstr(line, "(Thread ID = "))) {
		thread = (unsigned)strtoul(at + strlen("(Thread ID = "), NULL, 16) % THREADS;
		site.thread[thread] = site.found;
		site.thread[thread].start_seen = site.log[SIM_SENDER].rolls;
	} else if (strstr(line, "Sending completed successfully"))
		finished(thread_of(line));
}

static void
write_line(struct log *log, const char *bytes, size_t size)
{
	unsigned thread = thread_of(bytes);
	int file = log->file;

	if (log->old >= 0 && now() >= log->lag_ends) {
		close(log->old);
		log->old = -1;
	}
	if (log->old >= 0 && site.thread[thread].request[0] && site.thread[thread].start_seen < log->rolls)
		file = log->old;
	put(file, bytes, size);
	log->size += (long)size;
	if (log == &site.log[SIM_SENDER])
		note(bytes);
}

/* The file comes back, with what has been said meanwhile. */
static void
come_back(struct log *log)
{
	char line[4096];

	if (log->file >= 0 || now() < log->lag_ends)
		return;
	log->file = open_log(log->path);
	log->rolled = now();
	for (size_t at = 0, size; at < log->kept_size; at += size) {
		size = (size_t)((char *)memchr(log->kept + at, '\n', log->kept_size - at) - log->kept) + 1 - at;
		snprintf(line, sizeof line, "%.*s", (int)size, log->kept + at);
		write_line(log, line, size);
	}
	log->kept_size = 0;
}

static void
keep(struct log *log, const char *bytes, size_t size)
{
	if (log->kept_size + size > log->kept_room) {
		log->kept_room = (log->kept_size + size) * 2;
		log->kept = realloc(log->kept, log->kept_room);
		if (!log->kept)
			fail("realloc");
	}
	memcpy(log->kept + log->kept_size, bytes, size);
	log->kept_size += size;
}

static void
take_line(void *payload, enum sim_log which, int64_t at, const char *bytes, size_t size)
{
	struct log *log = &site.log[which];
	char line[4096];

	(void)payload;
	(void)at;
	if (which == SIM_SENDER)
		site.written += (long long)size;
	come_back(log);
	if (log->file < 0) {
		keep(log, bytes, size);
		return;
	}
	snprintf(line, sizeof line, "%.*s", (int)size, bytes);
	write_line(log, line, size);
	if (log->size >= log->full && log->old < 0 && site.way != APPEND && site.counts
	    && now() - log->rolled >= site.apart)
		roll(log);
}

/* ---- the follower ---- */

static void
start_follower(void)
{
	int ends[2];

	if (pipe(ends) < 0 || (site.follower = fork()) < 0)
		fail("fork");
	if (site.follower == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execl(site.cmtop, site.cmtop, "--follow", site.text ? "--format=text" : "--format=json", site.folder,
		      (char *)NULL);
		perror(site.cmtop);
		_exit(127);
	}
	close(ends[1]);
	site.hears = ends[0];
	fcntl(site.hears, F_SETFL, O_NONBLOCK);
}

/* Where a send stands that may have been told in another order than it was written; NULL: nowhere. */
static struct send *
find(const char *request, const char *where, unsigned thread)
{
	size_t last = site.next + 4096 < site.sends ? site.next + 4096 : site.sends;

	for (size_t i = site.next; i < last; i++)
		if (!site.send[i].told && strcmp(site.send[i].site, where) == 0
		    && (site.text || (site.send[i].thread == thread && strcmp(site.send[i].request, request) == 0)))
			return &site.send[i];
	return NULL;
}

static bool
was_told(const char *request, unsigned thread)
{
	for (size_t i = 0; i < site.sends && !site.text; i++)
		if (site.send[i].told && site.send[i].thread == thread && strcmp(site.send[i].request, request) == 0)
			return true;
	return false;
}

static void
done_was_told(const char *request, const char *where, unsigned thread)
{
	struct send *send = find(request, where, thread);
	static int64_t newest;

	if (!send) {
		if (was_told(request, thread))
			site.twice++;
		else
			site.strange++;
		return;
	}
	send->told = now();
	site.told++;
	if (send - site.send < newest)
		site.disordered++;
	newest = send - site.send;
	while (site.next < site.sends && site.send[site.next].told)
		site.next++;
	if (getenv("SENDS_VERBOSE") && send->told - send->written > 300)
		fprintf(stderr, "%s of %s took %lld ms\n", send->request, send->site,
		        (long long)(send->told - send->written));
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static void
hear_json(const char *line)
{
	json_t *object = json_loads(line, 0, NULL);
	const char *event = text_of(object, "event");

	if (!json_is_object(object))
		site.strange++;
	if (strcmp(event, "job-done") == 0 && site.counts)
		done_was_told(text_of(object, "request"), text_of(object, "site"),
		              (unsigned)json_integer_value(json_object_get(object, "thread")) % THREADS);
	site.rolled += strcmp(event, "log-rolled") == 0;
	site.missed += strcmp(event, "log-missed") == 0;
	json_decref(object);
}

/* "2026-11-22 08:39:22 job-done        S69  CS100010 v1 865.3 MB in 1m 20s" */
static void
hear_text(const char *line)
{
	char event[32] = "", where[8] = "";

	if (sscanf(line, "%*s %*s %31s %7s", event, where) < 1)
		site.strange++;
	if (strcmp(event, "job-done") == 0 && site.counts)
		done_was_told("", where, 0);
	site.rolled += strcmp(event, "log-rolled") == 0;
	site.missed += strcmp(event, "log-missed") == 0;
}

/* Answers whether anything was said. */
static bool
hear(int64_t milliseconds)
{
	struct pollfd ready = { .fd = site.hears, .events = POLLIN };
	char bytes[65536];
	ssize_t size;

	if (poll(&ready, 1, (int)milliseconds) <= 0)
		return false;
	size = read(site.hears, bytes, sizeof bytes);
	if (size == 0) {
		errno = 0;
		fail("the follower has ended");
	}
	for (ssize_t i = 0; i < size; i++) {
		site.line[site.line_size++ % (sizeof site.line - 1)] = bytes[i];
		if (bytes[i] != '\n')
			continue;
		site.line[site.line_size] = '\0';
		site.line_size = 0;
		if (site.text)
			hear_text(site.line);
		else
			hear_json(site.line);
	}
	return size > 0;
}

/* Asked to end, it does: milliseconds that it took, -1: it had to be killed. */
static int64_t
end_follower(void)
{
	int64_t asked = now();
	int status;

	kill(site.follower, SIGTERM);
	while (waitpid(site.follower, &status, WNOHANG) == 0) {
		if (now() - asked > 5000) {
			kill(site.follower, SIGKILL);
			waitpid(site.follower, &status, 0);
			return -1;
		}
		usleep(1000);
	}
	return now() - asked;
}

/* ---- from beginning to end ---- */

static void
open_logs(long full)
{
	for (int i = 0; i < SIM_LOG_COUNT; i++) {
		struct log *log = &site.log[i];

		snprintf(log->path, sizeof log->path, "%s/%s.log", site.far, names[i]);
		snprintf(log->previous, sizeof log->previous, "%s/%s.lo_", site.far, names[i]);
		unlink(log->path);
		unlink(log->previous);
		log->file = open_log(log->path);
		log->old = -1;
		log->full = i == SIM_SENDER ? full : full / 8;
	}
}

/* Something that is told, until the follower is heard: it has read what was there and goes on. */
static void
wait_for_follower(void)
{
	static const char due[] =
		"~Created minijob to send compressed copy of package CS1FFFFF to site S01.  Transfer root = "
		"E:\\SMSPKG\\CS1FFFFF.PCK.1.  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:00:00.000+240><thread=4452 "
		"(0x1164)>\r\n";
	int64_t until = now() + START;

	do {
		if (now() > until) {
			errno = ETIMEDOUT;
			fail("the follower says nothing");
		}
		put(site.log[SIM_DISTMGR].file, due, strlen(due));
	} while (!hear(100));
	while (hear(400))
		continue;
	site.counts = true;
}

static void
run_site(void)
{
	const struct sim_sink sink = { take_line, NULL };
	int64_t began = now();
	double passed;

	site.written = 0;
	while ((passed = (double)(now() - began) / 1000) < site.seconds) {
		if (hear((double)site.written >= passed * site.rate ? 1 : 0))
			continue;
		if ((double)site.written < passed * site.rate && !sim_step(site.sim, &sink))
			fail("the simulated site stands still");
	}
	for (int i = 0; i < SIM_LOG_COUNT; i++)
		while (site.log[i].file < 0) {
			hear(1);
			come_back(&site.log[i]);
		}
}

static void
hear_the_rest(void)
{
	int64_t until = now() + PATIENCE;

	while (site.next < site.sends && now() < until)
		hear(100);
	while (hear(300)) /* nothing more may come */
		continue;
}

static int
by_delay(const void *a, const void *b)
{
	const struct send *x = a, *y = b;

	return (x->told - x->written > y->told - y->written) - (x->told - x->written < y->told - y->written);
}

static bool
report(int64_t ended)
{
	size_t lost = site.sends - site.told;
	/* On a share nothing is held, so that what was deleted is gone. */
	bool lossy = site.way == COPY || site.way == TRUNCATE || (site.way == DELETE && site.far != site.folder);
	int64_t median, worst;
	bool good;

	qsort(site.send, site.sends, sizeof *site.send, by_delay); /* those not told come first */
	median = site.told ? site.send[lost + site.told / 2].told - site.send[lost + site.told / 2].written : -1;
	worst = site.told ? site.send[site.sends - 1].told - site.send[site.sends - 1].written : -1;
	good = site.told > 0 && site.twice == 0 && ended >= 0 && ended <= 1000
	       && (site.within == 0 || worst <= site.within)
	       && (lossy ? lost == 0 || site.missed > 0 : lost == 0 && site.strange == 0 && site.missed == 0)
	       && (site.disordered == 0 || site.way == LATE);
	printf("%s%s: %zu sends, %zu lost, %zu told twice, %zu never written, %zu out of order, missed told %zu times; "
	       "%u and %u roll-overs, %zu told; median %lld ms, worst %lld; ended after %lld ms\n",
	       ways[site.way], site.text ? " as text" : "", site.sends, lost, site.twice, site.strange, site.disordered,
	       site.missed, site.log[SIM_SENDER].rolls, site.log[SIM_DISTMGR].rolls, site.rolled, (long long)median,
	       (long long)worst, (long long)ended);
	return good;
}

static void
take_options(int argc, char **argv, long *full)
{
	int option;

	site.rate = 1500000;
	site.apart = 40;
	site.within = 1000;
	while ((option = getopt(argc, argv, "f:r:s:l:a:w:t")) != -1)
		switch (option) {
		case 'f': site.far = optarg; break;
		case 'r': site.rate = atof(optarg); break;
		case 's': *full = atol(optarg); break;
		case 'l': site.lag = atoll(optarg); break;
		case 'a': site.apart = atoll(optarg); break;
		case 'w': site.within = atoll(optarg); break;
		case 't': site.text = true; break;
		default: exit(2);
		}
	if (argc - optind != 4)
		exit(2);
	site.cmtop = argv[optind];
	while (site.way < WAYS && strcmp(ways[site.way], argv[optind + 1]) != 0)
		site.way++;
	if (site.way == WAYS)
		exit(2);
	site.folder = argv[optind + 2];
	site.seconds = atof(argv[optind + 3]);
	if (!site.far)
		site.far = site.folder;
}

int
main(int argc, char **argv)
{
	const struct sim_options options = {
		.seed = 3,
		.start = INT64_C(1785430980000),
		.bias = 240,
		.all_sites = 20,
		.all_sites_line = true,
		.backlog = 20000,
	};
	const struct sim_sink sink = { take_line, NULL };
	long full = 64000;

	take_options(argc, argv, &full);
	signal(SIGPIPE, SIG_IGN);
	site.sim = sim_new(&options);
	if (!site.sim)
		fail("no site");
	open_logs(full);
	sim_run(site.sim, options.start + WHEN_MINUTE, &sink);
	start_follower();
	wait_for_follower();
	run_site();
	hear_the_rest();
	return report(end_follower()) ? 0 : 1;
}
