/*
 * The one hash of the program: FNV-1a of 64 bits over bytes, and a mix of numbers.
 * What is written to a file or shown must not change with it; the FNV-1a of a text
 * is the same in every version.
 */
#ifndef CMTOP_HASH_H
#define CMTOP_HASH_H

#include <stdint.h>

#include "cmtop/span.h"

#define HASH_START UINT64_C(14695981039346656037) /* what a hash begins with */
#define HASH_PRIME UINT64_C(1099511628211)

/* Each continues `hash` with one more thing, so that a chain of calls hashes them all. */
static inline uint64_t
hash_bytes(uint64_t hash, struct span bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		hash = (hash ^ (unsigned char)bytes.at[i]) * HASH_PRIME;
	return hash;
}

/* A-Z and a-z are the same here, as for span_is_nocase(). */
static inline uint64_t
hash_nocase(uint64_t hash, struct span text)
{
	for (size_t i = 0; i < text.size; i++)
		hash = (hash ^ (unsigned char)to_lower(text.at[i])) * HASH_PRIME;
	return hash;
}

/* A product's bits know only of the bits below them: its upper half is what is well mixed. */
static inline uint64_t
hash_number(uint64_t number)
{
	return (number ^ number >> 32) * UINT64_C(0x9e3779b97f4a7c15);
}

/* Of 32 bits, in which both halves of the hash count. */
static inline uint32_t
hash_fold(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

#endif
