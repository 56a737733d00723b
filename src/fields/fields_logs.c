/* The logs themselves, as far as they were read. */
#include "fields/values.h"

#define LOG(name, ...) VALUE(name, struct log_status, log, __VA_ARGS__)

static const char *
state_words(size_t i)
{
	return i < LOG_STATE_COUNT ? log_state_word((enum log_state)i) : NULL;
}

/* Seconds since the newest record. */
static struct value
age(const struct field_context *of, const void *row)
{
	const struct log_status *log = row;

	if (log->reached == WHEN_NONE)
		return value_unknown();
	if (of->scene->live && log->silent >= 0)
		return value_real((double)log->silent / WHEN_SECOND);
	return value_real(of->now > log->reached ? (double)(of->now - log->reached) / WHEN_SECOND : 0);
}

/* Seconds since 1970, where the records carry a time zone. */
static struct value
newest_seconds(const struct field_context *of, const void *row)
{
	const struct log_status *log = row;

	(void)of;
	return value_where(log->newest != WHEN_NONE && log->zoned, value_real((double)log->newest / WHEN_SECOND));
}

LOG(name, value_of_text(log->name))
LOG(path, value_of_text(log->path))
LOG(state, value_of_text(log_state_word(log->state)))
LOG(error, value_of_text(log->error))
LOG(bytes, value_count(log->bytes))
LOG(records, value_count(log->records))
LOG(unknown, value_count(log->unknown))
LOG(damaged, value_count(log->damaged))
LOG(rollovers, value_count(log->rollovers))
LOG(missed, value_count(log->missed))
LOG(encoding, value_of_text(log->encoding[0] ? log->encoding : "utf-8"))
LOG(encoding_guessed, value_flag(log->guessed))
LOG(newest, value_written(log->newest, log_newest(log)))
LOG(readable, value_flag(log->state == LOG_LIVE || log->state == LOG_IDLE || log->state == LOG_READ))

/* clang-format off */
static const struct field rows[] = {
	{ "name", NULL, UNIT_TEXT, FIELD_ROW | FIELD_KNOWN, "which log, such as sender", .value = name },
	{ "path", NULL, UNIT_TEXT, FIELD_ROW | FIELD_KNOWN, "path of its newest generation", .value = path },
	{ "state", NULL, UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "live, idle, waiting, denied, stalled, error or read",
	  .value = state, .words = state_words },
	{ "error", NULL, UNIT_TEXT, FIELD_ROW, "why it cannot be read", .value = error },
	{ "bytes", NULL, UNIT_BYTES, FIELD_ROW | FIELD_KNOWN, "bytes read",
	  .value = bytes, METRIC(64, "log_bytes_total", "bytes read") },
	{ "records", NULL, UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "complete records read",
	  .value = records, METRIC(65, "log_records_total", NULL) },
	{ "unknown", NULL, UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "records that cmtop does not understand",
	  .value = unknown, METRIC(66, "log_unknown_total", "records that cmtop does not understand") },
	{ "damaged", NULL, UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "pieces that are not complete records",
	  .value = damaged, METRIC(67, "log_damaged_total", NULL) },
	{ "rollovers", NULL, UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "rollovers while cmtop followed it",
	  .value = rollovers, METRIC(68, "log_rollovers_total", "rollovers while cmtop followed the log") },
	{ "missed", NULL, UNIT_BYTES, FIELD_ROW | FIELD_KNOWN, "bytes that are known to be lost at rollovers",
	  .value = missed, METRIC(69, "log_missed_bytes_total", NULL) },
	{ "newest", NULL, UNIT_TIME, FIELD_ROW, "time of the newest record",
	  .value = newest, METRIC(63, "log_newest_timestamp_seconds", "time of the newest record; no sample if records have no time zone"),
	  .metric_value = newest_seconds },
	{ "encoding", NULL, UNIT_TEXT, FIELD_ROW | FIELD_KNOWN, "what it is written in, such as utf-8, utf-16le or windows-1252",
	  .value = encoding },
	{ "encoding_guessed", NULL, UNIT_FLAG, FIELD_ROW | FIELD_KNOWN, "true: the code page was guessed from the names in all logs",
	  .value = encoding_guessed },
	/* In the metrics alone. */
	{ "readable", NULL, UNIT_FLAG, FIELD_KNOWN, "1 while the log can be read", .value = readable, METRIC(61, "log_readable", NULL) },
	{ "age", NULL, UNIT_SECONDS, 0, "time since the newest record", .value = age, METRIC(62, "log_age_seconds", NULL) },
};
/* clang-format on */

const struct field_list fields_logs = { "logs", "log", "One log that was read.", rows, COUNT_OF(rows) };
