#ifndef CMTOP_COUNT_OF_H
#define CMTOP_COUNT_OF_H

/* Elements of an array, which is no pointer. */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
