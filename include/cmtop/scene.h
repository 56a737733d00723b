/*
 * What there is to look at, at one moment: handed to views and reports alike,
 * so that the screen and the JSON cannot differ.
 */
#ifndef CMTOP_SCENE_H
#define CMTOP_SCENE_H

#include "cmtop/log.h"
#include "cmtop/model.h"

struct foretold;
struct logstore;
struct query;

struct scene {
	const struct model *model;
	const struct log_status *logs;
	size_t log_count;
	int64_t now; /* running time; WHEN_NONE: nothing has been read */
	int64_t clock; /* milliseconds of this machine's own clock, which never goes back; 0: none runs. For notices alone */
	bool live; /* followed, not a snapshot */
	int unread; /* per cent of the logs that is still to be read for figures that count from their beginning; 0: none */
	const struct logstore *logstore; /* the lines behind the figures; NULL: not kept */
	const struct foretold
		*foretold;   /* forecasts are worked out beside: the newest; NULL: whoever shows one works it out */
	struct query *query; /* NULL: everything; asking may switch a slow term off. Views have their own */
};

#endif
