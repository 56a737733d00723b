#include "term/output_flow.h"

#define ASK_EVERY 2048  /* bytes, */
#define WAY_MOST  2048  /* and so many may follow a question that has no answer yet, */
#define ANSWER    300   /* unless it is long in coming */
#define PATIENCE  30000 /* then it will not answer any more: it may be another terminal by now */
#define LINE_LAG  300   /* that a serial line may be behind */

bool
flow_sent(struct flow *flow, size_t bytes, uint64_t now)
{
	flow->since += bytes;
	if (flow->line > 0)
		flow->free_at = (flow->free_at > now ? flow->free_at : now) + bytes * 1000 / flow->line;
	return !flow->asked && flow->since >= ASK_EVERY;
}

void
flow_asked(struct flow *flow, uint64_t now)
{
	flow->asked = true;
	flow->asked_at = now;
	flow->since = 0;
}

void
flow_answered(struct flow *flow)
{
	flow->answers = true;
	flow->asked = false;
}

bool
flow_full(struct flow *flow, uint64_t now)
{
	if (flow->asked && now >= flow->asked_at + PATIENCE)
		flow->asked = flow->answers = false;
	if (now + LINE_LAG < flow->free_at)
		return true;
	return flow->answers && flow->asked && (flow->since >= WAY_MOST || now >= flow->asked_at + ANSWER);
}
