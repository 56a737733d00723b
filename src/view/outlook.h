/*
 * The forecast that a picture shows: made anew after some seconds, since it looks
 * at all that waits. Furniture of this room.
 */
#ifndef VIEW_OUTLOOK_H
#define VIEW_OUTLOOK_H

#include "view/view.h"

/* Borrowed until the next look; NULL: out of memory. */
const struct forecast *outlook_look(struct outlook *outlook, const struct scene *scene);

/* What other limits would do, as of the forecast looked at last. */
const struct forecast_row *outlook_what_if(struct outlook *outlook, size_t *count);

void outlook_close(struct outlook *outlook);

#endif
