/* Send requests as the scheduler tells of them. */
#ifndef MODEL_TABLES_REQUESTS_H
#define MODEL_TABLES_REQUESTS_H

#include "cmtop/hash_index.h"
#include "model/tables/apply.h"
#include "model/tables/state.h"

#define REQUEST_NONE NAME_NONE

/* What a list says of a request: it counts when the list is whole. */
struct listed_request {
	uint32_t list; /* its number, 0: none */
	uint32_t package, site, version, kbytes, left;
	uint8_t priority;
	bool sized, runs;
};

struct request {
	char id[16];            /* "" where the row is free */
	uint32_t package, site; /* NAME_NONE: not known, or no package */
	uint32_t version;
	uint32_t kbytes, left; /* of the whole, and still to send; valid if `sized` */
	uint32_t list;         /* number of the list it was last in */
	union {
		uint32_t carrier;   /* open job that carries it, NAME_NONE */
		uint32_t next_free; /* … of a free row */
	};
	uint32_t order;   /* smaller: its first line came earlier */
	uint32_t second;  /* when, since 1970 */
	uint8_t priority; /* 0: not known */
	bool sized, runs, completed, counted;
	struct listed_request listed;
};

struct requests {
	struct request *rows;
	struct hash_index index; /* by id */
	uint32_t indexed;        /* rows that it has room for */
	uint32_t used, allocated, free, count;
	uint32_t order; /* of the newest */
	bool active;    /* a whole list was read: the requests tell what waits */
	bool listing;   /* in the middle of one */
	uint32_t list;  /* its number */
	uint32_t list_thread, list_component;
	uint32_t read, unread; /* rows of the list in hand, and lines of it that may be rows and were not understood */
	uint32_t row;          /* told of last */
	int64_t begun;         /* when the list in hand began, WHEN_NONE */
	int64_t listed_at;     /* when the newest whole list began, WHEN_NONE */
	uint8_t log;           /* … and the log that the newest list is in */
};

struct requests *requests_new(void); /* NULL: out of memory */
void requests_free(struct requests *requests);

void request_id(struct span id, char *out, size_t size); /* "" where it is too long: it is refused, never cut */
uint64_t request_key(struct span id);
uint32_t request_find(const struct model *model, struct span id); /* REQUEST_NONE: not there */
uint32_t request_at(struct model *model, struct span id);         /* REQUEST_NONE: no room, or no id */
void request_remove(struct model *model, uint32_t i);
void request_count(struct model *model, uint32_t i);   /* it may wait now, or no more */
void request_uncount(struct model *model, uint32_t i); /* before what it weighs or where it goes changes */
void request_carry(struct model *model, uint32_t i, uint32_t job);
/* The job has ended; nothing changes where it does not carry the request. */
void request_put_down(struct model *model, struct span id, uint32_t job, enum job_state state);

/* ---- scheduler.c ---- */

apply_fn sched_list, sched_listed, sched_job, sched_destination, sched_created, sched_deleted, sched_checked,
	sched_completed, sched_speed;

void sched_goes_on(struct model *model, const struct event *event, uint32_t component); /* before every event */
void sched_forget_list(struct model *model, uint32_t component);                        /* part of it was lost */

#endif
