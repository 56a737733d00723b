#include "report/outlook.h"

#include <stdlib.h>

#include "cmtop/advice.h"
#include "cmtop/figures.h"
#include "report/columns.h"

static int
by_job(const void *a, const void *b)
{
	const struct transfer *const *x = a, *const *y = b;

	return ((*x)->job > (*y)->job) - ((*x)->job < (*y)->job);
}

static void
put_transfer(struct json *json, const struct scene *scene, const struct transfer *transfer)
{
	const struct model *model = scene->model;
	uint32_t threads = transfer->threads < TRANSFER_THREADS ? transfer->threads : TRANSFER_THREADS;
	size_t count;

	emit_object(json, NULL);
	emit_count(json, "job", transfer->job);
	emit_text(json, "package", transfer->package == NAME_NONE ? NULL : model_packages(model, &count)[transfer->package].id);
	emit_nonzero(json, "version", transfer->version);
	emit_text(json, "dp", model_server(model, transfer->dp));
	emit_list(json, "threads");
	for (uint32_t i = 0; i < threads; i++)
		emit_count(json, NULL, transfer->thread[i]);
	emit_end(json);
	emit_text(json, "state", transfer_state_word((enum transfer_state)transfer->state));
	emit_count(json, "bytes", transfer->bytes);
	emit_known(json, "size", transfer_size(model, transfer));
	emit_rounded(json, "rate", transfer_rate(transfer, scene->now));
	emit_count(json, "attempts", transfer->attempts);
	emit_count(json, "failures", transfer->failures);
	emit_text(json, "restart", transfer->restart);
	emit_nonzero(json, "priority", transfer->priority);
	emit_flag(json, "pull", transfer->pull);
	emit_flag(json, "throttled", transfer->throttled);
	emit_text(json, "error", transfer->error);
	emit_end(json);
}

bool
put_transfers(struct json *json, const struct scene *scene)
{
	size_t count, told = 0;
	const struct transfer *rows = model_transfers(scene->model, &count);
	const struct transfer **order = calloc(count ? count : 1, sizeof(const struct transfer *));

	if (!order)
		return false;
	for (size_t i = 0; i < count; i++)
		if (transfer_told(&rows[i], scene->now) && query_transfer(scene->query, scene->model, &rows[i], scene->now))
			order[told++] = &rows[i];
	qsort(order, told, sizeof(const struct transfer *), by_job);
	emit_list(json, "transfers");
	emit_in_lines(json);
	for (size_t i = 0; i < told; i++)
		put_transfer(json, scene, order[i]);
	emit_end(json);
	free(order);
	return true;
}

void
put_advice(struct json *json, const struct scene *scene)
{
	struct advice_look look = { scene->model, scene->logs, scene->log_count, scene->now, scene->live };
	struct advice found[ADVICE_COUNT];
	size_t count = advice_find(&look, found);

	emit_list(json, "advice");
	emit_in_lines(json);
	for (size_t i = 0; i < count; i++) {
		emit_object(json, NULL);
		emit_text(json, "code", advice_word(found[i].code));
		emit_text(json, "text", found[i].text);
		emit_text(json, "setting", found[i].today);
		emit_text(json, "setting_2007", found[i].before);
		emit_end(json);
	}
	emit_end(json);
}

/* ---- the forecast ---- */

/* From … to, in seconds; an end that never comes is null, and so is a range that is not known. */
static void
put_range(struct json *json, const char *key, struct forecast_span span)
{
	if (span.likely == ETA_UNKNOWN) {
		emit_null(json, key);
		return;
	}
	emit_list(json, key);
	emit_known(json, NULL, in_seconds(span.soonest));
	emit_known(json, NULL, in_seconds(span.latest));
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
	emit_known(json, "apart_eta", in_seconds(basis->apart_eta));
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
