/*
 * The text is in the server's local time: it is read by the clock and the bias of the
 * record that it stands in, not by those of later ones. Whether a log counts its hours to
 * 24 may be seen only later; so a time that depends on it is kept with that condition.
 */
#include "model/records/announced_times.h"

#include "model/tables/state.h"

struct announced
announced_take(struct model *model, const struct event *event)
{
	struct announced out = {
		.at = WHEN_NONE, .written = WHEN_NONE, .bias = event->bias, .zoned = event->zoned, .log = event->log
	};
	int64_t to_local = event->shift + (event->zoned ? event->bias * WHEN_MINUTE : 0);
	struct when_text read;

	if (!event_has_text(event, TEXT_TIME))
		return out;
	span_copy(event->text[TEXT_TIME], out.text, sizeof(out.text));
	read = when_in_text(event->text[TEXT_TIME], event->at == WHEN_NONE ? WHEN_NONE : event->at - to_local);
	if (read.counts_24)
		model->counts_24[event->log] = true;
	out.if_24 = read.if_24;
	if (read.at != WHEN_NONE) {
		out.at = read.at + to_local;
		out.written = out.at - event->shift;
	}
	return out;
}

int64_t
model_announced(const struct model *model, const struct announced *announced)
{
	if (!announced->text[0] || (announced->if_24 && !model->counts_24[announced->log]))
		return WHEN_NONE;
	return announced->at;
}
