/*
 * The model: a list of sub-states. Each is owned by the file that has the name of
 * its header; a file that needs one includes that header. Here they are only declared.
 */
#ifndef MODEL_TABLES_STATE_H
#define MODEL_TABLES_STATE_H

#include "cmtop/model.h"

struct model {
	struct model_limits limits;
	uint64_t events;               /* applied */
	uint64_t serials;              /* given to jobs, package threads and transfers */
	int64_t newest;                /* log time, WHEN_NONE */
	bool zoned;                    /* … is UTC */
	int16_t bias;                  /* minutes from local time to UTC */
	bool counts_24[UINT8_MAX + 1]; /* by log: a time in its texts had an hour of 0 or above 12 */

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
