#ifndef FIGURES_ELAPSED_H
#define FIGURES_ELAPSED_H

#include "cmtop/when.h"

/* Milliseconds since then; 0 where either time is not known, or the clock was set back. */
static inline int64_t
elapsed(int64_t then, int64_t now)
{
	return then == WHEN_NONE || now == WHEN_NONE || now < then ? 0 : now - then;
}

#endif
