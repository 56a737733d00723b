/*
 * What the command line says. Nothing of it has been looked at on disk yet.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmtop/mapping.h"
#include "cmtop/report.h"
#include "cmtop/text/server_text.h"
#include "term/themes.h"

enum mode {
	MODE_LIVE,    /* the dashboard */
	MODE_ONCE,    /* one snapshot */
	MODE_FOLLOW,  /* one line an event */
	MODE_DRAW,    /* one screen as text */
	MODE_UNKNOWN, /* what no template knows */
	MODE_EXPLAIN, /* what one line of a log means */
	MODE_CHECK,   /* one line and an exit code for monitoring */
	MODE_METRICS, /* nothing but keeping a file of metrics */
};

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

/* A line of a file, from 1. */
struct explain_line {
	char file[4096];
	uint64_t line; /* 0: none was asked for */
};

struct options {
	enum mode mode;
	enum format format;
	enum entity table;   /* that csv prints */
	const char *metrics; /* NULL: none are kept */
	double interval;     /* seconds between two writings of them */
	bool no_history;     /* five-minute samples are neither read nor kept */
	bool redact;         /* servers, accounts and package names get short ones */
	struct explain_line explain;
	const char *check;  /* NULL: none; known to be good */
	const char *filter; /* NULL: none; known to be good */
	int sort_key;       /* of the jobs, -1: the default */
	bool sort_invert;
	bool demo;
	unsigned demo_sites;
	struct mappings mappings; /* where paths of the server are found here */
	unsigned encoding;        /* code page of what is no UTF-8; PAGE_GUESSED: what it is, is found out */
	double poll;              /* seconds; 0: found out by the file system */
	int64_t now;              /* UTC; WHEN_NONE: not said */
	int width, height;        /* of --draw */
	const char *keys;         /* "" for none */
	enum color color;
	enum theme theme;
	bool ascii;
	bool mouse;
	char *const *paths; /* borrowed from argv */
	size_t path_count;
};

#define OPTIONS_GO_ON (-1)

/*
 * OPTIONS_GO_ON, or the exit code of a program that has nothing left to do:
 * --help and the like were answered, or the user was told what is wrong.
 */
int options_read(struct options *out, int argc, char **argv);

/* The code page to begin with: what was asked for, or on a server itself its own. */
unsigned options_page(const struct options *options);

/* --check stands somewhere on the command line, whatever else is wrong with it. */
bool options_ask_check(int argc, char *const *argv);

#endif
