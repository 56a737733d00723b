/* Rows in the order of a field. */
#include <stdlib.h>
#include <string.h>

#include "cmtop/fields.h"

/*
 * What is not known comes last, whichever way round: nobody sorts by rate to see the rows
 * without one.
 */
struct entry {
	struct value value;
	double number;
	const void *row;
	size_t was; /* where it stood: equal rows stay in order */
	int sign;   /* -1: largest first */
};

static bool
is_known(const struct value *value)
{
	return value->kind != VALUE_UNKNOWN && value->kind != VALUE_NEVER;
}

static int
compare(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = 0;

	if (is_known(&a->value) != is_known(&b->value))
		return is_known(&a->value) ? -1 : 1;
	if (a->value.kind == VALUE_TEXT)
		order = span_order_nocase(span_of(a->value.text), span_of(b->value.text));
	else if (is_known(&a->value))
		order = (a->number > b->number) - (a->number < b->number);
	if (order)
		return order * a->sign;
	return a->was < b->was ? -1 : a->was > b->was;
}

/* The pointers are copied as bytes, since each caller has its own type of them. */
void
fields_sort(const struct field *key, bool invert, const struct field_context *of, void *rows, size_t count)
{
	struct entry *entries = count ? malloc(count * sizeof *entries) : NULL;
	field_value_fn *value_of = key->sort_value ? key->sort_value : key->value;

	if (!entries)
		return;
	for (size_t i = 0; i < count; i++) {
		struct entry *entry = &entries[i];

		memcpy(&entry->row, (char *)rows + i * sizeof entry->row, sizeof entry->row);
		entry->value = value_of(of, entry->row);
		entry->number = value_number(&entry->value);
		entry->was = i;
		entry->sign = key->down != invert ? -1 : 1;
	}
	qsort(entries, count, sizeof *entries, compare);
	for (size_t i = 0; i < count; i++)
		memcpy((char *)rows + i * sizeof entries[i].row, &entries[i].row, sizeof entries[i].row);
	free(entries);
}
