/*
 * Figures as people read them. Unknown is "?", an estimate carries "~" before
 * it; the caller pads. Every function fills `out`, NUL-terminated.
 */
#ifndef CMTOP_FMT_H
#define CMTOP_FMT_H

#include <stdbool.h>
#include <stdint.h>

#define FMT_TEXT 32

enum fmt_units {
	FMT_BYTES,    /* K M G T of 1024, as Windows Explorer counts */
	FMT_BYTES_SI, /* of 1000 */
	FMT_BITS,     /* rates in bits, of 1000; sizes as FMT_BYTES */
	FMT_UNITS_COUNT
};

void fmt_size(uint64_t bytes, enum fmt_units units, char out[FMT_TEXT]); /* "4.1 GB", "512 B" */

/*
 * " 0.5 /  4.1 GB": both in the unit of the total, so that a column of them lines up.
 * A negative total is not known, a negative part is not there yet.
 */
void fmt_part(int64_t part, int64_t total, bool estimate, enum fmt_units units, char out[FMT_TEXT]);

/* "-" when negative. */
void fmt_rate(double bytes_per_second, enum fmt_units units, char out[FMT_TEXT]); /* "9.9 MB/s" */
void fmt_count(uint64_t n, char out[FMT_TEXT]);                                   /* "2,914" */

/* At most two units: "12s", "8m 34s", "9h 12m", "2d 23h"; a negative one is "0s". */
void fmt_duration(int64_t milliseconds, char out[FMT_TEXT]);
void fmt_duration_short(int64_t milliseconds, char out[FMT_TEXT]); /* one unit: "8m", "9h", "2d" */

/* "12:23:07" and "12:23" of a time that already is the server's local one. */
void fmt_clock(int64_t local, char out[FMT_TEXT]);
void fmt_clock_short(int64_t local, char out[FMT_TEXT]);

/* "+0200", "-0400": the zone of a Windows bias, whose sign is the other way round. */
void fmt_zone(int bias, char out[FMT_TEXT]);

#endif
