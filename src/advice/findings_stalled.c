/* Stalled sends: they hold slots and transfer nothing, so that raising a limit does not help. */
#include "advice/finding.h"

#include <stdio.h>
#include <string.h>

bool
are_stalled(uint32_t stuck, uint32_t slots)
{
	return stuck > 0 && stuck * 3 >= slots;
}

uint32_t
stalled_at(const struct known *known, uint32_t site)
{
	uint32_t stuck = 0;

	for (const struct job *job = model_next_job(known->model, NULL); job; job = model_next_job(known->model, job))
		stuck += job->site == site && job_stalled(job, known->now);
	return stuck;
}

/* A site with sends waiting whose own limit is reached, by stalled sends among others. */
static bool
holds_a_site(const struct known *known)
{
	for (uint32_t i = 0; i < known->site_count; i++) {
		const struct site *site = &known->sites[i];

		if (site_waiting(site) > 0 && site->used > 0 && site->capacity > 0
		    && (int64_t)site_slots(site) >= site->capacity && stalled_at(known, i) > 0)
			return true;
	}
	return false;
}

/* They hold something back: no slot is left, or a fifth of all slots is lost by them, or one site has none left. */
static bool
hold_back(const struct known *known)
{
	const struct sending *s = &known->sending;

	if (known->stuck == 0 || known->backlog.waiting == 0)
		return false;
	/* Where no reading tells of free slots, the slots they hold are missed by what waits. */
	if (s->capacity < 0)
		return true;
	/* A slot that is just changing hands is not free. */
	return sending_is_full(known->model, known->now) || (int64_t)known->stuck * 5 >= s->capacity
	       || holds_a_site(known);
}

/* When its last block was written, or it began. */
static int64_t
quiet_since(const struct job *job)
{
	return job->last_write != WHEN_NONE ? job->last_write : job->started != WHEN_NONE ? job->started : job->last;
}

/* "S01 CS100017 since 10:01" */
static void
name_send(const struct known *known, const struct job *job, char *text, size_t size)
{
	size_t count;
	char since[FMT_TEXT] = "?";

	if (quiet_since(job) != WHEN_NONE)
		fmt_clock_short(advice_local(known, job->log, quiet_since(job)), since);
	snprintf(text, size, "%s%s%s since %s", job->site == NAME_NONE ? "?" : known->sites[job->site].code,
	         job->package == NAME_NONE ? "" : " ",
	         job->package == NAME_NONE ? "" : model_packages(known->model, &count)[job->package].id, since);
}

/* Adds a piece where it fits as a whole, with room left for what ends the text. */
static bool
add(char *text, size_t size, const char *piece, size_t keep)
{
	size_t at = strlen(text), more = strlen(piece);

	if (at + more + keep + 1 > size)
		return false;
	memcpy(text + at, piece, more + 1);
	return true;
}

static const char hint[] = ". Check the network to them. More slots may stall too";

bool
find_stalled_sends(const struct known *known, char *text, size_t size)
{
	uint32_t named = 0;
	char piece[96];

	if (!hold_back(known))
		return false;
	snprintf(text, size, "%u of %lld slots held by stalled sends: ", known->stuck,
	         known->sending.capacity < 0 ? (long long)known->sending.used : (long long)known->sending.capacity);
	for (const struct job *job = model_next_job(known->model, NULL); job; job = model_next_job(known->model, job)) {
		char name[80];

		if (!job_stalled(job, known->now))
			continue;
		name_send(known, job, name, sizeof(name));
		snprintf(piece, sizeof(piece), "%s%s", named > 0 ? ", " : "", name);
		if (!add(text, size, piece, sizeof(hint) + sizeof(" and 1000 more")))
			break;
		named++;
	}
	snprintf(piece, sizeof(piece), "%s%u more", named > 0 ? " and " : "", known->stuck - named);
	if (known->stuck > named)
		add(text, size, piece, sizeof(hint));
	add(text, size, hint, 0);
	return true;
}
