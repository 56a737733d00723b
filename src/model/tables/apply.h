/* What every handler of an event is: the model's dispatch table holds one per kind of event. */
#ifndef MODEL_TABLES_APPLY_H
#define MODEL_TABLES_APPLY_H

#include <stdint.h>

struct event;
struct model;

/* `component`: the number of the component that wrote the line. */
typedef void apply_fn(struct model *model, const struct event *event, uint32_t component);

#endif
