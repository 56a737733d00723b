/*
 * Lists of send requests as the scheduler might print them, made by chance: the
 * same rows in every layout.
 */
#ifndef TEST_LISTS_H
#define TEST_LISTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum made_layout { MADE_LABELLED, MADE_PADDED, MADE_SPREAD, MADE_COLUMNS, MADE_TABS, MADE_COLLAPSED, MADE_LAYOUTS };

enum {
	MADE_REQUEST,
	MADE_JOB,
	MADE_SITE,
	MADE_FINAL,
	MADE_STATE,
	MADE_STATUS,
	MADE_ACTION,
	MADE_TOTAL,
	MADE_LEFT,
	MADE_HEARTBEAT,
	MADE_START,
	MADE_FINISH,
	MADE_RETRY,
	MADE_PACKAGE,
	MADE_VERSION,
	MADE_PRIORITY,
	MADE_FIELDS
};

static const char *const made_names[MADE_FIELDS] = {
	"Send Request", "JobID",     "DestSite", "FinalSite", "State", "Status",    "Action",          "Total size",
	"Remaining",    "Heartbeat", "Start",    "Finish",    "Retry", "SWD PkgID", "SWD Pkg Version", "Priority",
};

#define MADE_ROWS 40

struct made_list {
	uint64_t state; /* of its chance */
	char field[MADE_ROWS][MADE_FIELDS][64];
	int rows;
	int order[MADE_FIELDS], width[MADE_FIELDS], columns;
	int right[MADE_FIELDS], gap;
};

static inline unsigned
made_chance(struct made_list *list, unsigned n)
{
	list->state = list->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((list->state >> 33) % n);
}

static inline const char *
made_pick(struct made_list *list, const char *const *words, unsigned count)
{
	return words[made_chance(list, count)];
}

static inline void
made_row(struct made_list *list, int i)
{
	static const char *const before[] = { "2", "1_", "1", "2_" }, *const behind[] = { "SCS1", "CT1", "zybp",
		                                                                          "zyb" };
	static const char *const states[] = { "Pending", "Sending", "Pulse Mode", "Suspended", "Pending", "Pending" };
	static const char *const statuses[] = { "", "", "OK", "Error" }, *const actions[] = { "None", "None", "Retry",
		                                                                              "" };
	static const char *const clocks[] = { "", "12:23", "0:05", "12:23" };
	static const char *const retries[] = { "", "", "12/4/2014 6:14:27 AM Eastern Standard Time",
		                               "04.12.2014 18:14:27", "12/4/2014 6:14:27 PM" };
	char(*f)[64] = list->field[i];
	unsigned kind = made_chance(list, 4);
	unsigned long long total = 1ull + made_chance(list, 1000000) * (made_chance(list, 9) == 0 ? 1000000ull : 1ull);

	memset(f, 0, sizeof(list->field[i]));
	snprintf(f[MADE_REQUEST], 64, "%s%03d%s", before[kind], i, behind[kind]);
	snprintf(f[MADE_JOB], 64, "%08X", 0xE2A + made_chance(list, 100000));
	snprintf(f[MADE_SITE], 64, "S%02u", made_chance(list, 6));
	snprintf(f[MADE_STATE], 64, "%s", made_pick(list, states, 6));
	snprintf(f[MADE_STATUS], 64, "%s", made_pick(list, statuses, 4));
	snprintf(f[MADE_ACTION], 64, "%s", made_pick(list, actions, 4));
	snprintf(f[MADE_TOTAL], 64, "%lluk", total);
	snprintf(f[MADE_LEFT], 64, "%lluk", made_chance(list, 2) ? total : total / 3);
	snprintf(f[MADE_HEARTBEAT], 64, "%s", made_pick(list, clocks, 4));
	snprintf(f[MADE_START], 64, "%s", made_pick(list, clocks, 4));
	snprintf(f[MADE_FINISH], 64, "%s", made_pick(list, clocks, 4));
	snprintf(f[MADE_RETRY], 64, "%s", made_pick(list, retries, 5));
	if (made_chance(list, 4) == 0)
		return; /* replication */
	snprintf(f[MADE_PACKAGE], 64, "PS1%05X", 0x10 + made_chance(list, 9));
	snprintf(f[MADE_VERSION], 64, "%u", 1 + made_chance(list, 200));
}

static inline void
made_list(struct made_list *list, uint64_t seed)
{
	*list = (struct made_list){ .state = seed * 2654435761u + 99 };
	list->rows = 1 + (int)made_chance(list, MADE_ROWS);
	list->columns = made_chance(list, 3) == 0 ? MADE_FIELDS : MADE_PRIORITY;
	list->gap = 1 + (int)made_chance(list, 2);
	for (int i = 0; i < list->columns; i++) {
		list->order[i] = i;
		list->width[i] = (int)strlen(made_names[i]) + (int)made_chance(list, 6);
		list->right[i] = (i == MADE_TOTAL || i == MADE_LEFT || i == MADE_VERSION) && made_chance(list, 2);
	}
	for (int i = list->columns - 1; i > 0 && seed % 2; i--) {
		int k = (int)made_chance(list, (unsigned)i + 1), held = list->order[i];

		list->order[i] = list->order[k];
		list->order[k] = held;
	}
	for (int i = 0; i < list->rows; i++) {
		made_row(list, i);
		if (list->columns > MADE_PRIORITY)
			snprintf(list->field[i][MADE_PRIORITY], 64, "%u", 1 + made_chance(list, 3));
		if (made_chance(list, 3) == 0)
			snprintf(list->field[i][MADE_FINAL], 64, "F%02u", made_chance(list, 6));
	}
}

/* A line of the list, or -1 of its header; false: this layout has none. */
static inline bool
made_line(const struct made_list *list, enum made_layout layout, int row, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	if (row < 0 && layout < MADE_COLUMNS)
		return false;
	for (int i = 0; i < list->columns; i++) {
		int field = layout < MADE_COLUMNS ? i : list->order[i];
		const char *value = row < 0 ? made_names[field] : list->field[row][field];
		int width = layout == MADE_COLUMNS || layout == MADE_PADDED ? list->width[field] : 0;

		if (layout < MADE_COLUMNS)
			used += (size_t)snprintf(out + used, size - used, "%s%s%s %*s", i ? " " : "", made_names[field],
			                         i ? ":" : "", -width, value);
		else if (layout == MADE_TABS)
			used += (size_t)snprintf(out + used, size - used, "%s%s", i ? "\t" : "", value);
		else if (layout == MADE_COLLAPSED)
			used += (size_t)snprintf(out + used, size - used, "%s%s", used > 0 && value[0] ? " " : "",
			                         value);
		else
			used += (size_t)snprintf(out + used, size - used, "%*s%*s", i ? list->gap : 0, "",
			                         list->right[field] && row >= 0 ? width : -width, value);
	}
	return true;
}

#endif
