/*
 * The times of lines that people have copied: short date and long time, as the machine of the reader
 * was set, "3/11/2026 6:05:01 PM", "2026. 11. 3. 오후 6:05:01".
 *
 * Which of three numbers is the day cannot be seen, but a file has one order: the first line that can
 * decide does. If none can, it is the order in which time goes on, and else the one that brings the
 * newest record nearest to, and not after, the file's time of change.
 */
#ifndef PARSE_DATES_COPIED_DATES_H
#define PARSE_DATES_COPIED_DATES_H

#include "cmtop/when.h"

enum date_order { ORDER_DAY_FIRST, ORDER_MONTH_FIRST, ORDER_YEAR_FIRST, DATE_ORDERS };

/* A word that may name a half of the day, and what it was decided to be. */
struct half_word {
	char text[24];
	uint8_t size;
	uint8_t half; /* enum day_half */
};

struct copied_dates {
	uint8_t refused;  /* bit per order that a line has decided against; */
	uint8_t possible; /* … that has been possible in any line seen by copied_see() */
	uint8_t chosen; /* the order that was found the likeliest, plus 1; 0: none yet. It stays while it is possible */
	bool counts_24; /* an hour of 0 or above 12 stands somewhere */
	bool points;    /* dates have points or dashes: no country writes the month first with these */
	bool halves;    /* some line has named a half of the day */
	bool half[2];   /* it was the first, the second, by a word that some language is known to have */
	struct {
		int64_t last, oldest, newest; /* WHEN_NONE: none yet */
		uint32_t backs;               /* times that time went back */
	} order[DATE_ORDERS];
	struct half_word word[2]; /* that no language is known to have, in the order in which they came; */
	uint8_t words, last_word; /* … how many there are, and the last one's place */
	int last_date[3];         /* the numbers of its date */
};

void copied_open(struct copied_dates *dates);

/* Whether the text is a time, and what it says of the order, for the lines that follow it. */
bool copied_see(struct copied_dates *dates, struct span text, int64_t changed);

/* Reads a time, local. False: the text is none. WHEN_NONE: there is no such time. */
bool copied_read(struct copied_dates *dates, struct span text, int64_t changed, int64_t *out);

/* Nothing of the order is open. */
bool copied_decided(const struct copied_dates *dates);

#endif
