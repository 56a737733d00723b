/* How many sends come before the first one of each site: counted once and kept until the model changes. */
#ifndef MODEL_SENDER_AHEAD_H
#define MODEL_SENDER_AHEAD_H

#include <stdint.h>

struct ahead;

struct ahead *ahead_new(uint32_t sites); /* NULL: out of memory */
void ahead_free(struct ahead *ahead);

#endif
