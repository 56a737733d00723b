/*
 * Errands as processes, for the reason that workers are: a thread that hangs in a
 * file system would keep the whole process from its end. Here one word comes
 * back, that the process is gone, so nothing more than its end is awaited.
 */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE  /* MAP_ANONYMOUS */
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
	_Alignas(max_align_t) char bag[];
};

struct errand {
	struct shared *shared;
	size_t size;
	pid_t  process;
	bool   gone;
};

struct errand *
errand_send(void (*work)(void *bag), const void *bag, size_t filled, size_t size)
{
	struct errand *errand = calloc(1, sizeof(*errand));

	if (!errand)
		return NULL;
	errand->size = sizeof(*errand->shared) + size;
	errand->shared = mmap(NULL, errand->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (errand->shared == MAP_FAILED)
		goto no_memory;
	memcpy(errand->shared->bag, bag, filled);
	errand->process = fork();
	if (errand->process == 0) {
		os_leave_home(-1);
		work(errand->shared->bag);
		errand->shared->done = true;
		_exit(0);
	}
	if (errand->process < 0)
		goto no_process;
	return errand;

no_process:
	munmap(errand->shared, errand->size);
no_memory:
	free(errand);
	return NULL;
}

bool
errand_has_copy(void)
{
	return true;
}

enum errand_state
errand_state(struct errand *errand)
{
	/* Where children that end are reaped unasked, it is an error to ask for one that has. */
	if (!errand->gone)
		errand->gone = waitpid(errand->process, NULL, WNOHANG) != 0;
	return !errand->gone ? ERRAND_OUT : errand->shared->done ? ERRAND_BACK : ERRAND_LOST;
}

void *
errand_bag(struct errand *errand)
{
	return errand->shared->bag;
}

void
errand_forget(struct errand *errand)
{
	if (!errand)
		return;
	munmap(errand->shared, errand->size);
	free(errand);
}
