/* How sends feel each other: whether all of them share one network line that is full. */
#ifndef MODEL_SENDER_UPLINK_H
#define MODEL_SENDER_UPLINK_H

#include "model/tables/state.h"

struct uplink {
	int64_t window;            /* when the one that runs began */
	double gaps, bytes;        /* in it: milliseconds that blocks took, of all sends; bytes, */
	double usual;              /* … and what would be usual for these sites in that time */
	double strange;            /* milliseconds of sites of which nothing is usual yet */
	double x, y;               /* logarithms of the window before: how many wrote, and how fast by what is usual */
	bool told;                 /* … which are known */
	double writers;            /* lately */
	double weight, xx, xy, yy; /* of the changes from window to window: how many, and the sums of their products */
};

struct uplink *uplink_new(void); /* NULL: out of memory */
void uplink_free(struct uplink *uplink);

/* Before the block counts as the job's last. */
void uplink_block(struct model *model, const struct job *job, int64_t at, uint64_t bytes);

#endif
