#include "follow/log_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "cmtop/parser.h"
#include "os/message.h"

/* "folder/name" */
static char *
join(const char *folder, const char *name)
{
	size_t length = strlen(folder);
	size_t size = length + strlen(name) + 2;
	bool ends = length && (folder[length - 1] == '/' || folder[length - 1] == '\\');
	char *out = malloc(size);

	if (out)
		snprintf(out, size, "%s%s%s", folder, ends ? "" : "/", name);
	return out;
}

/* The names under which the generations of the known logs stand in a folder. */
struct spelled {
	char *log[LOGS_MOST], *previous[LOGS_MOST];
	bool iis; /* there are logs of IIS */
};

static void
spelled_destroy(struct spelled *spelled)
{
	for (size_t i = 0; i < LOGS_MOST; i++) {
		free(spelled->log[i]);
		free(spelled->previous[i]);
	}
}

/*
 * Where two spellings stand side by side, the one in small letters counts:
 * it sorts last.
 */
static bool
keep_spelling(char **kept, const char *name)
{
	char *better;

	if (*kept && strcmp(name, *kept) < 0)
		return true;
	better = strdup(name);
	if (!better)
		return false;
	free(*kept);
	*kept = better;
	return true;
}

/* "u_ex260730.log", "ex260730.log", "u_extend3.log" */
static bool
is_of_iis(struct span name)
{
	span_skip_nocase(&name, SPAN("u_"));
	if (!span_skip_nocase(&name, SPAN("ex")) || !span_ends_nocase(name, SPAN(LOG_END)))
		return false;
	span_skip_nocase(&name, SPAN("tend"));
	return is_digit(*name.at);
}

static bool
note_spelling(struct spelled *out, const char *name)
{
	struct span text = span_of(name);
	const char *known;

	out->iis |= is_of_iis(text);
	for (size_t i = 0; i < LOGS_MOST && (known = parser_known_log(i)); i++) {
		if (text.size != strlen(known) + sizeof(LOG_END) - 1 || !span_starts_nocase(text, span_of(known)))
			continue;
		if (span_ends_nocase(text, SPAN(LOG_END)))
			return keep_spelling(&out->log[i], name);
		if (span_ends_nocase(text, SPAN(PREVIOUS_END)))
			return keep_spelling(&out->previous[i], name);
	}
	return true;
}

/* 0, or a negative libuv error. */
static int
spell_folder(const char *folder, struct spelled *out)
{
	uv_fs_t request;
	uv_dirent_t entry;
	int result = uv_fs_scandir(NULL, &request, folder, 0, NULL);

	while (result >= 0 && uv_fs_scandir_next(&request, &entry) != UV_EOF)
		if (!note_spelling(out, entry.name))
			result = UV_ENOMEM;
	uv_fs_req_cleanup(&request);
	return result < 0 ? result : 0;
}

/* A log that is not there is expected under the spelling of its previous generation. */
static char *
expected_path(const char *folder, const char *known, const char *previous)
{
	char name[64];
	size_t length = strlen(known);

	if (previous && previous[length + 1] == 'L')
		snprintf(name, sizeof(name), "%.*s.LOG", (int)length, previous);
	else
		snprintf(name, sizeof(name), "%.*s" LOG_END, (int)length, previous ? previous : known);
	return join(folder, name);
}

static int
add_folder(struct paths *out, const char *folder, const struct spelled *spelled, bool unseen)
{
	const char *known;

	if (!out->folder)
		out->folder = strdup(folder);
	if (!out->folder)
		return paths_no_memory();
	if (!unseen)
		out->folder_file = paths_file(folder);
	for (size_t i = 0; i < LOGS_MOST && (known = parser_known_log(i)); i++) {
		const char *log = spelled->log[i], *previous = spelled->previous[i];
		struct log_path *path = paths_next(out, folder);

		if (!path)
			return 2;
		span_copy(span_of(known), path->name, sizeof(path->name));
		path->path = log ? join(folder, log) : expected_path(folder, known, previous);
		path->previous = previous ? join(folder, previous) : NULL;
		if (!path->path || (previous && !path->previous))
			return paths_no_memory();
		path->unseen = unseen;
		if (log)
			path->file = paths_file(path->path);
		if (previous)
			path->previous_file = paths_file(path->previous);
	}
	return 0;
}

static bool
any_spelled(const struct spelled *spelled)
{
	for (size_t i = 0; i < LOGS_MOST; i++)
		if (spelled->log[i] || spelled->previous[i])
			return true;
	return false;
}

/* "sender.log, distmgr.log" */
const char *
folder_known_names(char *out, size_t size)
{
	size_t used = 0;
	const char *known;

	out[0] = '\0';
	for (size_t i = 0; (known = parser_known_log(i)) && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s" LOG_END, i ? ", " : "", known);
	return out;
}

enum folder_holds
folder_holds(const char *folder)
{
	struct spelled spelled = { .iis = false };
	enum folder_holds holds = FOLDER_NONE;

	if (!spell_folder(folder, &spelled))
		holds = any_spelled(&spelled) ? FOLDER_LOGS : spelled.iis ? FOLDER_IIS : FOLDER_NONE;
	spelled_destroy(&spelled);
	return holds;
}

bool
folder_has_logs(const char *folder)
{
	return folder_holds(folder) == FOLDER_LOGS;
}

int
folder_refuse(const struct paths *out, const char *folder)
{
	message_error(folder,
	              "a second log folder, beside %s. cmtop reads the logs of one site server: start cmtop twice, "
	              "once for each",
	              out->folder);
	return 2;
}

/* A log that may not be read now is followed all the same; but one must be. */
static int
need_one(const struct paths *paths, size_t from)
{
	const struct log_path *worst = &paths->log[from];
	int why = UV_ENOENT;

	for (size_t i = from; i < paths->count; i++) {
		const struct log_path *path = &paths->log[i];
		int result = paths_readable(path->path);

		if (!result || (path->previous && !paths_readable(path->previous)))
			return 0;
		if (result != UV_ENOENT) {
			worst = path;
			why = result;
		}
	}
	message_error(worst->path, "%s", uv_strerror(why));
	return 1;
}

int
folder_take(struct paths *out, const char *folder, bool need)
{
	size_t from = out->count;
	struct spelled spelled = { .iis = false };
	int result = spell_folder(folder, &spelled), code = 1;
	bool any = any_spelled(&spelled);
	char names[256];

	if (result)
		message_error(folder, "%s", uv_strerror(result));
	else if (need && !any)
		message_error(folder, "no known log in this folder (cmtop looks for %s)",
		              folder_known_names(names, sizeof(names)));
	else
		code = add_folder(out, folder, &spelled, false);
	spelled_destroy(&spelled);
	return code || !any ? code : need_one(out, from);
}

int
folder_expect(struct paths *out, const char *folder)
{
	const struct spelled nothing = { .iis = false };

	return add_folder(out, folder, &nothing, true);
}
