/*
 * The table of options: how the command line is read, and what --help says of it.
 */
#ifndef CLI_OPTION_TABLE_H
#define CLI_OPTION_TABLE_H

#include "cli/options.h"

/* What was asked for; which of it fits together is decided at the end. */
struct asked {
	struct options *options;
	bool once, follow, unknown, draw, format, table, interval, keys, now;
	const char *answer; /* "help", "version" or "sort": print this and leave */
};

/* NULL, or what is wrong with the argument. "" : it has been said already. */
typedef const char *take_fn(struct asked *asked, const char *argument);

/* Words that an argument may be, for completions: the i-th, NULL past the last. */
typedef const char *words_fn(size_t i);

enum needs { NO_ARGUMENT, ARGUMENT, PERHAPS };

struct option_row {
	const char *group; /* of this and the following rows; NULL: as before */
	char letter;       /* 0: none */
	const char *name;  /* NULL: only the letter */
	enum needs needs;
	const char *argument; /* as --help shows it */
	take_fn *take;
	const char *help;
	words_fn *
		words; /* NULL: any text. Each until the next is asked for; those that end in a sign are only a beginning */
	bool file;     /* the argument is a file's name */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

#endif
