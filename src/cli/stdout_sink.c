#include "cli/stdout_sink.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "os/message.h"

static struct {
	bool wanted, json;
} ascii_only;

void
out_ascii_only(bool json)
{
	ascii_only.wanted = true;
	ascii_only.json = json;
}

static void
failed(struct out *out)
{
	if (errno == EPIPE)
		out->closed = true;
	else if (!out->error)
		out->error = errno ? errno : EIO;
}

static void
put(void *payload, const char *bytes, size_t size)
{
	struct out *out = payload;

	if (out->closed || out->error)
		return;
	errno = 0;
	if (fwrite(bytes, 1, size, stdout) != size)
		failed(out);
}

void
out_open(struct out *out)
{
	const struct sink sink = { put, out };

	*out = (struct out){ .sink = sink };
	ascii_sink_open(&out->ascii, &sink, ascii_only.json);
	if (ascii_only.wanted)
		out->sink = out->ascii.sink;
}

bool
out_flush(struct out *out)
{
	errno = 0;
	if (!out->closed && !out->error && fflush(stdout))
		failed(out);
	return !out->closed && !out->error;
}

int
out_end(struct out *out)
{
	out_flush(out);
	if (!out->error)
		return 0;
	message_error("standard output", "%s", strerror(out->error));
	return 1;
}
