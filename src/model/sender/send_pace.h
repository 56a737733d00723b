/* How long sends take, for forecasts, and their pauses. */
#ifndef MODEL_SENDER_SEND_PACE_H
#define MODEL_SENDER_SEND_PACE_H

#include "model/records/usual_gap.h"
#include "model/tables/state.h"

/* A mean in which what came later counts more. */
struct mean {
	double sum, weight;
};

struct site_pace {
	struct send_pace pace;
	struct usual_gap gaps;          /* between two blocks of one send, of all its sends */
	int64_t paused_from, paused_to; /* the newest long one of these; 0 both: there was none */
};

struct send_paces {
	struct site_pace *sites;
	struct mean handover; /* milliseconds until a freed slot was taken again */
	int64_t freed;        /* when one of all slots became free, WHEN_NONE: none is awaited */
};

struct send_paces *send_paces_new(uint32_t sites); /* NULL: out of memory */
void send_paces_free(struct send_paces *paces);

/* A block was written then, after a pause of GAP_LONG at least; before it counts as the job's last. */
void send_pace_pause(struct model *model, uint32_t job, int64_t at);
void send_pace_site(struct model *model, uint32_t job); /* its site is known now, or throttled */
void send_pace_throttled(struct model *model, uint32_t site, const struct event *event);
void send_pace_job_began(struct model *model, const struct event *event);
/* It still holds its slot. */
void send_pace_job_ends(struct model *model, const struct job *job, enum job_state state, int64_t at);

#endif
