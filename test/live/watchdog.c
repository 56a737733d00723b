/*
 * Watches that a dashboard never stands still:
 *
 *	watchdog keys COUNT CMTOP ARGUMENT...     presses keys; each must change the screen
 *	watchdog end COUNT CMTOP ARGUMENT...      ends it at any moment, by TERM, HUP, INT, q and Ctrl-C in turn
 *	watchdog slow BYTES SECONDS CMTOP ...     a terminal that takes so many bytes a second,
 *	                                          then one that takes all: how much was in the way
 *	watchdog stuck SECONDS CMTOP ...          a terminal that takes nothing for so long, then all
 *
 *	watchdog storm TIMES CMTOP ...            all sizes of the window, from one cell to a million, and a filter
 *	                                          pasted that would take for ever; ended in the middle of it
 *
 * Prints one line: what was measured, in milliseconds, smallest first where there are many
 * ("0.2 0.3 …"), or as the comments below say. Lines that the dashboard itself says at its
 * end (CMTOP_TURNS) go to standard error.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/dashboard.h"

#define ANSWER 5.0  /* seconds: what takes longer has failed */
#define MOST   1000 /* tries */
#define TAIL   65536

static struct dashboard dashboard;
static char tail[TAIL + 1]; /* the last bytes of the terminal */
static size_t rotation_size;

/* ---- the terminal ---- */

static void
keep_tail(const char *bytes, size_t size)
{
	if (size > TAIL)
		bytes += size - TAIL, size = TAIL;
	if (rotation_size + size > TAIL) {
		size_t drop = rotation_size + size - TAIL;

		memmove(tail, tail + drop, rotation_size - drop);
		rotation_size -= drop;
	}
	memcpy(tail + rotation_size, bytes, size);
	rotation_size += size;
	tail[rotation_size] = '\0';
}

/* A terminal that is asked whether it is there says so once it has come to the question. */
static void
answer_questions(const char *bytes, size_t size)
{
	static const char question[] = "\033[5n";
	static size_t matched;

	for (size_t i = 0; i < size; i++) {
		matched = bytes[i] == question[matched] ? matched + 1 : bytes[i] == question[0];
		if (question[matched])
			continue;
		if (write(dashboard.fd, "\033[0n", 4) < 0 && errno != EAGAIN)
			perror("answer");
		matched = 0;
	}
}

/* Takes at most so many bytes, if there are any before `until`. How many. */
static size_t
take(size_t most, double until)
{
	struct pollfd ready = { .fd = dashboard.fd, .events = POLLIN };
	double left = until - seconds_now();
	char bytes[4096];
	ssize_t n;

	if (poll(&ready, 1, left > 0 ? (int)(left * 1000) + 1 : 0) <= 0)
		return 0;
	n = read(dashboard.fd, bytes, most < sizeof bytes ? most : sizeof bytes);
	if (n <= 0)
		return 0;
	vt_write(&dashboard.vt, bytes, (size_t)n);
	answer_questions(bytes, (size_t)n);
	keep_tail(bytes, (size_t)n);
	dashboard.bytes += (unsigned long long)n;
	return (size_t)n;
}

static bool
wait_for(const char *text, double until)
{
	while (!vt_shows(&dashboard.vt, text))
		if (take(sizeof tail, until) == 0 && seconds_now() >= until)
			return false;
	return true;
}

static void
start(char **argv)
{
	vt_reset(&dashboard.vt);
	dashboard.bytes = rotation_size = 0;
	dashboard.fd = run_on_terminal((const char *const *)argv, VT_WIDTH, VT_HEIGHT, &dashboard.pid);
	if (dashboard.fd < 0)
		exit(2);
	fcntl(dashboard.fd, F_SETFL, O_NONBLOCK);
}

static void
show_screen(void)
{
	static bool shown;

	if (shown)
		return;
	shown = true;
	for (int y = 0; y < VT_HEIGHT; y++)
		fprintf(stderr, "| %.*s\n", VT_WIDTH, dashboard.vt.cell[y]);
}

/* Milliseconds until it has gone; whether its terminal is read meanwhile. */
static double
await_end(double asked, bool reads)
{
	int status;
	double gone;

	while (waitpid(dashboard.pid, &status, WNOHANG) == 0) {
		if (seconds_now() > asked + ANSWER) {
			kill(dashboard.pid, SIGKILL);
			waitpid(dashboard.pid, &status, 0);
			break;
		}
		if (!reads || take(sizeof tail, seconds_now() + 0.001) == 0)
			rest(0.001);
	}
	gone = seconds_now() - asked;
	while (reads && take(sizeof tail, seconds_now() + 0.02))
		continue;
	close(dashboard.fd);
	return gone * 1000;
}

static void
tell_turns(void)
{
	const char *turns = strstr(tail, "turns ");

	if (turns)
		fprintf(stderr, "%.*s\n", (int)strcspn(turns, "\r\n"), turns);
}

static void
press(const char *keys)
{
	if (write(dashboard.fd, keys, strlen(keys)) < 0 && errno != EAGAIN)
		perror("keys");
}

/* ---- many tries ---- */

static int
smaller_first(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
tell_all(double *values, size_t count)
{
	qsort(values, count, sizeof *values, smaller_first);
	for (size_t i = 0; i < count; i++)
		printf("%.1f%s", values[i], i + 1 < count ? " " : "\n");
}

static void
drain(double seconds)
{
	double until = seconds_now() + seconds;

	while (seconds_now() < until)
		take(sizeof tail, until);
}

/* The help comes and goes; the last line is the last to be written. */
static double
press_and_see(const char *key, const char *last)
{
	double pressed = seconds_now();

	press(key);
	if (wait_for(last, pressed + ANSWER))
		return (seconds_now() - pressed) * 1000;
	show_screen();
	return ANSWER * 1000;
}

static int
keys(int count, char **argv)
{
	static double values[MOST];

	start(argv);
	if (!wait_for("qQuit", seconds_now() + 2 * ANSWER)) {
		show_screen();
		fputs("it never came up\n", stderr);
	}
	for (int i = 0; i < count; i++) {
		drain(0.01 + 0.013 * (i % 7)); /* not in step with anything */
		values[i] = i % 2 ? press_and_see("q", "qQuit") : press_and_see(i % 4 ? "w" : "?", "qClose");
	}
	kill(dashboard.pid, SIGTERM);
	await_end(seconds_now(), true);
	tell_turns();
	tell_all(values, (size_t)count);
	return 0;
}

/* At any moment from its very beginning on. */
static int
end(int count, char **argv)
{
	static const int signals[] = { SIGTERM, 0, SIGHUP, SIGINT, -1 };
	static double values[MOST];

	int first = (int)getpid();

	for (int i = first; i < first + count; i++) {
		int way = signals[i % 5];
		double asked;

		start(argv);
		drain(0.03 + 0.037 * (i * 7 % 23));
		if (way <= 0)
			wait_for("qQuit", seconds_now() + ANSWER); /* before that nobody hears keys */
		asked = seconds_now();
		if (way > 0)
			kill(dashboard.pid, way);
		else
			press(way ? "\003" : "q");
		values[i - first] = await_end(asked, true);
	}
	tell_all(values, (size_t)count);
	return 0;
}

/* ---- terminals that are slow, or take nothing ---- */

/* A page that is painted anew again and again fills whatever is between us. */
static void
fill_the_way(double seconds)
{
	double until = seconds_now() + seconds;

	while (seconds_now() < until) {
		press("\014");
		rest(0.02);
	}
}

/* "BYTES END": left in the way once the terminal takes everything; milliseconds until it had gone. */
static int
slow(int rate, int seconds, char **argv)
{
	double until;
	size_t left = 0, got;

	start(argv);
	wait_for("qQuit", seconds_now() + 2 * ANSWER);
	until = seconds_now() + seconds;
	for (int i = 0; seconds_now() < until; i++) {
		take((size_t)rate / 20, seconds_now());
		press(i % 8 ? "j" : "\t");
		rest(0.05);
	}
	while ((got = take(sizeof tail, seconds_now() + 0.01)) > 0)
		left += got;
	printf("%zu ", left);
	/* Once more slow, and then its end. */
	for (int i = 0; i < 20; i++) {
		press("\014");
		take((size_t)rate / 20, seconds_now());
		rest(0.05);
	}
	kill(dashboard.pid, SIGTERM);
	printf("%.1f\n", await_end(seconds_now(), false));
	return 0;
}

/* The time of day on the server, whose logs are in UTC, stands on the screen. */
static bool
shows_the_time(void)
{
	time_t now = time(NULL);
	char text[16];

	strftime(text, sizeof text, "%H:%M:%S", gmtime(&now));
	return vt_shows(&dashboard.vt, text);
}

/*
 * "PICTURE WORD END": milliseconds until the picture of this moment is there once the terminal takes all; "stalled"
 * if a send was said to be on the way there, else "alive"; milliseconds until it had gone, stuck again.
 */
static int
stuck(int seconds, char **argv)
{
	bool stalled = false;
	double asked;

	start(argv);
	wait_for("qQuit", seconds_now() + 2 * ANSWER);
	fill_the_way(seconds < 3 ? seconds : 3);
	if (seconds > 3)
		rest(seconds - 3);
	asked = seconds_now();
	while (!shows_the_time() && seconds_now() < asked + ANSWER) {
		take(sizeof tail, seconds_now() + 0.01);
		stalled |= vt_shows(&dashboard.vt, "stalled");
	}
	printf("%.1f %s ", (seconds_now() - asked) * 1000, stalled ? "stalled" : "alive");
	fill_the_way(2);
	kill(dashboard.pid, SIGTERM);
	printf("%.1f\n", await_end(seconds_now(), false));
	return 0;
}

static void
resize(unsigned width, unsigned height)
{
	const struct winsize window = { .ws_col = (unsigned short)width, .ws_row = (unsigned short)height };

	ioctl(dashboard.fd, TIOCSWINSZ, &window);
}

static int
storm(int times, char **argv)
{
	static const char filter[] = "/(a+)+$ x:~(.*a){12} (S|SS)+$ ";
	static double values[MOST];

	for (int i = 0; i < times; i++) {
		start(argv);
		wait_for("qQuit", seconds_now() + 2 * ANSWER);
		drain(1); /* so that there is much to be filtered */
		for (unsigned k = 0; k < 200; k++)
			resize(1 + k * 37 % 300, 1 + k * 13 % 90);
		resize(1000, 1000);
		for (unsigned k = 0; k < 300 + 20 * (unsigned)i; k++) {
			press(filter + (k > 0));
			if (k % 8 == 0)
				take(sizeof tail, seconds_now());
		}
		kill(dashboard.pid, SIGTERM);
		values[i] = await_end(seconds_now(), true);
		tell_turns();
	}
	tell_all(values, (size_t)times);
	return 0;
}

int
main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc > 3 && strcmp(argv[1], "keys") == 0 && atoi(argv[2]) <= MOST)
		return keys(atoi(argv[2]), argv + 3);
	if (argc > 3 && strcmp(argv[1], "end") == 0 && atoi(argv[2]) <= MOST)
		return end(atoi(argv[2]), argv + 3);
	if (argc > 3 && strcmp(argv[1], "storm") == 0 && atoi(argv[2]) <= MOST)
		return storm(atoi(argv[2]), argv + 3);
	if (argc > 4 && strcmp(argv[1], "slow") == 0)
		return slow(atoi(argv[2]), atoi(argv[3]), argv + 4);
	if (argc > 3 && strcmp(argv[1], "stuck") == 0)
		return stuck(atoi(argv[2]), argv + 3);
	fputs("usage: watchdog keys|end|slow|stuck|storm ...\n", stderr);
	return 2;
}
