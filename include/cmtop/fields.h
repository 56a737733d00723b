/*
 * The list of all figures: one row a field, and everything that shows, sorts, filters,
 * exports or explains a figure takes it from here. So a figure has the same name and the
 * same value in a pane, in JSON, in CSV, in the metrics, in --check and in the manual.
 *
 * To add a field: its row and its value() in src/fields/fields_X.c, a line in the pane
 * that shows it, and "make tables" for the manual and the schema.
 *
 * A field belongs to an entity, which is a kind of row: a send, a site, a package … Figures
 * of the whole server are those of ENTITY_SERVER, which has one row, NULL.
 *
 * Everything handed out is borrowed: fields and their texts are constant, values point into
 * the model and are valid as long as what model.h hands out.
 */
#ifndef CMTOP_FIELDS_H
#define CMTOP_FIELDS_H

#include "cmtop/advice.h"
#include "cmtop/entity.h"
#include "cmtop/forecast.h"
#include "cmtop/scene.h"

/* ---- values ---- */

enum value_kind {
	VALUE_UNKNOWN, /* not known, or it does not apply; all else is 0 */
	VALUE_NEVER,   /* of a time left: it is known that it has no end */
	VALUE_INTEGER, /* `integer` */
	VALUE_REAL,    /* `real`, never negative */
	VALUE_FLAG,    /* `integer` is 0 or 1 */
	VALUE_TIME,    /* `integer`: running time, to compare; `written`: what is shown of it */
	VALUE_CODE,    /* `integer` is an error code, see errors.h */
	VALUE_TEXT,    /* `text`, never "" */
	VALUE_LIST,    /* `list`, and `integer` says how many */
};

struct value {
	enum value_kind kind;
	bool estimate; /* it is told with "~" */
	struct written_time written;
	int64_t integer;
	double real;
	const char *text;
	const uint32_t *list;
};

/* As a number: of a flag 0 or 1, of a time milliseconds of running time, of never INFINITY; NAN: not known, or a text. */
double value_number(const struct value *value);

/*
 * As a field of a CSV file, without quotes: "" for what is not known or never, times as
 * when_format() writes them, lists with blanks between. The text of a text value itself,
 * else it is written to `out`.
 */
#define VALUE_TEXT_MOST 400
const char *value_text(const struct value *value, char out[VALUE_TEXT_MOST]);

/* ---- what values are worked out from ---- */

/* Worked out once and not once a row; valid until the model changes. */
struct field_context {
	const struct scene *scene;
	const struct model *model;
	int64_t now;
	int64_t clock;                   /* the time of day, as running time; WHEN_NONE: none runs */
	const struct forecast *forecast; /* NULL: not worked out yet, and times left are not known */
	struct backlog backlog;
	struct sending sending;
	struct distribution distribution;
	struct transfers transfers;
	struct dp_upgrades upgrades;
	struct trouble trouble;
};

/* `forecast` may be NULL. `clock` is left WHEN_NONE. */
void fields_context(struct field_context *out, const struct scene *scene, const struct forecast *forecast);

/* ---- fields ---- */

enum unit {
	UNIT_TEXT,
	UNIT_WORD, /* one of `words` */
	UNIT_FLAG,
	UNIT_TIME,
	UNIT_NUMBER, /* a number that is a name: of a thread, a version, a job */
	UNIT_COUNT,
	UNIT_BYTES,
	UNIT_RATE, /* bytes a second */
	UNIT_SECONDS,
	UNIT_PER_HOUR,
	UNIT_SHARE,   /* 0 to 1 */
	UNIT_PERCENT, /* 0 to 100 */
	UNIT_CODE,    /* an error code */
	UNIT_LIST,    /* of numbers */
};

/* Where it is a member of a row (or, of the server, of an object), and what is known of it. */
enum {
	FIELD_JSON = 1 << 0,
	FIELD_CSV = 1 << 1,
	FIELD_ROW = FIELD_JSON | FIELD_CSV,
	FIELD_KNOWN = 1 << 2,  /* its value is always known */
	FIELD_SIGNED = 1 << 3, /* it may be below 0 */
};

/* How it serves as a sort key, a metric or a figure of --check. */
struct field_use {
	uint8_t place;       /* its place among the others, from 1; 0: it does not serve there */
	const char *name;    /* NULL: the field's own */
	const char *meaning; /* NULL: that of the field */
};

typedef struct value field_value_fn(const struct field_context *of, const void *row);

struct field {
	const char *name;  /* JSON member, CSV column, sort key */
	const char *title; /* head of its column on the screen; NULL: it has no column of its own */
	enum unit unit;
	unsigned flags;      /* FIELD_… */
	const char *meaning; /* as the manual and the schema say it: lower case, no stop at its end */
	field_value_fn *value;
	const char *group;              /* of the server: the object of the snapshot that it is in, as "sending" */
	const char *(*words)(size_t i); /* of UNIT_WORD: all that it may be, NULL past the last */
	/* Word of a filter that asks for it, of a time for its age; NULL: none. value() then needs the model and now alone. */
	const char *filter;
	struct field_use sort;
	bool down;                    /* sorted largest first unless told otherwise */
	field_value_fn *sort_value;   /* what it is sorted by; NULL: value() */
	struct field_use metric;      /* name without "cmtop_" */
	field_value_fn *metric_value; /* NULL: value() */
	struct field_use check;
	const char *logs; /* of a figure of --check: names of the logs it stands on; NULL: on any */
};

/* All fields of an entity in the order of JSON and CSV. */
struct field_list {
	const char *name;    /* of the table: "jobs" */
	const char *one;     /* of a row: "job" */
	const char *meaning; /* of a row, as the schema says it: a whole sentence */
	const struct field *fields;
	size_t count;
};

const struct field_list *fields_of(enum entity entity);

/* The i-th of those with FIELD_JSON or FIELD_CSV; NULL past the last. */
const struct field *fields_in(enum entity entity, unsigned flag, size_t i);

/* By its name, and of ENTITY_SERVER by group and name ("backlog.waiting"); NULL: there is none. */
const struct field *fields_named(enum entity entity, const char *name);

/* value(), by the name: a caller that asks often keeps the field. UNKNOWN where there is no such field. */
struct value field_value(enum entity entity, const char *name, const struct field_context *of, const void *row);

/* ---- uses ---- */

enum field_list_of { FIELD_SORTS, FIELD_METRICS, FIELD_CHECKS };

/* The i-th sort key, metric or figure of --check of the entity, by its place; NULL past the last. */
const struct field *fields_used(enum entity entity, enum field_list_of use, size_t i);

/* The name and the sentence of it there: its own, or those of the use. */
const char *field_use_name(const struct field *field, const struct field_use *use);
const char *field_use_meaning(const struct field *field, const struct field_use *use);

/*
 * Sorts an array of `count` pointers to rows in place by a field, the other way round when
 * `invert`. Stable; what is not known comes last either way. Each value is worked out once.
 * Out of memory: left as they are.
 */
void fields_sort(const struct field *key, bool invert, const struct field_context *of, void *rows, size_t count);

/* ---- names that rows refer to ---- */

const char *site_name(const struct model *model, uint32_t site);          /* "" for NAME_NONE */
const char *package_name(const struct model *model, uint32_t package);    /* its id; "" for NAME_NONE */
uint32_t site_number(const struct model *model, const struct site *site); /* index of model_sites() */
uint32_t package_number(const struct model *model, const struct package *package);

#endif
