#include "advice/finding.h"

#include <string.h>

static const char all_2007[] =
	"Site Settings > Senders > Standard Sender > Advanced: Maximum concurrent sendings, All sites";
static const char all_today[] =
	"Administration > Sites > site Properties > Sender: Maximum concurrent sendings, All sites";
static const char per_2007[] =
	"Site Settings > Senders > Standard Sender > Advanced: Maximum concurrent sendings, Per site";
static const char per_today[] =
	"Administration > Sites > site Properties > Sender: Maximum concurrent sendings, Per site";
static const char packages_2007[] = "Site Settings > Component Configuration > Software Distribution > Distribution "
				    "Point: Maximum number of packages";
static const char packages_today[] =
	"Administration > Sites > Configure Site Components > Software Distribution: Maximum number of packages";
static const char rate_2007[] = "Site Settings > Addresses > address Properties > Rate Limits";
static const char rate_today[] =
	"Administration > Hierarchy Configuration > File Replication > route Properties > Rate Limits";
static const char schedule_2007[] = "Site Settings > Addresses > address Properties > Schedule";
static const char schedule_today[] =
	"Administration > Hierarchy Configuration > File Replication > route Properties > Schedule";

static const char upgrade_threads[] =
	"registry of the site server, HKLM\\SOFTWARE\\Microsoft\\SMS\\Components\\SMS_DISTRIBUTION_MANAGER: "
	"DPUpgradeThreadLimit";

static const char threads_today[] =
	"Administration > Sites > Configure Site Components > Software Distribution: Maximum threads per package";
static const char dp_rate_today[] =
	"Administration > Distribution Points > distribution point Properties > Rate Limits";

static const struct {
	const char *word, *text;
} names[ADVICE_COUNT] = {
#define _(code, word, text, find) [ADVICE_##code] = { word, text },
	ADVICES(_)
#undef _
};

static finding_fn *const findings[ADVICE_COUNT] = {
#define _(code, word, text, find) [ADVICE_##code] = find,
	ADVICES(_)
#undef _
};

/* The setting that rules it, as the console of 2007 and that of today call it; most have none. */
static const struct {
	const char *before, *today;
	/* clang-format off */
} settings[ADVICE_COUNT] = {
	[ADVICE_SLOT_HOG]            = { per_2007,      per_today       },
	[ADVICE_SENDER_FULL]         = { all_2007,      all_today       },
	[ADVICE_SITE_FULL]           = { per_2007,      per_today       },
	[ADVICE_DP_UPGRADE_FULL]     = { NULL,          upgrade_threads },
	[ADVICE_DISTMGR_FULL]        = { packages_2007, packages_today  },
	[ADVICE_TRANSFER_COLLISION]  = { NULL,          threads_today   },
	[ADVICE_DP_THROTTLED]        = { NULL,          dp_rate_today   },
	[ADVICE_ADDRESS_CLOSED]      = { schedule_2007, schedule_today  },
	[ADVICE_THROTTLED]           = { rate_2007,     rate_today      },
	[ADVICE_LIMITS_EQUAL]        = { per_2007,      per_today       },
};
/* clang-format on */

/* A site all of whose jobs are stalled holds its slots for nothing. */
static void
find_hog(struct known *known)
{
	known->hog = NAME_NONE;
	for (uint32_t i = 0; i < known->site_count; i++) {
		uint32_t held = 0, stuck = 0;
		int64_t silence = INT64_MAX;

		if (known->sites[i].used <= known->hog_slots)
			continue;
		for (const struct job *job = model_next_job(known->model, NULL); job;
		     job = model_next_job(known->model, job)) {
			if (job->site != i)
				continue;
			held++;
			stuck += job_stalled(job, known->now);
			if (job_silence(job, known->now) < silence)
				silence = job_silence(job, known->now);
		}
		if (held > 0 && stuck == held) {
			known->hog = i;
			known->hog_slots = held;
			known->hog_silence = silence;
		}
	}
}

static void
know(const struct advice_look *look, struct known *known)
{
	memset(known, 0, sizeof(*known));
	known->look = look;
	known->model = look->model;
	known->now = look->now;
	known->sending = model_sending(look->model);
	known->distribution = model_distribution(look->model);
	known->backlog = backlog_at(look->model, look->now);
	known->sites = model_sites(look->model, &known->site_count);
	known->full = sending_full(look->model, look->now, LATELY);
	for (const struct job *job = model_next_job(look->model, NULL); job; job = model_next_job(look->model, job))
		known->stuck += job_stalled(job, look->now);
	find_hog(known);
}

size_t
advice_find(const struct advice_look *look, struct advice out[ADVICE_COUNT])
{
	struct known known;
	size_t count = 0;

	if (look->now == WHEN_NONE)
		return 0;
	know(look, &known);
	for (int code = 0; code < ADVICE_COUNT; code++) {
		struct advice *advice = &out[count];

		advice->text[0] = '\0';
		if (!findings[code](&known, advice->text, sizeof(advice->text)))
			continue;
		advice->code = (enum advice_code)code;
		advice->before = settings[code].before;
		advice->today = settings[code].today;
		count++;
	}
	return count;
}

const char *
advice_word(enum advice_code code)
{
	return names[code].word;
}

const char *
advice_text(enum advice_code code)
{
	return names[code].text;
}
