#include "paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

#include "folder.h"
#include "say.h"
#include "worker.h"

#define PATIENCE 2000  /* milliseconds for a file system to say what a path is */

bool
paths_is_input(const struct log_path *path)
{
	return !strcmp(path->path, "-");
}

void
paths_short_name(const char *path, char *out, size_t size)
{
	struct span name = span_basename(span_of(path));

	if (span_is(name, SPAN("-")))
		name = SPAN("input");
	else if (span_ends_nocase(name, SPAN(LOG_END)) || span_ends_nocase(name, SPAN(PREVIOUS_END)))
		name.size -= sizeof(LOG_END) - 1;
	span_copy(name, out, size);
}

void
paths_drop_folder(char *path)
{
	struct span name = span_basename(span_of(path));

	memmove(path, name.at, name.size + 1);
}

int
paths_no_memory(void)
{
	say_error(NULL, "out of memory");
	return 1;
}

struct log_path *
paths_next(struct paths *out, const char *argument)
{
	if (out->count == PATHS_MOST) {
		say_error(argument, "more than %d logs at a time", PATHS_MOST);
		return NULL;
	}
	return &out->log[out->count++];
}

int
paths_readable(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_access(NULL, &request, path, 4 /* R_OK */, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

/* ---- a file ---- */

/* NULL for something that can be read as a log. */
static const char *
not_a_log(uint64_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return NULL;
#ifdef S_IFIFO
	case S_IFIFO: return "a FIFO, not a log (standard input is '-')";
#endif
	case S_IFCHR: return "a device, not a log";
#ifdef S_IFBLK
	case S_IFBLK: return "a device, not a log";
#endif
#ifdef S_IFSOCK
	case S_IFSOCK: return "a socket, not a log";
#endif
	default:      return "neither a file nor a folder";
	}
}

static int
add_path(struct paths *out, const char *argument)
{
	struct log_path *path = paths_next(out, argument);

	if (!path)
		return 2;
	path->given = true;
	path->path = strdup(argument);
	return path->path ? 0 : paths_no_memory();
}

static int
take_file(struct paths *out, const char *argument, uint64_t mode)
{
	const char *why = not_a_log(mode);
	int result;

	if (why) {
		say_error(argument, "%s", why);
		return 1;
	}
	result = paths_readable(argument);
	if (result) {
		say_error(argument, "%s", uv_strerror(result));
		return 1;
	}
	return add_path(out, argument);
}

/* Between a roll-over's two steps a log is missing, but its previous generation is there. */
static bool
just_rolled(const char *argument)
{
	struct span text = span_of(argument);
	char *previous = strdup(argument);
	uv_fs_t request;
	bool there = false;

	if (previous && span_ends_nocase(text, SPAN(LOG_END))) {
		previous[text.size - 1] = '_';
		there = uv_fs_stat(NULL, &request, previous, NULL) == 0;
		uv_fs_req_cleanup(&request);
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
		return add_path(out, argument);
	return folder_expect(out, argument);
}

static int
take_argument(struct paths *out, const char *argument, bool live)
{
	uv_fs_t request;
	int result;
	uint64_t mode;

	if (!strcmp(argument, "-")) {
		for (size_t i = 0; i < out->count; i++)
			if (paths_is_input(&out->log[i])) {
				say_error(NULL, "standard input can be read once only");
				return 2;
			}
		return add_path(out, argument);
	}
	if (live && !worker_answers(argument, PATIENCE))
		return take_unseen(out, argument);
	result = uv_fs_stat(NULL, &request, argument, NULL);
	mode = request.statbuf.st_mode;
	uv_fs_req_cleanup(&request);
	if (result == UV_ENOENT && live && just_rolled(argument))
		return add_path(out, argument);
	if (result) {
		say_error(argument, "%s", uv_strerror(result));
		return 1;
	}
	return (mode & S_IFMT) == S_IFDIR ? folder_take(out, argument, true) : take_file(out, argument, mode);
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
		return folder_take(out, ".", true);
	say_error(NULL, "no LOGDIR or FILE given, and none of %s is here (try 'cmtop --help')",
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
	return code;
}

void
paths_free(struct paths *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		free(paths->log[i].path);
		free(paths->log[i].previous);
	}
	memset(paths, 0, sizeof(*paths));
}
