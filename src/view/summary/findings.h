/* What holds the backlog back, for the summary and the pages. */
#ifndef VIEW_SUMMARY_FINDINGS_H
#define VIEW_SUMMARY_FINDINGS_H

#include "cmtop/advice.h"
#include "view/frame/frame.h"

/* The findings, the weightiest first; answers how many. */
size_t findings_find(struct view *view, struct advice out[ADVICE_COUNT]);
bool findings_have(struct view *view, enum advice_code code);

/* The weightiest one for the summary, "" when there is none; `brief`: one word of it, where the text does not fit. */
const char *findings_verdict(struct view *view, int width, bool brief);

/* As distmgr_silence(). */
int64_t findings_distmgr_silence(struct view *view);

#endif
