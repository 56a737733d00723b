#include "term/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "term/column_marks.h"
#include "term/output_flow.h"
#include "term/terminal_way.h"
#include "os/signals.h"

#define CANCEL '\030' /* ends an escape sequence of which the rest was dropped */
#define QUIET  20     /* milliseconds that an answer on its way is waited for at the end */
#define LAST   256

static struct {
	FILE *stream; /* ncurses' own: the terminal at first, memory later; NULL: not open */
	int way;      /* non-blocking */
	bool shared;  /* the way is everybody's: it is non-blocking for moments only */
	bool diverted;
	char *bytes; /* that have not been taken: from `at` up to `size` */
	size_t at, size, capacity;
	char last[LAST]; /* what restores it */
	size_t last_size;
	bool given_back; /* it has been restored, until our modes are taken again */
	struct flow flow;
	bool asks; /* it understands the question */
	bool has_modes;
	struct termios theirs, ours;

	uv_poll_t *poll; /* NULL: not watched */
	bool waits;      /* it is active */
	void (*taken)(void *payload);
	void *payload;
} terminal;

/* ---- modes ---- */

static void
set_modes(const struct termios *modes)
{
	if (terminal.has_modes)
		while (tcsetattr(terminal.way, TCSANOW, modes) && errno == EINTR)
			continue;
}

void
os_terminal_leave_modes(void)
{
	set_modes(&terminal.theirs);
	terminal.given_back = true;
}

void
os_terminal_take_modes(void)
{
	terminal.given_back = false;
	set_modes(&terminal.ours);
}

/* Called when there is no time for anything else: nothing but system calls. */
static void
speak_last_words(void)
{
	ssize_t written;
	int flags;

	if (!terminal.diverted || terminal.given_back)
		return;
	flags = fcntl(terminal.way, F_GETFL);
	fcntl(terminal.way, F_SETFL, flags | O_NONBLOCK);
	written = write(terminal.way, terminal.last, terminal.last_size);
	(void)written; /* it takes nothing: so be it */
	if (terminal.shared)
		fcntl(terminal.way, F_SETFL, flags);
	set_modes(&terminal.theirs);
}

void
os_terminal_last_words(const char *bytes, size_t size)
{
	static bool told;

	terminal.last[0] = CANCEL;
	terminal.last_size = size < LAST ? size + 1 : 1;
	memcpy(terminal.last + 1, bytes, terminal.last_size - 1);
	if (!told)
		os_before_end(speak_last_words);
	told = true;
}

/* ---- opening ---- */

FILE *
os_terminal_open(void)
{
	int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);

	terminal.way = terminal_way_open(&terminal.shared);
	terminal.stream = own < 0 ? NULL : fdopen(own, "w");
	if (terminal.way < 0 || !terminal.stream) {
		os_terminal_close();
		return NULL;
	}
	terminal.has_modes = tcgetattr(terminal.way, &terminal.theirs) == 0;
	if (terminal.has_modes)
		terminal.flow.line = terminal_way_speed(&terminal.theirs);
	return terminal.stream;
}

bool
os_terminal_divert(void)
{
	int memory = terminal_memory_open(), number = fileno(terminal.stream);

	if (memory < 0)
		return false;
	terminal.has_modes = terminal.has_modes && tcgetattr(terminal.way, &terminal.ours) == 0;
	terminal.diverted = dup2(memory, number) == number;
	fcntl(number, F_SETFD, FD_CLOEXEC);
	close(memory);
	return terminal.diverted;
}

/* ---- bytes ---- */

static bool
has_room(size_t more)
{
	size_t capacity = terminal.size + more;
	char *bytes;

	if (capacity <= terminal.capacity)
		return true;
	bytes = realloc(terminal.bytes, capacity);
	if (!bytes)
		return false;
	terminal.bytes = bytes;
	terminal.capacity = capacity;
	return true;
}

/* What has been written joins what is to be sent. */
static void
gather(void)
{
	int memory = fileno(terminal.stream);
	off_t size = terminal.diverted ? lseek(memory, 0, SEEK_CUR) : 0;
	size_t before = terminal.size;
	ssize_t got;

	if (size <= 0)
		return;
	for (off_t from = 0; from < size && has_room((size_t)(size - from)); from += got) {
		got = pread(memory, terminal.bytes + terminal.size, (size_t)(size - from), from);
		if (got <= 0)
			break;
		terminal.size += (size_t)got;
	}
	if (has_room(marks_grow(terminal.bytes + before, terminal.size - before)))
		terminal.size = before + marks_write_out(terminal.bytes + before, terminal.size - before);
	lseek(memory, 0, SEEK_SET);
	if (ftruncate(memory, 0) < 0) /* it will be written over, then */
		return;
}

static ssize_t
write_some(void)
{
	int flags = terminal.shared ? fcntl(terminal.way, F_GETFL) : -1;
	ssize_t written;

	if (flags >= 0)
		fcntl(terminal.way, F_SETFL, flags | O_NONBLOCK);
	do {
		written = write(terminal.way, terminal.bytes + terminal.at, terminal.size - terminal.at);
	} while (written < 0 && errno == EINTR);
	if (flags >= 0)
		fcntl(terminal.way, F_SETFL, flags);
	return written;
}

/* As much as the terminal takes. One that is gone takes everything: that it is gone, the keyboard tells. */
static void
push(void)
{
	while (terminal.at < terminal.size) {
		ssize_t written = write_some();

		if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (written <= 0)
			break;
		terminal.at += (size_t)written;
	}
	terminal.at = terminal.size = 0;
}

static bool
is_pending(void)
{
	return terminal.at < terminal.size;
}

static void
may_write(uv_poll_t *poll, int status, int events)
{
	(void)events;
	if (status < 0)
		terminal.at = terminal.size = 0;
	else
		push();
	if (is_pending())
		return;
	uv_poll_stop(poll);
	terminal.waits = false;
	terminal.taken(terminal.payload);
}

static uint64_t
now(void)
{
	return uv_hrtime() / 1000000;
}

bool
os_terminal_busy(void)
{
	return is_pending() || flow_full(&terminal.flow, now());
}

static void
ask(void)
{
	const size_t size = sizeof(FLOW_QUESTION) - 1;

	if (!terminal.asks || !has_room(size))
		return;
	memcpy(terminal.bytes + terminal.size, FLOW_QUESTION, size);
	terminal.size += size;
	flow_asked(&terminal.flow, now());
}

void
os_terminal_can_answer(void)
{
	terminal.asks = true;
}

void
os_terminal_answered(void)
{
	flow_answered(&terminal.flow);
	if (!os_terminal_busy() && terminal.taken)
		terminal.taken(terminal.payload);
}

void
os_terminal_send(void)
{
	size_t before;

	if (!terminal.stream)
		return;
	if (terminal.flow.asked_at == 0) /* before the first picture, so that the answer need not wait for it */
		ask();
	before = terminal.size;
	gather();
	if (flow_sent(&terminal.flow, terminal.size - before, now()))
		ask();
	push();
	if (!is_pending() || !terminal.poll || terminal.waits)
		return;
	terminal.waits = uv_poll_start(terminal.poll, UV_WRITABLE, may_write) == 0;
}

/* Whoever reads the keyboard next should not get the answer to our question, if it comes soon. */
static void
forget_answer(void)
{
	if (!terminal.flow.asked || !terminal.flow.answers)
		return;
	uv_sleep(QUIET);
	tcflush(terminal.way, TCIFLUSH);
	terminal.flow.asked = false;
}

void
os_terminal_finish(int milliseconds)
{
	struct pollfd way = { .fd = terminal.way, .events = POLLOUT };
	bool cut = is_pending();

	if (!terminal.stream)
		return;
	terminal.at = terminal.size = 0;
	if (cut && has_room(1))
		terminal.bytes[terminal.size++] = CANCEL;
	gather();
	push();
	for (; is_pending() && milliseconds > 0; milliseconds -= 10) {
		if (poll(&way, 1, 10) > 0)
			push();
	}
	terminal.at = terminal.size = 0;
	forget_answer();
}

/* ---- from beginning to end ---- */

static void
poll_closed(uv_handle_t *poll)
{
	free(poll);
}

void
os_terminal_watch(uv_loop_t *loop, void (*taken)(void *payload), void *payload)
{
	int flags = fcntl(terminal.way, F_GETFL);

	terminal.taken = taken;
	terminal.payload = payload;
	terminal.poll = calloc(1, sizeof(*terminal.poll));
	if (terminal.poll && uv_poll_init(loop, terminal.poll, terminal.way) < 0) {
		free(terminal.poll);
		terminal.poll = NULL;
	}
	if (terminal.shared && flags >= 0) /* libuv makes what it watches non-blocking */
		fcntl(terminal.way, F_SETFL, flags);
}

void
os_terminal_unwatch(void)
{
	if (terminal.poll)
		uv_close((uv_handle_t *)terminal.poll, poll_closed);
	terminal.poll = NULL;
	terminal.waits = false;
}

void
os_terminal_close(void)
{
	if (terminal.stream)
		fclose(terminal.stream);
	if (terminal.way > 0)
		close(terminal.way);
	free(terminal.bytes);
	memset(&terminal, 0, sizeof(terminal));
}
