#include "parse/dates/language_choice.h"

#include "parse/dates/language_names.h"
#include "cmtop/text/years.h"

int64_t
seen_date_in(const struct named_dates *dates, const struct seen_date *seen, int month)
{
	int year = year_known(seen->year);
	struct civil c = { .year = year ? year : seen->year + dates->year_shift, .month = month, .day = seen->day };

	return when_from(&c);
}

unsigned
weekday_bit(int64_t midnight)
{
	int64_t days = midnight / WHEN_DAY + 4; /* 1970 began on a Thursday */

	return 1u << ((days % 7 + 7) % 7);
}

bool
month_has_language(const struct named_dates *dates, size_t month)
{
	bool stands[DAY_NAMES] = { false };

	for (size_t i = 0; i < dates->count; i++)
		if (dates->seen[i].month == month && dates->seen[i].day_name < DAY_NAMES)
			stands[dates->seen[i].day_name] = true;
	for (size_t day = 0; day < dates->days; day++)
		if (stands[day]
		    && share_language(seen_name_text(&dates->day[day]), seen_name_text(&dates->month[month])))
			return true;
	return false;
}

size_t
days_in_language(const struct named_dates *dates)
{
	size_t most = 0;
	struct plain_name plain;

	for (size_t language = 0; language_at(language); language++) {
		size_t known = 0;

		for (size_t i = 0; i < dates->days; i++)
			known += name_plain(seen_name_text(&dates->day[i]), &plain) && day_meanings(&plain, language);
		most = known > most ? known : most;
	}
	return most;
}

static void
meanings_in(const struct named_dates *dates, size_t language, struct name_meanings *out)
{
	struct plain_name plain;

	for (size_t i = 0; i < dates->months; i++) {
		name_plain(seen_name_text(&dates->month[i]), &plain);
		out->month[i] = (uint16_t)month_meanings(&plain, language);
	}
	for (size_t i = 0; i < dates->days; i++) {
		name_plain(seen_name_text(&dates->day[i]), &plain);
		out->day[i] = (uint8_t)day_meanings(&plain, language);
	}
}

/* Whether the date falls on the day that its name says, in any month that its other name may mean. 0: it is not known. */
static int
weekday_agrees(const struct named_dates *dates, const struct seen_date *seen, const struct name_meanings *meanings)
{
	unsigned days = seen->day_name < DAY_NAMES ? meanings->day[seen->day_name] : 0;

	if (days == 0 || meanings->month[seen->month] == 0 || !year_known(seen->year))
		return 0;
	for (int m = 1; m <= 12; m++) {
		int64_t at = meanings->month[seen->month] & 1u << m ? seen_date_in(dates, seen, m) : WHEN_NONE;

		if (at != WHEN_NONE && days & weekday_bit(at))
			return 1;
	}
	return -1;
}

static int
months_score(const struct named_dates *dates, const struct name_meanings *meanings)
{
	int score = 0;

	for (size_t i = 0; i < dates->months; i++)
		score += meanings->month[i] ? 4 : 0;
	for (size_t i = 0; i < dates->days; i++)
		score += meanings->day[i] ? 3 : 0;
	return score;
}

/* How well the log fits the language; 0: none of its months does. */
static int
language_score(const struct named_dates *dates, const struct name_meanings *meanings)
{
	int score = months_score(dates, meanings), agree = 0, other = 0;
	bool any = false;

	for (size_t i = 0; i < dates->months; i++)
		any |= meanings->month[i] && !dates->month[i].month;
	for (size_t i = 0; i < dates->count; i++) {
		int agrees = weekday_agrees(dates, &dates->seen[i], meanings);

		agree += agrees > 0;
		other += agrees < 0;
	}
	if (agree + other > 0)
		score += (agree - other) * 8 / (agree + other);
	return any ? (score > 0 ? score : 1) : 0;
}

void
language_find(const struct named_dates *dates, struct name_meanings *out)
{
	struct name_meanings meanings = { 0 };
	int best = 0;

	*out = meanings;
	for (size_t language = 0; language_at(language); language++) {
		int score;

		meanings_in(dates, language, &meanings);
		score = language_score(dates, &meanings);
		if (score == 0 || score < best)
			continue;
		if (score > best)
			*out = (struct name_meanings){ 0 };
		best = score;
		for (size_t i = 0; i < dates->months; i++)
			out->month[i] |= meanings.month[i];
		for (size_t i = 0; i < dates->days; i++)
			out->day[i] |= meanings.day[i];
	}
}
