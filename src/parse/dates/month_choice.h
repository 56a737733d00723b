/*
 * What the names of a log mean, where that is not the same in all languages, or no language has them.
 */
#ifndef PARSE_DATES_MONTH_CHOICE_H
#define PARSE_DATES_MONTH_CHOICE_H

#include "parse/dates/named_dates.h"

/*
 * Decides, for good, what all names mean that are not decided yet, and which years those of another
 * calendar are: by all dates seen. `changed`: when the file was changed last, WHEN_NONE: not known.
 */
void months_choose(struct named_dates *dates, int64_t changed);

#endif
