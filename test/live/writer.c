/*
 * Writes a log and rolls it over in one of the ways that are seen in the wild:
 *
 *	writer WAY LOG SECONDS BYTES_PER_SECOND SIZE [LAG]
 *
 * Every line that was written comes out on standard output once the log is
 * done, so that a reader can be held to it. SIZE is where the log rolls, in
 * bytes; LAG a time in milliseconds that some ways have in the middle.
 *
 *	append    never rolls
 *	rename    X.log becomes X.lo_, a new X.log is created
 *	late      the same, and for LAG some lines still go to the old file
 *	later     the same, and the new X.log comes only after LAG
 *	copy      X.log is copied to X.lo_ and truncated
 *	delete    X.log is deleted and created again
 *	vanish    the same twice, with one line in the file between, which nobody can have seen
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct writer {
	const char *log;
	char previous[4096];
	int file;
	long size;
	unsigned long line;
};

static void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
pause_for(int64_t microseconds)
{
	struct timespec t = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	if (microseconds > 0)
		nanosleep(&t, NULL);
}

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

/* A finished send: no two are alike. */
static long
write_line(struct writer *writer, int file)
{
	char text[400];
	unsigned long n = writer->line++;
	int size = snprintf(text, sizeof(text),
	                    "Finished sending SWD package CS1%05lX version 1 to site PS1~  "
	                    "$$<SMS_LAN_SENDER><07-30-2026 %02lu:%02lu:%02lu.%03lu+300><thread=%lu (0x%lX)>\r\n",
	                    n, n / 3600000 % 24, n / 60000 % 60, n / 1000 % 60, n % 1000, n + 1, n + 1);

	put(file, text, (size_t)size);
	fwrite(text, 1, (size_t)size, stdout);
	return size;
}

static void
copy(struct writer *writer)
{
	char buffer[65536];
	int from = open(writer->log, O_RDONLY), to = open(writer->previous, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	ssize_t size;

	if (from < 0 || to < 0)
		fail(writer->log);
	while ((size = read(from, buffer, sizeof(buffer))) > 0)
		put(to, buffer, (size_t)size);
	close(from);
	close(to);
	if (ftruncate(writer->file, 0) < 0)
		fail("truncate");
}

static void
roll(struct writer *writer, const char *way, int64_t lag)
{
	int old = writer->file;
	bool deletes = strcmp(way, "delete") == 0 || strcmp(way, "vanish") == 0;

	writer->size = 0;
	if (strcmp(way, "copy") == 0) {
		copy(writer);
		return;
	}
	if (deletes ? unlink(writer->log) : rename(writer->log, writer->previous))
		fail(writer->log);
	if (strcmp(way, "vanish") == 0) {
		writer->file = open_log(writer->log);
		write_line(writer, writer->file);
		close(writer->file);
		if (unlink(writer->log))
			fail(writer->log);
	}
	if (strcmp(way, "later") == 0)
		pause_for(lag);
	writer->file = open_log(writer->log);
	if (strcmp(way, "late") == 0)
		for (int i = 0; i < 4; i++) {
			write_line(writer, old);
			writer->size += write_line(writer, writer->file);
			pause_for(lag / 4);
		}
	close(old);
}

int
main(int argc, char **argv)
{
	struct writer writer = { 0 };
	double seconds, rate;
	long size;
	int64_t start, lag, written = 0;

	if (argc < 6) {
		fprintf(stderr, "usage: writer WAY LOG SECONDS BYTES_PER_SECOND SIZE [LAG]\n");
		return 2;
	}
	writer.log = argv[2];
	snprintf(writer.previous, sizeof(writer.previous), "%s", writer.log);
	writer.previous[strlen(writer.previous) - 1] = '_';
	seconds = atof(argv[3]);
	rate = atof(argv[4]);
	size = atol(argv[5]);
	lag = argc > 6 ? (int64_t)(atof(argv[6]) * 1000) : 0;
	writer.file = open_log(writer.log);
	start = now();
	while ((double)(now() - start) < seconds * 1e6) {
		long more = write_line(&writer, writer.file);

		writer.size += more;
		written += more;
		if (writer.size >= size && strcmp(argv[1], "append") != 0)
			roll(&writer, argv[1], lag);
		pause_for((int64_t)((double)written / rate * 1e6) - (now() - start));
	}
	return fflush(stdout) == 0 ? 0 : 1;
}
