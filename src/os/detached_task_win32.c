/*
 * Errands as threads: here a process ends with its threads, whatever they wait
 * for. Compiled for Windows only.
 */
#include "os/detached_task.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* Freed by whoever leaves last. */
struct errand {
	void (*work)(void *bag);
	void  *bag;
	HANDLE thread;
	LONG   left;  /* of the two, how many */
};

static void
leave(struct errand *errand)
{
	if (InterlockedIncrement(&errand->left) < 2)
		return;
	free(errand->bag);
	free(errand);
}

static DWORD WINAPI
go(void *payload)
{
	struct errand *errand = payload;

	errand->work(errand->bag);
	leave(errand);
	return 0;
}

struct errand *
errand_send(void (*work)(void *bag), const void *bag, size_t filled, size_t size)
{
	struct errand *errand = calloc(1, sizeof(*errand));

	if (!errand)
		return NULL;
	errand->work = work;
	errand->bag = calloc(1, size);
	if (!errand->bag)
		goto no_bag;
	memcpy(errand->bag, bag, filled);
	errand->thread = CreateThread(NULL, 0, go, errand, 0, NULL);
	if (!errand->thread)
		goto no_thread;
	return errand;

no_thread:
	free(errand->bag);
no_bag:
	free(errand);
	return NULL;
}

bool
errand_has_copy(void)
{
	return false;
}

enum errand_state
errand_state(struct errand *errand)
{
	return WaitForSingleObject(errand->thread, 0) == WAIT_OBJECT_0 ? ERRAND_BACK : ERRAND_OUT;
}

void *
errand_bag(struct errand *errand)
{
	return errand->bag;
}

void
errand_forget(struct errand *errand)
{
	if (!errand)
		return;
	CloseHandle(errand->thread);
	leave(errand);
}
