/*
 * How surprising each letter is in each code page of Windows servers: what a guess adds up.
 */
#ifndef PARSE_DECODE_LETTER_COSTS_H
#define PARSE_DECODE_LETTER_COSTS_H

#include <stdint.h>

#define SINGLE_PAGES 10
#define DOUBLE_PAGES 4
#define COMMON_MOST  256
#define COMMON_ROW   16

/* A page whose letters are one byte each. */
struct single_costs {
	unsigned page;
	const char *letter
		[4]; /* of the bytes from 0x80 on: after none, after a vowel of ASCII, another, a letter of the page */
	const char *after; /* what may follow such a letter: nothing, a vowel of ASCII, another letter */
};

/* A page with letters of two bytes. */
struct double_costs {
	unsigned page;
	uint16_t common[COMMON_MOST]; /* the commonest letters, both bytes as a number */
	const char *row;              /* what these cost: one for each COMMON_ROW of them */
	const char *lead;             /* of any other, by its first byte from 0x80 on */
};

extern const struct single_costs single_costs[SINGLE_PAGES];
extern const struct double_costs double_costs[DOUBLE_PAGES];

#endif
