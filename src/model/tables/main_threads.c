#include "model/tables/main_threads.h"

#include <stdlib.h>

static const struct main_thread none = { .component = NAME_NONE, .site = NAME_NONE, .package = NAME_NONE };

struct main_threads *
main_threads_new(void)
{
	struct main_threads *mains = calloc(1, sizeof(*mains));

	for (size_t i = 0; mains && i < MAINS_MOST; i++)
		mains->rows[i] = none;
	return mains;
}

void
main_threads_free(struct main_threads *mains)
{
	free(mains);
}

const struct main_thread *
main_find(const struct model *model, uint32_t component, uint32_t thread)
{
	for (size_t i = 0; i < MAINS_MOST; i++) {
		const struct main_thread *main = &model->mains->rows[i];

		if (main->thread == thread && main->component == component)
			return main;
	}
	return NULL;
}

bool
is_main(const struct model *model, uint32_t component, uint32_t thread)
{
	return main_find(model, component, thread) != NULL;
}

struct main_thread *
main_at(struct model *model, uint32_t component, uint32_t thread)
{
	struct main_threads *mains = model->mains;
	const struct main_thread *known = main_find(model, component, thread);
	struct main_thread *main;

	if (known)
		return &mains->rows[known - mains->rows];
	main = &mains->rows[mains->next++ % MAINS_MOST];
	*main = none;
	main->component = component;
	main->thread = thread;
	return main;
}

void
main_forget(struct model *model, uint32_t component, uint32_t thread)
{
	const struct main_thread *known = main_find(model, component, thread);

	if (known)
		model->mains->rows[known - model->mains->rows] = none;
}

void
mains_forget(struct model *model, uint32_t component)
{
	for (size_t i = 0; i < MAINS_MOST; i++)
		if (model->mains->rows[i].component == component)
			model->mains->rows[i] = none;
}
