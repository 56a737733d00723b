/*
 * How long it takes to tell what other limits would do.
 */
#ifndef BENCH_FORECAST_TIMING_H
#define BENCH_FORECAST_TIMING_H

void bench_forecast_timing(void); /* prints its row, or ends the program */

#endif
