#include "ahead.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define PAGE   4096
#define PIECES 2

struct ahead {
	uv_file file;
	uv_thread_t thread;
	uv_sem_t free, full;       /* pieces to be filled, and to be taken */
	char    *piece[PIECES], *memory[PIECES];
	ssize_t  size[PIECES];
	unsigned taken;            /* pieces handed out */
	bool     ended;            /* the thread has said that there is no more */
	bool     stop;             /* written before `free` is posted, read after it was waited for */
};

char *
piece_new(char **memory)
{
	*memory = malloc(PIECE + PAGE);
	return *memory ? *memory + PAGE - (uintptr_t)*memory % PAGE : NULL;
}

ssize_t
piece_read(uv_file file, char *piece)
{
	uv_buf_t buffer = uv_buf_init(piece, PIECE);
	uv_fs_t request;
	ssize_t size;

	for (;;) {
		size = uv_fs_read(NULL, &request, file, &buffer, 1, -1, NULL);
		uv_fs_req_cleanup(&request);
		if (size != UV_EAGAIN)
			return size;
		uv_sleep(5);  /* somebody has left our standard input non-blocking */
	}
}

static void
fetch(void *payload)
{
	struct ahead *ahead = payload;

	for (unsigned i = 0;; i = (i + 1) % PIECES) {
		uv_sem_wait(&ahead->free);
		if (ahead->stop)
			return;
		ahead->size[i] = piece_read(ahead->file, ahead->piece[i]);
		uv_sem_post(&ahead->full);
		if (ahead->size[i] <= 0)
			return;
	}
}

static void
free_pieces(struct ahead *ahead)
{
	for (int i = 0; i < PIECES; i++)
		free(ahead->memory[i]);
	free(ahead);
}

struct ahead *
ahead_new(uv_file file)
{
	struct ahead *ahead = calloc(1, sizeof(*ahead));

	if (!ahead)
		return NULL;
	ahead->file = file;
	for (int i = 0; i < PIECES; i++)
		if (!(ahead->piece[i] = piece_new(&ahead->memory[i])))
			goto no_pieces;
	if (uv_sem_init(&ahead->free, PIECES))
		goto no_pieces;
	if (uv_sem_init(&ahead->full, 0))
		goto no_full;
	if (uv_thread_create(&ahead->thread, fetch, ahead))
		goto no_thread;
	return ahead;

no_thread:
	uv_sem_destroy(&ahead->full);
no_full:
	uv_sem_destroy(&ahead->free);
no_pieces:
	free_pieces(ahead);
	return NULL;
}

ssize_t
ahead_next(struct ahead *ahead, const char **bytes)
{
	unsigned i = ahead->taken % PIECES;

	if (ahead->taken++ > 0)
		uv_sem_post(&ahead->free);  /* the one lent before is given back */
	uv_sem_wait(&ahead->full);
	ahead->ended = ahead->size[i] <= 0;
	*bytes = ahead->piece[i];
	return ahead->size[i];
}

void
ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	if (!ahead->ended) {
		ahead->stop = true;
		uv_sem_post(&ahead->free);
	}
	uv_thread_join(&ahead->thread);
	uv_sem_destroy(&ahead->full);
	uv_sem_destroy(&ahead->free);
	free_pieces(ahead);
}
