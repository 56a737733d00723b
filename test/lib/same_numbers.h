/* Numbers by chance that are the same in every run. */
#ifndef TEST_SAME_NUMBERS_H
#define TEST_SAME_NUMBERS_H

/* 0 to 32767. */
static inline unsigned
next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16 & 0x7fff;
}

#endif
