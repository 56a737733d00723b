/*
 * When the backlog is empty, and when it would be with other limits: what waits
 * is run through the slots, site by site, at the speed and with the pauses that
 * the sends of each site have shown. New sends go on falling due meanwhile.
 *
 * Taken from the model at one moment and valid without it. Times are in
 * milliseconds from that moment, ETA_UNKNOWN or ETA_NEVER.
 */
#ifndef CMTOP_FORECAST_H
#define CMTOP_FORECAST_H

#include "cmtop/figures.h"

struct forecast;

/* From one end of what is likely to the other. All three are unknown, or none is. */
struct forecast_span {
	int64_t soonest, likely, latest;
};

/* Why there is no figure. */
enum forecast_lack {
	LACK_NOTHING, /* there is one */
	LACK_WAITING, /* nothing says what waits */
	LACK_SILENT,  /* the newest record is older than 15 minutes */
	LACK_TIME,    /* less than five minutes of sender.log have been read */
	LACK_SPEED,   /* too few sends have shown how fast they go */
	LACK_SIZES,   /* of a third of what waits no size is known */
	LACK_WAY,     /* nothing gets through to any of the sites that sends wait for */
};

const char *forecast_lack_text(enum forecast_lack lack); /* "" for LACK_NOTHING */

/* Why it is never empty, where the likely run does not end. */
enum forecast_never {
	NEVER_NOT,
	NEVER_STUCK,        /* stalled sends hold all slots */
	NEVER_NO_SLOT,      /* the limit of all sites is 0, */
	NEVER_NO_SITE_SLOT, /* … or that of a site which has sends waiting */
	NEVER_GROWS,        /* more falls due than can ever be done */
	NEVER_TOO_LONG,     /* more than 30,000 years */
};

const char *forecast_never_text(enum forecast_never never); /* to follow "never"; "" for NEVER_NOT */

struct forecast_basis {
	enum forecast_lack lack;
	enum forecast_never never;
	uint32_t stuck;      /* slots that stalled sends never give back in the likely run */
	uint64_t sends;      /* that wait or run, and are part of the forecast */
	uint64_t guessed;    /* of these: size not known, the mean of the others is used */
	uint32_t unmeasured; /* sites with waiting sends whose speed was not measured yet */
	uint64_t left_out;   /* sends that wait where nothing gets through: they are not counted on */
	uint32_t left_out_sites;
	uint32_t left_out_site;  /* one of these, index of model_sites(); NAME_NONE */
	uint64_t apart;          /* sends that wait for sites which take their own time, throttled or very slow: */
	uint32_t apart_sites;    /* … the time to empty is that of all others */
	uint32_t apart_site;     /* the one of these that is done last, index of model_sites(); NAME_NONE */
	int64_t apart_eta;       /* … and when */
	double due_per_hour;     /* sends that are taken to fall due from now on */
	double highest;          /* bytes per second of all sites, the highest seen; 0: none */
	bool limit_guessed;      /* the log does not tell the limit of all sites: it is taken for used_most */
	uint32_t used_most;      /* slots in use, the most seen, */
	uint32_t site_used_most; /* … and by one site */
};

/* NULL: out of memory. `now` may be WHEN_NONE. */
struct forecast *forecast_new(const struct model *model, int64_t now);
void forecast_free(struct forecast *forecast);

/*
 * The same in two parts, so that it can be worked out beside whoever reads the logs. A
 * plan is a copy of all that a forecast needs of the model; the forecast is made of it on
 * any thread, and neither looks at the model again.
 */
struct forecast_plan;

/* Whether somebody wants it to end early; asked between two runs, on the thread that works it out. */
struct forecast_stop {
	bool (*asked)(void *payload); /* NULL: nobody does */
	void *payload;
};

enum forecast_copy { FORECAST_MORE, FORECAST_COPIED, FORECAST_NO_MEMORY };

struct forecast_plan *forecast_plan_new(const struct model *model, int64_t now); /* NULL: out of memory */

/*
 * Copies at most so many of the sends that wait. MORE: call again, with the same model, which may have
 * changed meanwhile. The last call copies sites and running sends too, and their number bounds what it costs.
 */
enum forecast_copy forecast_plan_copy(struct forecast_plan *plan, const struct model *model, size_t most);
void forecast_plan_free(struct forecast_plan *plan);

/* Takes the plan, which must have been copied to its end. NULL: out of memory, or stopped. */
struct forecast *forecast_run(struct forecast_plan *plan, struct forecast_stop stop);

/* Somebody else, or nobody any more, may end what is still asked of the forecast: forecast_what_if(). */
void forecast_stop_by(struct forecast *forecast, struct forecast_stop stop);

const struct forecast_basis *forecast_basis(const struct forecast *forecast);

/* As the limits are now. */
struct forecast_span forecast_empty(const struct forecast *forecast);

/* When nothing of the package waits or runs any more, but for `left_out` sends that nothing gets through for. */
struct forecast_package {
	struct forecast_span done;
	uint64_t left_out;
};

struct forecast_package forecast_package(const struct forecast *forecast, uint32_t package);

/* The backlog as backlog_at() tells it, with the time to empty of the forecast where there is one. */
struct backlog forecast_backlog(const struct forecast *forecast, const struct model *model, int64_t now);

/*
 * What if: all sites as now, 10, 20, 50, 100, 200, and for each of these per site
 * as now, 5, 10, 20; in this order, without what would be the same again. The
 * ends of the range are that the line has room for any number of sends, and that
 * all together never go faster than the highest seen.
 */
#define FORECAST_ALL  6
#define FORECAST_PER  4
#define FORECAST_ROWS (FORECAST_ALL * FORECAST_PER)

struct forecast_row {
	int64_t all_sites; /* the limit, */
	int64_t per_site;  /* … and that of each site; -1: each as it is now */
	bool now;          /* these are the limits in force */
	bool seen;         /* so many slots have been in use, of all and of one site */
	struct forecast_span empty;
};

/* Fills the rows, answers how many: none where the basis lacks something, or when it was stopped. */
size_t forecast_what_if(struct forecast *forecast, struct forecast_row out[FORECAST_ROWS]);

/* What was worked out beside last, for whoever shows it. */
struct foretold {
	const struct forecast *forecast; /* NULL: the first is not there yet */
	const struct model *model;       /* what it was made from, … */
	int64_t at;                      /* … and when, as running time */
	bool what_if_known;              /* the rows were asked for, and are there */
	size_t what_if_count;
	struct forecast_row what_if[FORECAST_ROWS];
};

#endif
