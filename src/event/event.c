#include "cmtop/event.h"

const char *
event_kind_word(enum event_kind kind)
{
	static const char *const words[] = {
#define _(kind, word, meaning) [EVENT_##kind] = word,
		EVENT_KINDS(_)
#undef _
	};

	return words[kind];
}

const char *
phase_word(enum phase phase)
{
	static const char *const words[] = {
#define _(phase, word) [PHASE_##phase] = word,
		PHASES(_)
#undef _
	};

	return words[phase];
}

const char *
level_word(enum level level)
{
	static const char *const words[] = {
		[LEVEL_INFO] = "info",
		[LEVEL_WARNING] = "warning",
		[LEVEL_ERROR] = "error",
	};

	return words[level];
}
