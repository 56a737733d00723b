/*
 * Words to the user beside the program's output: one line on standard error,
 * "cmtop: SUBJECT: reason".
 */
#ifndef LIVE_SAY_H
#define LIVE_SAY_H

/* `subject` is a path or an option, cleaned before it is shown; NULL: none. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void say_error(const char *subject, const char *format, ...);

#endif
