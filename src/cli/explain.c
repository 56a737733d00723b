#include "cli/explain.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch_answer.h"
#include "cli/stdout_sink.h"
#include "cmtop/explanation.h"
#include "cmtop/text/text_form.h"
#include "os/file_calls.h"
#include "os/message.h"
#include "os/open_file.h"

#define CHUNK (64 * 1024)

struct explain {
	struct explained_source source;
	struct explanation *explanation;
	struct out out;
	size_t log;           /* number of the log that the line is in */
	const char *file;     /* … and its file, as the paths call it */
	uint64_t start, end;  /* of the line in the file, its end left out */
	char *text;           /* of the line; PARSER_RECORD_MOST bytes at most */
	size_t size;          /* of that */
	enum text_form form;  /* of the file */
	bool begun;           /* what was looked at last ends within a line */
	unsigned char before; /* the byte before the next one looked at */
	bool redact;          /* a line that is no record is not shown then */
	bool taken, found;    /* the event that is being applied is of the line; one was */
	bool no_memory;
};

/* ---- the line in the file ---- */

/* Looks through bytes for the line. False: it ends behind them. */
static bool
look_through(struct explain *explain, const char *bytes, size_t size, uint64_t *line, uint64_t *offset)
{
	struct span rest = { bytes, size };

	while (rest.size > 0) {
		bool ends;
		size_t taken = text_form_line(explain->form, rest, *offset, explain->before, &ends);
		size_t newline = !ends ? 0 : form_is_utf16(explain->form) && taken > 1 ? 2 : 1, piece = taken - newline;

		if (*line == explain->source.line) {
			size_t room = PARSER_RECORD_MOST - explain->size, more = piece < room ? piece : room;

			memcpy(explain->text + explain->size, rest.at, more);
			explain->size += more;
			explain->end += piece;
			if (ends)
				return true;
		}
		*offset += taken;
		explain->begun = !ends;
		explain->before = (unsigned char)rest.at[taken - 1];
		rest = span_from(rest, taken);
		if (ends && ++*line == explain->source.line)
			explain->start = explain->end = *offset;
	}
	return false;
}

/* The line may be there although no newline ends it; one that holds nothing then is none. */
static int
find_line(struct explain *explain, uv_file file)
{
	const char *path = explain->file;
	char *bytes = malloc(CHUNK);
	uint64_t line = 1, offset = 0;
	bool ended = false;
	int size = 0;

	while (bytes && !ended && (size = os_read(file, bytes, CHUNK, (int64_t)offset)) > 0) {
		if (offset == 0)
			explain->form = text_form_of((struct span){ bytes, (size_t)size }, SPAN(""), 0);
		ended = look_through(explain, bytes, (size_t)size, &line, &offset);
	}
	free(bytes);
	if (bytes && size >= 0 && (ended || (line == explain->source.line && explain->end > explain->start)))
		return 0;
	if (!bytes)
		message_error(NULL, "out of memory");
	else if (size < 0)
		message_error(path, "%s", opening_error_text(size));
	else if (!offset)
		message_error(path, "there is no line %" PRIu64 ": the file is empty", explain->source.line);
	else
		message_error(path, "there is no line %" PRIu64 ": the last one is %" PRIu64, explain->source.line,
		              line - !explain->begun);
	return 1;
}

/* Which of the files that are read it is. */
static bool
find_file(struct explain *explain, const struct paths *paths, const char *name)
{
	const struct path_file file = paths_file(name);

	for (size_t i = 0; i < paths->count; i++) {
		const struct log_path *log = &paths->log[i];

		explain->log = i;
		explain->file = log->path;
		if (paths_same_file(log->file, file) || !strcmp(log->path, name))
			return true;
		explain->file = log->previous;
		if (log->previous && (paths_same_file(log->previous_file, file) || !strcmp(log->previous, name)))
			return true;
	}
	return false;
}

int
explain_open(struct explain **out, const struct options *options, const struct paths *paths)
{
	const struct explain_line *wanted = &options->explain;
	struct explain *explain = calloc(1, sizeof(*explain));
	uv_file file;
	int result;

	*out = explain;
	if (explain) {
		explain->explanation = explanation_new();
		explain->text = malloc(PARSER_RECORD_MOST);
	}
	if (!explain || !explain->explanation || !explain->text)
		return answer_no_memory(options);
	explain->redact = options->redact;
	explain->source = (struct explained_source){ .file = wanted->file, .line = wanted->line };
	if (explain->redact)
		explain->source.file = span_basename(span_of(wanted->file)).at;
	out_open(&explain->out);
	result = find_file(explain, paths, wanted->file) ? opening_file(explain->file, &file) : UV_ENOENT;
	if (result) {
		message_error(wanted->file, "%s", opening_error_text(result));
		return 1;
	}
	result = find_line(explain, file);
	os_close(file);
	return result;
}

void
explain_close(struct explain *explain)
{
	if (!explain)
		return;
	explanation_free(explain->explanation);
	free(explain->text);
	free(explain);
}

/* ---- its events ---- */

/* A line may hold several records, and a record go over several lines. */
static bool
is_of_line(const struct explain *explain, const struct batch_reading *reading, const struct event *logged)
{
	return logged->log == explain->log && logged->offset <= explain->end && logged->end > explain->start
	       && (logged->offset < explain->end || explain->start == explain->end)
	       && !strcmp(batch_reading_file(reading, explain->log), explain->file);
}

void
explain_before(struct explain *explain, const struct batch_reading *reading, const struct event *event,
               const struct event *logged)
{
	explain->taken = is_of_line(explain, reading, logged);
	if (explain->taken)
		explain->no_memory |= !explanation_before(explain->explanation, batch_reading_model(reading), event);
}

void
explain_applied(struct explain *explain, const struct batch_reading *reading, const struct event *event)
{
	const struct model *model = batch_reading_model(reading);

	if (!explain->taken)
		return;
	explain->no_memory = explain->no_memory || !explanation_after(explain->explanation, model);
	if (explain->no_memory)
		return;
	explain->found = true;
	explain->source.rule = parser_rule_text(event);
	explain->source.rule_set = parser_rule_set(event);
	explanation_print(explain->explanation, model, event, &explain->source, &explain->out.sink);
}

int
explain_end(struct explain *explain, struct server_text *server)
{
	char *readable = malloc(SERVER_LINE_MOST);
	struct span text = { explain->text, explain->size };
	const char *message = "this line is no record, or a damaged one; it is passed over";

	explain->no_memory |= !readable;
	if (readable)
		text = span_trim(server_text_line(server, explain->form, text, readable));
	while (text.size > 0 && text.at[text.size - 1] == '\r')
		text.size--;
	if (!text.size)
		message = "the line is empty";
	else if (span_starts_nocase(text, SPAN("<MAXIMUM LOG FILE SIZE REACHED")))
		message = "this line is the header of a log that has rolled over";
	if (explain->redact && text.size) /* names are found in records only */
		text = SPAN("(hidden by --redact)");
	if (!explain->no_memory && !explain->found)
		explanation_print_none(&explain->source, text, message, &explain->out.sink);
	free(readable);
	if (!explain->no_memory)
		return out_end(&explain->out);
	message_error(NULL, "out of memory");
	return 1;
}
