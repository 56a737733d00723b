#include "ingest/merge.h"

void
stream_open(struct stream *stream, bool (*pull)(void *payload, struct event *event), void *payload)
{
	stream->pull = pull;
	stream->payload = payload;
	stream->ready = false;
	stream->reached = WHEN_NONE;
}

struct stream *
merge_first(struct stream *const *streams, size_t count, int64_t *until)
{
	struct stream *first = NULL;

	*until = INT64_MAX;
	for (size_t i = 0; i < count; i++) {
		struct stream *stream = streams[i];

		if (!stream->ready)
			continue;
		if (!first) {
			first = stream;
		} else if (stream->reached < first->reached) {
			*until = first->reached;
			first = stream;
		} else if (stream->reached < *until) {
			*until = stream->reached;
		}
	}
	return first;
}
