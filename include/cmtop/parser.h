/*
 * One log being read: bytes in, events out, however the bytes were cut.
 *
 *	parser_feed(parser, bytes, size);
 *	while (parser_next(parser, &event))
 *		model_apply(model, &event);
 *
 * The component in a record decides how its message is understood, not the
 * file's name. Parsers are pulled, so that several logs can be merged by time.
 */
#ifndef CMTOP_PARSER_H
#define CMTOP_PARSER_H

#include "cmtop/event.h"
#include "cmtop/text/server_text.h"

#define PARSER_RECORD_MOST SERVER_LINE_MOST /* bytes; a longer record is damaged and passed over */

struct parser;

/* What the bytes of a file beyond ASCII are; of the newest file that has any. */
enum log_text {
	LOG_TEXT_ASCII,
	LOG_TEXT_UTF8,
	LOG_TEXT_PAGE, /* the server's code page */
	LOG_TEXT_UTF16LE,
	LOG_TEXT_UTF16BE,
};

struct parser_counts {
	uint64_t bytes;   /* fed */
	uint64_t records; /* with a frame, whole */
	uint64_t unknown; /* of these: no template knows the message */
	uint64_t damaged; /* pieces that are no record: broken frames, noise, overlong lines */
	uint64_t files;   /* read to their ends, as parser_end() says */
	enum log_text text;
	unsigned page; /* LOG_TEXT_PAGE: which */
	bool guessed;  /* … and nobody said so */
	bool utf32;    /* a file is in UTF-32, and nothing of it was read */
};

/* `log` is handed on in event->log. NULL: out of memory. */
struct parser *parser_new(uint8_t log);
void parser_free(struct parser *parser);

/* What is no UTF-8 is in the code page of that server, which must stay. Without it such bytes are left as they are. */
void parser_read_text(struct parser *parser, struct server_text *text);

/*
 * When the file was changed last, in milliseconds of UTC: the year of dates in a calendar that is not
 * known, and the month of names that no language has. WHEN_NONE, as in the beginning: not known.
 */
void parser_changed(struct parser *parser, int64_t at);

/*
 * Some dates are told by what stands far behind them. Whoever can read a file twice gives all of its
 * bytes here first, from the beginning, in any pieces, for as long as this answers true, and then no
 * bytes (0) as the end. Mostly it answers false at once. Nothing is kept of the bytes.
 */
bool parser_survey(struct parser *parser, const char *bytes, size_t size);

/*
 * Takes bytes that follow those fed before. They are borrowed until parser_next()
 * has answered false; feeding again before that is a mistake of the caller.
 */
void parser_feed(struct parser *parser, const char *bytes, size_t size);

/*
 * The next event, or false: nothing whole is left and the parser wants bytes.
 * The event's spans are valid until the next call with this parser.
 */
bool parser_next(struct parser *parser, struct event *event);

/*
 * The file is over (rolled, truncated, end of input): a last line without its
 * newline is taken as whole, the rest is given up as damaged. Call parser_next()
 * until false, then the parser is ready for a new file at offset 0.
 */
void parser_end(struct parser *parser);

/*
 * Like parser_end(), but what was begun is dropped, and the next byte fed is at
 * `offset`; a piece of a line up to the first newline is skipped when `midline`.
 */
void parser_restart(struct parser *parser, uint64_t offset, bool midline);

const struct parser_counts *parser_counts(const struct parser *parser);

/* "sender", "distmgr", …: the log that the records read so far belong to; NULL: not known yet. */
const char *parser_log_name(const struct parser *parser);

/*
 * The rule that took the event's record: its text with its holes, "Found send request. ID: {request}, Dest Site: {site}",
 * and the set that it stands in, "sender", "any component" or "status messages". NULL: no rule did.
 */
const char *parser_rule_text(const struct event *event);
const char *parser_rule_set(const struct event *event);

/*
 * The known logs, in their fixed order: name, and file name without its end
 * ("sender" for sender.log and sender.lo_). NULL past the last.
 */
const char *parser_known_log(size_t i);

#endif
