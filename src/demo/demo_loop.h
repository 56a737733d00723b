/*
 * Keeps a simulated site running beside whoever watches it.
 */
#ifndef DEMO_DEMO_LOOP_H
#define DEMO_DEMO_LOOP_H

#include <uv.h>

#include "demo/demo.h"

struct demo_loop;

int demo_loop_open(struct demo_loop **out, uv_loop_t *loop, struct demo *demo); /* 0, or a negative libuv error */
void demo_loop_close(struct demo_loop *running); /* NULL is fine; memory is freed when the loop lets go of it */

#endif
