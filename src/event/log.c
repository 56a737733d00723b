#include "cmtop/log.h"

static const struct {
	const char *word, *light;
} states[LOG_STATE_COUNT] = {
#define _(state, word, light, meaning) [LOG_##state] = { word, light },
	LOG_STATES(_)
#undef _
};

const char *
log_state_word(enum log_state state)
{
	return states[state].word;
}

const char *
log_state_light(enum log_state state)
{
	return states[state].light;
}
