#include "parse/dates/copied_dates.h"

#include <string.h>

#include "cmtop/text/clock_text.h"
#include "cmtop/text/day_half.h"
#include "cmtop/utf8.h"
#include "parse/dates/month_names.h"
#include "cmtop/text/years.h"

#define TEXT_MOST 160

/* What a file that was changed so long after its newest record tells of its dates is less than what most countries do. */
#define LONG_AGO        (366 * WHEN_DAY)
#define LONG_AGO_POINTS (60 * WHEN_DAY)

#define ALL_ORDERS ((1u << DATE_ORDERS) - 1)

/* A time's text, taken apart. */
struct written {
	int number[3], digits[3], numbers; /* no digits: a year of an era, "令和8" */
	int month;                         /* that a name says; 0: none does */
	int before;                        /* how many numbers stand before the name */
	size_t end;                        /* of the last number, in the text */
	bool points, of_era;
	struct clock_text clock;
	enum day_half half;
	struct span word; /* that may name a half */
};

void
copied_open(struct copied_dates *dates)
{
	*dates = (struct copied_dates){ 0 };
	for (size_t i = 0; i < DATE_ORDERS; i++)
		dates->order[i].last = dates->order[i].oldest = dates->order[i].newest = WHEN_NONE;
}

/* ---- the text ---- */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* "nov", "г", "年": a month, or nothing that matters here. */
static void
take_word(struct written *w, struct span word)
{
	struct plain_name plain;
	unsigned months;

	if (w->month || !name_plain(word, &plain))
		return;
	w->month = month_plain(word);
	months = w->month ? 0 : month_meanings(&plain, ANY_LANGUAGE);
	for (int m = 1; m <= 12 && !w->month; m++)
		if (months & 1u << m)
			w->month = m;
	w->before = w->numbers;
}

static bool
take_number(struct written *w, struct span digits)
{
	int value = 0;

	if (w->numbers == 3 || digits.size > 4)
		return false;
	for (size_t i = 0; i < digits.size; i++)
		value = value * 10 + (digits.at[i] - '0');
	w->number[w->numbers] = value;
	w->digits[w->numbers++] = (int)digits.size;
	return true;
}

/* Three numbers, or two and the name of a month. Words beside them say nothing. */
static bool
take_date(struct span text, struct written *w)
{
	for (size_t i = 0, begin; i < text.size;) {
		begin = i;
		if (is_digit(text.at[i])) {
			w->of_era |= w->numbers == 0 && i > 0 && is_letter(text.at[i - 1]);
			while (i < text.size && is_digit(text.at[i]))
				i++;
			if (!take_number(w, span_part(text, begin, i - begin)))
				return false;
			w->end = i;
		} else if (is_letter(text.at[i])) {
			while (i < text.size
			       && (is_letter(text.at[i])
			           || (text.at[i] == '.' && i + 1 < text.size && is_letter(text.at[i + 1]))))
				i++;
			take_word(w, span_part(text, begin, i - begin));
		} else if (memchr(" /.-,'()", text.at[i], 8)) {
			w->points |= w->numbers == 1 && (text.at[i] == '.' || text.at[i] == '-');
			i++;
		} else {
			return false;
		}
	}
	if (w->numbers == 3 && w->digits[0] <= 2 && w->digits[2] <= 2 && w->of_era)
		w->digits[0] = 0;
	return w->numbers == 3 || (w->numbers == 2 && w->month);
}

/* A word that is not known as a half of the day, and may be one. */
static struct span
half_word(struct span before, struct span behind)
{
	return span_trim(span_trim(behind).size > 0 ? behind : before);
}

/* Which half of the day the words beside the clock name. The commonest are known without a look through all. */
static enum day_half
half_beside(struct span before, struct span behind)
{
	enum day_half half, other;

	before = span_trim(before);
	behind = span_trim(behind);
	if (before.size == 0 && behind.size == 0)
		return HALF_NONE;
	if (before.size == 0 && (span_is(behind, SPAN("am")) || span_is(behind, SPAN("pm"))))
		return behind.at[0] == 'a' ? HALF_AM : HALF_PM;
	half = half_behind(behind);
	other = half_before(before);
	return half == HALF_NONE || (half == HALF_UNKNOWN && other != HALF_NONE) ? other : half;
}

/* `text` is as utf8_plain() leaves it. */
static bool
take_apart(struct span text, struct written *w)
{
	struct span before, behind;

	*w = (struct written){ 0 };
	if (!clock_find(text, &w->clock) || !take_date(span_part(text, 0, w->clock.begin), w))
		return false;
	before = span_part(text, w->end, w->clock.begin - w->end);
	behind = span_from(text, w->clock.end);
	while (before.size > 0 && memchr(" .,/-)", before.at[0], 6))
		before = span_from(before, 1);
	for (size_t i = 0; i < behind.size; i++)
		if (is_digit(behind.at[i]))
			return false;
	w->half = half_beside(before, behind);
	w->word = half_word(before, behind);
	return w->word.size <= 40;
}

/* ---- one order ---- */

/* Orders that the text may have: a year of four digits shows itself, and so does a month with a name. */
static unsigned
orders_of(const struct written *w)
{
	if (w->numbers == 2)
		return 1u << (w->digits[0] > 2 ? ORDER_YEAR_FIRST
		              : w->before == 0 ? ORDER_MONTH_FIRST
		                               : ORDER_DAY_FIRST);
	if (w->digits[0] > 2 || w->digits[0] == 0)
		return 1u << ORDER_YEAR_FIRST;
	return w->digits[2] > 2 ? 1u << ORDER_DAY_FIRST | 1u << ORDER_MONTH_FIRST : ALL_ORDERS;
}

static int
hour_of(const struct written *w, enum day_half half)
{
	if (w->clock.hour == 0 || w->clock.hour > 12 || (half != HALF_AM && half != HALF_PM))
		return w->clock.hour;
	return w->clock.hour % 12 + (half == HALF_PM ? 12 : 0);
}

static int64_t
time_in(const struct written *w, enum date_order order, enum day_half half, int64_t changed)
{
	/* Of day, month and year, in which place it stands. */
	static const uint8_t places[DATE_ORDERS][3] = { { 0, 1, 2 }, { 1, 0, 2 }, { 2, 1, 0 } };
	const uint8_t *place = places[order];
	struct civil c = { .hour = hour_of(w, half), .minute = w->clock.minute, .second = w->clock.second };

	if (w->numbers == 2) {
		bool year_first = order == ORDER_YEAR_FIRST;

		c.day = w->number[year_first];
		c.month = w->month;
		c.year = year_written(w->number[!year_first], w->digits[!year_first], changed);
		return when_from(&c);
	}
	c.day = w->number[place[0]];
	c.month = w->number[place[1]];
	c.year = w->number[place[2]];
	return time_written(&c, w->digits[place[2]], changed);
}

/* ---- all lines ---- */

static unsigned
valid_orders(const struct written *w, int64_t changed)
{
	unsigned orders = orders_of(w), valid = 0;

	for (unsigned i = 0; i < DATE_ORDERS; i++)
		if (orders & 1u << i && time_in(w, (enum date_order)i, HALF_NONE, changed) != WHEN_NONE)
			valid |= 1u << i;
	return valid;
}

/* What the first line that could decide has left is not taken away by one that says otherwise. */
static void
refuse(struct copied_dates *dates, const struct written *w, unsigned valid)
{
	unsigned refused = dates->refused | (orders_of(w) & ~valid);

	if (valid & ~dates->refused)
		dates->refused = (uint8_t)refused;
}

/* The place of the word; 2: it is a third one. */
static size_t
word_place(const struct copied_dates *dates, struct span word)
{
	size_t i = 0;

	while (i < dates->words && !span_is((struct span){ dates->word[i].text, dates->word[i].size }, word))
		i++;
	return i;
}

/*
 * Words that no language is known to have: of two that follow each other on one day the first is
 * the morning, and the one that ends a day is the afternoon.
 */
static void
see_word(struct copied_dates *dates, const struct written *w)
{
	size_t i = word_place(dates, w->word);
	bool same_day = memcmp(dates->last_date, w->number, sizeof(w->number)) == 0;
	struct half_word *word = &dates->word[i % 2];

	if (i == 2 || w->word.size == 0 || w->word.size > sizeof(word->text))
		return;
	if (i == dates->words) {
		memcpy(word->text, w->word.at, w->word.size);
		word->size = (uint8_t)w->word.size;
		dates->words++;
	}
	if (dates->words == 2 && i != dates->last_word) {
		word->half = same_day ? HALF_PM : HALF_AM;
		dates->word[1 - i].half = same_day ? HALF_AM : HALF_PM;
	}
	dates->last_word = (uint8_t)i;
	memcpy(dates->last_date, w->number, sizeof(w->number));
}

static enum day_half
half_in_file(const struct copied_dates *dates, const struct written *w)
{
	size_t i = word_place(dates, w->word);

	if (w->half != HALF_UNKNOWN)
		return w->half;
	if (!dates->counts_24 && dates->words == 1 && i == 0 && dates->half[0] != dates->half[1])
		return dates->half[0] ? HALF_PM : HALF_AM; /* the other one is known */
	return dates->counts_24 || dates->words < 2 || i == 2 ? HALF_NONE : (enum day_half)dates->word[i].half;
}

/* Takes the time into what is known of the order. */
static void
see_time(struct copied_dates *dates, enum date_order order, int64_t at)
{
	if (at == WHEN_NONE)
		return;
	/* Halves that are not known take twelve hours. */
	dates->order[order].backs += dates->order[order].last != WHEN_NONE && at < dates->order[order].last - WHEN_DAY;
	dates->order[order].last = at;
	if (dates->order[order].newest == WHEN_NONE || at > dates->order[order].newest)
		dates->order[order].newest = at;
	if (dates->order[order].oldest == WHEN_NONE || at < dates->order[order].oldest)
		dates->order[order].oldest = at;
}

bool
copied_see(struct copied_dates *dates, struct span text, int64_t changed)
{
	char plain[TEXT_MOST];
	struct span all = { plain, utf8_plain(text, plain, sizeof(plain)) };
	struct written w;
	unsigned valid;

	if (!take_apart(all, &w))
		return false;
	valid = valid_orders(&w, changed);
	refuse(dates, &w, valid);
	dates->possible |= (uint8_t)valid;
	dates->counts_24 |= w.clock.hour == 0 || w.clock.hour > 12;
	dates->points |= w.points;
	dates->halves |= w.half != HALF_NONE;
	dates->half[0] |= w.half == HALF_AM;
	dates->half[1] |= w.half == HALF_PM;
	if (w.half == HALF_UNKNOWN)
		see_word(dates, &w);
	for (unsigned i = 0; i < DATE_ORDERS; i++)
		if (valid & 1u << i)
			see_time(dates, (enum date_order)i,
			         time_in(&w, (enum date_order)i, half_in_file(dates, &w), changed));
	return true;
}

bool
copied_decided(const struct copied_dates *dates)
{
	unsigned open = dates->possible & ~dates->refused;

	return (open & (open - 1)) == 0;
}

/* How far the newest record would be from the file's time of change; after it is worse than any time before. */
static int64_t
distance(const struct copied_dates *dates, unsigned order, int64_t changed)
{
	int64_t newest = dates->order[order].newest;

	if (newest == WHEN_NONE || changed == WHEN_NONE)
		return 0;
	/* The server's zone is not known, nor the reader's. */
	return newest <= changed + WHEN_DAY ? changed - newest : INT64_MAX / 4 + (newest - changed);
}

/* From the oldest to the newest: what is copied at once was written in one piece. */
static int64_t
span_in(const struct copied_dates *dates, unsigned order)
{
	return when_between(dates->order[order].oldest, dates->order[order].newest);
}

/* Whether the first of the two orders is the likelier. */
static bool
is_likelier(const struct copied_dates *dates, unsigned a, unsigned b, int64_t changed)
{
	int64_t one = distance(dates, a, changed), other = distance(dates, b, changed);
	int64_t nearest = one < other ? one : other, shorter = span_in(dates, a), longer = span_in(dates, b);

	if (dates->order[a].backs != dates->order[b].backs)
		return dates->order[a].backs < dates->order[b].backs;
	if (changed != WHEN_NONE && one != other && nearest < (dates->points ? LONG_AGO_POINTS : LONG_AGO))
		return one < other;
	if (shorter != longer)
		return shorter < longer;
	return a == ORDER_MONTH_FIRST ? dates->halves && !dates->points && b == ORDER_DAY_FIRST : false;
}

/* The likeliest of several. A file that is still written changes; what was read of it must not get another order by that. */
static unsigned
choose_order(struct copied_dates *dates, unsigned orders, int64_t changed)
{
	unsigned best = DATE_ORDERS;

	if (dates->chosen && orders & 1u << (dates->chosen - 1u))
		return dates->chosen - 1u;
	for (unsigned i = 0; i < DATE_ORDERS; i++)
		if (orders & 1u << i && (best == DATE_ORDERS || is_likelier(dates, i, best, changed)))
			best = i;
	dates->chosen = best == DATE_ORDERS ? 0 : (uint8_t)(best + 1);
	return best;
}

bool
copied_read(struct copied_dates *dates, struct span text, int64_t changed, int64_t *out)
{
	char plain[TEXT_MOST];
	struct span all = { plain, utf8_plain(text, plain, sizeof(plain)) };
	unsigned orders, best;
	struct written w;

	if (!take_apart(all, &w))
		return false;
	orders = valid_orders(&w, changed);
	refuse(dates, &w, orders);
	if (orders & ~dates->refused)
		orders &= ~(unsigned)dates->refused;
	best = choose_order(dates, orders, changed);
	*out = best == DATE_ORDERS ? WHEN_NONE : time_in(&w, (enum date_order)best, half_in_file(dates, &w), changed);
	return true;
}
