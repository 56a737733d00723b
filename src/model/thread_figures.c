/* What follows from a package thread and the time of day. */
#include "cmtop/figures.h"

int64_t
thread_silence(const struct package_thread *thread, int64_t now)
{
	return thread->last == WHEN_NONE || now == WHEN_NONE || now < thread->last ? 0 : now - thread->last;
}

bool
thread_stalled(const struct model *model, const struct package_thread *thread, int64_t now)
{
	(void)model, (void)thread, (void)now;
	return false;
}
