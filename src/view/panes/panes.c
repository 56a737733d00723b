#include "view/panes/panes.h"

const struct pane *const pane_table[PANE_COUNT] = {
#define _(number, object) [PANE_##number] = &object,
	PANES(_)
#undef _
};
