#include "cmtop/model/sample_text.h"

#include <inttypes.h>
#include <stdio.h>

#define FORM "cmtop points 1" /* another form of line is another word here */

#define COUNT_MOST UINT32_MAX                 /* of sends, in five minutes or waiting */
#define BYTES_MOST (INT64_MAX / SAMPLES_KEPT) /* all of them can be added up */
#define LINE_MOST  512
#define TIME_SIZE  16 /* "2026-07-30T17:00" */
#define SUM_SIZE   8

/* ---- a line proves itself ---- */

/* FNV-1a: another byte anywhere is always another sum. */
static uint32_t
sum_on(uint32_t sum, struct span text)
{
	for (size_t i = 0; i < text.size; i++)
		sum = (sum ^ (unsigned char)text.at[i]) * 16777619u;
	return sum;
}

/* What the sums of all lines begin with. */
static uint32_t
sum_of(const struct samples_of *of)
{
	uint32_t sum = sum_on(2166136261u, of->clock.zoned ? SPAN(FORM " UTC ") : SPAN(FORM " local "));

	return sum_on(sum, span_of(of->logs));
}

/* ---- a sample as a line ---- */

/* "-" where nothing was known. */
static bool
take_level(struct span *text, int64_t *out)
{
	uint64_t value;

	*out = -1;
	if (span_skip(text, SPAN(" -")))
		return true;
	if (!span_skip(text, SPAN(" ")) || !span_take_uint(text, &value) || value > INT32_MAX)
		return false;
	*out = (int64_t)value;
	return true;
}

static bool
take_count(struct span *text, uint64_t most, uint64_t *out)
{
	return span_skip(text, SPAN(" ")) && span_take_uint(text, out) && *out <= most;
}

static bool
take_number(struct span *text, uint64_t most, uint32_t *out)
{
	uint64_t value;

	if (!take_count(text, most, &value))
		return false;
	*out = (uint32_t)value;
	return true;
}

/* "2914" of a list, "2914+" that were counted, "?" */
static bool
take_waiting(struct span *text, struct sample *sample)
{
	sample->waiting_source = WAITING_UNKNOWN;
	if (span_skip(text, SPAN(" ?")))
		return true;
	if (!take_count(text, COUNT_MOST, &sample->waiting))
		return false;
	sample->waiting_source = span_skip(text, SPAN("+")) ? WAITING_COUNTED : WAITING_LISTED;
	return true;
}

static bool
take_start(struct span *text, int64_t *out)
{
	char time[TIME_SIZE + sizeof(":00Z")];

	snprintf(time, sizeof(time), "%.*s:00Z", text->size < TIME_SIZE ? (int)text->size : TIME_SIZE, text->at);
	*text = span_from(*text, TIME_SIZE);
	return when_parse(span_of(time), out) && *out % SAMPLE_SPAN == 0;
}

/* False: that is no line, or says what cannot be. Its time is as it is written. */
static bool
take_sample(struct span text, struct sample *p)
{
	*p = (struct sample){ 0 };
	return take_start(&text, &p->at) && take_waiting(&text, p) && take_count(&text, COUNT_MOST, &p->due)
	       && take_count(&text, COUNT_MOST, &p->due_sized) && take_count(&text, BYTES_MOST, &p->due_bytes)
	       && take_count(&text, COUNT_MOST, &p->done) && take_count(&text, COUNT_MOST, &p->failed)
	       && take_count(&text, BYTES_MOST, &p->bytes) && take_level(&text, &p->capacity)
	       && take_level(&text, &p->distmgr_capacity) && take_number(&text, COUNT_MOST, &p->used_most)
	       && take_number(&text, SAMPLE_SPAN, &p->covered) && take_number(&text, p->covered, &p->sender_covered)
	       && take_number(&text, p->covered, &p->known) && take_number(&text, p->known, &p->full)
	       && take_number(&text, p->covered, &p->distmgr_covered)
	       && take_number(&text, p->covered, &p->distmgr_known)
	       && take_number(&text, p->distmgr_known, &p->distmgr_full)
	       && take_count(&text, (uint64_t)p->covered * p->used_most, &p->slot_time) && text.size == 0;
}

static void
level_text(int64_t level, char out[24])
{
	snprintf(out, 24, level < 0 ? "-" : "%" PRId64, level);
}

/* Without its sum. Returns its size. */
static size_t
sample_text(const struct sample *p, int64_t shift, char out[LINE_MOST])
{
	char start[WHEN_TEXT], waiting[24], capacity[24], distmgr_capacity[24];

	when_format(p->at - shift, false, start);
	snprintf(waiting, sizeof(waiting),
	         p->waiting_source == WAITING_UNKNOWN   ? "?"
	         : p->waiting_source == WAITING_COUNTED ? "%" PRIu64 "+"
	                                                : "%" PRIu64,
	         p->waiting);
	level_text(p->capacity, capacity);
	level_text(p->distmgr_capacity, distmgr_capacity);
	return (size_t)snprintf(out, LINE_MOST,
	                        "%.*s %s %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
	                        " %s %s %u %u %u %u %u %u %u %u %" PRIu64,
	                        TIME_SIZE, start, waiting, p->due, p->due_sized, p->due_bytes, p->done, p->failed,
	                        p->bytes, capacity, distmgr_capacity, p->used_most, p->covered, p->sender_covered,
	                        p->known, p->full, p->distmgr_covered, p->distmgr_known, p->distmgr_full, p->slot_time);
}

/* ---- all of them ---- */

/* For people who look into the file. */
static size_t
heading_text(const struct samples_of *of, char *out, size_t size)
{
	char logs[1024];

	span_copy(span_of(of->logs), logs, sizeof(logs));
	for (char *c = logs; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 127)
			*c = '?';
	return (size_t)snprintf(
		out, size,
		"# cmtop: five minutes a line, newest first, in %s, of %s\n"
		"# start waiting due sized due_bytes done failed bytes capacity distmgr_capacity used_most "
		"covered sender known full distmgr distmgr_known distmgr_full slot_time sum\n",
		of->clock.zoned ? "UTC" : "the server's time", logs);
}

void
samples_write(const struct samples_of *of, const struct sample *samples, size_t count, const struct sink *sink)
{
	char line[2048];
	size_t size = heading_text(of, line, sizeof(line)), written = size;
	uint32_t sum = sum_of(of);

	sink_put(sink, line, size);
	for (size_t i = 0; i < count; i++) {
		size = sample_text(&samples[i], of->clock.shift, line);
		size += (size_t)snprintf(line + size, sizeof(line) - size, " %0*" PRIx32 "\n", SUM_SIZE,
		                         sum_on(sum, (struct span){ line, size }));
		written += size;
		if (written > POINTS_TEXT_MOST)
			break;
		sink_put(sink, line, size);
	}
}

/* A line without its sum, if that is right. */
static bool
take_proved(struct span line, uint32_t sum, struct span *out)
{
	char logstore[SUM_SIZE + 2];

	if (line.size < sizeof(logstore))
		return false;
	*out = span_part(line, 0, line.size - SUM_SIZE - 1);
	snprintf(logstore, sizeof(logstore), " %0*" PRIx32, SUM_SIZE, sum_on(sum, *out));
	return span_is(span_from(line, out->size), span_of(logstore));
}

size_t
samples_read(const struct samples_of *of, struct span text, struct sample out[SAMPLES_KEPT])
{
	uint32_t sum = sum_of(of);
	struct span proved;
	size_t count = 0;

	while (text.size > 0 && count < SAMPLES_KEPT) {
		size_t end = span_find(text, SPAN("\n"));

		if (take_proved(span_part(text, 0, end), sum, &proved) && take_sample(proved, &out[count])) {
			out[count].at += of->clock.shift;
			count += count == 0 || out[count].at < out[count - 1].at;
		}
		text = span_from(text, end + 1);
	}
	return count;
}

/* ---- joined ---- */

static struct sample
join(const struct sample *own, const struct sample *kept)
{
	struct sample both = *own;

	if (kept->covered > own->covered)
		both.covered = kept->covered;
	if (kept->sender_covered > own->sender_covered) {
		both.sender_covered = kept->sender_covered;
		both.done = kept->done;
		both.failed = kept->failed;
		both.bytes = kept->bytes;
		both.capacity = kept->capacity;
		both.used_most = kept->used_most;
		both.known = kept->known;
		both.full = kept->full;
		both.slot_time = kept->slot_time;
	}
	if (kept->distmgr_covered > own->distmgr_covered) {
		both.distmgr_covered = kept->distmgr_covered;
		both.due = kept->due;
		both.due_sized = kept->due_sized;
		both.due_bytes = kept->due_bytes;
		both.distmgr_capacity = kept->distmgr_capacity;
		both.distmgr_known = kept->distmgr_known;
		both.distmgr_full = kept->distmgr_full;
	}
	if (kept->waiting_source > own->waiting_source
	    || (kept->waiting_source == WAITING_COUNTED && own->waiting_source == WAITING_COUNTED
	        && kept->distmgr_covered > own->distmgr_covered)) {
		both.waiting = kept->waiting;
		both.waiting_source = kept->waiting_source;
	}
	return both;
}

size_t
samples_merge(const struct sample *own, size_t own_count, const struct sample *kept, size_t kept_count, int64_t limit,
              struct sample out[SAMPLES_KEPT])
{
	size_t i = 0, k = 0, count = 0;

	while (k < kept_count && kept[k].at + kept[k].covered > limit)
		k++;
	while (count < SAMPLES_KEPT && (i < own_count || k < kept_count)) {
		if (k == kept_count || (i < own_count && own[i].at > kept[k].at))
			out[count] = own[i++];
		else if (i == own_count || kept[k].at > own[i].at)
			out[count] = kept[k++];
		else
			out[count] = join(&own[i++], &kept[k++]);
		if (out[count].at <= out[0].at - SAMPLES_KEPT * SAMPLE_SPAN)
			break;
		count++;
	}
	return count;
}
