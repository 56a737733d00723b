/*
 * The errors of a transfer to a distribution point: the first one, and whether its
 * threads blocked each other by sharing violations.
 */
#include "model/transfers/transfer_errors.h"

#include "cmtop/count_of.h"

#include "model/tables/state.h"
#include "model/records/status_text.h"
#include "model/transfers/transfer_table.h"

/* "…; 0x80070020", "… (80041001) …", "Win32 error = 32" */
bool
transfer_error_code(struct span text, uint32_t *out)
{
	/* clang-format off */
	static const struct { struct span before; bool hex; } marks[] = {
		{ { "0x", 2 }, true }, { { "(8", 2 }, true }, { { "error = ", 8 }, false }, { { "error ", 6 }, false },
	};
	/* clang-format on */
	uint64_t code;

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		size_t at = span_find_nocase(text, marks[i].before);
		struct span digits = span_from(text, at + marks[i].before.size - (i == 1));

		if (at == text.size || !(marks[i].hex ? span_take_hex(&digits, &code) : span_take_uint(&digits, &code)))
			continue;
		if (code == 0 || code > UINT32_MAX)
			continue;
		*out = (uint32_t)code;
		return true;
	}
	return false;
}

#define SHARING_VIOLATION 32u

/* Another thread at the same job, or at another one for the same package and distribution point. */
static bool
has_company(const struct model *model, const struct transfer *t)
{
	const struct transfer_table *transfers = model->transfers;

	if (t->threads > 1)
		return true;
	for (uint32_t i = 0; i < transfers->count; i++) {
		const struct transfer *other = &transfers->rows[i];

		if (other != t && other->threads > 0 && other->package == t->package
		    && transfer_same_dp(model, other->dp, t->dp))
			return true;
	}
	return false;
}

void
transfer_keep_error(struct model *model, struct transfer *t, const struct event *event)
{
	uint32_t code;

	if (!t->error[0] && !status_text(event->message, t->error, sizeof(t->error)))
		span_copy(event->message, t->error, sizeof(t->error));
	if (transfer_error_code(event->message, &code)
	    && (code == SHARING_VIOLATION || code == (0x80070000u | SHARING_VIOLATION)) && has_company(model, t))
		t->collisions++;
}
