/* A console is written to at once: nothing of this is needed. Compiled for Windows only. */
#include "term/terminal.h"

FILE *
os_terminal_open(void)
{
	return stdout;
}

bool
os_terminal_divert(void)
{
	return true;
}

void
os_terminal_watch(uv_loop_t *loop, void (*taken)(void *payload), void *payload)
{
	(void)loop, (void)taken, (void)payload;
}

void
os_terminal_send(void)
{
}

bool
os_terminal_busy(void)
{
	return false;
}

void
os_terminal_can_answer(void)
{
}

void
os_terminal_answered(void)
{
}

void
os_terminal_finish(int milliseconds)
{
	(void)milliseconds;
}

void
os_terminal_last_words(const char *bytes, size_t size)
{
	(void)bytes, (void)size;
}

void
os_terminal_leave_modes(void)
{
}

void
os_terminal_take_modes(void)
{
}

void
os_terminal_unwatch(void)
{
}

void
os_terminal_close(void)
{
}
