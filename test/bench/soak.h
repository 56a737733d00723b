/*
 * A busy site's hour with everything that can transition_record to its logs.
 */
#ifndef BENCH_SOAK_H
#define BENCH_SOAK_H

/* Plays `hours` of the site's time in `seconds`; prints its row. False: something was not as at its start. */
int bench_soak(const char *cmtop, const char *folder, double hours, double seconds);

#endif
