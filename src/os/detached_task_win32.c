/*
 * Detached tasks as threads: here a process ends with its threads, whatever they wait
 * for. Compiled for Windows only.
 */
#include "os/detached_task.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* Freed by whoever leaves last. */
struct detached_task {
	void (*work)(void *payload);
	void *payload;
	HANDLE thread;
	LONG left; /* of the two, how many */
};

static void
leave(struct detached_task *detached_task)
{
	if (InterlockedIncrement(&detached_task->left) < 2)
		return;
	free(detached_task->payload);
	free(detached_task);
}

static DWORD WINAPI
go(void *payload)
{
	struct detached_task *detached_task = payload;

	detached_task->work(detached_task->payload);
	leave(detached_task);
	return 0;
}

struct detached_task *
detached_task_start(void (*work)(void *payload), const void *payload, size_t filled, size_t size)
{
	struct detached_task *detached_task = calloc(1, sizeof(*detached_task));

	if (!detached_task)
		return NULL;
	detached_task->work = work;
	detached_task->payload = calloc(1, size);
	if (!detached_task->payload)
		goto no_payload;
	memcpy(detached_task->payload, payload, filled);
	detached_task->thread = CreateThread(NULL, 0, go, detached_task, 0, NULL);
	if (!detached_task->thread)
		goto no_thread;
	return detached_task;

no_thread:
	free(detached_task->payload);
no_payload:
	free(detached_task);
	return NULL;
}

bool
detached_task_has_copy(void)
{
	return false;
}

enum detached_task_state
detached_task_state(struct detached_task *detached_task)
{
	return WaitForSingleObject(detached_task->thread, 0) == WAIT_OBJECT_0 ? TASK_DONE : TASK_RUNNING;
}

void *
detached_task_payload(struct detached_task *detached_task)
{
	return detached_task->payload;
}

void
detached_task_forget(struct detached_task *detached_task)
{
	if (!detached_task)
		return;
	CloseHandle(detached_task->thread);
	leave(detached_task);
}
