/*
 * Packages, their sends to each site, and how large they are.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_PACKAGE_H
#define CMTOP_MODEL_PACKAGE_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

struct package {
	char id[16];
	char name[152];   /* 50 characters of any script; from a status message or a job's line; "": not known */
	uint32_t version; /* newest seen, 0: none */
	uint64_t waiting, running, done, failed; /* sends */
	uint64_t bytes;
	int64_t kbytes;           /* of the source: "The size of package P, version V is N KBytes"; -1: unknown */
	int64_t compressed;       /* KBytes: "The compressed size of package P is N KBytes"; -1: unknown */
	uint64_t waiting_kbytes;  /* left to send of those that wait, where the scheduler lists them */
	uint64_t waiting_unsized; /* how many of these it lists without a size */
	uint32_t file_version,
		file_from;     /* the file that its newest minijob sends; version 0: not known, from 0: it is whole */
	bool queued;           /* "Adding package 'P' to package processing queue", and no thread has started since */
	uint64_t queued_order; /* smaller was queued earlier */
	int64_t last;          /* newest line about it */
	uint8_t last_log;      /* … is in this log */
};

const struct package *model_packages(const struct model *model, size_t *count);

/* Counts of one package at one site; all zero if nothing is known. */
struct pair_counts {
	uint64_t waiting, running, done, failed;
};

/* All that was ever sent or to be sent, as package and site, in the order of their first line. */
size_t model_pairs(const struct model *model);
void model_pair_names(const struct model *model, size_t i, uint32_t *package, uint32_t *site);

struct pair_counts model_pair(const struct model *model, uint32_t package, uint32_t site);

enum size_source { SIZE_UNKNOWN, SIZE_EXACT, SIZE_SCHED, SIZE_ESTIMATE };

/*
 * Size of the file that carries a package's version (delta_from 0: the whole
 * package), in bytes; the best source wins. SIZE_UNKNOWN leaves *bytes alone.
 */
enum size_source model_size(const struct model *model, uint32_t package, uint32_t version, uint32_t delta_from,
                            uint64_t *bytes);

/* The size of one send of the package's newest version, as its newest minijob sends it; bytes, -1 unknown. */
int64_t package_size(const struct model *model, uint32_t package, enum size_source *source);

/*
 * The path is that of a known package's file which has not been sent whole, so
 * that to look at it (EVENT_FILE_LOOKED) would tell something.
 */
bool model_wants_look(const struct model *model, struct span path);

/* Bytes of the version's source files as distmgr tells, which is what goes to distribution points; -1: not known. */
int64_t model_source_size(const struct model *model, uint32_t package, uint32_t version);

const char *size_source_word(enum size_source source); /* NULL for SIZE_UNKNOWN */

#endif
