/*
 * The model: a list of sub-states. Each is owned by the file that has the name of
 * its header; a file that needs one includes that header. Here they are only declared.
 */
#ifndef MODEL_TABLES_STATE_H
#define MODEL_TABLES_STATE_H

#include "cmtop/model.h"

struct model {
	struct model_limits limits;
	uint64_t events;  /* applied */
	uint64_t serials; /* given to jobs, package threads and transfers */
	int64_t first;    /* running time of the first record, WHEN_NONE */
	int64_t newest;   /* … and of the newest one */
	uint8_t newest_log;
	bool counts_24[UINT8_MAX + 1]; /* by log: a time in its texts had an hour of 0 or above 12 */

	struct written_times *written;
	struct components *components;
	struct main_threads *mains;
	struct places *places;
	struct pairs *pairs;
	struct sender *sender;
	struct tried_requests *tried;
	struct send_paces *paces;
	struct uplink *uplink;
	struct drift *drift;
	struct package_files *files;
	struct requests *requests;
	struct ahead *ahead;
	struct rate_counters *rates;
	struct sample_ring *samples;
	struct journal *journal;
	struct failures *failures;
	struct truncation *truncation;
	struct distmgr *distmgr;
	struct transfer_table *transfers;
};

#endif
