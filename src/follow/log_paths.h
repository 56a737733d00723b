/*
 * From what the user named to a list of logs: a LOGDIR is every known log in it,
 * in any letter case, each with its previous generation; a FILE is itself.
 */
#ifndef FOLLOW_LOG_PATHS_H
#define FOLLOW_LOG_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmtop/log.h"

#define PATHS_MOST 255 /* logs are numbered in a byte */

struct log_path {
	char name[32];  /* "sender"; "" when only its records can tell */
	char *path;     /* perhaps not there yet; "-" is standard input */
	char *previous; /* the generation before; NULL: none there, or not asked for */
	bool given;     /* named by the user, not found in a LOGDIR */
	bool unseen;    /* its file system did not answer yet */
	struct path_file {
		uint64_t device, inode;
	} file, previous_file; /* which files these were when they were found; all 0: not known */
};

struct paths {
	struct log_path log[PATHS_MOST];
	size_t count;
	char *folder; /* the LOGDIR, as it was named; NULL: there is none */
	struct path_file folder_file;
};

/*
 * One site server: a second LOGDIR is refused, and a file that is named twice, or
 * is in the LOGDIR, is read once.
 * 0, or the exit code after the user was told why. `live`: the logs are to be
 * followed, so standard input and what is not there are judged accordingly.
 */
int paths_find(struct paths *out, char *const *arguments, size_t count, bool live);

void paths_free(struct paths *paths);

bool paths_is_input(const struct log_path *path); /* standard input */

/* "sender-2024" of "/a/sender-2024.log": what a log is called until its records tell. */
void paths_short_name(const char *path, char *out, size_t size);

void paths_drop_folder(char *path); /* "sender.log" of "/mnt/server/Logs/sender.log", in its place */

/* For whoever adds to the list. */
#define LOG_END      ".log"
#define PREVIOUS_END ".lo_"

struct log_path *paths_next(struct paths *out, const char *argument); /* NULL: full, the user was told */
int paths_readable(const char *path);                                 /* 0, or a negative libuv error */
struct path_file paths_file(const char *path);                        /* also behind a link; all 0: there is none */
bool paths_same_file(struct path_file a, struct path_file b);
int paths_no_memory(void); /* says so; exit code */

#endif
