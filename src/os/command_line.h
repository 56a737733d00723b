/*
 * Options of a command line, short and long, by getopt_long(): as users of the system know them.
 */
#ifndef OS_COMMAND_LINE_H
#define OS_COMMAND_LINE_H

#include <stddef.h>

#define OS_OPTIONS_MOST 64

struct os_option {
	const char *name; /* "poll" of --poll; NULL: there is only a letter */
	char letter;      /* '\0': there is only a name */
	enum os_argument { OS_NO_ARGUMENT, OS_NEEDS_ARGUMENT, OS_MAY_HAVE_ARGUMENT } argument;
};

enum os_option_result {
	OS_OPTION,
	OS_OPTION_NEEDS,   /* an argument, and has none */
	OS_OPTION_REFUSES, /* an argument, and has one */
	OS_OPTION_UNKNOWN,
	OS_OPTIONS_END,
};

struct os_option_found {
	size_t index;         /* in the options */
	const char *argument; /* NULL: none */
	const char *text;     /* of an unknown one: valid until the next call */
	int next;             /* of the argument after the options, at their end */
};

/* The next option; there is one command line in a program, which is read once. */
enum os_option_result os_next_option(int argc, char **argv, const struct os_option *options, size_t count,
                                     struct os_option_found *out);

#endif
