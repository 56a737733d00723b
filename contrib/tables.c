/*
 * Prints what manuals, completions and schemas say of options, keys, figures and events, from
 * the lists that the program itself uses. contrib/tables puts it in its place.
 */
#include <stdio.h>
#include <string.h>

#include "cmtop/advice.h"
#include "cmtop/fields.h"
#include "cmtop/report.h"
#include "cmtop/ui.h"
#include "cli/option_table.h"
#include "schema.h"

/* ---- mdoc ---- */

/* What would be a request at the start of a line, or an escape, is neither. */
static void
put_mdoc(const char *text)
{
	if (*text == '.' || *text == '\'')
		printf("\\&");
	for (; *text; text++)
		if (*text == '\\')
			printf("\\e");
		else
			putchar(*text);
}

static void
put_item(const char *name, const char *meaning)
{
	printf(".It ");
	for (const char *c = name; *c; c++)
		printf(*c == '"' ? "\\(dq" : "%c", *c);
	printf("\n");
	put_mdoc(meaning);
	printf(meaning[strlen(meaning) - 1] == '.' ? "\n" : ".\n");
}

static void
put_keys(void)
{
	const char *group, *keys, *does;
	char name[128];

	for (size_t i = 0; ui_key_help(i, &group, &keys, &does); i++) {
		snprintf(name, sizeof(name), "Cm %s", keys);
		put_item(name, does);
	}
}

/* What the list of all that serve so says of each. */
static void
put_used(enum entity entity, enum field_list_of use)
{
	const struct field *field;
	char name[128];

	for (size_t i = 0; (field = fields_used(entity, use, i)); i++) {
		const struct field_use *told = use == FIELD_SORTS ? &field->sort : &field->check;

		snprintf(name, sizeof(name), "Cm %s", field_use_name(field, told));
		put_item(name, field_use_meaning(field, told));
	}
}

static void
put_sort(void)
{
	put_used(ENTITY_SENDS, FIELD_SORTS);
}

static void
put_figures(void)
{
	put_used(ENTITY_SERVER, FIELD_CHECKS);
}

static void
put_metrics(void)
{
	struct metric_words words;
	char name[128];

	for (size_t i = 0; report_metric(i, &words); i++) {
		snprintf(name, sizeof(name), "Li cmtop_%s%s%s%s", words.name, *words.label ? " { " : "", words.label,
		         *words.label ? " }" : "");
		put_item(name, words.help);
	}
}

static void
put_events(void)
{
	printf(".Bd -literal -offset indent\n");
	for (int i = 0; i < TRANSITION_COUNT; i++)
		printf("%s\n", transition_word((enum transition_kind)i));
	printf(".Ed\n");
}

static void
put_advice(void)
{
	static const struct {
		const char *word, *meaning;
	} advice[] = {
#define _(code, word, meaning, find) { word, meaning },
		ADVICES(_)
#undef _
	};

	printf(".Bl -tag -width idle-with-backlog -compact\n");
	for (size_t i = 0; i < sizeof(advice) / sizeof(advice[0]); i++)
		printf(".It Li %s\n%s\n", advice[i].word, advice[i].meaning);
	printf(".El\n");
}

static void
put_objects(void)
{
	const struct field *field;
	const char *group = "";
	char name[128];

	for (size_t i = 0; (field = fields_in(ENTITY_SERVER, FIELD_JSON, i)); i++) {
		if (strcmp(field->group, group) != 0)
			printf("%s.Ss The object %s\n.Bl -tag -width left_out_site -compact\n", *group ? ".El\n" : "",
			       field->group);
		group = field->group;
		snprintf(name, sizeof(name), "Li %s", field->name);
		put_item(name, field->meaning);
	}
	printf(".El\n");
}

static void
put_columns(void)
{
	const struct field *field;
	char name[128];

	for (int table = 0; table < ENTITY_TABLES; table++) {
		printf(".Ss The table %s\n.Bl -tag -width size_source -compact\n", fields_of((enum entity)table)->name);
		for (size_t i = 0; (field = fields_in((enum entity)table, FIELD_CSV, i)); i++) {
			snprintf(name, sizeof(name), "Li %s", field->name);
			put_item(name, field->meaning);
		}
		printf(".El\n");
	}
}

/* ---- completions ---- */

/* Some words are only the beginning of an argument. */
static bool
goes_on(const struct option_row *row)
{
	const char *first = row->words ? row->words(0) : NULL;

	return (first && first[strlen(first) - 1] == ':') || (row->name && !strcmp(row->name, "check"));
}

static void
put_words(const struct option_row *row, const char *escape)
{
	for (size_t i = 0; row->words(i); i++) {
		printf(i ? " " : "");
		for (const char *c = row->words(i); *c; c++)
			printf("%s%c", *c == ':' ? escape : "", *c);
	}
}

static void
put_bash(void)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (row->needs != ARGUMENT)
			continue;
		printf("\t\t");
		if (row->letter)
			printf("-%c | ", row->letter);
		printf("--%s) ", row->name);
		if (row->words) {
			printf("kind=%s words='", goes_on(row) ? "start" : "'word'");
			put_words(row, "");
			printf("' ;;\n");
		} else {
			printf("kind=%s ;;\n", row->file ? "file" : "none");
		}
	}
}

static void
put_bash_options(void)
{
	printf("\t\twords='");
	for (size_t i = 0; i < option_row_count; i++)
		if (option_rows[i].name)
			printf("%s--%s%s", i ? " " : "", option_rows[i].name,
			       option_rows[i].needs == ARGUMENT ? "=" : "");
	printf("'\n");
}

/* A text between single quotes; `escape` stands before what the shell's own language reads. */
static void
put_quoted(const char *text, const char *special, const char *escape)
{
	for (; *text; text++)
		if (*text == '\'')
			printf("'\\''");
		else
			printf("%s%c", strchr(special, *text) ? escape : "", *text);
}

static void
put_zsh(void)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		const char *plus = row->needs == ARGUMENT ? "+" : "", *equals = row->needs == ARGUMENT  ? "="
		                                                                : row->needs == PERHAPS ? "=-"
		                                                                                        : "";

		printf("\t'");
		if (row->letter && row->name)
			printf("(-%c --%s)'{-%c%s,--%s%s}'", row->letter, row->name, row->letter, plus, row->name,
			       equals);
		else if (row->letter)
			printf("-%c", row->letter);
		else
			printf("--%s%s", row->name, equals);
		printf("[");
		put_quoted(row->help, "[]:", "\\");
		printf("]");
		if (row->argument) {
			printf(row->needs == PERHAPS ? "::" : ":");
			put_quoted(row->argument, "[]:", "\\");
			printf(":");
		}
		if (row->words && goes_on(row)) {
			printf("->%s", row->name);
		} else if (row->words) {
			printf("(");
			put_words(row, "\\");
			printf(")");
		} else if (row->file) {
			printf("_files");
		}
		printf("'\n");
	}
}

static void
put_zsh_starts(void)
{
	for (size_t i = 0; i < option_row_count; i++)
		if (option_rows[i].words && goes_on(&option_rows[i])) {
			printf("%s)\n\tcompadd -S '' -- ", option_rows[i].name);
			put_words(&option_rows[i], "");
			printf(" ;;\n");
		}
}

static void
put_fish(void)
{
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		printf("complete -c cmtop");
		if (row->letter)
			printf(" -s %c", row->letter);
		if (row->name)
			printf(" -l %s", row->name);
		if (row->needs == ARGUMENT)
			printf(row->file ? " -r -F" : " -x");
		if (row->words) {
			printf(" -a '");
			put_words(row, "");
			printf("'");
		}
		printf(" -d '");
		for (const char *c = row->help; *c; c++)
			printf(*c == '\'' ? "\\'" : "%c", *c);
		printf("'\n");
	}
}

int
main(int argc, char **argv)
{
	/* clang-format off */
	static const struct { const char *name; void (*put)(void); } tables[] = {
		{ "keys", put_keys }, { "sort", put_sort }, { "metrics", put_metrics }, { "events", put_events },
		{ "columns", put_columns }, { "objects", put_objects }, { "advice", put_advice }, { "figures", put_figures }, { "bash", put_bash },
		{ "bash-options", put_bash_options }, { "zsh", put_zsh }, { "zsh-starts", put_zsh_starts },
		{ "fish", put_fish }, { "schema", put_schema },
	};
	/* clang-format on */

	for (size_t i = 0; argc == 2 && i < sizeof(tables) / sizeof(tables[0]); i++)
		if (!strcmp(argv[1], tables[i].name)) {
			tables[i].put();
			return 0;
		}
	fprintf(stderr, "tables: no such table\n");
	return 2;
}
