#include "follow/reading_course.h"

uint64_t
reading_left(struct reading *reading, uint64_t *read)
{
	size_t count;
	const struct log_status *logs = reading_logs(reading, &count);
	uint64_t left = 0;

	*read = 0;
	for (size_t i = 0; i < count; i++) {
		left += logs[i].left;
		*read += logs[i].bytes;
	}
	return left;
}

static bool
is_in_trouble(const struct log_status *log)
{
	return log->state == LOG_DENIED || log->state == LOG_STALLED || log->state == LOG_ERROR;
}

/* A log that cannot be read counts as read to its end, so the times decide. */
bool
reading_has_reached(struct reading *reading, struct reading *other, bool quiet)
{
	size_t count;
	const struct log_status *logs = reading_logs(reading, &count), *others = reading_logs(other, &count);

	for (size_t i = 0; i < count; i++)
		if (logs[i].newest < others[i].newest && (is_in_trouble(&logs[i]) || !quiet))
			return false;
	return true;
}
