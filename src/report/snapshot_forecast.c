#include "report/snapshot_forecast.h"

void
put_range(struct json *json, const char *key, struct forecast_span span)
{
	if (span.likely == ETA_UNKNOWN) {
		emit_null(json, key);
		return;
	}
	emit_list(json, key);
	emit_known(json, NULL, rounded_seconds(span.soonest));
	emit_known(json, NULL, rounded_seconds(span.latest));
	emit_end(json);
}

void
put_what_if(struct json *json, struct forecast *forecast, int64_t per_site)
{
	struct forecast_row rows[FORECAST_ROWS];
	size_t count = forecast ? forecast_what_if(forecast, rows) : 0;

	emit_list(json, "what_if");
	emit_in_lines(json);
	for (size_t i = 0; i < count; i++) {
		emit_object(json, NULL);
		emit_known(json, "all_sites", rows[i].all_sites);
		emit_known(json, "per_site", rows[i].per_site >= 0 ? rows[i].per_site : per_site);
		put_range(json, "eta", rows[i].empty);
		emit_flag(json, "seen", rows[i].seen);
		emit_flag(json, "now", rows[i].now);
		emit_end(json);
	}
	emit_end(json);
}
