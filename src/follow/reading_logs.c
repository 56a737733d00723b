/* What is told of the logs themselves. */
#include "follow/reading_state.h"

#include "follow/log_reader.h"

static void
fill_status(struct watched *log, struct log_status *out)
{
	if (log->follow) {
		follow_status(log->follow, out);
	} else {
		*out = (struct log_status){ .silent = -1, .progress = 100 };
		out->state = log->error ? LOG_ERROR : log->ended ? LOG_READ : LOG_LIVE;
		out->bytes = parser_counts(log->file_stream[0].source)->bytes;
		span_copy(SPAN("-"), out->path, sizeof(out->path));
		if (log->error)
			span_copy(span_of(uv_strerror(log->error)), out->error, sizeof(out->error));
	}
	out->records = out->unknown = out->damaged = 0;
	out->newest = WHEN_NONE;
	out->zoned = false;
	for (int i = 0; i < 2; i++)
		status_of_source(out, parser_counts(log->file_stream[i].source));
	status_of_path(out, log->path, log->file_stream[parser_log_name(log->file_stream[0].source) ? 0 : 1].source);
}

const struct log_status *
reading_logs(struct reading *reading, size_t *count)
{
	for (size_t i = 0; i < reading->count; i++)
		fill_status(&reading->log[i], &reading->status[i]);
	for (size_t i = 0; reading->redact && i < reading->count; i++)
		paths_drop_folder(reading->status[i].path);
	*count = reading->count;
	return reading->status;
}
