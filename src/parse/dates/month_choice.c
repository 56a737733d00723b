#include "parse/dates/month_choice.h"

#include "parse/dates/language_choice.h"
#include "cmtop/text/years.h"

/* What speaks against a choice, heaviest first: no such day; time goes back; another day of the week; far away, in days. */
#define NO_DAY        INT64_C(1000000000)
#define GOES_BACK     INT64_C(10000000)
#define SAME_MONTH    INT64_C(1000000) /* as another name */
#define OTHER_WEEKDAY INT64_C(100000)
#define AFTER_CHANGE  INT64_C(10000) /* nothing is written after the file's time of change */

/* A month that the name means, but in a language that knows none of the days, is given up for one that is so near. */
#define OTHER_MEANING INT64_C(5000)
#define NEAR_DAYS     3
#define NEAR_COST     20

struct choice {
	const struct named_dates *dates;
	int64_t changed;
	uint16_t allowed[MONTH_NAMES]; /* months that a name may mean */
	uint16_t likely[MONTH_NAMES];  /* … and is likely to, though it is not certain that it is of that language */
	uint8_t month[MONTH_NAMES];    /* what it means; 0: not chosen yet */
	uint8_t weekdays[DAY_NAMES];   /* days of the week that a name may mean */
	bool learns;                   /* names of days that nobody knows are told by dates */
};

/* ---- dates ---- */

static int64_t
date_chosen(const struct choice *choice, size_t i)
{
	const struct seen_date *seen = &choice->dates->seen[i];
	int month = choice->month[seen->month];

	return month ? seen_date_in(choice->dates, seen, month) : WHEN_NONE;
}

/* The days of the week of another calendar's dates are not those of ours. */
static bool
falls_otherwise(const struct choice *choice, const struct seen_date *seen, int64_t midnight)
{
	return year_known(seen->year) && seen->day_name < DAY_NAMES
	       && !(choice->weekdays[seen->day_name] & weekday_bit(midnight));
}

static int64_t
days_apart(int64_t a, int64_t b)
{
	return (a > b ? a - b : b - a) / WHEN_DAY;
}

/* ---- what is allowed ---- */

static bool
is_one(unsigned bits)
{
	return bits && !(bits & (bits - 1));
}

/* What one language calls the month; else it may be any that no other name of the log means already. */
static unsigned
allow_known(struct choice *choice, const struct name_meanings *language)
{
	const struct named_dates *dates = choice->dates;
	unsigned taken = 0;

	for (size_t i = 0; i < dates->months; i++) {
		const struct seen_name *name = &dates->month[i];
		bool certain = name->month || month_has_language(dates, i);
		uint16_t meanings = language->month[i] ? language->month[i] : name->meanings;

		choice->month[i] = name->month;
		choice->allowed[i] = certain ? meanings : 0;
		choice->likely[i] = certain ? MONTH_BITS : meanings;
		for (uint8_t m = 1; m <= 12 && !choice->month[i]; m++)
			if (choice->allowed[i] == 1u << m)
				choice->month[i] = m;
		if (choice->month[i])
			taken |= 1u << choice->month[i];
	}
	return taken;
}

/* One day that some language knows says nothing where no month is of that language. */
static void
allow_weekdays(struct choice *choice, const struct name_meanings *language)
{
	const struct named_dates *dates = choice->dates;
	size_t known = days_in_language(dates);
	bool trusted = known >= 2 && known * 2 > dates->days;

	for (size_t i = 0; i < dates->months; i++)
		trusted |= choice->month[i] || choice->allowed[i];
	for (size_t i = 0; i < dates->days; i++) {
		choice->weekdays[i] = language->day[i] ? language->day[i] : (uint8_t)dates->day[i].meanings;
		if (choice->weekdays[i] == 0 || !trusted)
			choice->weekdays[i] = DAY_BITS;
	}
}

static void
allow(struct choice *choice)
{
	struct name_meanings language;
	unsigned taken;

	language_find(choice->dates, &language);
	taken = allow_known(choice, &language);
	allow_weekdays(choice, &language);
	for (size_t i = 0; i < choice->dates->months; i++)
		if (choice->allowed[i] == 0)
			choice->allowed[i] = taken == MONTH_BITS ? MONTH_BITS : (uint16_t)(MONTH_BITS & ~taken);
}

/* ---- the choice ---- */

/* A day's name that nobody knows is the day that a date with it fell on, and no other name is that day. */
static void
learn_weekdays(struct choice *choice, size_t name)
{
	if (!choice->learns)
		return;
	for (size_t i = 0; i < choice->dates->count; i++) {
		const struct seen_date *seen = &choice->dates->seen[i];
		int64_t at = date_chosen(choice, i);
		unsigned bit;

		if (seen->month != name || at == WHEN_NONE || falls_otherwise(choice, seen, at)
		    || !year_known(seen->year) || seen->day_name >= DAY_NAMES
		    || is_one(choice->weekdays[seen->day_name]))
			continue;
		bit = weekday_bit(at);
		for (size_t k = 0; k < choice->dates->days; k++)
			if (!is_one(choice->weekdays[k]) && choice->weekdays[k] != bit)
				choice->weekdays[k] &= (uint8_t)~bit;
		choice->weekdays[seen->day_name] = (uint8_t)bit;
	}
}

/* The next date before or after that is known; WHEN_NONE: there is none. */
static int64_t
neighbour(const struct choice *choice, size_t i, int step)
{
	for (size_t k = i + (size_t)step; k < choice->dates->count; k += (size_t)step) {
		int64_t at = date_chosen(choice, k);

		if (at != WHEN_NONE && choice->dates->seen[k].month != choice->dates->seen[i].month)
			return at;
	}
	return step < 0 ? choice->dates->latest : WHEN_NONE;
}

/* What speaks against the month of the name, as it is chosen now. */
static int64_t
cost_of(const struct choice *choice, size_t name)
{
	int64_t cost = 0, gap = 0;

	for (size_t i = 0; i < choice->dates->count; i++) {
		const struct seen_date *seen = &choice->dates->seen[i];
		int64_t at, before, after;

		if (seen->month != name)
			continue;
		at = date_chosen(choice, i);
		if (at == WHEN_NONE) {
			cost += NO_DAY;
			continue;
		}
		before = neighbour(choice, i, -1);
		after = neighbour(choice, i, 1);
		cost += falls_otherwise(choice, seen, at) ? OTHER_WEEKDAY : 0;
		cost += before != WHEN_NONE && before > at + WHEN_DAY ? GOES_BACK : 0;
		cost += after != WHEN_NONE && after < at ? GOES_BACK : 0;
		if (after == WHEN_NONE) {
			after = choice->changed;
			cost += after != WHEN_NONE && at > after + WHEN_DAY ? AFTER_CHANGE : 0;
		}
		gap = after == WHEN_NONE ? 0 : days_apart(after, at); /* in the end, of the last */
	}
	if (choice->likely[name] && !(choice->likely[name] & 1u << choice->month[name]))
		cost += gap <= NEAR_DAYS ? NEAR_COST : OTHER_MEANING;
	for (size_t i = 0; i < choice->dates->months; i++)
		if (i != name && choice->month[i] == choice->month[name])
			cost += SAME_MONTH;
	return cost + gap;
}

/* Chooses what is best for the name while all others stand. */
static int64_t
choose_one(struct choice *choice, size_t name)
{
	int64_t best = INT64_MAX;
	uint8_t month = 0;

	for (uint8_t m = 12; m >= 1; m--) {
		int64_t cost;

		if (!(choice->allowed[name] & 1u << m))
			continue;
		choice->month[name] = m;
		cost = cost_of(choice, name);
		if (cost < best) {
			best = cost;
			month = m;
		}
	}
	choice->month[name] = month;
	learn_weekdays(choice, name);
	return best;
}

/* The name whose last date is the newest of those that are not chosen; MONTH_NAMES: all are. */
static size_t
newest_open(const struct choice *choice)
{
	for (size_t i = choice->dates->count; i-- > 0;)
		if (choice->month[choice->dates->seen[i].month] == 0)
			return choice->dates->seen[i].month;
	return MONTH_NAMES;
}

static int64_t
choose_rest(struct choice *choice)
{
	int64_t cost = 0;
	size_t name;

	while ((name = newest_open(choice)) < MONTH_NAMES && cost < INT64_MAX / 4)
		cost += choose_one(choice, name);
	return cost;
}

/* Backwards from the newest: each of its months is tried, with what is best for the others then. Answers what speaks against it all. */
static int64_t
choose_all(struct choice *choice)
{
	size_t newest = newest_open(choice);
	struct choice best = *choice;
	int64_t least = INT64_MAX;

	for (uint8_t m = 12; m >= 1 && newest < MONTH_NAMES; m--) {
		struct choice trial = *choice;
		int64_t cost;

		if (!(choice->allowed[newest] & 1u << m))
			continue;
		trial.month[newest] = m;
		cost = cost_of(&trial, newest);
		learn_weekdays(&trial, newest);
		cost += choose_rest(&trial);
		if (cost < least) {
			least = cost;
			best = trial;
		}
	}
	*choice = best;
	return least;
}

/* Where the days of the week do not fit, whatever the months are, nothing is told by them. */
static void
choose(struct choice *choice)
{
	struct choice without = *choice;
	int64_t cost;

	choice->learns = choice->dates->days > 1;
	cost = choose_all(choice);
	if (cost < OTHER_WEEKDAY)
		return;
	for (size_t i = 0; i < without.dates->days; i++)
		without.weekdays[i] = DAY_BITS;
	if (choose_all(&without) < cost)
		*choice = without;
}

/* ---- years of other calendars ---- */

/* The last of the dates that have such a year; `count`: none has. */
static size_t
newest_foreign(const struct named_dates *dates)
{
	for (size_t i = dates->count; i-- > 0;)
		if (!year_known(dates->seen[i].year))
			return i;
	return dates->count;
}

/* The newest is of the year in which the file was changed; once its month is known, of the one before or after if that is nearer. */
static void
shift_years(struct named_dates *dates, int64_t changed, const struct choice *choice)
{
	size_t newest = newest_foreign(dates);
	int64_t at;

	if (newest == dates->count || changed == WHEN_NONE)
		return;
	if (!choice) {
		dates->year_shift = when_civil(changed).year - dates->seen[newest].year;
		return;
	}
	at = date_chosen(choice, newest);
	/* A record of December in a file of January; of a New Year's Day that has not come yet where the file is. */
	if (at != WHEN_NONE && at > changed + 183 * WHEN_DAY)
		dates->year_shift--;
	else if (at != WHEN_NONE && at < changed - 363 * WHEN_DAY)
		dates->year_shift++;
}

static int64_t
end_of_newest_year(const struct named_dates *dates)
{
	struct civil c = { .month = 12, .day = 31 };

	if (dates->count > 0)
		c.year = year_known(dates->seen[dates->count - 1].year);
	return when_from(&c);
}

void
months_choose(struct named_dates *dates, int64_t changed)
{
	struct choice choice = { .dates = dates, .changed = changed };
	bool years = !dates->year_known && newest_foreign(dates) < dates->count;

	if (changed == WHEN_NONE)
		choice.changed = end_of_newest_year(dates);
	if (years)
		shift_years(dates, changed, NULL);
	allow(&choice);
	choose(&choice);
	if (years)
		shift_years(dates, changed, &choice);
	dates->year_known |= years;
	for (size_t i = 0; i < dates->months; i++)
		if (!dates->month[i].month)
			dates->month[i].month = choice.month[i];
	dates->count = 0;
	dates->size = 0;
}
