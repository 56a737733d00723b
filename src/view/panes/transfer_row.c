#include "view/panes/transfer_row.h"
#include "view/frame/format.h"

bool
transfer_held_back(const struct transfer *transfer)
{
	return transfer->throttled && (transfer->state == TRANSFER_WAITING || transfer->state == TRANSFER_SENDING);
}

const char *
transfer_word(const struct view *view, const struct transfer *transfer)
{
	if (transfer_stalled(transfer, view->now))
		return "STALLED";
	return transfer_held_back(transfer) ? "throttled" : transfer_state_word((enum transfer_state)transfer->state);
}

uint8_t
transfer_style(const struct view *view, const struct transfer *transfer)
{
	char text[STATE_TEXT];

	return view_weight(transfer_state_text(transfer, view->now, text));
}

const char *
transfer_again(const struct view *view, const struct transfer *transfer)
{
	int64_t at = transfer_restart(view->model, transfer);
	const char *when;

	if (transfer->state == TRANSFER_FAILED)
		return ""; /* given up: the time that was said last is no time to wait for */
	if (at == WHEN_NONE)
		return transfer->restart.text;
	when = view_when_again(view, &transfer->restart);
	return view->now != WHEN_NONE && at < view->now ? arena_format(view->arena, "was %s", when) : when;
}
