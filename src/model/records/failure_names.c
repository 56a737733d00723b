#include "model/records/failures.h"
#include "model/tables/places.h"

/* What the line itself names goes before what its thread is at. */
void
failure_names(struct model *model, const struct event *event, struct transition *t, enum failure_kind *kind)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint32_t site = site_at(model, event_text(event, TEXT_SITE)), dp = server_at(model, event_text(event, TEXT_DP));

	if (package != NAME_NONE && package != t->package)
		t->version = 0;
	if (package != NAME_NONE)
		t->package = package;
	if (event_has_number(event, NUMBER_VERSION) && event->number[NUMBER_VERSION] <= UINT32_MAX)
		t->version = (uint32_t)event->number[NUMBER_VERSION];
	if (site != NAME_NONE)
		t->site = site;
	if (dp != NAME_NONE)
		t->dp = dp;
	if (*kind != FAILURE_COMPONENT || (t->package == NAME_NONE && t->dp == NAME_NONE && t->site == NAME_NONE))
		return;
	if (event->family == FAMILY_SENDER || event->family == FAMILY_SCHEDULER)
		*kind = FAILURE_SEND;
	else if (t->package != NAME_NONE || t->dp != NAME_NONE)
		*kind = t->dp != NAME_NONE ? FAILURE_DP : FAILURE_PACKAGE;
}
