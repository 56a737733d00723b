/*
 * How often sends fall due, and how large they are. A backlog begins with a burst
 * that says nothing about what follows, and is at its end not told from it: so it
 * is looked back only as far as it was about as it is now.
 */
#include <math.h>

#include "forecast/forecast_plan.h"

#define STEP      (WHEN_HOUR / 2)
#define BACK_MOST (48 * WHEN_HOUR)
#define MUCH_MORE 2.0
#define SOME      30.0 /* per hour: below that a multiple says nothing */

struct stretch {
	uint64_t due, sized, bytes;
	double span; /* milliseconds that the logs speak of */
};

static double
per_hour(const struct stretch *s)
{
	return s->span > 0 ? (double)s->due * (double)WHEN_HOUR / s->span : 0;
}

static void
add_sample(struct stretch *s, const struct sample *sample)
{
	s->due += sample->due;
	s->sized += sample->due_sized;
	s->bytes += sample->due_bytes;
	s->span += sample->distmgr_covered;
}

/* The samples from *i on that began after `from`. */
static struct stretch
stretch_of(const struct model *model, size_t *i, int64_t from)
{
	struct stretch s = { 0 };
	const struct sample *sample;

	for (; (sample = model_sample(model, *i)) && sample->at >= from; (*i)++)
		add_sample(&s, sample);
	return s;
}

/*
 * Where the logs speak of little more than half an hour, a burst in it that nothing
 * like has followed is most likely the one that the backlog began with: what came
 * after it is what counts.
 */
static struct stretch
without_burst(const struct model *model, int64_t from, struct stretch all)
{
	struct stretch newer = { 0 };
	const struct sample *sample;

	for (size_t i = 0; (sample = model_sample(model, i)) && sample->at >= from; i++) {
		struct stretch one = { 0 };

		add_sample(&one, sample);
		if (newer.span >= SAMPLE_SPAN && per_hour(&one) > MUCH_MORE * per_hour(&newer) + SOME)
			return newer;
		add_sample(&newer, sample);
	}
	return all;
}

/*
 * How far off the mean may be: by how much the half hours differed, and how many
 * there were. What falls due comes in packages for many sites, and some are large.
 */
#define DOUBT       1.5
#define DOUBT_LEAST 0.1
#define DOUBT_MOST  0.9
#define FEW         4

static double
doubt_of(double sum, double squares, unsigned count)
{
	double mean, doubt;

	if (count < FEW || sum <= 0)
		return DOUBT_MOST;
	mean = sum / count;
	doubt = DOUBT * sqrt((squares / count - mean * mean) / count) / mean;
	return doubt < DOUBT_LEAST ? DOUBT_LEAST : doubt > DOUBT_MOST ? DOUBT_MOST : doubt;
}

struct arrivals
arrivals_of(const struct model *model, int64_t now)
{
	size_t i = 0;
	int64_t back = STEP;
	struct stretch all = stretch_of(model, &i, now - back), older = all;
	double sum = 0, squares = 0;
	unsigned count = 0;

	for (; back < BACK_MOST; back += STEP) {
		sum += (double)older.bytes;
		squares += (double)older.bytes * (double)older.bytes;
		count++;
		older = stretch_of(model, &i, now - back - STEP);
		if (count == 1 && older.span < STEP)
			all = without_burst(model, now - back, all);
		if (older.span == 0 || per_hour(&older) > MUCH_MORE * per_hour(&all) + SOME)
			break;
		all.due += older.due;
		all.sized += older.sized;
		all.bytes += older.bytes;
		all.span += older.span;
	}
	return (struct arrivals){
		.per_hour = per_hour(&all),
		.bytes = all.sized > 0 ? (double)all.bytes / (double)all.sized : -1,
		.doubt = doubt_of(sum, squares, count),
	};
}
