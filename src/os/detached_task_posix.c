/*
 * Detached tasks as processes, for the reason that workers are: a thread that hangs in a
 * file system would keep the whole process from its end. Here one word comes
 * back, that the process is gone, so nothing more than its end is awaited.
 */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#endif

#include "os/detached_task.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/child_process.h"

/* What both see, at the same address. */
struct shared {
	bool done;
	_Alignas(max_align_t) char payload[];
};

struct detached_task {
	struct shared *shared;
	size_t size;
	pid_t process;
	bool gone;
};

struct detached_task *
detached_task_start(void (*work)(void *payload), const void *payload, size_t filled, size_t size)
{
	struct detached_task *detached_task = calloc(1, sizeof(*detached_task));

	if (!detached_task)
		return NULL;
	detached_task->size = sizeof(*detached_task->shared) + size;
	detached_task->shared =
		mmap(NULL, detached_task->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (detached_task->shared == MAP_FAILED)
		goto no_memory;
	memcpy(detached_task->shared->payload, payload, filled);
	detached_task->process = fork();
	if (detached_task->process == 0) {
		os_detach_process(-1);
		work(detached_task->shared->payload);
		detached_task->shared->done = true;
		_exit(0);
	}
	if (detached_task->process < 0)
		goto no_process;
	return detached_task;

no_process:
	munmap(detached_task->shared, detached_task->size);
no_memory:
	free(detached_task);
	return NULL;
}

bool
detached_task_has_copy(void)
{
	return true;
}

enum detached_task_state
detached_task_state(struct detached_task *detached_task)
{
	/* Where children that end are reaped unasked, it is an error to ask for one that has. */
	if (!detached_task->gone)
		detached_task->gone = waitpid(detached_task->process, NULL, WNOHANG) != 0;
	return !detached_task->gone ? TASK_RUNNING : detached_task->shared->done ? TASK_DONE : TASK_KILLED;
}

void *
detached_task_payload(struct detached_task *detached_task)
{
	return detached_task->shared->payload;
}

void
detached_task_forget(struct detached_task *detached_task)
{
	if (!detached_task)
		return;
	munmap(detached_task->shared, detached_task->size);
	free(detached_task);
}
