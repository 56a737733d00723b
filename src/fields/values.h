/*
 * How value() functions make their answers, and how rows of the lists are written.
 */
#ifndef FIELDS_VALUES_H
#define FIELDS_VALUES_H

#include "cmtop/count_of.h"
#include "cmtop/fields.h"

/* A value() of rows of one type; `row` is its name in the expression. */
#define VALUE(name, type, row, ...) \
	static struct value name(const struct field_context *of, const void *any) \
	{ \
		const type *row = any; \
		(void)of, (void)row; \
		return __VA_ARGS__; \
	}

/* Parts of a row of a list. */
#define SORTED(place, meaning)            .sort = { place, NULL, meaning }
#define SORTED_DOWN(place, meaning)       .sort = { place, NULL, meaning }, .down = true
#define METRIC(place, name, meaning)      .metric = { place, name, meaning }
#define CHECKED(place, name, meaning, on) .check = { place, name, meaning }, .logs = on

struct value value_unknown(void);
struct value value_of_text(const char *text); /* NULL and "" are not known */
struct value value_known(int64_t number);     /* negative: not known */
struct value value_count(uint64_t number);
struct value value_nonzero(uint64_t number); /* 0: not known */
struct value value_real(double number);      /* negative: not known */
struct value value_flag(bool is);
/* A running time, WHEN_NONE: not known; and how it is written, by the records of a log around it if not by its own. */
struct value value_written(int64_t at, struct written_time written);
struct value value_time(const struct field_context *of, uint8_t log, int64_t at);
struct value value_left(int64_t milliseconds); /* a time left in whole seconds; ETA_UNKNOWN, ETA_NEVER */
struct value value_code(uint32_t code);

/* The same, as an estimate where `is` holds and it is known. */
struct value value_estimate(struct value value, bool is);

/* The same where `known` holds, else not known. */
struct value value_where(bool known, struct value value);

/* The lists. */
extern const struct field_list fields_sends, fields_sites, fields_packages, fields_threads, fields_dps,
	fields_transfers, fields_failures, fields_advice, fields_logs, fields_server;

#endif
