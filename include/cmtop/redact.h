/*
 * Names that are nobody else's business, taken out before anything is kept: servers,
 * accounts and the names that people gave packages become "srv-k3x9q", "acct-…" and
 * "name-…". The same name has the same short one in every run, so that figures can
 * still be compared; site codes, package ids and request ids stay.
 *
 * It is done to events, so that whatever stands on the model or on the lines behind it
 * is free of them. The short names hide, they do not encrypt: who knows a name can tell
 * whether it is the one.
 */
#ifndef CMTOP_REDACT_H
#define CMTOP_REDACT_H

#include "cmtop/event.h"

struct redact;

struct redact *redact_new(void); /* NULL: out of memory */
void redact_free(struct redact *redact);

/* The event without names, ours until the next call; a NULL redact hides nothing and gives the same back. */
const struct event *redact_event(struct redact *redact, const struct event *event);

#endif
