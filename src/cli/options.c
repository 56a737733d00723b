#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/sort_order.h"
#include "cmtop/report.h"
#include "cli/option_table.h"
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
	sink_format(sink, "  %s%c %-18s %s\n", letter, row->letter && row->name ? ',' : ' ', name, row->says);
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
	sink_text(sink, "\nExamples:\n"
	                "  cmtop /mnt/siteserver/Logs          the dashboard, for a mounted share\n"
	                "  cmtop --once -o json sender.log     a snapshot for a script\n"
	                "Keys: ? help, / filter, Tab pane, arrows PgUp PgDn move, Ctrl-Z suspend, q quit\n"
	                "Manual: man cmtop\n");
}

static void
print_sort_keys(const struct sink *sink)
{
	size_t count;
	const struct order_key *keys = order_keys(ORDER_JOBS, &count);

	for (size_t i = 0; i < count; i++)
		sink_format(sink, "%-12s %s%s\n", keys[i].name, keys[i].says, keys[i].down ? " (largest first)" : "");
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

#define ROWS_MOST 64
#define ROW_BASE  256 /* what getopt_long() answers for the first row */

/* getopt's own two descriptions of the rows. */
struct described {
	struct option names[ROWS_MOST + 1];
	char letters[2 * ROWS_MOST + 2];
};

static void
describe(struct described *out)
{
	size_t names = 0, letters = 0;

	memset(out, 0, sizeof(*out));
	out->letters[letters++] = ':'; /* a missing argument is told apart from an unknown option */
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (row->name)
			out->names[names++] = (struct option){
				row->name,
				row->needs == ARGUMENT  ? required_argument
				: row->needs == PERHAPS ? optional_argument
							: no_argument,
				NULL,
				ROW_BASE + (int)i,
			};
		if (row->letter)
			out->letters[letters++] = row->letter;
		if (row->letter && row->needs == ARGUMENT)
			out->letters[letters++] = ':';
	}
}

static const struct option_row *
row_of(int code)
{
	if (code >= ROW_BASE)
		return &option_rows[code - ROW_BASE];
	for (size_t i = 0; i < option_row_count; i++)
		if (option_rows[i].letter && option_rows[i].letter == code)
			return &option_rows[i];
	return NULL;
}

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

/* `word` is the argument in which getopt_long() stopped. */
static int
refuse(int code, const char *word)
{
	const struct option_row *row = optopt ? row_of(optopt) : NULL;
	char name[64], letter[3] = { '-', (char)optopt, 0 };

	if (code == ':' && row)
		message_error(row_name(row, name), "needs an argument " TRY);
	else if (row)
		message_error(row_name(row, name), "takes no argument " TRY);
	else
		message_error(optopt ? letter : word, "no such option " TRY);
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
		{ asked->draw,    "--draw",    MODE_DRAW },
		{ asked->options->check, "--check", MODE_CHECK },
	};
	/* clang-format on */
	const char *first = NULL;
	enum mode mode = os_is_terminal(1) ? MODE_LIVE : asked->options->metrics ? MODE_METRICS : MODE_ONCE;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
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
	else if (options->metrics && (mode == MODE_DRAW || mode == MODE_UNKNOWN || mode == MODE_CHECK))
		snprintf(wrong, 128, "--metrics works only with the dashboard, --follow or --once");
	else if (options->filter && (mode == MODE_CHECK || mode == MODE_METRICS))
		snprintf(wrong, 128, "--filter and %s cannot be used together",
		         mode == MODE_CHECK ? "--check" : "--metrics alone");
	else if (options->filter && mode == MODE_UNKNOWN)
		snprintf(wrong, 128, "--filter and --unknown cannot be used together");
	else if (options->demo && options->path_count)
		snprintf(wrong, 128, "--demo takes no LOGDIR or FILE");

	for (size_t i = 0; i < options->path_count; i++)
		if ((mode == MODE_LIVE || mode == MODE_METRICS) && !strcmp(options->paths[i], "-"))
			snprintf(wrong, 128, "standard input (-) needs --once or --follow");
}

static int
read_options(struct asked *asked, int argc, char **argv)
{
	struct described described;
	char name[64];
	int code;

	describe(&described);
	opterr = 0;
	for (;;) {
		const char *word = optind < argc ? argv[optind] : "";
		const struct option_row *row;
		const char *wrong;

		code = getopt_long(argc, argv, described.letters, described.names, NULL);
		if (code == -1)
			return OPTIONS_GO_ON;
		if (code == '?' || code == ':')
			return refuse(code, optopt ? word : argv[optind - 1]);
		row = row_of(code);
		wrong = row->take(asked, optarg);
		if (wrong && *wrong)
			message_error(row_name(row, name), "'%s': %s%s", optarg, wrong,
			              strstr(wrong, "(try") ? "" : " " TRY);
		if (wrong)
			return 2;
		if (asked->answer)
			return answer(asked->answer);
	}
}

/* Also shortened, as getopt_long() takes it: no other option begins like this. */
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
	int code;

	*out = (struct options){ .sort_key = -1, .now = WHEN_NONE, .keys = "", .interval = INTERVAL };
	code = read_options(&asked, argc, argv);
	if (code != OPTIONS_GO_ON)
		return code;
	out->paths = argv + optind;
	out->path_count = (size_t)(argc - optind);
	out->mode = choose_mode(&asked, wrong);
	check_fit(&asked, wrong);
	if (!wrong[0])
		return OPTIONS_GO_ON;
	message_error(NULL, "%s " TRY, wrong);
	return 2;
}
