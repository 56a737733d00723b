/* A log that says nothing while the others of the same server go on. */
#include "cmtop/figures.h"

#include <string.h>

#define SILENT_AT_WORK WHEN_HOUR       /* while there is something that it should tell of */
#define SILENT_AT_REST (3 * WHEN_HOUR) /* of a distribution manager, which looks around every half hour */
#define APART          (7 * WHEN_DAY)  /* logs of other times, put together by hand */

/* How far the newest record of the others is ahead of its own; -1: nothing to compare with. */
static int64_t
behind(const struct log_status *logs, size_t count, size_t i)
{
	int64_t most = -1;

	for (size_t k = 0; k < count && logs[i].newest != WHEN_NONE; k++)
		if (k != i && logs[k].newest != WHEN_NONE && logs[k].zoned == logs[i].zoned && logs[k].newest - logs[i].newest > most)
			most = logs[k].newest - logs[i].newest;
	return most;
}

/* How long it may be silent; 0: as long as it likes. */
static int64_t
patience(const struct model *model, const char *name)
{
	if (!strcmp(name, "distmgr"))
		return model_distribution(model).used > 0 || model_distribution(model).queued > 0 ? SILENT_AT_WORK : SILENT_AT_REST;
	if (!strcmp(name, "sender"))
		return model_sending(model).used > 0 || model_sending(model).waiting > 0 ? SILENT_AT_WORK : 0;
	if (!strcmp(name, "PkgXferMgr"))
		return model_transfer_counts(model).running + model_transfer_counts(model).waiting > 0 ? SILENT_AT_WORK : 0;
	return 0;
}

int64_t
log_silence(const struct model *model, const struct log_status *logs, size_t count, size_t i)
{
	int64_t silence = behind(logs, count, i), most = patience(model, logs[i].name);

	return most > 0 && silence >= most && silence < APART ? silence : -1;
}
