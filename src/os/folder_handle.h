/*
 * A folder that is held open, so that what is done in it is done in that one,
 * whatever its name leads to by then. Names here are of what is in it, without a
 * folder, and no link is followed. Every function may block.
 */
#ifndef OS_FOLDER_HANDLE_H
#define OS_FOLDER_HANDLE_H

#include <stdbool.h>
#include <stdint.h>

#include <uv.h>

#define PLACE_PATH  4096
#define PLACE_DEPTH 256 /* folders above one another that are asked for, at most */

struct place_id {
	uint64_t device, inode;
};

struct place {
	intptr_t folder;         /* the system's own handle */
	char path[PLACE_PATH];   /* its one real path */
	char source[PLACE_PATH]; /* file system and path in it, the same for all bind mounts of it; "": not known */
	struct place_id id[PLACE_DEPTH]; /* its own, and that of each folder above it */
	size_t depth;
};

enum place_kind { PLACE_NOTHING, PLACE_FILE, PLACE_LINK, PLACE_FOLDER, PLACE_FIFO, PLACE_DEVICE, PLACE_SOCKET };

struct place_entry {
	enum place_kind kind;
	struct place_id id;
	unsigned mode, owner, group; /* of a PLACE_FILE */
};

/* All these: 0, or a negative libuv error. */
int place_open(struct place *place, const char *folder);
void place_close(struct place *place);
int place_where(struct place *place); /* path, source and ids anew: it may have been moved */

int place_look(const struct place *place, const char *name, struct place_entry *out);
int place_create(const struct place *place, const char *name, unsigned mode); /* the file, which was not there before */
int place_make(const struct place *place, const char *name);                  /* a folder, for its owner alone */
int place_remove(const struct place *place, const char *name);

/* Owner and permissions as the other one has them, as far as we may. */
void place_make_like(uv_file file, const struct place_entry *entry);

/* Without `over`: UV_EEXIST where there is something of that name. */
int place_rename(const struct place *place, const char *from, const char *to, bool over);

#endif
