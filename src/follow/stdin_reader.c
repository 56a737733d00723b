#include "follow/stdin_reader.h"

#include <stdlib.h>

#define CHUNK (64 * 1024)

struct input {
	uv_loop_t *loop;
	uv_fs_t request;
	struct input_events events;
	bool reading, closed;
	char buffer[CHUNK];
};

static void
read_done(uv_fs_t *request)
{
	struct input *input = request->data;
	ssize_t size = request->result;

	uv_fs_req_cleanup(request);
	input->reading = false;
	if (input->closed)
		free(input);
	else if (size > 0)
		input->events.bytes(input->events.payload, input->buffer, (size_t)size);
	else
		input->events.ended(input->events.payload, (int)size);
}

void
input_more(struct input *input)
{
	uv_buf_t buffer = uv_buf_init(input->buffer, CHUNK);
	int result;

	input->request.data = input;
	result = uv_fs_read(input->loop, &input->request, 0, &buffer, 1, -1, read_done);
	if (result)
		input->events.ended(input->events.payload, result);
	else
		input->reading = true;
}

int
input_open(struct input **out, uv_loop_t *loop, const struct input_events *events)
{
	struct input *input = calloc(1, sizeof(*input));

	*out = input;
	if (!input)
		return UV_ENOMEM;
	input->loop = loop;
	input->events = *events;
	input_more(input);
	return 0;
}

void
input_close(struct input *input)
{
	if (!input)
		return;
	input->closed = true;
	if (!input->reading)
		free(input);
	else
		uv_cancel((uv_req_t *)&input->request); /* a read that has begun stays until it is back */
}
