#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/fields.h"
#include "cmtop/report.h"
#include "cli/option_table.h"
#include "os/code_page.h"
#include "os/command_line.h"
#include "os/os.h"
#include "cli/stdout_sink.h"
#include "os/message.h"

#define INTERVAL 15 /* seconds between two writings of metrics */

#define TRY "(try 'cmtop --help')"

/* ---- what is printed on request ---- */

static void
print_row(const struct option_row *row, const struct sink *sink)
{
	char name[64] = "", letter[4];

	if (row->name)
		snprintf(name, sizeof(name),
		         row->needs == PERHAPS ? "--%s[=%s]"
		         : row->argument       ? "--%s=%s"
		                               : "--%s",
		         row->name, row->argument);
	if (row->group)
		sink_format(sink, "%s\n", row->group);
	snprintf(letter, sizeof(letter), row->letter ? "-%c" : "  ", row->letter);
	sink_format(sink, "  %s%c %-18s %s\n", letter, row->letter && row->name ? ',' : ' ', name, row->help);
}

static void
print_help(const struct sink *sink)
{
	sink_text(sink, "Usage: cmtop [OPTION]... [LOGDIR | FILE]...\n"
	                "Show what a ConfigMgr site server sends and distributes, live from its logs.\n"
	                "It only reads. It writes nothing to the log folder and uses no network.\n"
	                "Default: $SMS_LOG_PATH, else the current folder. '-' is standard input.\n\n");
	for (size_t i = 0; i < option_row_count; i++)
		print_row(&option_rows[i], sink);
	sink_text(sink, "Examples (the manual has more: man cmtop):\n"
	                "  cmtop /mnt/siteserver/Logs          the dashboard, for a mounted share\n"
	                "  cmtop --once -o json sender.log     a snapshot for a script\n"
	                "Keys: ? help, / filter, Tab pane, arrows PgUp PgDn move, Ctrl-Z suspend, q quit\n");
}

static void
print_sort_keys(const struct sink *sink)
{
	const struct field *key;

	for (size_t i = 0; (key = fields_used(ENTITY_SENDS, FIELD_SORTS, i)); i++)
		sink_format(sink, "%-12s %s%s\n", field_use_name(key, &key->sort), field_use_meaning(key, &key->sort),
		            key->down ? " (largest first)" : "");
}

static int
answer(const char *what)
{
	struct out out;

	out_open(&out);
	if (!strcmp(what, "help"))
		print_help(&out.sink);
	else if (!strcmp(what, "sort"))
		print_sort_keys(&out.sink);
	else
		sink_text(&out.sink, "cmtop " PROGRAM_VERSION "\n");
	return out_end(&out);
}

/* ---- reading ---- */

/* "--poll", "-C" */
static const char *
row_name(const struct option_row *row, char out[64])
{
	if (row->name)
		snprintf(out, 64, "--%s", row->name);
	else
		snprintf(out, 64, "-%c", row->letter);
	return out;
}

static int
refuse(enum os_option_result result, const struct os_option_found *found)
{
	char name[64];

	if (result == OS_OPTION_UNKNOWN)
		message_error(found->text, "no such option " TRY);
	else
		message_error(row_name(&option_rows[found->index], name), "%s " TRY,
		              result == OS_OPTION_NEEDS ? "needs an argument" : "takes no argument");
	return 2;
}

/* Which of the ways to run was asked for; NULL in `wrong` when they agree. */
static enum mode
choose_mode(const struct asked *asked, char wrong[128])
{
	/* clang-format off */
	const struct { bool asked; const char *name; enum mode mode; } ways[] = {
		{ asked->once,    "--once",    MODE_ONCE },
		{ asked->follow,  "--follow",  MODE_FOLLOW },
		{ asked->unknown, "--unknown", MODE_UNKNOWN },
		{ asked->options->explain.line > 0, "--explain", MODE_EXPLAIN },
		{ asked->draw,    "--draw",    MODE_DRAW },
		{ asked->options->check, "--check", MODE_CHECK },
	};
	/* clang-format on */
	const char *first = NULL;
	enum mode mode = os_is_terminal(1) ? MODE_LIVE : asked->options->metrics ? MODE_METRICS : MODE_ONCE;

	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		if (!ways[i].asked)
			continue;
		if (first)
			snprintf(wrong, 128, "%s and %s cannot be used together", first, ways[i].name);
		first = ways[i].name;
		mode = ways[i].mode;
	}
	return mode;
}

/* "" when everything asked for fits. */
static void
check_fit(const struct asked *asked, char wrong[128])
{
	const struct options *options = asked->options;
	enum mode mode = options->mode;

	if (wrong[0])
		return;
	if (asked->keys && mode != MODE_DRAW)
		snprintf(wrong, 128, "--keys needs --draw");
	else if (asked->format && mode != MODE_ONCE && mode != MODE_FOLLOW)
		snprintf(wrong, 128, "--format needs --once or --follow");
	else if (options->format == FORMAT_CSV && mode == MODE_FOLLOW)
		snprintf(wrong, 128, "--format=csv needs --once");
	else if (asked->table && (options->format != FORMAT_CSV || mode != MODE_ONCE))
		snprintf(wrong, 128, "--table needs --once --format=csv");
	else if (asked->now && mode != MODE_ONCE && mode != MODE_DRAW && mode != MODE_CHECK)
		snprintf(wrong, 128, "--now needs --once, --draw or --check");
	else if (asked->interval && !options->metrics)
		snprintf(wrong, 128, "--interval needs --metrics");
	else if (options->metrics
	         && (mode == MODE_DRAW || mode == MODE_UNKNOWN || mode == MODE_CHECK || mode == MODE_EXPLAIN))
		snprintf(wrong, 128, "--metrics works only with the dashboard, --follow or --once");
	else if (options->filter && (mode == MODE_CHECK || mode == MODE_METRICS))
		snprintf(wrong, 128, "--filter and %s cannot be used together",
		         mode == MODE_CHECK ? "--check" : "--metrics alone");
	else if (options->filter && (mode == MODE_UNKNOWN || mode == MODE_EXPLAIN))
		snprintf(wrong, 128, "--filter and %s cannot be used together",
		         mode == MODE_UNKNOWN ? "--unknown" : "--explain");
	else if (options->demo && mode == MODE_EXPLAIN)
		snprintf(wrong, 128, "--demo and --explain cannot be used together");
	else if (options->demo && options->path_count)
		snprintf(wrong, 128, "--demo takes no LOGDIR or FILE");

	for (size_t i = 0; i < options->path_count; i++)
		if ((mode == MODE_LIVE || mode == MODE_METRICS) && !strcmp(options->paths[i], "-"))
			snprintf(wrong, 128, "standard input (-) needs --once or --follow");
}

static struct os_option
option_of(const struct option_row *row)
{
	return (struct os_option){ row->name, row->letter,
		                   row->needs == ARGUMENT  ? OS_NEEDS_ARGUMENT
		                   : row->needs == PERHAPS ? OS_MAY_HAVE_ARGUMENT
		                                           : OS_NO_ARGUMENT };
}

/* Takes one option. OPTIONS_GO_ON, or an exit code. */
static int
take_option(struct asked *asked, const struct os_option_found *found)
{
	const struct option_row *row = &option_rows[found->index];
	const char *wrong = row->take(asked, found->argument);
	char name[64];

	if (wrong && *wrong)
		message_error(row_name(row, name), "'%s': %s%s", found->argument, wrong,
		              strstr(wrong, "(try") ? "" : " " TRY);
	if (wrong)
		return 2;
	return asked->answer ? answer(asked->answer) : OPTIONS_GO_ON;
}

/* `rest`: of the first argument that is no option. */
static int
read_options(struct asked *asked, int argc, char **argv, int *rest)
{
	struct os_option options[OS_OPTIONS_MOST];
	struct os_option_found found;
	enum os_option_result result;
	int code = OPTIONS_GO_ON;

	for (size_t i = 0; i < option_row_count; i++)
		options[i] = option_of(&option_rows[i]);
	while (code == OPTIONS_GO_ON) {
		result = os_next_option(argc, argv, options, option_row_count, &found);
		if (result == OS_OPTIONS_END)
			break;
		code = result == OS_OPTION ? take_option(asked, &found) : refuse(result, &found);
	}
	*rest = found.next;
	return code;
}

unsigned
options_page(const struct options *options)
{
	return options->encoding == PAGE_GUESSED ? os_code_page() : options->encoding;
}

/* Also shortened, as options may be: no other option begins like this. */
bool
options_ask_check(int argc, char *const *argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		struct span word = span_of(argv[i]);
		struct span name = span_part(word, 0, span_find(word, SPAN("=")));

		if (span_starts_nocase(name, SPAN("--ch")) && span_starts_nocase(SPAN("--check"), name))
			return true;
	}
	return false;
}

int
options_read(struct options *out, int argc, char **argv)
{
	struct asked asked = { .options = out };
	char wrong[128] = "";
	int code, rest;

	*out = (struct options){ .sort_key = -1, .now = WHEN_NONE, .keys = "", .interval = INTERVAL };
	code = read_options(&asked, argc, argv, &rest);
	if (code != OPTIONS_GO_ON)
		return code;
	out->paths = argv + rest;
	out->path_count = (size_t)(argc - rest);
	out->mode = choose_mode(&asked, wrong);
	check_fit(&asked, wrong);
	if (!wrong[0])
		return OPTIONS_GO_ON;
	message_error(NULL, "%s " TRY, wrong);
	return 2;
}
