/*
 * JSON as it is written, straight into a sink. jansson says how texts and
 * numbers look; the brackets are put here, so that a list of any length takes no
 * memory. In the outermost object and in lists of rows each entry has its line.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/sink.h"
#include "cmtop/when.h"

#define JSON_DEPTH 8

struct json {
	const struct sink *sink;
	bool failed; /* out of memory: what was put is not whole */
	int depth;
	struct {
		bool lines; /* each entry has its line */
		bool any;   /* there was one */
		char end;   /* what closes it */
	} open[JSON_DEPTH];
};

/* `key` is NULL inside a list and for the outermost; each is closed by emit_end(). */
void emit_object(struct json *json, const char *key);
void emit_list(struct json *json, const char *key);
void emit_end(struct json *json);

/* The entry just begun, and everything right below it, has a line of its own. */
void emit_in_lines(struct json *json);

/* Any bytes will do: what is no text becomes "?". NULL and "" are null. */
void emit_text(struct json *json, const char *key, const char *text);
void emit_count(struct json *json, const char *key, uint64_t count);
void emit_known(struct json *json, const char *key, int64_t number); /* negative: null */
void emit_signed(struct json *json, const char *key, int64_t number);
void emit_nonzero(struct json *json, const char *key, uint64_t number); /* 0: null */
void emit_rounded(struct json *json, const char *key, double number);   /* whole; negative: null */
void emit_decimals(struct json *json, const char *key, double number);  /* two at most; negative: null */
void emit_flag(struct json *json, const char *key, bool flag);
void emit_time(struct json *json, const char *key, struct written_time time);
void emit_null(struct json *json, const char *key);

#endif
