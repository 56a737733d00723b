/* Distribution points, under the package threads that work for them. */
#include "fields/values.h"

#define DP(name, ...) VALUE(name, struct dp_row, row, __VA_ARGS__)

static const char *
state_words(size_t i)
{
	return i <= DP_FAILED ? dp_state_word((enum dp_state)i) : NULL;
}

DP(thread, value_nonzero(row->dp->thread))
DP(dp, value_of_text(model_server(of->model, row->dp->server)))
DP(state, value_of_text(dp_state_word((enum dp_state)row->dp->state)))
DP(text, value_of_text(row->dp->text))
DP(package, value_of_text(package_name(of->model, row->thread->package)))
DP(version, value_nonzero(row->thread->version))
DP(package_thread, value_count(row->thread->thread))

/* In JSON a row is an entry of its thread's `dps`, and what is of the thread is a member of that. */
/* clang-format off */
static const struct field rows[] = {
	{ "thread", NULL, UNIT_NUMBER, FIELD_ROW, "DP thread of the distribution manager", .value = thread },
	{ "dp", NULL, UNIT_TEXT, FIELD_ROW, "distribution point", .value = dp, .filter = "server" },
	{ "state", NULL, UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "running, done, ended (no success or failure in the log) or failed",
	  .value = state, .words = state_words },
	{ "text", NULL, UNIT_TEXT, FIELD_ROW, "its error, or the log line about its end", .value = text },
	{ "package", NULL, UNIT_TEXT, FIELD_CSV, "package id", .value = package },
	{ "version", NULL, UNIT_NUMBER, FIELD_CSV, "of the package", .value = version },
	{ "package_thread", NULL, UNIT_NUMBER, FIELD_CSV | FIELD_KNOWN, "the package thread that it works for",
	  .value = package_thread },
};
/* clang-format on */

const struct field_list fields_dps = { "dps", "dp", "A distribution point that a package thread works on.", rows,
	                               COUNT_OF(rows) };
