#include "option_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/order.h"
#include "cmtop/query.h"
#include "cmtop/utf8.h"
#include "say.h"

#define DEMO_SITES      70
#define DEMO_SITES_MOST 1000
#define DRAW_MOST       1000
#define POLL_LEAST      0.05
#define POLL_MOST       60.0

/* ---- what each option does ---- */

static const char *
take_filter(struct asked *asked, const char *argument)
{
	struct query_error error = { 0 };
	struct query *query = query_new(span_of(argument), &error);
	char clean[1024];
	int column;

	if (query) {
		query_free(query);
		asked->options->filter = argument;
		return NULL;
	}
	utf8_clean(span_of(argument), clean, sizeof(clean));
	column = utf8_width(span_part(span_of(argument), 0, error.at));
	say_error("--filter", "%s at %zu", error.text, error.at + 1);
	fprintf(stderr, "  %s\n  %*s^\n", clean, column, "");
	return "";
}

/* "eta", "eta,desc", "eta,asc" */
static const char *
take_sort(struct asked *asked, const char *argument)
{
	struct options *options = asked->options;
	struct span text = span_of(argument);
	size_t comma = span_find(text, SPAN(",")), count, i;
	struct span way = span_from(text, comma + 1);
	const struct order_key *keys = order_keys(ORDER_JOBS, &count);
	bool down;

	if (span_is(text, SPAN("help"))) {
		asked->answer = "sort";
		return NULL;
	}
	for (i = 0; i < count; i++)
		if (span_is_nocase(span_part(text, 0, comma), span_of(keys[i].name)))
			break;
	if (i == count)
		return "no such key (try 'cmtop --sort=help')";
	down = keys[i].down;
	if (span_is_nocase(way, SPAN("desc")))
		down = true;
	else if (span_is_nocase(way, SPAN("asc")))
		down = false;
	else if (comma < text.size)
		return "after the comma goes desc or asc";
	options->sort_key = (int)i;
	options->sort_invert = down != keys[i].down;
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
	static const char *const words[] = { "text", "json", NULL };
	int i = choice(words, argument);

	if (i < 0)
		return strcmp(argument, "csv") ? "must be text or json" : "csv is not there yet; text and json are";
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

static const char *
take_poll(struct asked *asked, const char *argument)
{
	/* strtod() would also take blanks, signs, "inf" and hexadecimal. */
	bool plain = argument[0] && strspn(argument, "0123456789.") == strlen(argument);
	char *end;
	double poll = plain ? strtod(argument, &end) : 0;

	if (!plain || *end || poll < POLL_LEAST || poll > POLL_MOST)
		return "must be seconds, 0.05 to 60";
	asked->options->poll = poll;
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

	if (!span_take_uint(&text, &width) || !span_skip_nocase(&text, SPAN("x")) ||
	    !span_take_uint(&text, &height) || text.size ||
	    !width || !height || width > DRAW_MOST || height > DRAW_MOST)
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
	static const char *const words[] = { "auto", "always", "never", NULL };
	int i = choice(words, argument);

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
	static const char *const words[] = { "default", "mono", "highcontrast", NULL };
	int i = choice(words, argument);

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

const struct option_row option_rows[] = {
	{ "What to look at:",
	  'F', "filter",  ARGUMENT, "EXPR",       take_filter, "only what matches, such as 'site:^S1 !state:done'" },
	{ NULL, 's', "sort", ARGUMENT, "KEY[,desc]", take_sort, "order of the sends; --sort=help lists the keys" },
	{ NULL, 0, "demo",    PERHAPS,  "SITES",      take_demo,   "watch a simulated site server (70 sites)" },
	{ NULL, 0, "poll",    ARGUMENT, "SECONDS",    take_poll,   "how often to look where no change is announced" },
	{ "Instead of the dashboard:",
	  '1', "once",    NO_ARGUMENT, NULL,      take_once,   "print one snapshot and exit (as when piped)" },
	{ NULL, 0, "follow",  NO_ARGUMENT, NULL,      take_follow, "print one line an event as it happens" },
	{ NULL, 'o', "format", ARGUMENT, "FORMAT",    take_format, "of --once and --follow: text or json" },
	{ NULL, 0, "unknown", NO_ARGUMENT, NULL,      take_unknown,"list messages nothing here knows, by frequency" },
	{ NULL, 0, "draw",    ARGUMENT, "WxH",        take_draw,   "draw one screen of this size as text and exit" },
	{ NULL, 0, "keys",    ARGUMENT, "KEYS",       take_keys,   "... after these keys, such as '/S1<Enter>'" },
	{ NULL, 0, "now",     ARGUMENT, "TIME",       take_now,    "what a snapshot or drawing takes as now" },
	{ "Look:",
	  0, "color",     ARGUMENT, "WHEN",       take_color,  "auto, always or never (also: NO_COLOR is set)" },
	{ NULL, 'C', NULL,    NO_ARGUMENT, NULL,      take_no_color, "as --color=never" },
	{ NULL, 0, "theme",   ARGUMENT, "NAME",       take_theme,  "default, mono or highcontrast" },
	{ NULL, 'U', "ascii", NO_ARGUMENT, NULL,      take_ascii,  "no character beyond ASCII" },
	{ NULL, 0, "mouse",   NO_ARGUMENT, NULL,      take_mouse,  "the mouse focuses, sorts and scrolls (key: m)" },
	{ "Other:",
	  'h', "help",    NO_ARGUMENT, NULL,      take_help,   "print this" },
	{ NULL, 'V', "version", NO_ARGUMENT, NULL,    take_version,"print the version" },
};

const size_t option_row_count = sizeof(option_rows) / sizeof(option_rows[0]);
