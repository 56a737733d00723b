#include "report/snapshot_forecast.h"

#include "report/columns.h"

/* From … to, in seconds; an end that never comes is null, and so is a range that is not known. */
static void
put_range(struct json *json, const char *key, struct forecast_span span)
{
	if (span.likely == ETA_UNKNOWN) {
		emit_null(json, key);
		return;
	}
	emit_list(json, key);
	emit_known(json, NULL, whole_seconds(span.soonest));
	emit_known(json, NULL, whole_seconds(span.latest));
	emit_end(json);
}

void
put_forecast(struct json *json, const struct scene *scene, const struct forecast *forecast)
{
	const struct forecast_basis *basis = forecast_basis(forecast);

	emit_object(json, "forecast");
	put_range(json, "range", forecast_empty(forecast));
	emit_text(json, "lacks", forecast_lack_says(basis->lack));
	emit_count(json, "sends", basis->sends);
	emit_count(json, "guessed", basis->guessed);
	emit_count(json, "unheard_sites", basis->unheard);
	emit_count(json, "left_out", basis->left_out);
	emit_text(json, "left_out_site", site_name(scene->model, basis->left_out_site));
	emit_count(json, "apart", basis->apart);
	emit_text(json, "apart_site", site_name(scene->model, basis->apart_site));
	emit_known(json, "apart_eta", whole_seconds(basis->apart_eta));
	/* Not worked out in this release. */
	emit_null(json, "basis_seconds");
	emit_null(json, "past_error");
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
