/* A log without new records while the other logs of the same server have some. */
#include "cmtop/figures.h"

#include <string.h>

#define SILENT_AT_WORK  WHEN_HOUR          /* while there is something that it should tell of */
#define DISTMGR_AT_WORK (15 * WHEN_MINUTE) /* a distribution manager is never silent for long then, */
#define DISTMGR_AT_REST (2 * WHEN_HOUR)    /* … and looks around every hour when there is nothing to do */
#define APART           (7 * WHEN_DAY)     /* logs of other times, put together by hand */

/* The newest record of the others; WHEN_NONE: nothing to compare with. */
static int64_t
others_newest(const struct log_status *logs, size_t count, size_t i)
{
	int64_t newest = WHEN_NONE;

	for (size_t k = 0; k < count; k++)
		if (k != i && logs[k].reached > newest) /* WHEN_NONE is the smallest */
			newest = logs[k].reached;
	return newest;
}

/* How long it may be silent; 0: as long as it likes. */
static int64_t
patience(const struct model *model, const char *name)
{
	if (!strcmp(name, "distmgr"))
		return model_distribution(model).used > 0 || model_distribution(model).queued > 0 ? DISTMGR_AT_WORK
		                                                                                  : DISTMGR_AT_REST;
	if (!strcmp(name, "sender"))
		return model_sending(model).used > 0 || model_sending(model).waiting > 0 ? SILENT_AT_WORK : 0;
	if (!strcmp(name, "PkgXferMgr"))
		return model_transfer_counts(model).running + model_transfer_counts(model).waiting > 0 ? SILENT_AT_WORK
		                                                                                       : 0;
	return 0;
}

int64_t
log_silence(const struct model *model, const struct log_status *logs, size_t count, size_t i, int64_t now)
{
	int64_t others = others_newest(logs, count, i), most = patience(model, logs[i].name), silence;

	if (most == 0 || others == WHEN_NONE || logs[i].reached == WHEN_NONE)
		return -1;
	/* The others go on: they spoke long after its last word, and did so lately. */
	silence = others - logs[i].reached;
	if (silence < most || silence > APART || (now != WHEN_NONE && now - others > most))
		return -1;
	return now != WHEN_NONE && now > others ? now - logs[i].reached : silence;
}
