/*
 * The parts of the snapshot that look ahead.
 */
#ifndef REPORT_SNAPSHOT_FORECAST_H
#define REPORT_SNAPSHOT_FORECAST_H

#include "cmtop/forecast.h"
#include "cmtop/scene.h"
#include "report/json.h"

/* What the time to empty stands on, as a member of the backlog. */
void put_forecast(struct json *json, const struct scene *scene, const struct forecast *forecast);
void put_what_if(struct json *json, struct forecast *forecast,
                 int64_t per_site); /* NULL: no row; the newest reading of it, -1 */

#endif
