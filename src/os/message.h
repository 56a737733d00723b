/*
 * Words to the user beside the program's output: one line on standard error,
 * "cmtop: SUBJECT: reason".
 */
#ifndef LIVE_SAY_H
#define LIVE_SAY_H

#include <stdbool.h>

/* `subject` is a path or an option, cleaned before it is shown; NULL: none. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void say_error(const char *subject, const char *format, ...);

/* The same of something that is no error. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void say_note(const char *subject, const char *format, ...);

/* Lines below it, as they are. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void say_more(const char *format, ...);

/* From now on say_error() only remembers what it is told: whoever asked hears it on standard output. */
void say_nothing(bool nothing);

/* "SUBJECT: reason" of the first error since the start, "" for none. */
const char *say_first(void);

#endif
