/* Rows are copied as texts, since an event may free or move all that is borrowed from the model. */
#include "report/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "report/rows.h"

/* ---- which row it is ---- */

static void
name_send(struct copied_row *out, struct arena *arena, const struct job *job)
{
	out->key = job->serial;
	out->label = arena_format(arena, "send of thread %lu", (unsigned long)job->thread);
}

static void
name_dp(struct copied_row *out, struct arena *arena, const struct model *model, const struct dp_row *row)
{
	out->key = row->thread->serial;
	out->key_more = row->dp->server;
	out->label = arena_format(arena, "DP %s of package thread %lu", model_server(model, row->dp->server),
	                          (unsigned long)row->thread->thread);
}

static void
name_thread(struct copied_row *out, struct arena *arena, const struct package_thread *thread)
{
	out->key = thread->serial;
	out->label = arena_format(arena, "package thread %lu", (unsigned long)thread->thread);
}

static void
name_transfer(struct copied_row *out, struct arena *arena, const struct transfer *transfer)
{
	out->key = transfer->serial;
	out->label = arena_format(arena, "transfer job %llu", (unsigned long long)transfer->job);
}

static void
name_failure(struct copied_row *out, struct arena *arena, const struct failure *failure)
{
	out->key = failure->what.number;
	out->label = arena_format(arena, "failure of thread %lu", (unsigned long)failure->what.thread);
}

/* Fills key and label. Sites and packages keep their numbers as long as there is a model. */
static void
name_row(struct copied_row *out, struct arena *arena, const struct model *model, const void *row)
{
	switch (out->entity) {
	case ENTITY_SENDS: name_send(out, arena, row); break;
	case ENTITY_SITES:
		out->key = site_number(model, row);
		out->label = arena_format(arena, "site %s", ((const struct site *)row)->code);
		break;
	case ENTITY_PACKAGES:
		out->key = package_number(model, row);
		out->label = arena_format(arena, "package %s", ((const struct package *)row)->id);
		break;
	case ENTITY_THREADS: name_thread(out, arena, row); break;
	case ENTITY_DPS: name_dp(out, arena, model, row); break;
	case ENTITY_TRANSFERS: name_transfer(out, arena, row); break;
	case ENTITY_FAILURES: name_failure(out, arena, row); break;
	case ENTITY_ADVICE:
		out->key = ((const struct advice *)row)->code;
		out->label = arena_format(arena, "advice %s", advice_word(((const struct advice *)row)->code));
		break;
	default: out->label = "server"; break;
	}
}

/* ---- what it holds ---- */

static const char *
value_copy(struct arena *arena, const struct field *field, const struct value *value)
{
	char text[VALUE_TEXT_MOST];
	const char *sign = value->estimate ? "~" : "";

	if (value->kind == VALUE_UNKNOWN)
		return "";
	if (value->kind == VALUE_NEVER)
		return "never";
	if (value->kind == VALUE_INTEGER && value->integer < 0) /* of one with FIELD_SIGNED */
		return arena_format(arena, "%lld", (long long)value->integer);
	if (value->kind == VALUE_REAL && field->unit == UNIT_SHARE)
		return arena_format(arena, "%s%.3f", sign, value->real);
	return arena_format(arena, "%s%s", sign, value_text(value, text));
}

static bool
copy_row(struct copied_row *out, struct arena *arena, const struct field_context *of, const void *row)
{
	const struct field_list *list = fields_of(out->entity);

	name_row(out, arena, of->model, row);
	out->values = arena_take(arena, list->count * sizeof(*out->values));
	if (!out->values)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		struct value value = list->fields[i].value(of, row);

		out->values[i] = value_copy(arena, &list->fields[i], &value);
	}
	return true;
}

/* Among equals, which DPs without a name of their own may be, as they were listed. */
static int
order(const struct copied_row *a, const struct copied_row *b)
{
	if (a->entity != b->entity)
		return a->entity < b->entity ? -1 : 1;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->key_more < b->key_more ? -1 : a->key_more > b->key_more;
}

static int
order_for_sort(const void *a, const void *b)
{
	const struct copied_row *x = a, *y = b;
	int result = order(x, y);

	return result ? result : x->place < y->place ? -1 : x->place > y->place;
}

/* What the logs are read as is no work of an event. */
static size_t
count_of(const struct rows *rows, enum entity entity)
{
	return entity == ENTITY_LOGS ? 0 : rows_count(rows, entity);
}

bool
copied_rows_take(struct copied_rows *out, struct arena *arena, const struct scene *scene)
{
	struct rows rows;
	size_t count = 0;
	bool good;

	*out = (struct copied_rows){ 0 };
	if (!rows_collect_now(&rows, scene))
		return false;
	for (int i = 0; i < ENTITY_COUNT; i++)
		count += count_of(&rows, (enum entity)i);
	out->rows = arena_take(arena, count * sizeof(*out->rows));
	good = out->rows != NULL;
	for (int i = 0; good && i < ENTITY_COUNT; i++)
		for (size_t k = 0; good && k < count_of(&rows, (enum entity)i); k++) {
			struct copied_row *row = &out->rows[out->count];

			row->entity = (enum entity)i;
			row->place = out->count++;
			good = copy_row(row, arena, &rows.of, rows_at(&rows, row->entity, k));
		}
	rows_destroy(&rows);
	if (good)
		qsort(out->rows, out->count, sizeof(*out->rows), order_for_sort);
	return good;
}

/* ---- in what they differ ---- */

struct taker {
	void (*take)(void *payload, const struct difference *difference);
	void *payload;
	size_t count;
};

static void
tell(struct taker *taker, const struct difference *difference)
{
	taker->count++;
	taker->take(taker->payload, difference);
}

static void
compare_values(struct taker *taker, const struct copied_row *before, const struct copied_row *after)
{
	const struct field_list *list = fields_of(after->entity);

	for (size_t i = 0; i < list->count; i++)
		if (strcmp(before->values[i], after->values[i]) != 0)
			tell(taker, &(struct difference){ DIFFERENCE_CHANGED, after->label, &list->fields[i],
			                                  before->values[i], after->values[i] });
}

/* A count of 0 in a new row is nothing that anybody asks for. */
static bool
tells_something(const char *value)
{
	return *value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "0.000") != 0;
}

static void
tell_new(struct taker *taker, const struct copied_row *row)
{
	const struct field_list *list = fields_of(row->entity);

	tell(taker, &(struct difference){ .kind = DIFFERENCE_NEW, .label = row->label });
	for (size_t i = 0; i < list->count; i++)
		if (tells_something(row->values[i]))
			tell(taker, &(struct difference){ DIFFERENCE_NEW, row->label, &list->fields[i], NULL,
			                                  row->values[i] });
}

size_t
copied_rows_compare(const struct copied_rows *before, const struct copied_rows *after,
                    void (*take)(void *payload, const struct difference *difference), void *payload)
{
	struct taker taker = { take, payload, 0 };
	size_t i = 0, k = 0;

	while (i < before->count || k < after->count) {
		int which = i == before->count ? 1 : k == after->count ? -1 : order(&before->rows[i], &after->rows[k]);

		if (which < 0)
			tell(&taker, &(struct difference){ .kind = DIFFERENCE_GONE, .label = before->rows[i++].label });
		else if (which > 0)
			tell_new(&taker, &after->rows[k++]);
		else
			compare_values(&taker, &before->rows[i++], &after->rows[k++]);
	}
	return taker.count;
}
