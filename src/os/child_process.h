/* What every process of ours begins with that works beside us; there are none on Windows. */
#ifndef OS_CHILD_PROCESS_H
#define OS_CHILD_PROCESS_H

/* Nothing of what we were is kept but the descriptor `keep`; -1: none. */
void os_detach_process(int keep);

#endif
