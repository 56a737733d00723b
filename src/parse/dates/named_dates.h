/*
 * The dates of one log whose months have names, in a language that is not told: "Mo Aug 06 … 2007".
 *
 * What most names mean is the same in all languages that have them. Where it is not, the log
 * decides: the language that all its names fit, the days of the week that its dates fall on, and
 * that time goes on. A name that no language has is the month that brings the newest record nearest
 * to the file's time of change; and it is that month wherever it stands.
 */
#ifndef PARSE_DATES_NAMED_DATES_H
#define PARSE_DATES_NAMED_DATES_H

#include "cmtop/when.h"
#include "parse/dates/month_names.h"

#define MONTH_NAMES 40 /* different ones in a log; more are not remembered */
#define DAY_NAMES   40
#define DATES_SEEN  120
#define ASKED_MOST  1000

/* "Mo Aug 06 10:00:00.000 2007 …", in pieces. */
struct named_date {
	struct span names; /* of the day and of the month */
	struct civil civil;
	struct span zone; /* what stands behind the year */
};

/* Told apart by their bytes: of two letters that could not be decoded each fits what the other does. */
struct seen_name {
	char text[NAME_BYTES];
	uint8_t size;
	uint16_t meanings; /* in any language */
	uint8_t month;     /* what it was decided to mean; 0: not yet */
};

/* A date of the log, its names by their places in the tables. */
struct seen_date {
	uint8_t month, day_name, day;
	int16_t year;
};

struct named_dates {
	struct seen_name month[MONTH_NAMES], day[DAY_NAMES];
	struct seen_date seen[DATES_SEEN]; /* in the order of the log, of those that had to be looked through */
	uint16_t months, days, count;
	uint16_t asked;     /* times that all languages were asked where a name begins; ASKED_MOST at most */
	int year_shift;     /* to add to the years of another calendar; */
	bool year_known;    /* … if it is known */
	int64_t latest;     /* time of the record before; WHEN_NONE: there was none */
	char last[96];      /* the names of the record before, */
	uint8_t size;       /* how long they are, */
	uint8_t last_month; /* and which month that is */
};

void dates_open(struct named_dates *dates);

/* Takes the text of a time into its pieces, the month left open. */
bool named_date_take(struct span text, struct named_date *out);

enum date_known {
	DATE_KNOWN,
	DATE_ASKS, /* the log has to be looked through, and months_choose() to be called */
	DATE_NEVER /* it has too many names */
};

/* Fills month and year by what is known. */
enum date_known dates_know(struct named_dates *dates, struct named_date *date);

/* Their month is the same one in every language that has it. */
bool dates_certain(struct named_dates *dates, struct span names);

/* A date of the log, for months_choose(). */
void dates_see(struct named_dates *dates, const struct named_date *date);

struct span seen_name_text(const struct seen_name *name);

#endif
