#include "cli/option_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/check.h"
#include "cmtop/fields.h"
#include "cmtop/query.h"
#include "cmtop/utf8.h"
#include "os/code_page.h"
#include "os/message.h"

#define DEMO_SITES      70
#define DEMO_SITES_MOST 1000
#define DRAW_MOST       1000
#define POLL_LEAST      0.05
#define POLL_MOST       60.0
#define INTERVAL_LEAST  1.0
#define INTERVAL_MOST   3600.0

/* ---- what an argument may be ---- */

static const char *const format_words[] = { "text", "json", "csv", NULL };
static const char *const color_words[] = { "auto", "always", "never", NULL };
static const char *const theme_words[] = { "default", "mono", "highcontrast", NULL };

static const char *
word_of_format(size_t i)
{
	return format_words[i];
}

static const char *
word_of_color(size_t i)
{
	return color_words[i];
}

static const char *
word_of_theme(size_t i)
{
	return theme_words[i];
}

static const char *
word_of_field(size_t i)
{
	return query_word(i);
}

static const char *
word_of_table(size_t i)
{
	return i < ENTITY_TABLES ? fields_of((enum entity)i)->name : NULL;
}

static const char *
word_of_figure(size_t i)
{
	const struct field *figure = fields_used(ENTITY_SERVER, FIELD_CHECKS, i);

	return figure ? field_use_name(figure, &figure->check) : NULL;
}

static const char *
word_of_sort(size_t i)
{
	const struct field *key = fields_used(ENTITY_SENDS, FIELD_SORTS, i);

	if (key)
		return field_use_name(key, &key->sort);
	return i == 0 || fields_used(ENTITY_SENDS, FIELD_SORTS, i - 1) ? "help" : NULL;
}

/* ---- what each option does ---- */

/* A caret under the place where it broke. */
static const char *
refuse_text(const char *option, const char *argument, size_t at, const char *reason)
{
	char clean[1024];
	int column;

	utf8_clean(span_of(argument), clean, sizeof(clean));
	column = utf8_width(span_part(span_of(argument), 0, at));
	message_error(option, "%s (at character %d)", reason, column + 1);
	message_more("  %s\n  %*s^\n", clean, column, "");
	return "";
}

static const char *
take_filter(struct asked *asked, const char *argument)
{
	struct query_error error = { 0 };
	struct query *query = query_new(span_of(argument), &error);

	if (!query)
		return refuse_text("--filter", argument, error.at, error.text);
	query_free(query);
	asked->options->filter = argument;
	return NULL;
}

/* "eta", "eta,desc", "eta,asc" */
static const char *
take_sort(struct asked *asked, const char *argument)
{
	struct options *options = asked->options;
	struct span text = span_of(argument);
	size_t comma = span_find(text, SPAN(",")), i;
	struct span way = span_from(text, comma + 1);
	const struct field *key;
	bool down;

	if (span_is(text, SPAN("help"))) {
		asked->answer = "sort";
		return NULL;
	}
	for (i = 0; (key = fields_used(ENTITY_SENDS, FIELD_SORTS, i)); i++)
		if (span_is_nocase(span_part(text, 0, comma), span_of(field_use_name(key, &key->sort))))
			break;
	if (!key)
		return "no such key (try 'cmtop --sort=help')";
	down = key->down;
	if (span_is_nocase(way, SPAN("desc")))
		down = true;
	else if (span_is_nocase(way, SPAN("asc")))
		down = false;
	else if (comma < text.size)
		return "only desc or asc can follow the comma";
	options->sort_key = (int)i;
	options->sort_invert = down != key->down;
	return NULL;
}

static const char *
take_once(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->once = true;
	return NULL;
}

static const char *
take_follow(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->follow = true;
	return NULL;
}

static const char *
take_unknown(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->unknown = true;
	return NULL;
}

/* The place of `argument` in a list of words that ends with NULL, or -1. */
static int
choice(const char *const words[], const char *argument)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(words[i], argument))
			return i;
	return -1;
}

static const char *
take_format(struct asked *asked, const char *argument)
{
	int i = choice(format_words, argument);

	if (i < 0)
		return "must be text, json or csv";
	asked->options->format = (enum format)i;
	asked->format = true;
	return NULL;
}

static const char *
take_demo(struct asked *asked, const char *argument)
{
	struct span text = span_of(argument);
	uint64_t sites = DEMO_SITES;

	if (argument && (!span_take_uint(&text, &sites) || text.size || !sites || sites > DEMO_SITES_MOST))
		return "must be a number of sites, 1 to 1000";
	asked->options->demo = true;
	asked->options->demo_sites = (unsigned)sites;
	return NULL;
}

/* strtod() would also take blanks, signs, "inf" and hexadecimal. */
static bool
take_seconds(const char *argument, double least, double most, double *out)
{
	bool plain = argument[0] && strspn(argument, "0123456789.") == strlen(argument);
	char *end = NULL;

	*out = plain ? strtod(argument, &end) : 0;
	return plain && !*end && *out >= least && *out <= most;
}

static const char *
take_poll(struct asked *asked, const char *argument)
{
	return take_seconds(argument, POLL_LEAST, POLL_MOST, &asked->options->poll) ? NULL
	                                                                            : "must be seconds, 0.05 to 60";
}

/* This one adds up. */
static const char *
take_map(struct asked *asked, const char *argument)
{
	return mappings_add(&asked->options->mappings, argument);
}

static const char *
take_encoding(struct asked *asked, const char *argument)
{
	unsigned *page = &asked->options->encoding;
	uint16_t letters[256];

	*page = PAGE_GUESSED;
	if (!strcmp(argument, "auto"))
		return NULL;
	if (span_starts_nocase(span_of(argument), SPAN("utf-16"))
	    || span_starts_nocase(span_of(argument), SPAN("utf16")))
		return "UTF-16 is recognized without this option";
	*page = code_page_named(span_of(argument));
	if (*page == PAGE_GUESSED)
		return "must be auto, utf-8 or a code page such as windows-1251 or windows-932";
	if (*page != PAGE_UTF8 && !os_code_page_load(*page, -1, letters))
		return "the C library of this system does not know this code page";
	return NULL;
}

static const char *
word_of_encoding(size_t i)
{
	static char name[24];

	if (i == 0)
		return "auto";
	return code_page_at(i - 1) ? code_page_name(code_page_at(i - 1), name) : NULL;
}

static const char *
take_redact(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->options->redact = true;
	return NULL;
}

static const char *
take_no_history(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->options->no_history = true;
	return NULL;
}

static const char *
take_table(struct asked *asked, const char *argument)
{
	for (int i = 0; i < ENTITY_TABLES; i++)
		if (!strcmp(argument, fields_of((enum entity)i)->name)) {
			asked->options->table = (enum entity)i;
			asked->table = true;
			return NULL;
		}
	return "must be jobs, sites, packages, threads, dps, transfers, failures, advice or logs";
}

static const char *
take_metrics(struct asked *asked, const char *argument)
{
	asked->options->metrics = argument;
	return *argument && strcmp(argument, "-") ? NULL : "must be the name of a file";
}

static const char *
take_interval(struct asked *asked, const char *argument)
{
	asked->interval = true;
	return take_seconds(argument, INTERVAL_LEAST, INTERVAL_MOST, &asked->options->interval)
	               ? NULL
	               : "must be seconds, 1 to 3600";
}

static const char *
take_check(struct asked *asked, const char *argument)
{
	struct check_error error;
	struct check *check = check_new(span_of(argument), &error);

	if (!check)
		return refuse_text("--check", argument, error.at, error.text);
	check_free(check);
	asked->options->check = argument;
	return NULL;
}

/* "sender.log:120". The last colon counts: "C:\x\sender.log:120" has a drive in front. */
static const char *
take_explain(struct asked *asked, const char *argument)
{
	struct explain_line *out = &asked->options->explain;
	const char *colon = strrchr(argument, ':');
	struct span file = span_part(span_of(argument), 0, colon ? (size_t)(colon - argument) : 0);
	struct span number = span_of(colon ? colon + 1 : "");

	if (!file.size || !number.size)
		return "must be FILE:LINE, such as sender.log:120";
	if (!span_take_uint(&number, &out->line) || number.size || !out->line)
		return "the line must be a number from 1";
	if (file.size >= sizeof(out->file))
		return "the name of the file is too long";
	if (span_is(file, SPAN("-")))
		return "a line of standard input cannot be explained";
	span_copy(file, out->file, sizeof(out->file));
	return NULL;
}

static const char *
take_now(struct asked *asked, const char *argument)
{
	if (!when_parse(span_of(argument), &asked->options->now))
		return "must be a time such as 2026-07-30T17:03:00Z";
	asked->now = true;
	return NULL;
}

/* "80x24" */
static const char *
take_draw(struct asked *asked, const char *argument)
{
	struct span text = span_of(argument);
	uint64_t width, height;

	if (!span_take_uint(&text, &width) || !span_skip_nocase(&text, SPAN("x")) || !span_take_uint(&text, &height)
	    || text.size || !width || !height || width > DRAW_MOST || height > DRAW_MOST)
		return "must be a size such as 80x24, up to 1000x1000";
	asked->options->width = (int)width;
	asked->options->height = (int)height;
	asked->draw = true;
	return NULL;
}

static const char *
take_keys(struct asked *asked, const char *argument)
{
	asked->options->keys = argument;
	asked->keys = true;
	return NULL;
}

static const char *
take_color(struct asked *asked, const char *argument)
{
	int i = choice(color_words, argument);

	if (i < 0)
		return "must be auto, always or never";
	asked->options->color = (enum color)i;
	return NULL;
}

static const char *
take_no_color(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->options->color = COLOR_NEVER;
	return NULL;
}

static const char *
take_theme(struct asked *asked, const char *argument)
{
	int i = choice(theme_words, argument);

	if (i < 0)
		return "must be default, mono or highcontrast";
	asked->options->theme = (enum theme)i;
	return NULL;
}

static const char *
take_ascii(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->options->ascii = true;
	return NULL;
}

static const char *
take_mouse(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->options->mouse = true;
	return NULL;
}

static const char *
take_help(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->answer = "help";
	return NULL;
}

static const char *
take_version(struct asked *asked, const char *argument)
{
	(void)argument;
	asked->answer = "version";
	return NULL;
}

/* clang-format off */
const struct option_row option_rows[] = {
	{ "What to show:",
	  'F', "filter",  ARGUMENT, "EXPR",       take_filter, "show only what matches: 'site:^S1 state:stalled'",
	  word_of_field, false },
	{ NULL, 's', "sort", ARGUMENT, "KEY[,desc]", take_sort, "sort order of the sends; --sort=help lists the keys",
	  word_of_sort, false },
	{ NULL, 0, "demo",    PERHAPS,  "SITES",      take_demo,   "show a simulated site server (70 sites)", NULL, false },
	{ NULL, 0, "no-history", NO_ARGUMENT, NULL,   take_no_history, "neither read nor save the trend of earlier runs", NULL, false },
	{ NULL, 0, "map",     ARGUMENT, "FROM=TO",    take_map,    "server path FROM is folder TO here: exact sizes", NULL, false },
	{ NULL, 0, "encoding", ARGUMENT, "NAME",      take_encoding, "code page of the logs where they are not UTF-8 (auto)",
	  word_of_encoding, false },
	{ NULL, 0, "poll",    ARGUMENT, "SECONDS",    take_poll,   "check the logs this often when nothing reports changes", NULL, false },
	{ "Instead of the dashboard:",
	  '1', "once",    NO_ARGUMENT, NULL,      take_once,   "print one snapshot and exit (default when piped)", NULL, false },
	{ NULL, 0, "follow",  NO_ARGUMENT, NULL,      take_follow, "print one line for each event as it happens", NULL, false },
	{ NULL, 'o', "format", ARGUMENT, "FORMAT",    take_format, "format of --once and --follow: text, json or csv",
	  word_of_format, false },
	{ NULL, 0, "table",   ARGUMENT, "NAME",       take_table,  "table for csv: sites, transfers, failures, ...",
	  word_of_table, false },
	{ NULL, 0, "check",   ARGUMENT, "EXPR",       take_check,  "one line and an exit code: 'warn:waiting>900,eta>2d'",
	  word_of_figure, false },
	{ NULL, 0, "metrics", ARGUMENT, "FILE",       take_metrics,"keep FILE up to date with metrics for Prometheus",
	  NULL, true },
	{ NULL, 0, "interval", ARGUMENT, "SECONDS",   take_interval, "seconds between two writes of the metrics (15)", NULL, false },
	{ NULL, 0, "unknown", NO_ARGUMENT, NULL,      take_unknown,"list the messages that cmtop does not understand", NULL, false },
	{ NULL, 0, "explain", ARGUMENT, "FILE:LINE",  take_explain,"tell what cmtop makes of one line of a log", NULL, true },
	{ NULL, 0, "draw",    ARGUMENT, "WxH",        take_draw,   "draw one screen of this size as text and exit", NULL, false },
	{ NULL, 0, "keys",    ARGUMENT, "KEYS",       take_keys,   "press these keys before --draw, such as '/S1<Enter>'", NULL, false },
	{ NULL, 0, "now",     ARGUMENT, "TIME",       take_now,    "the time that --once, --draw and --check take as now", NULL, false },
	{ NULL, 0, "redact",  NO_ARGUMENT, NULL,      take_redact, "hide names of servers, accounts and packages", NULL, false },
	{ "Appearance:",
	  0, "color",     ARGUMENT, "WHEN",       take_color,  "auto, always or never (NO_COLOR also means never)",
	  word_of_color, false },
	{ NULL, 'C', NULL,    NO_ARGUMENT, NULL,      take_no_color, "same as --color=never", NULL, false },
	{ NULL, 0, "theme",   ARGUMENT, "NAME",       take_theme,  "default, mono or highcontrast",
	  word_of_theme, false },
	{ NULL, 'U', "ascii", NO_ARGUMENT, NULL,      take_ascii,  "use ASCII characters only", NULL, false },
	{ NULL, 0, "mouse",   NO_ARGUMENT, NULL,      take_mouse,  "use the mouse to focus, sort and scroll (key: m)", NULL, false },
	{ "Other:",
	  'h', "help",    NO_ARGUMENT, NULL,      take_help,   "print this help", NULL, false },
	{ NULL, 'V', "version", NO_ARGUMENT, NULL,    take_version,"print the version", NULL, false },
};
/* clang-format on */

const size_t option_row_count = COUNT_OF(option_rows);
