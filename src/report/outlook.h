/*
 * The parts of the snapshot that look beyond the sender's slots. Furniture of
 * this room.
 */
#ifndef REPORT_OUTLOOK_H
#define REPORT_OUTLOOK_H

#include "cmtop/scene.h"
#include "report/json.h"

bool put_transfers(struct json *json, const struct scene *scene);  /* false: out of memory */
void put_advice(struct json *json, const struct scene *scene);

#endif
