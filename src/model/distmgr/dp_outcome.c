/*
 * What becomes of the distribution points of a run of a package thread.
 */
#include "model/distmgr/dp_outcome.h"

#include <string.h>

#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_errors.h"
#include "model/records/failures.h"
#include "model/tables/state.h"

struct transition *
dp_tell(struct model *model, enum transition_kind kind, const struct event *event, uint32_t row)
{
	struct dp_table *dps = &model->distmgr->dps;
	struct transition *transition = thread_tell(model, kind, event, dp_owner(model, row));

	transition->thread = dps->rows[row].thread;
	transition->dp = dps->rows[row].server;
	transition->seconds = -1;
	memcpy(transition->text, dps->rows[row].text, sizeof(dps->rows[row].text));
	return transition;
}

/* A failure that was told when nobody knew whose it was: it is this DP's. */
static bool
failure_owned(struct model *model, uint32_t row)
{
	struct dp_table *dps = &model->distmgr->dps;
	struct failure *failure = failure_told(model, dps->extras[row].failure);

	dps->extras[row].failure = 0;
	if (!failure)
		return false;
	failure->kind = FAILURE_DP;
	failure->what.dp = dps->rows[row].server;
	failure->what.package = dp_owner(model, row)->package;
	return true;
}

static void
set_state(struct model *model, uint32_t row, enum dp_state state, const struct event *event)
{
	/* clang-format off */
	static const enum transition_kind kinds[] = {
		[DP_DONE] = TRANSITION_DP_DONE, [DP_ENDED] = TRANSITION_DP_ENDED, [DP_FAILED] = TRANSITION_DP_FAILED,
	};
	/* clang-format on */
	struct dp *dp = &model->distmgr->dps.rows[row];
	struct transition *transition;

	if (dp->state == state)
		return;
	model->distmgr->counts.dps_ended -= dp->state == DP_ENDED;
	model->distmgr->counts.dps_ended += state == DP_ENDED;
	dp->state = (uint8_t)state;
	transition = dp_tell(model, kinds[state], event, row);
	if (state == DP_FAILED && !failure_owned(model, row)
	    && !failure_known(model, transition->thread, transition->text))
		failure_record(model, transition, FAILURE_DP, event, dp_owner(model, row)->component);
}

void
dp_fail(struct model *model, uint32_t row, const struct event *event, const char *text)
{
	struct dp_table *dps = &model->distmgr->dps;
	char copy[sizeof(dps->rows[row].text)];

	if (dps->rows[row].state == DP_FAILED)
		return;
	span_copy(span_of(text), copy, sizeof(copy)); /* it may be the row's own */
	memcpy(dps->rows[row].text, copy, sizeof(copy));
	set_state(model, row, DP_FAILED, event);
}

static const char refused[] = "no sign that it got the package, which failed to process (status message 2302)";

/* Its thread has ended: how, is told by what was said before. */
void
dp_finish(struct model *model, uint32_t row, const struct event *event)
{
	struct dp_table *dps = &model->distmgr->dps;
	struct dp_extra *extra = &dps->extras[row];

	if (dps->rows[row].state != DP_RUNNING)
		return;
	extra->ended = event->at;
	extra->soft = extra->erred;
	dp_release_number(model, row);
	if (extra->sign != SIGN_NONE)
		set_state(model, row, DP_DONE, event);
	else if (extra->erred || model->distmgr->threads.extras[extra->owner].refused)
		dp_fail(model, row, event, dps->rows[row].text[0] ? dps->rows[row].text : refused);
	else
		set_state(model, row, DP_ENDED, event);
}

/* A good sign outweighs errors that may pass, and the status message that it is there any failure. */
void
dp_give_sign(struct model *model, uint32_t row, enum dp_sign sign, const struct event *event)
{
	struct dp_table *dps = &model->distmgr->dps;
	struct dp *dp = &dps->rows[row];
	struct dp_extra *extra = &dps->extras[row];

	if (dp->state == DP_FAILED && !extra->soft && sign != SIGN_DISTRIBUTED)
		return;
	extra->sign = (uint8_t)sign;
	extra->erred = false;
	span_copy(sign == SIGN_NOTHING ? SPAN("nothing to be copied over") : SPAN(""), dp->text, sizeof(dp->text));
	if (dp->state != DP_RUNNING || !extra->announced)
		set_state(model, row, DP_DONE, event);
}

void
dps_refused(struct model *model, uint32_t thread, const struct event *event)
{
	struct dp_table *dps = &model->distmgr->dps;

	for (uint32_t k = model->distmgr->threads.rows[thread].first_dp; k != NAME_NONE; k = dps->rows[k].next)
		if (dps->rows[k].state == DP_ENDED)
			dp_fail(model, k, event, refused);
}

void
dps_close(struct model *model, uint32_t thread, const struct event *event)
{
	for (uint32_t k = model->distmgr->threads.rows[thread].first_dp; k != NAME_NONE;
	     k = model->distmgr->dps.rows[k].next)
		dp_finish(model, k, event);
	dps_remove_all(model, thread);
}

void
dp_number_taken(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	uint32_t row = dp_row_of(model, component, number);

	if (row == NAME_NONE)
		return;
	dp_finish(model, row, event);
	dp_unbind(model, row);
}
