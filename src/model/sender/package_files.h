/* Files that carry a package, whole or as the difference from an older version, and their sizes. */
#ifndef MODEL_SENDER_PACKAGE_FILES_H
#define MODEL_SENDER_PACKAGE_FILES_H

#include "model/tables/apply.h"
#include "model/tables/fifo_map.h"
#include "model/tables/state.h"

struct package_file {
	uint64_t exact;             /* bytes, as it was sent whole; 0: not known */
	uint64_t looked;            /* … as it was found to have by looking at it */
	uint64_t sched;             /* of the largest request that the scheduler lists for it, bytes, 0: not known */
	int64_t kbytes, compressed; /* -1: not known */
	uint32_t unsized_due;       /* sends of it that fell due before its size was known, */
	uint32_t due_second;        /* … the last of them at this second since 1970 */
};

struct package_files {
	struct fifo_map keys;
	struct package_file *rows;
};

struct package_files *package_files_new(uint32_t most); /* NULL: out of memory */
void package_files_free(struct package_files *files);

apply_fn file_looked;

struct package_file *file_at(struct model *model, uint32_t package, uint32_t version, uint32_t from);
void file_due(struct model *model, uint32_t package);       /* a send of its newest file fell due */
void file_sent(struct model *model, const struct job *job); /* whole: its size is known */
/* A request that carries it weighs so much. */
void file_listed(struct model *model, uint32_t package, uint32_t version, uint64_t bytes);
/* A new request, heard of then, is listed with its size. */
void request_weighed(struct model *model, uint64_t bytes, uint32_t second);

/* What a file carries, as its name says. */
struct file_content {
	struct span package;
	uint32_t version, delta_from;
};

bool file_content(struct span path, struct file_content *out); /* false: it carries no package */
bool is_replication(struct span path);                         /* a file of schedule.box\tosend */
bool is_instruction(struct span path);                         /* … that is an order, not what is ordered */

#endif
