#include "os/command_line.h"

#include <getopt.h>
#include <string.h>

#define FIRST 256 /* what getopt_long() answers for the name of the first option */

/* getopt's own two descriptions of the options. */
struct described {
	struct option names[OS_OPTIONS_MOST + 1];
	char letters[2 * OS_OPTIONS_MOST + 2];
};

static void
describe(const struct os_option *options, size_t count, struct described *out)
{
	size_t names = 0, letters = 0;

	memset(out, 0, sizeof(*out));
	out->letters[letters++] = ':'; /* a missing argument is told apart from an unknown option */
	for (size_t i = 0; i < count; i++) {
		const struct os_option *option = &options[i];

		if (option->name)
			out->names[names++] = (struct option){
				option->name,
				option->argument == OS_NEEDS_ARGUMENT      ? required_argument
				: option->argument == OS_MAY_HAVE_ARGUMENT ? optional_argument
									   : no_argument,
				NULL,
				FIRST + (int)i,
			};
		if (option->letter)
			out->letters[letters++] = option->letter;
		if (option->letter && option->argument == OS_NEEDS_ARGUMENT)
			out->letters[letters++] = ':';
	}
}

/* `count`: there is none. */
static size_t
index_of(const struct os_option *options, size_t count, int code)
{
	size_t i = 0;

	if (code >= FIRST)
		return (size_t)(code - FIRST);
	while (i < count && !(code && options[i].letter == code))
		i++;
	return i;
}

enum os_option_result
os_next_option(int argc, char **argv, const struct os_option *options, size_t count, struct os_option_found *out)
{
	static char letter[3];
	struct described described;
	int code;

	describe(options, count, &described);
	opterr = 0;
	code = getopt_long(argc, argv, described.letters, described.names, NULL);
	*out = (struct os_option_found){ .argument = optarg, .next = optind };
	if (code == -1)
		return OS_OPTIONS_END;
	if (code != '?' && code != ':') {
		out->index = index_of(options, count, code);
		return OS_OPTION;
	}
	out->index = index_of(options, count, optopt);
	if (optopt && out->index < count)
		return code == ':' ? OS_OPTION_NEEDS : OS_OPTION_REFUSES;
	letter[0] = '-';
	letter[1] = (char)optopt;
	/* A long one is the word that getopt_long() has just passed. */
	out->text = optopt ? letter : argv[optind - 1];
	return OS_OPTION_UNKNOWN;
}
