/* The part of the schema of snapshots that says what fields there are. */
#ifndef CONTRIB_SCHEMA_H
#define CONTRIB_SCHEMA_H

void put_schema(void);

#endif
