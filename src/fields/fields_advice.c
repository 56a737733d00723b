/* What holds the backlog back. */
#include "fields/values.h"

#define ADVICE(name, ...) VALUE(name, struct advice, advice, __VA_ARGS__)

static const char *
code_words(size_t i)
{
	return i < ADVICE_COUNT ? advice_word((enum advice_code)i) : NULL;
}

ADVICE(code, value_of_text(advice_word(advice->code)))
ADVICE(text, value_of_text(advice->text))
ADVICE(setting, value_of_text(advice->today))
ADVICE(setting_2007, value_of_text(advice->before))

/* clang-format off */
static const struct field rows[] = {
	{ "code", NULL, UNIT_WORD, FIELD_ROW | FIELD_KNOWN, "short code of the finding", .value = code, .words = code_words },
	{ "text", NULL, UNIT_TEXT, FIELD_ROW | FIELD_KNOWN, "the evidence, in figures", .value = text },
	{ "setting", NULL, UNIT_TEXT, FIELD_ROW, "the setting that controls it, in the current console", .value = setting },
	{ "setting_2007", NULL, UNIT_TEXT, FIELD_ROW, "the same setting in the console of 2007", .value = setting_2007 },
};
/* clang-format on */

const struct field_list fields_advice = { "advice", "advice", "What holds the backlog back, the most important first.",
	                                  rows, COUNT_OF(rows) };
