/*
 * Prints the definitions of contrib/snapshot.schema.json: an object for each kind of row,
 * and one for each group of figures of the server, as the list of fields has them.
 */
#include "schema.h"

#include <stdio.h>
#include <string.h>

#include "cmtop/fields.h"

static void
put_text(const char *text)
{
	putchar('"');
	for (; *text; text++)
		printf(*text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
	putchar('"');
}

static void
put_words(const struct field *field)
{
	printf("\"enum\": [");
	for (size_t i = 0; field->words(i); i++) {
		printf(i ? ", " : "");
		put_text(field->words(i));
	}
	printf(field->flags & FIELD_KNOWN ? "], " : ", null], ");
}

static void
put_type(const struct field *field, const char *type)
{
	bool known = field->flags & FIELD_KNOWN, text = !strcmp(type, "string") || !strcmp(type, "boolean");

	printf(known ? "\"type\": \"%s\", " : "\"type\": [\"%s\", \"null\"], ", type);
	if (!text && !(field->flags & FIELD_SIGNED))
		printf("\"minimum\": 0, ");
}

static void
put_property(const struct field *field)
{
	printf("        \"%s\": {", field->name);
	switch (field->unit) {
	case UNIT_TEXT:
	case UNIT_CODE: put_type(field, "string"); break;
	case UNIT_WORD: put_words(field); break;
	case UNIT_FLAG: put_type(field, "boolean"); break;
	case UNIT_TIME: printf("\"$ref\": \"#/$defs/time\", "); break;
	case UNIT_PER_HOUR:
	case UNIT_SHARE: put_type(field, "number"); break;
	case UNIT_LIST: printf("\"type\": \"array\", \"items\": {\"type\": \"integer\", \"minimum\": 0}, "); break;
	default: put_type(field, "integer"); break;
	}
	printf("\"description\": ");
	put_text(field->meaning);
	printf("}");
}

/* Of ENTITY_SERVER those of a group. */
static bool
is_in(const struct field *field, const char *group)
{
	return !group || !strcmp(field->group, group);
}

/* One object: the fields that have one of the flags, and members besides that the text `more` defines. */
static void
put_object(const char *name, const char *type, const char *meaning, enum entity entity, const char *group,
           unsigned flags, const char *required, const char *more)
{
	const struct field *field;
	const char *before = "";

	printf(",\n    \"%s\": {\n      \"type\": %s,\n      \"description\": ", name, type);
	put_text(meaning);
	printf(",\n      \"required\": [");
	for (size_t i = 0; (field = fields_in(entity, FIELD_JSON, i)); i++)
		if (is_in(field, group)) {
			printf("%s\"%s\"", before, field->name);
			before = ", ";
		}
	printf("%s],\n      \"properties\": {\n", required);
	before = "";
	for (size_t i = 0; (field = fields_in(entity, flags, i)); i++)
		if (is_in(field, group)) {
			printf("%s", before);
			put_property(field);
			before = ",\n";
		}
	printf("%s\n      }\n    }", more);
}

static void
put_rows(void)
{
	for (int entity = 0; entity < ENTITY_TABLES; entity++) {
		const struct field_list *list = fields_of((enum entity)entity);
		bool dps = entity == ENTITY_THREADS;

		/* What a row of DPs has of its thread is a column of CSV alone. */
		put_object(list->one, "\"object\"", list->meaning, (enum entity)entity, NULL,
		           entity == ENTITY_DPS ? FIELD_ROW : FIELD_JSON, dps ? ", \"dps\"" : "",
		           dps ? ",\n        \"dps\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/dp\"}}"
		               : "");
	}
}

static void
put_groups(void)
{
	/* clang-format off */
	static const struct { const char *name, *type, *meaning, *required, *more; } groups[] = {
		{ "sending", "\"object\"", "The senders.", ", \"jobs\", \"sites\"",
		  ",\n        \"jobs\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/job\"}}"
		  ",\n        \"sites\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/site\"}}" },
		{ "distribution", "\"object\"", "The distribution manager.", ", \"queued\", \"threads\"",
		  ",\n        \"queued\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"description\": \"packages notified and not yet taken up\"}"
		  ",\n        \"threads\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/thread\"}}" },
		{ "backlog", "\"object\"", "What is still to be sent.", ", \"forecast\"",
		  ",\n        \"forecast\": {\"$ref\": \"#/$defs/forecast\"}" },
		{ "forecast", "\"object\"", "What the time to empty stands on.", ", \"range\"",
		  ",\n        \"range\": {\"type\": [\"array\", \"null\"], \"items\": {\"type\": [\"integer\", \"null\"], \"minimum\": 0},"
		  " \"description\": \"seconds from now, the soonest and the latest that are likely; null at an end: never\"}" },
		{ "dp_upgrades", "[\"object\", \"null\"]",
		  "Threads that install or upgrade distribution points; null: none was heard of.", "", "" },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		put_object(groups[i].name, groups[i].type, groups[i].meaning, ENTITY_SERVER, groups[i].name, FIELD_JSON,
		           groups[i].required, groups[i].more);
}

/* Up to the end of the file. */
void
put_schema(void)
{
	printf("  \"$defs\": {\n"
	       "    \"time\": {\n"
	       "      \"description\": \"RFC 3339 in UTC with milliseconds; without a zone where the records carry "
	       "none; "
	       "null: unknown\",\n"
	       "      \"type\": [\"string\", \"null\"],\n"
	       "      \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\\\.[0-9]{3}Z?$\"\n"
	       "    }");
	put_groups();
	put_rows();
	printf("\n  }\n}\n");
}
