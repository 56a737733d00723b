/*
 * The parts of the snapshot that look ahead.
 */
#ifndef REPORT_SNAPSHOT_FORECAST_H
#define REPORT_SNAPSHOT_FORECAST_H

#include "cmtop/forecast.h"
#include "report/json.h"

/* From … to, in seconds; an end that never comes is null, and so is a range that is not known. */
void put_range(struct json *json, const char *key, struct forecast_span span);
void put_what_if(struct json *json, struct forecast *forecast,
                 int64_t per_site); /* NULL: no row; the newest reading of it, -1 */

#endif
