/*
 * The list of logs to be read: where each is, and what it is called.
 */
#ifndef FOLLOW_LOG_PATHS_H
#define FOLLOW_LOG_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmtop/ingest.h"
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

void paths_destroy(struct paths *paths);

bool paths_is_input(const struct log_path *path); /* standard input */
bool paths_have_input(const struct paths *paths); /* … is one of them, which can be read only once */

void paths_drop_folder(char *path); /* "sender.log" of "/mnt/server/Logs/sender.log", in its place */

/* The one LOGDIR that all are in, as it was named. False: files, standard input, or several. */
bool paths_one_folder(const struct paths *paths, char *out, size_t size);

/* Name, counts and times of a log, as its records tell; `number` is its number in the ingest. */
void paths_status(const struct log_path *path, const struct ingest *ingest, size_t number, struct log_status *out);

/* Logs in one folder are of one site server: for each log the number of the first one in its folder. */
void paths_servers(const struct paths *paths, uint8_t out[PATHS_MOST]);

/* For whoever adds to the list. */
#define LOG_END      ".log"
#define PREVIOUS_END ".lo_"

struct log_path *paths_next(struct paths *out, const char *argument); /* NULL: full, the user was told */
int paths_readable(const char *path);                                 /* 0, or a negative libuv error */
struct path_file paths_file(const char *path);                        /* also behind a link; all 0: there is none */
bool paths_same_file(struct path_file a, struct path_file b);
int paths_no_memory(void); /* says so; exit code */

#endif
