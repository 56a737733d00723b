#include "fields/values.h"

#include <math.h>
#include <stdio.h>

#include "cmtop/errors.h"

struct value
value_unknown(void)
{
	return (struct value){ .kind = VALUE_UNKNOWN };
}

struct value
value_of_text(const char *text)
{
	return text && *text ? (struct value){ .kind = VALUE_TEXT, .text = text } : value_unknown();
}

struct value
value_known(int64_t number)
{
	return number < 0 ? value_unknown() : (struct value){ .kind = VALUE_INTEGER, .integer = number };
}

struct value
value_count(uint64_t number)
{
	return value_known(number > INT64_MAX ? INT64_MAX : (int64_t)number);
}

struct value
value_nonzero(uint64_t number)
{
	return number ? value_count(number) : value_unknown();
}

struct value
value_real(double number)
{
	return number >= 0 ? (struct value){ .kind = VALUE_REAL, .real = number } : value_unknown();
}

struct value
value_flag(bool is)
{
	return (struct value){ .kind = VALUE_FLAG, .integer = is };
}

struct value
value_written(int64_t at, struct written_time written)
{
	return at == WHEN_NONE ? value_unknown()
	                       : (struct value){ .kind = VALUE_TIME, .integer = at, .written = written };
}

struct value
value_time(const struct field_context *of, uint8_t log, int64_t at)
{
	return value_written(at, model_written(of->model, log, at));
}

struct value
value_left(int64_t milliseconds)
{
	return milliseconds == ETA_NEVER ? (struct value){ .kind = VALUE_NEVER }
	                                 : value_known(rounded_seconds(milliseconds));
}

struct value
value_code(uint32_t code)
{
	return (struct value){ .kind = VALUE_CODE, .integer = code };
}

struct value
value_estimate(struct value value, bool is)
{
	value.estimate = is && value.kind != VALUE_UNKNOWN;
	return value;
}

struct value
value_where(bool known, struct value value)
{
	return known ? value : value_unknown();
}

/* ---- what they are in another form ---- */

double
value_number(const struct value *value)
{
	switch (value->kind) {
	case VALUE_INTEGER:
	case VALUE_FLAG:
	case VALUE_TIME:
	case VALUE_CODE: return (double)value->integer;
	case VALUE_REAL: return value->real;
	case VALUE_NEVER: return (double)INFINITY;
	default: return (double)NAN;
	}
}

/* As a whole number, rounded; -1: not known, never, too large for one, or a text. Not for times. */
static int64_t
value_integer(const struct value *value)
{
	switch (value->kind) {
	case VALUE_INTEGER:
	case VALUE_FLAG:
	case VALUE_CODE: return value->integer;
	case VALUE_REAL: return value->real < 9e18 ? llround(value->real) : -1;
	default: return -1;
	}
}

static void
list_text(const struct value *value, char out[VALUE_TEXT_MOST])
{
	size_t used = 0;

	for (int64_t i = 0; i < value->integer && used < VALUE_TEXT_MOST; i++)
		used += (size_t)snprintf(out + used, VALUE_TEXT_MOST - used, "%s%lu", i ? " " : "",
		                         (unsigned long)value->list[i]);
}

const char *
value_text(const struct value *value, char out[VALUE_TEXT_MOST])
{
	out[0] = '\0';
	switch (value->kind) {
	case VALUE_TEXT: return value->text;
	case VALUE_FLAG: return value->integer ? "true" : "false";
	case VALUE_TIME: when_format(value->written.at, value->written.zoned, out); break;
	case VALUE_CODE: error_code_text((uint32_t)value->integer, out); break;
	case VALUE_LIST: list_text(value, out); break;
	case VALUE_INTEGER:
	case VALUE_REAL:
		if (value_integer(value) >= 0)
			snprintf(out, VALUE_TEXT_MOST, "%lld", (long long)value_integer(value));
		break;
	default: break;
	}
	return out;
}
