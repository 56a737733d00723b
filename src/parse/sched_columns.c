/*
 * The scheduler's list in columns under a header row:
 *
 *	Send Request JobID    DestSite FinalSite State   Status Action Total size Remaining … SWD PkgID SWD Pkg Version
 *	20101PS1     00000101 A10                Pending        None       20480k    20480k   PS100010  1
 *
 * A cell may be empty, wider than its column, and of several words; blanks may
 * have been collapsed on the way. So no single place decides: of all ways to
 * hand a row's words out to the columns, in their order, the one is taken that
 * fits best, by where the words stand and by what they look like.
 */
#include "parse/rules.h"

#include <string.h>

#define WORDS_MOST 40

struct word {
	size_t from, to;
};

/* ---- where a word stands ---- */

/* `shift`: by how much cells that were too wide have moved it. */
static int
place_score(const struct list_layout *layout, size_t column, struct word word, size_t shift)
{
	size_t from = layout->column[column].from + shift, to = layout->column[column].to + shift, off;

	if (word.from == from || word.to == to)
		return 8;
	if (word.from < to && word.to > from)
		return 1;
	off = word.from >= to ? word.from - to : from - word.to;
	return off < 6 ? 2 - (int)off : -4 - (int)(off < 80 ? off / 8 : 10);
}

/* ---- the best way ---- */

struct row {
	struct span text;
	const struct list_layout *layout;
	struct word word[WORDS_MOST];
	int16_t first[WORDS_MOST][LIST_COLUMNS], more[WORDS_MOST][LIST_COLUMNS]; /* how each looks in each column */
	size_t words;
	bool places;                                      /* where words stand means something */
	int16_t best[WORDS_MOST + 1][LIST_COLUMNS + 1];   /* of the first words in the first columns */
	uint16_t shift[WORDS_MOST + 1][LIST_COLUMNS + 1]; /* of the columns behind these */
	uint8_t taken[WORDS_MOST + 1][LIST_COLUMNS + 1];  /* words of these that the last of these columns takes */
};

static struct span
word_of(const struct row *row, size_t i)
{
	return span_part(row->text, row->word[i].from, row->word[i].to - row->word[i].from);
}

/* Words first … first + count - 1 as the cell of a column. */
static int
cell_score(const struct row *row, size_t column, size_t first, size_t count, size_t shift)
{
	enum list_field field = row->layout->column[column].field;
	int score = row->first[first][column];

	if (score == LIST_NEVER || (count > 2 && field >= LIST_STATE && field <= LIST_ACTION))
		return LIST_NEVER;
	if (row->places)
		score += place_score(row->layout, column,
		                     (struct word){ row->word[first].from, row->word[first + count - 1].to }, shift);
	for (size_t i = first + 1; i < first + count; i++) {
		int more = row->more[i][column];

		if (more == LIST_NEVER)
			return LIST_NEVER;
		score += more + (row->word[i].from > row->word[i - 1].to + 1 ? -4 : row->places ? 2 : 0);
	}
	return score;
}

/* A cell wider than its column moves all that follow. */
static size_t
shift_behind(const struct row *row, size_t column, size_t last, size_t shift)
{
	size_t end = row->word[last].to + row->layout->gap, next;

	if (column + 1 >= row->layout->count)
		return shift;
	next = row->layout->column[column + 1].from + shift;
	return end > next ? shift + end - next : shift;
}

/* Some fields are hardly ever empty. */
static int
empty_score(enum list_field field)
{
	return field == LIST_REQUEST || field == LIST_JOB || field == LIST_SITE || field == LIST_STATE ? -6 : 0;
}

#define CELL_WORDS 16 /* a time, its half of the day, and a zone's name */

/* The best that the first `w` words and the first `c` columns come to. */
static void
find_best(struct row *row, size_t w, size_t c)
{
	row->best[w][c] = (int16_t)(row->best[w][c - 1] == LIST_NEVER
	                                    ? LIST_NEVER
	                                    : row->best[w][c - 1] + empty_score(row->layout->column[c - 1].field));
	row->shift[w][c] = row->shift[w][c - 1];
	row->taken[w][c] = 0;
	for (size_t n = 1; n <= w && n <= CELL_WORDS; n++) {
		int before = row->best[w - n][c - 1], score;
		size_t shift = row->shift[w - n][c - 1];

		score = before == LIST_NEVER ? LIST_NEVER : cell_score(row, c - 1, w - n, n, shift);
		/* Of two that fit as well the earlier column takes it: then the later one is left as it is. */
		if (score == LIST_NEVER || before + score <= row->best[w][c])
			continue;
		row->best[w][c] = (int16_t)(before + score);
		row->shift[w][c] = (uint16_t)shift_behind(row, c - 1, w - 1, shift);
		row->taken[w][c] = (uint8_t)n;
	}
}

static void
hand_out(struct row *row)
{
	for (size_t w = 0; w <= row->words; w++) {
		row->best[w][0] = w == 0 ? 0 : LIST_NEVER;
		row->shift[w][0] = 0;
		for (size_t c = 1; c <= row->layout->count; c++)
			find_best(row, w, c);
	}
}

static void
find_words(struct row *row, struct span text)
{
	bool wide = false;

	row->words = 0;
	for (size_t i = 0; i < text.size;) {
		size_t from = i;

		while (i < text.size && is_blank(text.at[i]))
			i++;
		wide |= i > from + 1 && from > 0;
		if (i == text.size || row->words == WORDS_MOST)
			break;
		from = i;
		while (i < text.size && !is_blank(text.at[i]))
			i++;
		row->word[row->words++] = (struct word){ from, i };
	}
	row->places = wide && row->layout->wide;
}

static void
look_at_words(struct row *row)
{
	for (size_t w = 0; w < row->words; w++) {
		for (size_t c = 0; c < row->layout->count; c++) {
			enum list_field field = row->layout->column[c].field;

			row->first[w][c] = (int16_t)list_word_score(field, word_of(row, w));
			row->more[w][c] = (int16_t)list_more_score(field, word_of(row, w));
		}
	}
}

/* Blanks in front are a part of the place; what the product puts at line ends is not. */
static struct span
without_marks(struct span text)
{
	while (text.size > 0 && (text.at[0] == '~' || text.at[0] == '\r' || text.at[0] == '\n'))
		text = span_from(text, 1);
	while (text.size > 0
	       && (text.at[text.size - 1] == '~' || text.at[text.size - 1] == '\r' || text.at[text.size - 1] == '\n'
	           || is_blank(text.at[text.size - 1])))
		text.size--;
	return text;
}

static struct span
take_cell(struct span *text)
{
	struct span cell = span_part(*text, 0, span_find(*text, SPAN("\t")));

	*text = span_from(*text, cell.size + 1);
	return span_trim(cell);
}

/* Cells parted by tabs need no search: each is where the header has its name. */
static bool
row_of_cells(struct span text, const struct list_layout *layout, struct event *event)
{
	for (size_t c = 0; c < layout->count; c++) {
		enum list_field field = layout->column[c].field;
		struct span cell = take_cell(&text);

		if (cell.size > 0
		    && list_word_score(field, span_part(cell, 0, span_find(cell, SPAN(" ")))) == LIST_NEVER)
			return false;
		list_keep(event, field, cell);
	}
	return text.size == 0 && event_has_text(event, TEXT_REQUEST);
}

static bool
row_of_words(struct span text, const struct list_layout *layout, struct event *event)
{
	struct row row;
	size_t w;

	row.text = text;
	row.layout = layout;

	find_words(&row, text);
	if (row.words < 3 || row.words == WORDS_MOST)
		return false;
	look_at_words(&row);
	hand_out(&row);
	if (row.best[row.words][layout->count] <= 0)
		return false;
	w = row.words;
	for (size_t c = layout->count; c > 0; c--) {
		size_t n = row.taken[w][c];

		if (n > 0)
			list_keep(event, layout->column[c - 1].field,
			          span_part(text, row.word[w - n].from, row.word[w - 1].to - row.word[w - n].from));
		w -= n;
	}
	return event_has_text(event, TEXT_REQUEST)
	       && (event_has_text(event, TEXT_SITE) || event_has_text(event, TEXT_STATE)
	           || event_has_text(event, TEXT_PACKAGE));
}

bool
list_row(struct span text, const struct list_layout *layout, struct event *event)
{
	text = without_marks(text);
	if (span_find(text, SPAN("\t")) < text.size && row_of_cells(text, layout, event))
		return true;
	event->texts = event->numbers = 0;
	if (row_of_words(text, layout, event))
		return true;
	event->texts = event->numbers = 0;
	return false;
}

/* ---- the header ---- */

/* The next name of a header, known or not; several unknown words with one blank between are one name. */
static enum list_field
take_name(struct span text, size_t *at, size_t *to)
{
	enum list_field field = list_name(span_from(text, *at), to);
	size_t size, end;

	*to += *at;
	if (field != LIST_FIELDS && (*to >= text.size || is_blank(text.at[*to])))
		return field;
	for (end = *at;; end++) {
		while (end < text.size && !is_blank(text.at[end]))
			end++;
		*to = end;
		if (end + 1 >= text.size || is_blank(text.at[end + 1]) || text.at[end] == '\t'
		    || list_name(span_from(text, end + 1), &size) != LIST_FIELDS)
			return LIST_OTHER;
	}
}

#define NAMES_LEAST 4 /* known ones: less is no header, but a sentence */

bool
list_header(struct span text, struct list_layout *layout)
{
	struct list_layout out = *layout;
	uint32_t seen = 0;
	size_t known = 0;

	if (span_find(text, SPAN(":")) < text.size)
		return false;
	text = without_marks(text);
	out.count = 0;
	out.gap = UINT8_MAX;
	out.tabs = span_find(text, SPAN("\t")) < text.size;
	out.wide = span_find(text, SPAN("  ")) < text.size;
	for (size_t at = 0, to; at < text.size; at = to) {
		enum list_field field;

		for (to = at; to < text.size && is_blank(text.at[to]);)
			to++;
		if (to == text.size)
			break;
		at = to;
		field = take_name(text, &at, &to);
		for (size_t i = at; i < to; i++)
			if (is_digit(text.at[i]))
				return false;
		if (out.count == LIST_COLUMNS || to > UINT16_MAX || (field != LIST_OTHER && seen & 1u << field))
			return false;
		seen |= 1u << field;
		known += field != LIST_OTHER;
		if (out.count > 0 && at - out.column[out.count - 1].to < out.gap)
			out.gap = (uint8_t)(at - out.column[out.count - 1].to);
		out.column[out.count].field = (uint8_t)field;
		out.column[out.count].from = (uint16_t)at;
		out.column[out.count++].to = (uint16_t)to;
	}
	if (known < NAMES_LEAST || !(seen & 1u << LIST_REQUEST))
		return false;
	*layout = out;
	return true;
}
