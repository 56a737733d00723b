/*
 * Workers as processes. Questions and answers lie in memory that both share, and
 * a byte through a socket says that there is one.
 *
 * Windows has no fork() and needs none: there a process ends with its threads,
 * whatever they wait for, so a worker would be a thread.
 */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#endif

#include "os/worker.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmtop/count_of.h"
#include "os/child_process.h"

#define FILES_MOST 4096 /* descriptors that may be open when a worker is started, */
#define FILES_GAP  256  /* and so many in a row that are not mean that there are no more */

/* The line to one process. */
struct line {
	uv_poll_t poll;
	int socket;
	pid_t process;
	void *mailbox; /* to be cleared with it, NULL: not yet */
	size_t mailbox_size;
};

struct worker {
	uv_loop_t *loop;
	const struct worker_kind *kind;
	char *path;
	void *mailbox;     /* at the same address in both processes */
	struct line *line; /* NULL: the process has died, and none was started since */
	bool asked;

	void (*answered)(void *payload);
	void *payload;
};

/* ---- in the worker's process ---- */

/*
 * Nothing of what we were is kept: not the terminal, which could not be hung up
 * as long as somebody has it open, nor its signals, nor the lines to other
 * workers, which would not end as long as both ends are known to us.
 */
void
os_detach_process(int keep)
{
	static const int signals[] = { SIGHUP,   SIGINT,  SIGQUIT, SIGTERM, SIGPIPE, SIGCHLD,
		                       SIGWINCH, SIGTSTP, SIGCONT, SIGUSR1, SIGUSR2 };
	int nowhere = open("/dev/null", O_RDWR);
	sigset_t none;

	setsid();
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		signal(signals[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int file = 0; file < 3; file++)
		if (nowhere >= 0)
			dup2(nowhere, file);
	for (int file = 3, gap = 0; file < FILES_MOST && gap < FILES_GAP; file++)
		if (file != keep)
			gap = close(file) == 0 ? 0 : gap + 1;
}

static void
work(struct worker *worker, int socket)
{
	void *state;
	char word;

	os_detach_process(socket);
	state = worker->kind->begin(worker->path, worker->mailbox);
	while (state) {
		ssize_t size = read(socket, &word, 1);

		if (size < 0 && errno == EINTR)
			continue;
		if (size <= 0)
			break;
		worker->kind->work(state, worker->mailbox);
		if (write(socket, &word, 1) != 1)
			break;
	}
	_exit(0);
}

/* All that is asked of a path in the beginning. */
static void
look_once(const char *path)
{
	struct stat status;
	DIR *folder;

	if (stat(path, &status) < 0 || access(path, R_OK) < 0 || !S_ISDIR(status.st_mode))
		return;
	folder = opendir(path);
	while (folder && readdir(folder))
		continue;
}

/* ---- in ours ---- */

static int
start_process(struct worker *worker, struct line *line, int socket)
{
	line->process = fork();
	if (line->process == 0)
		work(worker, socket);
	return line->process < 0 ? uv_translate_sys_error(errno) : 0;
}

#define UNREAPED_MOST 64

/* Workers that have no more to do and end soon, unless they hang or have been stopped: nobody waits for them. */
static pid_t unreaped[UNREAPED_MOST];
static int unreaped_count;

static void
reap(void)
{
	int left = 0;

	for (int i = 0; i < unreaped_count; i++)
		if (waitpid(unreaped[i], NULL, WNOHANG) == 0)
			unreaped[left++] = unreaped[i];
	unreaped_count = left;
}

static void
reap_later(pid_t process)
{
	reap();
	if (unreaped_count < UNREAPED_MOST)
		unreaped[unreaped_count++] = process;
}

static void
unmap_mailbox(void *mailbox, size_t size)
{
	if (mailbox)
		munmap(mailbox, size);
}

static void
free_line(uv_handle_t *handle)
{
	struct line *line = handle->data;

	unmap_mailbox(line->mailbox, line->mailbox_size);
	free(line);
}

static void
close_line(struct worker *worker)
{
	struct line *line = worker->line;

	worker->line = NULL;
	uv_poll_stop(&line->poll);
	close(line->socket); /* the worker's end of work */
	reap_later(line->process);
	line->poll.data = line;
	uv_close((uv_handle_t *)&line->poll, free_line);
}

static void
line_ready(uv_poll_t *poll, int status, int events)
{
	struct worker *worker = poll->data;
	bool asked;
	char word;

	(void)events;
	if (status == 0 && recv(worker->line->socket, &word, 1, MSG_DONTWAIT) == 1) {
		worker->asked = false;
		worker->answered(worker->payload);
		return;
	}
	if (status == 0 && (errno == EAGAIN || errno == EINTR))
		return;
	/* It was killed. Another one is started when there is something to ask. */
	asked = worker->asked;
	worker->asked = false;
	close_line(worker);
	if (!asked)
		return;
	worker->kind->died(worker->mailbox, UV_ECONNRESET);
	worker->answered(worker->payload);
}

static int
open_line(struct worker *worker)
{
	struct line *line = calloc(1, sizeof(*line));
	int sockets[2], result;

	if (!line)
		return UV_ENOMEM;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) < 0) {
		free(line);
		return uv_translate_sys_error(errno);
	}
	line->socket = sockets[0];
	result = start_process(worker, line, sockets[1]);
	close(sockets[1]);
	if (result == 0)
		result = uv_poll_init(worker->loop, &line->poll, line->socket);
	if (result < 0) {
		close(line->socket);
		free(line);
		return result;
	}
	fcntl(line->socket, F_SETFD, FD_CLOEXEC);
	line->poll.data = worker;
	uv_poll_start(&line->poll, UV_READABLE, line_ready);
	worker->line = line;
	return 0;
}

int
worker_open(struct worker **out, uv_loop_t *loop, const struct worker_kind *kind, const char *path,
            void (*answered)(void *payload), void *payload)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	size_t size = strlen(path) + 1;
	int result = UV_ENOMEM;

	if (!worker)
		return result;
	worker->loop = loop;
	worker->kind = kind;
	worker->answered = answered;
	worker->payload = payload;
	worker->path = malloc(size);
	if (!worker->path)
		goto no_path;
	memcpy(worker->path, path, size);
	worker->mailbox = mmap(NULL, kind->mailbox, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (worker->mailbox == MAP_FAILED)
		goto no_mailbox;
	result = open_line(worker);
	if (result < 0)
		goto no_process;
	*out = worker;
	return 0;

no_process:
	unmap_mailbox(worker->mailbox, worker->kind->mailbox);
no_mailbox:
	free(worker->path);
no_path:
	free(worker);
	return result;
}

void *
worker_mailbox(struct worker *worker)
{
	return worker->mailbox;
}

int
worker_ask(struct worker *worker)
{
	char word = '?';
	int result = worker->line ? 0 : open_line(worker);

	if (result < 0)
		return result;
	if (unreaped_count > 0)
		reap();
	worker->asked = true;
	/* Should this fail, the poll notices. */
	send(worker->line->socket, &word, 1, MSG_NOSIGNAL);
	return 0;
}

void
worker_close(struct worker *worker)
{
	if (worker->line) {
		worker->line->mailbox = worker->mailbox;
		worker->line->mailbox_size = worker->kind->mailbox;
		close_line(worker);
	} else {
		unmap_mailbox(worker->mailbox, worker->kind->mailbox);
	}
	free(worker->path);
	free(worker);
}

bool
worker_answers(const char *path, int milliseconds)
{
	struct pollfd end = { .events = POLLIN };
	int ends[2];
	pid_t process;
	bool answered;

	if (pipe(ends) < 0)
		return true;
	process = fork();
	if (process == 0) {
		os_detach_process(ends[1]);
		look_once(path);
		_exit(0);
	}
	close(ends[1]);
	end.fd = ends[0];
	answered = process < 0 || poll(&end, 1, milliseconds) != 0;
	close(ends[0]);
	if (process > 0 && answered)
		waitpid(process, NULL, 0);
	return answered;
}
