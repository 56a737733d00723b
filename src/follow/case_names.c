#include "follow/case_names.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/span.h"
#include "os/file_calls.h"
#include "os/open_file.h"

#define LIST_EVERY 16 /* a folder that seems unchanged is listed again after so many misses */

static char *
copy_text(const char *text, size_t size)
{
	char *copy = malloc(size + 1);

	if (copy) {
		memcpy(copy, text, size);
		copy[size] = '\0';
	}
	return copy;
}

static char *
folder_of(const char *path)
{
	struct span all = span_of(path);
	size_t size = all.size - span_basename(all).size;

	if (size == 0)
		return copy_text(".", 1);
	return copy_text(path, size > 1 ? size - 1 : 1);
}

bool
name_of_log(struct name *name, const char *path)
{
	*name = (struct name){ .asked = copy_text(path, strlen(path)), .folder = folder_of(path) };
	return name->asked && name->folder;
}

/* What does not end like a log is not known to roll. */
bool
name_of_previous(struct name *name, const char *path)
{
	*name = (struct name){ 0 };
	if (!span_ends_nocase(span_of(path), SPAN(".log")))
		return true;
	if (!name_of_log(name, path))
		return false;
	name->asked[strlen(path) - 1] = '_';
	return true;
}

void
name_destroy(struct name *name)
{
	free(name->asked);
	free(name->folder);
	free(name->found);
}

int64_t
name_nanoseconds(uv_timespec_t time)
{
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool
folder_changed(struct name *name)
{
	uv_stat_t folder;
	int64_t changed;

	if (os_stat(name->folder, &folder) < 0)
		return false;
	changed = name_nanoseconds(folder.st_mtim);
	if (changed == name->listed && ++name->misses < LIST_EVERY)
		return false;
	name->listed = changed;
	name->misses = 0;
	return true;
}

/* An entry of the folder that is the name but for its letters' case, as a path; NULL: there is none. */
static char *
list_folder(const struct name *name)
{
	struct span base = span_basename(span_of(name->asked));
	size_t front = strlen(name->asked) - base.size;
	char *found = NULL;
	uv_dirent_t entry;
	uv_fs_t request;

	if (uv_fs_scandir(NULL, &request, name->folder, 0, NULL) >= 0)
		while (!found && uv_fs_scandir_next(&request, &entry) != UV_EOF)
			if (span_is_nocase(span_of(entry.name), base)) {
				found = copy_text(name->asked, front + base.size);
				if (found)
					memcpy(found + front, entry.name, base.size);
			}
	uv_fs_req_cleanup(&request);
	return found;
}

int
name_open(struct name *name, uv_file *out)
{
	int result = UV_ENOENT;

	if (!name->asked)
		return result;
	if (name->found)
		result = opening_file(name->found, out);
	if (result != UV_ENOENT)
		return result;
	free(name->found);
	name->found = NULL;
	result = opening_file(name->asked, out);
	if (result != UV_ENOENT || !folder_changed(name))
		return result;
	name->found = list_folder(name);
	return name->found ? opening_file(name->found, out) : result;
}
