/*
 * Whether logs that were named one by one may be of two site servers: then both
 * would be added up. It cannot be known, since no name of a server is in every
 * log, and after a step of its clock two generations of one server cover the same
 * time too; so there is a warning, and the user decides.
 */
#ifndef FOLLOW_OVERLAP_H
#define FOLLOW_OVERLAP_H

#include "follow/log_paths.h"

/* Says so once, of the first two logs of one kind that cover the same minutes. Their ends are read. */
void overlap_tell(const struct paths *paths);

#endif
