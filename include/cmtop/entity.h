/*
 * The kinds of rows: what lists, tables and panes are made of, and fields belong to.
 */
#ifndef CMTOP_ENTITY_H
#define CMTOP_ENTITY_H

#include "cmtop/model/package_thread.h"

/* In the order of the manual. Behind each stands what a row of it points to. */
enum entity {
	ENTITY_SENDS,                  /* struct job */
	ENTITY_SITES,                  /* struct site, of model_sites() */
	ENTITY_PACKAGES,               /* struct package, of model_packages() */
	ENTITY_THREADS,                /* struct package_thread */
	ENTITY_DPS,                    /* struct dp_row */
	ENTITY_TRANSFERS,              /* struct transfer, of model_transfers() */
	ENTITY_FAILURES,               /* struct failure */
	ENTITY_ADVICE,                 /* struct advice */
	ENTITY_LOGS,                   /* struct log_status */
	ENTITY_TABLES,                 /* how many of them are tables of rows */
	ENTITY_SERVER = ENTITY_TABLES, /* the whole server: it has one row, NULL */
	ENTITY_COUNT
};

/* A distribution point and the package thread that works for it. */
struct dp_row {
	const struct package_thread *thread;
	const struct dp *dp;
};

#endif
