/*
 * The inside of a parser: parser.c takes lines, record_assembly.c makes records of
 * them, record_event.c events of the records.
 */
#ifndef PARSE_PARSER_STATE_H
#define PARSE_PARSER_STATE_H

#include "cmtop/parser.h"
#include "parse/classifier.h"
#include "parse/line_splitter.h"
#include "parse/decode/line_text.h"
#include "parse/record.h"
#include "parse/decode/server_text_state.h"

/* Whether all of a file is looked through before it is read. */
enum survey { SURVEY_NONE, SURVEY_BEGUN, SURVEY_ENDED };

struct parser {
	uint8_t log;
	struct lines lines;
	struct span rest; /* of the current line: more records may be in it */
	uint64_t rest_offset;
	const char *converted; /* the text that `rest` is in, where that is not what is in the file; NULL: it is */
	enum text_form form;   /* … which is of this form */
	uint64_t line_offset;  /* of the current line */
	uint64_t line_end;     /* of the current line, its end left out */
	struct line_text line_text;
	struct line_text piece;     /* what is looked at ahead */
	struct span ahead;          /* … of UTF-16, all that was fed */
	struct page_table utf8;     /* for lines that are not quite that */
	struct page_table *page;    /* that the current line was read with */
	struct server_text *server; /* NULL: none */
	enum line_kind last_kind;   /* of the lines that can be only one: LINE_ASCII: none yet in this file */
	bool looked_ahead;          /* … for the first of them */
	bool paged;                 /* a line of this file was read in the server's code page */
	struct span extra;          /* of the message just told: a second fact may be in it */
	struct span split;          /* lines of a list that share one frame, in `pending`: told one by one */
	uint64_t split_line,
		split_cut;  /* how many of these were taken; how long the end of each was, which is not in `pending` */
	struct event first; /* the event that `extra` or `split` belongs to */
	char *pending;      /* PARSER_RECORD_MOST bytes: lines whose frame has not come yet */
	size_t pended;
	uint64_t pended_lines, pended_offset;
	bool tagged; /* what is pending began with "<![LOG[" */
	bool at_end; /* of the file: what is left is to be taken as it is */
	enum survey survey;
	char *text; /* PARSER_RECORD_MOST bytes: the message, its blanks collapsed */
	struct record_memory memory;
	const struct template *fast_rule[2]; /* of the senders, for EVENT_WRITING and EVENT_WROTE */
	struct classifier classifier;
	struct parser_counts counts;
};

/* record_event.c: lines whose frame has not come are damaged. */
void record_drop_pending(struct parser *parser);
void record_count(struct parser *parser, const struct event *event);

/* The event's frame is known, `message` is its text. */
void record_finish(struct parser *parser, struct span message, uint8_t level, struct event *event);

/* The next line of a list that is one record. False: there is none left. */
bool record_next_line(struct parser *parser, struct event *event);

/* The second fact of the message just told. False: there is none. */
bool record_extra(struct parser *parser, struct event *event);

/* record_assembly.c: the next record of parser->rest, which is a line or what is left of it. False: none ends in it. */
bool record_next(struct parser *parser, struct event *event);

#endif
