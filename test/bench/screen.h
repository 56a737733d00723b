/*
 * Figures of the screen: how soon it answers a key, what it writes and costs.
 */
#ifndef BENCH_SCREEN_H
#define BENCH_SCREEN_H

#include "bench/dashboard.h"

void bench_keys(const char *cmtop, const char *folder,
                const struct truth *truth);             /* a folder with very much that is due */
void bench_busy(const char *cmtop, const char *folder); /* writes a busy site's logs there */

/* Nobody writes to `far`, which is seen as `folder`; `aim`: of the program's wake-ups a second. */
void bench_rest(const char *what, int aim, const char *cmtop, const char *folder, const char *far);

#endif
