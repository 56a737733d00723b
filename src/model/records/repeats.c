/*
 * Repeated failures: the interval of tries, worked out from the times of the failures.
 * The log does not tell it where the distribution manager's timer processes a package
 * again.
 */
#include "model/records/failures.h"

#include <stdio.h>
#include <string.h>

#include "cmtop/fmt.h"

#define LOOKED_AT 64u         /* failures back */
#define SOONEST   WHEN_MINUTE /* less is one failure told twice */

static bool
is_same(const struct failure *one, const struct failure *other)
{
	return one->kind == other->kind && one->component == other->component
	       && one->what.package == other->what.package && one->what.dp == other->what.dp
	       && strcmp(one->what.text, other->what.text) == 0;
}

/* Two gaps of one length, to a tenth. */
static bool
is_regular(int64_t gap, int64_t before)
{
	int64_t differ = gap > before ? gap - before : before - gap;

	return gap >= SOONEST && before >= SOONEST && differ <= gap / 10;
}

void
failure_repeats(const struct model *model, struct failure_row *row)
{
	const struct failures *failures = model->failures;
	struct failure *failure = &row->failure;
	int64_t at[3] = { failure->what.at, 0, 0 };
	char every[FMT_TEXT];
	size_t found = 1;

	if ((failure->kind != FAILURE_PACKAGE && failure->kind != FAILURE_DP) || failure->what.package == NAME_NONE
	    || failure->retry.text[0])
		return;
	for (uint32_t i = 0; i < failures->count && i < LOOKED_AT && found < 3; i++) {
		const struct failure *other = &failures->rows[failures->order[failures->count - 1 - i]].failure;

		if (other != failure && is_same(failure, other))
			at[found++] = other->what.at;
	}
	if (found < 3 || at[0] == WHEN_NONE || at[1] == WHEN_NONE || at[2] == WHEN_NONE
	    || !is_regular(at[0] - at[1], at[1] - at[2]))
		return;
	fmt_duration_short((at[0] - at[1] + WHEN_MINUTE / 2) / WHEN_MINUTE * WHEN_MINUTE, every);
	snprintf(failure->retry.text, sizeof(failure->retry.text), "about every %s, as seen so far", every);
	row->guessed = true;
}
