#include "cmtop/log.h"

#include <stdio.h>
#include <string.h>

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

const char *
log_encoding_words(const struct log_status *log, char out[40])
{
	out[0] = '\0';
	if (strcmp(log->encoding, "utf-8") != 0 && log->state != LOG_ERROR)
		snprintf(out, 40, "%s%s", log->encoding, log->guessed ? ", guessed" : "");
	return out;
}
