#include "view/input/keymap.h"

#include "cmtop/count_of.h"

#include "view/input/command_find.h"
#include "view/input/command_lines.h"
#include "view/input/command_move.h"
#include "view/input/command_other.h"
#include "view/input/command_view.h"

/* In the order of the help. */
static const struct bindings *const all[] = { &move_keys, &find_keys, &view_keys, &lines_keys, &other_keys };

const struct binding *
keys_binding(size_t i)
{
	size_t g;

	for (g = 0; g < COUNT_OF(all); g++) {
		if (i < all[g]->count)
			return &all[g]->at[i];
		i -= all[g]->count;
	}
	return NULL;
}

enum where
keys_where(const struct ui *ui)
{
	switch (ui->mode) {
	case MODE_HELP:
	case MODE_ADVICE:
	case MODE_WHAT_IF: return IN_ABOUT;
	case MODE_DETAIL: return IN_DETAIL;
	case MODE_SORT: return IN_MENU;
	case MODE_LINES: return IN_LINES;
	default: return ui->paused ? IN_PAUSE : IN_PANES;
	}
}

static bool
has_key(const struct binding *binding, int key)
{
	size_t k;

	for (k = 0; k < 4 && binding->keys[k]; k++) {
		if (binding->keys[k] == key)
			return true;
	}
	return false;
}

const struct binding *
keys_find(int key, enum where where)
{
	const struct binding *binding;
	size_t i;

	for (i = 0; (binding = keys_binding(i)); i++) {
		if (binding->where & where && has_key(binding, key))
			return binding;
	}
	return NULL;
}

bool
ui_key_help(size_t i, const char **group, const char **keys, const char **does)
{
	const struct binding *binding;
	size_t b;

	for (b = 0; (binding = keys_binding(b)); b++) {
		if (!binding->group || i-- > 0)
			continue;
		*group = binding->group;
		*keys = binding->names;
		*does = binding->does;
		return true;
	}
	return false;
}
