#include "follow/log_arguments.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "follow/log_folder.h"
#include "follow/overlap.h"
#include "os/file_calls.h"
#include "os/message.h"
#include "os/open_file.h"
#include "os/worker.h"

#define PATIENCE 2000 /* milliseconds for a file system to say what a path is */

/* ---- a file ---- */

/* It is in the list already, under this or another name. */
static bool
is_listed(const struct paths *paths, const char *argument, struct path_file file)
{
	for (size_t i = 0; i < paths->count; i++) {
		const struct log_path *log = &paths->log[i];

		if (!strcmp(log->path, argument) || (log->previous && !strcmp(log->previous, argument))
		    || paths_same_file(log->file, file) || paths_same_file(log->previous_file, file))
			return true;
	}
	return false;
}

static int
add_path(struct paths *out, const char *argument, bool unseen)
{
	struct path_file file = { 0, 0 };
	struct log_path *path;

	if (!unseen && strcmp(argument, "-"))
		file = paths_file(argument);
	if (is_listed(out, argument, file))
		return 0;
	path = paths_next(out, argument);
	if (!path)
		return 2;
	path->given = true;
	path->unseen = unseen;
	path->file = file;
	path->path = strdup(argument);
	return path->path ? 0 : paths_no_memory();
}

/* A pipe has one end, and is read where that is awaited. */
static int
take_file(struct paths *out, const char *argument, uint64_t mode, bool live)
{
	int result = opening_strangeness(mode);

	if (result == OPENING_FIFO && !live)
		result = 0;
	if (!result)
		result = paths_readable(argument);
	if (!result)
		return add_path(out, argument, false);
	message_error(argument, "%s%s", opening_error_text(result),
	              result == OPENING_FIFO ? " that can be followed (for standard input, use '-')" : "");
	return 1;
}

/* Between a roll-over's two steps a log is missing, but its previous generation is there. */
static bool
just_rolled(const char *argument)
{
	struct span text = span_of(argument);
	char *previous = strdup(argument);
	uv_stat_t stat;
	bool there = false;

	if (previous && span_ends_nocase(text, SPAN(LOG_END))) {
		previous[text.size - 1] = '_';
		there = os_stat(previous, &stat) == 0;
	}
	free(previous);
	return there;
}

/*
 * A share that hangs now may answer in a minute: until then the log, or those of a
 * folder, are expected under their usual names.
 */
static int
take_unseen(struct paths *out, const char *argument)
{
	if (span_ends_nocase(span_of(argument), SPAN(LOG_END)))
		return add_path(out, argument, true);
	return out->folder ? folder_refuse(out, argument) : folder_expect(out, argument);
}

static int
take_input(struct paths *out)
{
	for (size_t i = 0; i < out->count; i++)
		if (paths_is_input(&out->log[i])) {
			message_error(NULL, "standard input can be read only once");
			return 2;
		}
	return add_path(out, "-", false);
}

/* Files that were named before and are in the folder are read as its logs. */
static void
drop_doubles(struct paths *paths, size_t files)
{
	size_t kept = 0;

	for (size_t i = 0; i < files; i++) {
		struct log_path *log = &paths->log[i];
		bool twice = false;

		for (size_t j = files; j < paths->count; j++)
			twice |= paths_same_file(log->file, paths->log[j].file)
			         || paths_same_file(log->file, paths->log[j].previous_file);
		if (twice)
			free(log->path);
		else
			paths->log[kept++] = *log;
	}
	memmove(&paths->log[kept], &paths->log[files], (paths->count - files) * sizeof(paths->log[0]));
	paths->count -= files - kept;
}

/* Where inodes are made up, its one real path tells. */
static bool
is_same_folder(const char *a, const char *b)
{
	uv_fs_t one, other;
	bool same = uv_fs_realpath(NULL, &one, a, NULL) == 0;

	if (uv_fs_realpath(NULL, &other, b, NULL) == 0)
		same = same && !strcmp(one.ptr, other.ptr);
	else
		same = false;
	uv_fs_req_cleanup(&one);
	uv_fs_req_cleanup(&other);
	return same;
}

static int
take_folder(struct paths *out, const char *argument, bool live)
{
	size_t files = out->count;
	enum folder_holds holds = folder_holds(argument);
	int code;

	if (out->folder
	    && (paths_same_file(out->folder_file, paths_file(argument)) || is_same_folder(out->folder, argument)))
		return 0;
	if (holds == FOLDER_IIS) {
		message_note(argument, "this folder has only IIS logs, and this version does not read them");
		return 0;
	}
	if (out->folder && (live || holds == FOLDER_LOGS))
		return folder_refuse(out, argument);
	code = folder_take(out, argument, !live);
	if (!code)
		drop_doubles(out, files);
	return code;
}

static int
take_argument(struct paths *out, const char *argument, bool live)
{
	uv_stat_t stat;
	int result;

	if (!strcmp(argument, "-"))
		return take_input(out);
	if (live && !worker_answers(argument, PATIENCE))
		return take_unseen(out, argument);
	result = os_stat(argument, &stat);
	if (result == UV_ENOENT && live && just_rolled(argument))
		return add_path(out, argument, false);
	if (result) {
		message_error(argument, "%s", uv_strerror(result));
		return 1;
	}
	return os_is_folder(&stat) ? take_folder(out, argument, live) : take_file(out, argument, stat.st_mode, live);
}

/* No argument: ConfigMgr's own variable, else the current folder. */
static int
take_default(struct paths *out, bool live)
{
	const char *folder = getenv("SMS_LOG_PATH");
	char names[256];

	if (folder && *folder)
		return take_argument(out, folder, live);
	if (folder_has_logs("."))
		return folder_take(out, ".", !live);
	message_error(NULL, "no LOGDIR or FILE given, and the current folder has none of %s (try 'cmtop --help')",
	              folder_known_names(names, sizeof(names)));
	return 2;
}

int
paths_find(struct paths *out, char *const *arguments, size_t count, bool live)
{
	int code = 0;

	memset(out, 0, sizeof(*out));
	if (!count)
		return take_default(out, live);
	for (size_t i = 0; i < count && !code; i++)
		code = take_argument(out, arguments[i], live);
	/* Whoever follows opens no log here: a share may hang although it has just answered. */
	if (!code && !live)
		overlap_tell(out);
	if (code || out->count)
		return code;
	message_error(NULL, "no log of a site server was given");
	return 1;
}
