#include "follow/stdin_reader.h"

#include <stdlib.h>

#define CHUNK (64 * 1024)

struct stdin_reader {
	uv_loop_t *loop;
	uv_fs_t request;
	struct stdin_reader_events events;
	bool reading, closed;
	char buffer[CHUNK];
};

static void
read_done(uv_fs_t *request)
{
	struct stdin_reader *reader = request->data;
	ssize_t size = request->result;

	uv_fs_req_cleanup(request);
	reader->reading = false;
	if (reader->closed)
		free(reader);
	else if (size > 0)
		reader->events.bytes(reader->events.payload, reader->buffer, (size_t)size);
	else
		reader->events.ended(reader->events.payload, (int)size);
}

void
stdin_reader_more(struct stdin_reader *reader)
{
	uv_buf_t buffer = uv_buf_init(reader->buffer, CHUNK);
	int result;

	reader->request.data = reader;
	result = uv_fs_read(reader->loop, &reader->request, 0, &buffer, 1, -1, read_done);
	if (result)
		reader->events.ended(reader->events.payload, result);
	else
		reader->reading = true;
}

int
stdin_reader_open(struct stdin_reader **out, uv_loop_t *loop, const struct stdin_reader_events *events)
{
	struct stdin_reader *reader = calloc(1, sizeof(*reader));

	*out = reader;
	if (!reader)
		return UV_ENOMEM;
	reader->loop = loop;
	reader->events = *events;
	stdin_reader_more(reader);
	return 0;
}

void
stdin_reader_close(struct stdin_reader *reader)
{
	if (!reader)
		return;
	reader->closed = true;
	if (!reader->reading)
		free(reader);
	else
		uv_cancel((uv_req_t *)&reader->request); /* a read that has begun stays until it is back */
}
