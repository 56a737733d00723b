/* What went wrong. */
#include "cmtop/errors.h"
#include "fields/values.h"

#define FAILURE(name, ...) VALUE(name, struct failure, failure, __VA_ARGS__)

static const char *
kind_words(size_t i)
{
	return i < FAILURE_KIND_COUNT ? failure_kind_word((enum failure_kind)i) : NULL;
}

static const char *
log_name(const struct field_context *of, const struct failure *failure)
{
	return failure->log < of->scene->log_count ? of->scene->logs[failure->log].name : NULL;
}

/* Text is all there is where the time in it cannot be read. */
static const char *
retry_words(const struct field_context *of, const struct failure *failure)
{
	return failure_retry(of->model, failure) == WHEN_NONE ? failure->retry.text : NULL;
}

FAILURE(told, value_time(failure->what.at, failure->what.zoned))
FAILURE(source, value_of_text(log_name(of, failure)))
FAILURE(kind, value_of_text(failure_kind_word((enum failure_kind)failure->kind)))
FAILURE(site, value_of_text(site_name(of->model, failure->what.site)))
FAILURE(package, value_of_text(package_name(of->model, failure->what.package)))
FAILURE(version, value_nonzero(failure->what.version))
FAILURE(dp, value_of_text(model_server(of->model, failure->what.dp)))
FAILURE(request, value_of_text(failure->what.request))
FAILURE(thread, value_nonzero(failure->what.thread))
FAILURE(attempt, value_nonzero(failure->what.attempt))
FAILURE(code, value_where(failure->coded, value_code(failure->code)))
FAILURE(meaning, value_of_text(failure->coded ? failure_meaning(failure->code) : NULL))
FAILURE(text, value_of_text(failure->what.text))
FAILURE(retry, value_where(failure_retry(of->model, failure) != WHEN_NONE,
                           value_time(failure->retry.written, failure->retry.zoned)))
FAILURE(retry_text, value_of_text(retry_words(of, failure)))

/* clang-format off */
static const struct field rows[] = {
	{ "time", "TIME", UNIT_TIME, FIELD_ROW, "time of the log line", .value = told },
	{ "log", NULL, UNIT_TEXT, FIELD_ROW, "the log of the line", .value = source },
	{ "kind", NULL, UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "what went wrong: send, package, dp, transfer, replication or component",
	  .value = kind, .words = kind_words },
	{ "site", "SITE", UNIT_TEXT, FIELD_ROW, "destination site", .value = site },
	{ "package", "PACKAGE", UNIT_TEXT, FIELD_ROW, "package id", .value = package },
	{ "version", NULL, UNIT_NUMBER, FIELD_ROW, "of the package", .value = version },
	{ "dp", NULL, UNIT_TEXT, FIELD_ROW, "distribution point", .value = dp },
	{ "request", NULL, UNIT_TEXT, FIELD_ROW, "send request id", .value = request },
	{ "thread", NULL, UNIT_NUMBER, FIELD_ROW, "the thread of the log line", .value = thread },
	{ "attempt", NULL, UNIT_COUNT, FIELD_ROW, "1 at the first try", .value = attempt },
	{ "code", NULL, UNIT_CODE, FIELD_ROW, "error code: a decimal number of Windows, or 0x… of a component", .value = code },
	{ "meaning", NULL, UNIT_TEXT, FIELD_ROW, "what the code means", .value = meaning },
	{ "text", NULL, UNIT_TEXT, FIELD_ROW, "text of the log line", .value = text },
	{ "retry", NULL, UNIT_TIME, FIELD_ROW, "when it is tried again; null if the log does not say it for certain",
	  .value = retry },
	{ "retry_text", NULL, UNIT_TEXT, FIELD_ROW, "the time as logged if it is not certain; or how often it was tried so far",
	  .value = retry_text },
};
/* clang-format on */

const struct field_list fields_failures = { "failures", "failure", "What went wrong, as pane 4 shows it.", rows,
	                                    COUNT_OF(rows) };
