#include "parse/template.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/count_of.h"

enum take {
	TAKE_NOTHING, /* a literal at the end of a template has no hole behind it */
	TAKE_ANY,     /* up to the next literal, or to the end */
	TAKE_PATH,    /* the same, a full stop at the end left out */
	TAKE_SERVER,  /* the same, the backslashes in front left out */
	TAKE_NAL,     /* the same, and of ["Display=\\S\"]MSWNET:["SMS_SITE=XXX"]\\S\ only S */
	TAKE_WORD,
	TAKE_NUMBER,
	TAKE_HEX,
};

#define WORD_MOST 15 /* bytes; what is longer is no id of this product */

struct hole {
	const char *name;
	enum take take;
	uint8_t field;
};

/* clang-format off */
static const struct hole holes[] = {
	{ "",          TAKE_ANY,    UINT8_MAX       },
	{ "request",   TAKE_WORD,   TEXT_REQUEST    },
	{ "site",      TAKE_WORD,   TEXT_SITE       },
	{ "package",   TAKE_WORD,   TEXT_PACKAGE    },
	{ "path",      TAKE_PATH,   TEXT_PATH       },
	{ "server",    TAKE_SERVER, TEXT_SERVER     },
	{ "nal",       TAKE_NAL,    TEXT_DP         },
	{ "component", TAKE_ANY,    TEXT_COMPONENT  },
	{ "time",      TAKE_ANY,    TEXT_TIME       },
	{ "name",      TAKE_ANY,    TEXT_NAME       },
	{ "priority",  TAKE_NUMBER, NUMBER_PRIORITY },
	{ "used",      TAKE_NUMBER, NUMBER_USED     },
	{ "limit",     TAKE_NUMBER, NUMBER_LIMIT    },
	{ "bytes",     TAKE_NUMBER, NUMBER_BYTES    },
	{ "offset",    TAKE_NUMBER, NUMBER_OFFSET   },
	{ "job",       TAKE_NUMBER, NUMBER_COUNT    },
	{ "code",      TAKE_NUMBER, NUMBER_CODE     },
	{ "hexcode",   TAKE_HEX,    NUMBER_CODE     },
	{ "version",   TAKE_NUMBER, NUMBER_VERSION  },
	{ "kbytes",    TAKE_NUMBER, NUMBER_KBYTES   },
	{ "thread",    TAKE_NUMBER, NUMBER_THREAD   },
	{ "hexthread", TAKE_HEX,    NUMBER_THREAD   },
	{ "count",     TAKE_NUMBER, NUMBER_COUNT    },
	{ "percent",   TAKE_NUMBER, NUMBER_PERCENT  },
	{ "seconds",   TAKE_NUMBER, NUMBER_SECONDS  },
};
/* clang-format on */

struct piece {
	struct span literal;     /* first this, perhaps empty */
	const struct hole *hole; /* then this, NULL: nothing */
};

#define PIECES_MOST 10

struct compiled {
	const struct template *row;
	struct piece piece[PIECES_MOST];
	uint8_t pieces;
};

#define BUCKETS 27 /* a to z, and all that begins with something else */

struct templates {
	size_t count;
	struct compiled *compiled;
	uint16_t *bucket[BUCKETS]; /* rows to try for a first letter, in the rules's order */
	uint16_t bucket_size[BUCKETS];
};

static size_t
bucket_of(char first)
{
	char c = to_lower(first);

	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') : BUCKETS - 1;
}

static const struct hole *
find_hole(struct span name)
{
	for (size_t i = 0; i < COUNT_OF(holes); i++)
		if (span_is(span_of(holes[i].name), name))
			return &holes[i];
	return NULL;
}

static bool
compile(const struct template *row, struct compiled *out)
{
	struct span text = span_of(row->text);

	out->row = row;
	while (text.size > 0) {
		struct piece *piece = &out->piece[out->pieces];
		size_t open = span_find(text, SPAN("{"));
		size_t close = span_find(text, SPAN("}"));

		if (out->pieces++ == PIECES_MOST)
			return false;
		piece->literal = span_part(text, 0, open);
		if (open == text.size)
			break;
		piece->hole = find_hole(span_part(text, open + 1, close - open - 1));
		if (!piece->hole)
			return false;
		text = span_from(text, close + 1);
	}
	return out->pieces > 0;
}

static bool
anywhere(const struct compiled *compiled)
{
	return compiled->piece[0].literal.size == 0;
}

/* Rows that begin with the letter, then those that may stand anywhere, which cost more to try. */
static bool
fill_bucket(struct templates *templates, size_t bucket)
{
	uint16_t *rows = calloc(templates->count ? templates->count : 1, sizeof(*rows));
	uint16_t size = 0;

	if (!rows)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < templates->count; i++) {
			const struct compiled *c = &templates->compiled[i];

			if (anywhere(c) == (pass == 1)
			    && (anywhere(c) || bucket_of(c->piece[0].literal.at[0]) == bucket))
				rows[size++] = (uint16_t)i;
		}
	}
	templates->bucket[bucket] = rows;
	templates->bucket_size[bucket] = size;
	return true;
}

struct templates *
templates_new(const struct template *rows, size_t count)
{
	struct templates *templates = calloc(1, sizeof(*templates));

	if (!templates)
		return NULL;
	templates->count = count;
	templates->compiled = calloc(count ? count : 1, sizeof(*templates->compiled));
	if (!templates->compiled)
		goto fail;
	for (size_t i = 0; i < count; i++)
		if (!compile(&rows[i], &templates->compiled[i]))
			goto fail;
	for (size_t bucket = 0; bucket < BUCKETS; bucket++)
		if (!fill_bucket(templates, bucket))
			goto fail;
	return templates;
fail:
	templates_free(templates);
	return NULL;
}

void
templates_free(struct templates *templates)
{
	if (!templates)
		return;
	for (size_t bucket = 0; bucket < BUCKETS; bucket++)
		free(templates->bucket[bucket]);
	free(templates->compiled);
	free(templates);
}

static bool
is_letter_or_digit(char c)
{
	c = to_lower(c);
	return is_digit(c) || (c >= 'a' && c <= 'z');
}

/* Ids stand between blanks, quotes and stops; a byte beyond ASCII belongs to none. */
static bool
is_word(char c)
{
	return is_letter_or_digit(c) || (c && strchr("_-<>$#&@!%+=^", c));
}

/* "12" is no number where the log says "12,345", "1.5", "12x": half a number is a wrong one. */
static bool
number_ends(struct span rest)
{
	if (rest.size == 0)
		return true;
	if (is_letter_or_digit(rest.at[0]))
		return false;
	return !(rest.size > 1 && (rest.at[0] == '.' || rest.at[0] == ',') && is_digit(rest.at[1]));
}

static bool
take_number(struct span *text, enum take take, uint64_t *out)
{
	struct span start = *text;

	if (take == TAKE_HEX)
		span_skip_nocase(text, SPAN("0x"));
	if ((take == TAKE_HEX ? span_take_hex(text, out) : span_take_uint(text, out)) && number_ends(*text))
		return true;
	*text = start;
	return false;
}

bool
template_word(struct span *text, struct span *out)
{
	size_t size = 0;

	while (size < text->size && is_word(text->at[size]))
		size++;
	if (size == 0 || size > WORD_MOST)
		return false;
	*out = span_part(*text, 0, size);
	*text = span_from(*text, size);
	return true;
}

static struct span
server_of(struct span text)
{
	while (span_skip(&text, SPAN("\\")))
		;
	return span_part(text, 0, span_find(text, SPAN("\\")));
}

/* ["Display=\\S\"]MSWNET:["SMS_SITE=XXX"]\\S\ or a plain name. */
struct span
nal_server(struct span nal)
{
	size_t start = span_find(nal, SPAN("\\\\"));

	return server_of(start < nal.size ? span_from(nal, start) : nal);
}

static struct span
shaped(enum take take, struct span text)
{
	text = span_trim(text);
	if (take == TAKE_PATH && text.size > 0 && text.at[text.size - 1] == '.')
		text.size--;
	if (take == TAKE_SERVER)
		return server_of(text);
	if (take == TAKE_NAL)
		return nal_server(text);
	return text;
}

static void
keep_text(struct event *event, uint8_t field, struct span text)
{
	if (field == UINT8_MAX)
		return;
	event->text[field] = text;
	event->texts |= (uint16_t)(1u << field);
}

/* `next` is the literal behind the hole, empty at the end of the template. */
static bool
take_hole(const struct hole *hole, struct span next, struct span *text, struct event *event)
{
	struct span taken;

	switch (hole->take) {
	case TAKE_NUMBER:
	case TAKE_HEX:
		if (!take_number(text, hole->take, &event->number[hole->field]))
			return false;
		event->numbers |= (uint16_t)(1u << hole->field);
		return true;
	case TAKE_WORD:
		if (!template_word(text, &taken))
			return false;
		break;
	default:
		taken = *text;
		if (next.size > 0) {
			taken.size = span_find_nocase(*text, next);
			if (taken.size == text->size)
				return false;
		}
		*text = span_from(*text, taken.size);
		taken = shaped(hole->take, taken);
	}
	keep_text(event, hole->field, taken);
	return true;
}

static bool
fits(const struct compiled *compiled, struct span text, struct event *event, struct span *rest)
{
	for (uint8_t i = 0; i < compiled->pieces; i++) {
		const struct piece *piece = &compiled->piece[i];
		struct span next = i + 1 < compiled->pieces ? piece[1].literal : SPAN("");

		if (!span_skip_nocase(&text, piece->literal))
			return false;
		if (piece->hole && !take_hole(piece->hole, next, &text, event))
			return false;
	}
	*rest = text;
	return true;
}

const struct template *
templates_match(const struct templates *templates, struct event *event, struct span *rest)
{
	size_t bucket;

	if (event->message.size == 0)
		return NULL;
	bucket = bucket_of(event->message.at[0]);
	for (uint16_t i = 0; i < templates->bucket_size[bucket]; i++) {
		const struct compiled *compiled = &templates->compiled[templates->bucket[bucket][i]];

		event->texts = 0;
		event->numbers = 0;
		if (fits(compiled, event->message, event, rest)) {
			event->kind = compiled->row->kind;
			event->detail = compiled->row->detail;
			return compiled->row;
		}
	}
	event->texts = 0;
	event->numbers = 0;
	return NULL;
}
