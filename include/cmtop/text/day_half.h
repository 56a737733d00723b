/* Which half of the day the words beside a clock name: "PM", "午後", "p. m.". */
#ifndef CMTOP_TEXT_DAY_HALF_H
#define CMTOP_TEXT_DAY_HALF_H

#include "cmtop/utf8.h"

enum day_half {
	HALF_NONE, /* no word is there, or none that could say it */
	HALF_AM,
	HALF_PM,
	HALF_UNKNOWN, /* a word that may be one */
};

/* Of the text that ends at a clock, and of that which follows it; as utf8_plain() leaves it. */
enum day_half half_before(struct span words);
enum day_half half_behind(struct span words);

#endif
