#include "model/failures.h"
#include "model/places.h"

/* What the line itself names goes before what its thread is at. */
void
failure_names(struct model *model, const struct event *event, struct transition *h, enum failure_kind *kind)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint32_t site = site_at(model, event_text(event, TEXT_SITE)), dp = server_at(model, event_text(event, TEXT_DP));

	if (package != NAME_NONE && package != h->package)
		h->version = 0;
	if (package != NAME_NONE)
		h->package = package;
	if (event_has_number(event, NUMBER_VERSION) && event->number[NUMBER_VERSION] <= UINT32_MAX)
		h->version = (uint32_t)event->number[NUMBER_VERSION];
	if (site != NAME_NONE)
		h->site = site;
	if (dp != NAME_NONE)
		h->dp = dp;
	if (*kind != FAILURE_COMPONENT || (h->package == NAME_NONE && h->dp == NAME_NONE && h->site == NAME_NONE))
		return;
	if (event->family == FAMILY_SENDER || event->family == FAMILY_SCHEDULER)
		*kind = FAILURE_SEND;
	else if (h->package != NAME_NONE || h->dp != NAME_NONE)
		*kind = h->dp != NAME_NONE ? FAILURE_DP : FAILURE_PACKAGE;
}
