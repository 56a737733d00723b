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
event_kind_meaning(enum event_kind kind)
{
	static const char *const meanings[] = {
#define _(kind, word, meaning) [EVENT_##kind] = meaning,
		EVENT_KINDS(_)
#undef _
	};

	return meanings[kind];
}

const char *
event_text_word(enum text_field field)
{
	static const char *const words[TEXT_FIELD_COUNT] = {
		[TEXT_REQUEST] = "request",     [TEXT_SITE] = "site",     [TEXT_PACKAGE] = "package",
		[TEXT_PATH] = "path",           [TEXT_SERVER] = "server", [TEXT_DP] = "dp",
		[TEXT_COMPONENT] = "component", [TEXT_NAME] = "name",     [TEXT_TIME] = "time",
		[TEXT_STATE] = "state",
	};

	return words[field];
}

const char *
event_number_word(enum number_field field)
{
	static const char *const words[NUMBER_FIELD_COUNT] = {
		[NUMBER_USED] = "used",       [NUMBER_LIMIT] = "limit",       [NUMBER_BYTES] = "bytes",
		[NUMBER_OFFSET] = "offset",   [NUMBER_CODE] = "code",         [NUMBER_VERSION] = "version",
		[NUMBER_KBYTES] = "kbytes",   [NUMBER_THREAD] = "thread",     [NUMBER_COUNT] = "count",
		[NUMBER_LEFT] = "left",       [NUMBER_PRIORITY] = "priority", [NUMBER_PERCENT] = "percent",
		[NUMBER_SECONDS] = "seconds",
	};

	return words[field];
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
