/*
 * The forecast that a picture shows: the newest one that was worked out beside, or, where
 * nobody does that, one made here and kept for some seconds. Furniture of this room.
 */
#ifndef VIEW_OUTLOOK_H
#define VIEW_OUTLOOK_H

#include "view/view.h"

/* Borrowed until the next look; NULL: out of memory, or not worked out yet. */
const struct forecast *outlook_look(struct outlook *outlook, const struct scene *scene);

/* The first one is still being worked out beside. */
bool outlook_awaited(const struct outlook *outlook, const struct scene *scene);

/* Milliseconds since it was true, once they are worth telling; else 0. */
int64_t outlook_age(const struct outlook *outlook, const struct scene *scene);

/* What other limits would do, as of the forecast looked at last; NULL: still being worked out. */
const struct forecast_row *outlook_what_if(struct outlook *outlook, size_t *count);

void outlook_close(struct outlook *outlook);

#endif
