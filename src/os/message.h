/*
 * Words to the user beside the program's output: one line on standard error,
 * "cmtop: SUBJECT: reason".
 */
#ifndef OS_MESSAGE_H
#define OS_MESSAGE_H

#include <stdbool.h>

/* `subject` is a path or an option, cleaned before it is shown; NULL: none. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
message_error(const char *subject, const char *format, ...);

/* The same of something that is no error. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void
message_note(const char *subject, const char *format, ...);

/* Lines below it, as they are. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void
message_more(const char *format, ...);

/* From now on message_error() only remembers what it is told: whoever asked hears it on standard output. */
void message_nothing(bool nothing);

/* "SUBJECT: reason" of the first error since the start, "" for none. */
const char *message_first(void);

#endif
