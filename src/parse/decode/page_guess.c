#include "parse/decode/page_guess.h"

#include <stdbool.h>

#include "cmtop/count_of.h"
#include "cmtop/hash.h"
#include "parse/decode/two_bytes.h"

#define USUAL       1252
#define USUAL_AHEAD 4  /* steps that any other page must be cheaper by */
#define LONE        20 /* a letter of two bytes alone in a word of small letters of ASCII: "Ksi箍ka" is "Książka" */
#define CAPITAL     4  /* a capital behind another, more than the small letter: few words in texts are all capitals */
#define IMPOSSIBLE  80 /* a byte that the page does not have: a crash leaves some in any text */

enum before { NOTHING, VOWEL, LETTER, OF_PAGE };

static enum before
nature_of(unsigned char byte)
{
	static const char vowels[] = "aeiouy";
	char lower = to_lower((char)byte);

	if (byte >= 0x80)
		return OF_PAGE;
	for (size_t i = 0; i < sizeof(vowels) - 1; i++)
		if (vowels[i] == lower)
			return VOWEL;
	return (lower >= 'a' && lower <= 'z') || is_digit(lower) ? LETTER : NOTHING;
}

static unsigned
cost_of(char letter)
{
	if (letter == 'z')
		return IMPOSSIBLE;
	return (unsigned)(letter <= 'Z' ? letter - 'A' : letter - 'a' + 26);
}

/* Where words are written in capitals alone, as "БУХГАЛТЕРИЯ", which the texts that were counted hardly have. */
static bool
is_capital(unsigned page, unsigned char byte)
{
	return (page == 1251 || page == 1253) && byte >= 0xC0 && byte < 0xE0;
}

static unsigned
page_letter_cost(const struct single_costs *page, enum before before, unsigned char byte, unsigned char last)
{
	unsigned cost = cost_of(page->letter[before][byte - 0x80]), small;

	if (before != OF_PAGE || !is_capital(page->page, byte) || !is_capital(page->page, last))
		return cost;
	small = cost_of(page->letter[before][byte + 0x20 - 0x80]) + CAPITAL;
	return small < cost ? small : cost;
}

static unsigned
single_cost(const struct single_costs *page, struct span text)
{
	enum before before = NOTHING;
	unsigned cost = 0;

	for (size_t i = 0; i < text.size; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		enum before nature = nature_of(byte);

		if (nature == OF_PAGE)
			cost += page_letter_cost(page, before, byte, i > 0 ? (unsigned char)text.at[i - 1] : 0);
		else if (before == OF_PAGE)
			cost += cost_of(page->after[nature]);
		before = nature;
	}
	return cost;
}

/* The slot of a common letter, or the free one where it would be. */
static uint16_t *
find_letter(struct page_guess *guess, size_t page, unsigned letter)
{
	uint16_t *slots = guess->common[page];
	size_t most = COUNT_OF(guess->common[page]), i = letter * 0x9E3779B1u % most;

	while (slots[i] && double_costs[page].common[slots[i] - 1] != letter)
		i = (i + 1) % most;
	return &slots[i];
}

static void
learn_letters(struct page_guess *guess)
{
	for (size_t page = 0; page < DOUBLE_PAGES; page++)
		for (size_t i = 0; i < COMMON_MOST; i++)
			*find_letter(guess, page, double_costs[page].common[i]) = (uint16_t)(i + 1);
}

static unsigned
letter_cost(struct page_guess *guess, size_t page, unsigned letter, unsigned char lead)
{
	const uint16_t *place = find_letter(guess, page, letter);

	return cost_of(*place ? double_costs[page].row[(*place - 1) / COMMON_ROW]
	                      : double_costs[page].lead[lead - 0x80]);
}

static bool
is_small(unsigned char byte)
{
	return byte >= 'a' && byte <= 'z';
}

static bool
is_lone(struct span text, size_t begin, size_t end)
{
	unsigned char before = begin > 0 ? (unsigned char)text.at[begin - 1] : 0;
	unsigned char after = end < text.size ? (unsigned char)text.at[end] : 0;

	return before < 0x80 && after < 0x80 && (is_small(before) || is_small(after));
}

static unsigned
double_cost(struct page_guess *guess, size_t page, struct span text)
{
	unsigned number = double_costs[page].page, cost = 0;

	for (size_t i = 0; i < text.size; i++) {
		unsigned char byte = (unsigned char)text.at[i];
		unsigned char next = i + 1 < text.size ? (unsigned char)text.at[i + 1] : 0;

		if (byte < 0x80)
			continue;
		if (two_bytes_single(number, byte)) {
			cost += letter_cost(guess, page, byte, byte) + (is_lone(text, i, i + 1) ? LONE : 0);
		} else if (two_bytes_pair(number, byte, next)) {
			cost += letter_cost(guess, page, (unsigned)byte << 8 | next, byte)
			        + (is_lone(text, i, i + 2) ? LONE : 0);
			i++;
		} else {
			cost += IMPOSSIBLE;
		}
	}
	return cost;
}

/* Never 0. Only the letters: the same name stands in many records. */
static uint32_t
fingerprint(struct span text)
{
	uint64_t hash = HASH_START;

	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			hash = hash_bytes(hash, span_part(text, i, 1));
	return hash_fold(hash) | 1;
}

static bool
is_new(struct page_guess *guess, uint32_t print)
{
	size_t most = sizeof(guess->known) / sizeof(guess->known[0]), i = print % most;

	for (; guess->known[i]; i = (i + 1) % most)
		if (guess->known[i] == print)
			return false;
	guess->known[i] = print;
	return true;
}

bool
page_guess_full(const struct page_guess *guess)
{
	return guess->texts == GUESS_TEXTS || guess->bytes >= GUESS_BYTES;
}

void
page_guess_hear(struct page_guess *guess, struct span text)
{
	text = span_part(text, 0, GUESS_LINE);
	if (page_guess_full(guess) || !is_new(guess, fingerprint(text)))
		return;
	if (guess->texts == 0)
		learn_letters(guess);
	guess->texts++;
	for (size_t i = 0; i < text.size; i++)
		guess->bytes += (unsigned char)text.at[i] >= 0x80;
	for (size_t i = 0; i < SINGLE_PAGES; i++)
		guess->cost[i] += single_cost(&single_costs[i], text);
	for (size_t i = 0; i < DOUBLE_PAGES; i++)
		guess->cost[SINGLE_PAGES + i] += double_cost(guess, i, text);
}

void
page_guess_doubt(struct page_guess *guess, struct span text)
{
	text = span_part(text, 0, GUESS_LINE);
	if (guess->doubts < GUESS_DOUBT)
		guess->doubts += is_new(guess, fingerprint(text));
}

static unsigned
page_at(size_t i)
{
	return i < SINGLE_PAGES ? single_costs[i].page : double_costs[i - SINGLE_PAGES].page;
}

unsigned
page_guess_best(const struct page_guess *guess)
{
	uint64_t least = UINT64_MAX;
	unsigned best = USUAL;

	for (size_t i = 0; i < GUESS_PAGES; i++) {
		uint64_t cost = guess->cost[i] + (page_at(i) == USUAL ? 0 : USUAL_AHEAD);

		if (cost < least) {
			least = cost;
			best = page_at(i);
		}
	}
	return best;
}
