/*
 * A sink that keeps what is put into it.
 *
 *	struct kept kept = { 0 };
 *	struct sink sink = { keep_bytes, &kept };
 */
#ifndef TEST_KEPT_TEXT_H
#define TEST_KEPT_TEXT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/sink.h"

/* What was put, ended by a NUL; all-zero is empty. */
struct kept {
	char *text;
	size_t size, room;
};

static inline void
keep_bytes(void *payload, const char *bytes, size_t size)
{
	struct kept *kept = payload;

	if (kept->size + size + 1 > kept->room) {
		kept->room = (kept->size + size + 1) * 2;
		kept->text = realloc(kept->text, kept->room);
		ck_assert_ptr_nonnull(kept->text);
	}
	memcpy(kept->text + kept->size, bytes, size);
	kept->size += size;
	kept->text[kept->size] = '\0';
}

static inline void
kept_free(struct kept *kept)
{
	free(kept->text);
	*kept = (struct kept){ 0 };
}

#endif
