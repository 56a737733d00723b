/*
 * Figures of a file system without notifications.
 */
#ifndef BENCH_SHARE_H
#define BENCH_SHARE_H

#include "bench/dashboard.h"

/* What is written to `far` is seen in `folder`. */
void bench_share(const char *name, const char *cmtop, const char *folder, const char *far, const struct truth *truth);

#endif
