/*
 * Error codes as these logs write them, and what they mean in a few words.
 */
#ifndef CMTOP_ERRORS_H
#define CMTOP_ERRORS_H

#include "cmtop/span.h"

/*
 * The error code that a text names: "Win32 error = 53", "error 0x80070005",
 * "failed; 0x800704d3", "… (1326)". False: none, or only 0, which is no error.
 * A code that is written as a negative number is taken as its 32 bits.
 */
bool error_code(struct span text, uint32_t *out);

/* "53", and "0x800704d3" where the highest bit is set. */
void error_code_text(uint32_t code, char out[12]);

/* "network path not found", by our own words; NULL: not known. 0x8007xxxx means what Win32 error xxxx does. */
const char *failure_meaning(uint32_t code);

#endif
