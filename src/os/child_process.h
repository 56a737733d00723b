/* What every process of ours begins with that works beside us; there are none on Windows. */
#ifndef LIVE_OS_CHILD_H
#define LIVE_OS_CHILD_H

/* Nothing of what we were is kept but the descriptor `keep`; -1: none. */
void os_leave_home(int keep);

#endif
