#include "follow/file_age.h"

#include <stdio.h>

#include "cmtop/when.h"
#include "os/clock.h"
#include "os/file_calls.h"

#define FILES_MOST 1000 /* that are looked at */

/* A domain allows its clocks to differ by so much: when the newest file is older, the rest of it is silence. */
#define SKEW_MOST (5 * WHEN_MINUTE)

/* No clock is so far ahead, but some program may have given a file any time. */
#define AHEAD_MOST WHEN_DAY

int64_t
file_changed(const uv_stat_t *stat)
{
	return stat->st_mtim.tv_sec * 1000 + stat->st_mtim.tv_nsec / 1000000;
}

int64_t
folder_clock_behind(const char *folder)
{
	int64_t now = clock_now(), newest = WHEN_NONE;
	uv_fs_t request;
	uv_dirent_t entry;
	char path[4096];
	int left = FILES_MOST, result = uv_fs_scandir(NULL, &request, folder, 0, NULL);

	while (result >= 0 && left-- > 0 && uv_fs_scandir_next(&request, &entry) != UV_EOF) {
		uv_stat_t stat;

		if ((size_t)snprintf(path, sizeof(path), "%s/%s", folder, entry.name) < sizeof(path)
		    && os_stat(path, &stat) == 0 && os_is_regular(&stat) && file_changed(&stat) > newest
		    && file_changed(&stat) <= now + AHEAD_MOST)
			newest = file_changed(&stat);
	}
	uv_fs_req_cleanup(&request);
	if (newest == WHEN_NONE)
		return 0;
	return now - newest < SKEW_MOST ? now - newest : SKEW_MOST;
}

int64_t
file_age(const uv_stat_t *stat, int64_t behind)
{
	int64_t age = clock_now() - behind - file_changed(stat);

	return age < 0 ? 0 : age;
}
