/*
 * Follows one log with nothing around it and prints the lines it was told, the
 * ones of the previous generation too:
 *
 *	follow_driver LOG [POLL]
 *
 * Ends with its standard input. What was counted goes to standard error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "follow/follow.h"

#define LINE_MOST 65536

/* Of one file: the piece of a line that has been told so far. */
struct file_stream {
	char text[LINE_MOST];
	size_t size;
};

struct driver {
	uv_loop_t loop;
	struct follow *follow;
	uv_pipe_t input;
	struct file_stream file_stream[2];
};

static void
take_bytes(void *payload, unsigned stream, uint64_t offset, const char *bytes, size_t size)
{
	struct driver *driver = payload;
	struct file_stream *file_stream = &driver->file_stream[stream];

	(void)offset;
	for (size_t i = 0; i < size; i++) {
		file_stream->text[file_stream->size++ % LINE_MOST] = bytes[i];
		if (bytes[i] == '\n') {
			fwrite(file_stream->text, 1, file_stream->size, stdout);
			file_stream->size = 0;
		}
	}
	fflush(stdout);
	follow_more(driver->follow);
}

static void
take_roll(void *payload, bool gap, uint64_t missed)
{
	struct driver *driver = payload;

	if (gap)
		fprintf(stderr, "missed %llu\n", (unsigned long long)missed);
	driver->file_stream[1] = driver->file_stream[0];
	driver->file_stream[0].size = 0;
}

static void
take_change(void *payload)
{
	struct driver *driver = payload;
	struct log_status status;

	follow_status(driver->follow, &status);
	if (getenv("DRIVER_STATES"))
		fprintf(stderr, "%s %s %d%%\n", log_state_word(status.state), status.error, status.progress);
}

static void
give_room(uv_handle_t *handle, size_t size, uv_buf_t *out)
{
	static char room[64];

	(void)handle;
	(void)size;
	*out = uv_buf_init(room, sizeof(room));
}

static void
take_input(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
	struct driver *driver = stream->data;
	struct log_status status;

	(void)buffer;
	if (size >= 0)
		return;
	follow_status(driver->follow, &status);
	fprintf(stderr, "%s: %llu bytes, %llu roll-overs, %llu missed, %llu gaps\n", log_state_word(status.state),
	        (unsigned long long)status.bytes, (unsigned long long)status.rollovers,
	        (unsigned long long)status.missed, (unsigned long long)status.gaps);
	follow_close(driver->follow);
	uv_close((uv_handle_t *)stream, NULL);
}

int
main(int argc, char **argv)
{
	static struct driver driver;
	struct follow_options options = { .previous = true };
	const struct follow_events events = { take_bytes, take_roll, take_change, &driver };

	if (argc < 2)
		return 2;
	if (argc > 2)
		options.poll = atof(argv[2]);
	uv_loop_init(&driver.loop);
	if (follow_open(&driver.follow, &driver.loop, argv[1], &options, &events) < 0)
		return 1;
	uv_pipe_init(&driver.loop, &driver.input, 0);
	driver.input.data = &driver;
	uv_pipe_open(&driver.input, 0);
	uv_read_start((uv_stream_t *)&driver.input, give_room, take_input);
	uv_run(&driver.loop, UV_RUN_DEFAULT);
	return uv_loop_close(&driver.loop) == 0 ? 0 : 1;
}
