#include "bench/vt.h"

#include <ctype.h>
#include <string.h>

enum { PLAIN, ESCAPE, SEQUENCE, SKIP_ONE, STRING };

static void
blank(struct vt *vt, int y, int from, int to)
{
	if (y >= 0 && y < VT_HEIGHT && from < to)
		memset(vt->cell[y] + from, ' ', (size_t)(to - from));
}

void
vt_reset(struct vt *vt)
{
	int y;

	memset(vt, 0, sizeof *vt);
	vt->bottom = VT_HEIGHT - 1;
	for (y = 0; y < VT_HEIGHT; y++)
		blank(vt, y, 0, VT_WIDTH);
}

static int
within(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

/* Lines from `top` to the bottom of the region move up, or down for a negative count. */
static void
scroll(struct vt *vt, int top, int count)
{
	for (; count > 0; count--) {
		memmove(vt->cell[top], vt->cell[top + 1], sizeof vt->cell[0] * (size_t)(vt->bottom - top));
		blank(vt, vt->bottom, 0, VT_WIDTH);
	}
	for (; count < 0; count++) {
		memmove(vt->cell[top + 1], vt->cell[top], sizeof vt->cell[0] * (size_t)(vt->bottom - top));
		blank(vt, top, 0, VT_WIDTH);
	}
}

static void
line_feed(struct vt *vt)
{
	if (vt->y == vt->bottom)
		scroll(vt, vt->top, 1);
	else if (vt->y < VT_HEIGHT - 1)
		vt->y++;
}

static void
put(struct vt *vt, char c)
{
	if (vt->x >= VT_WIDTH) {
		vt->x = 0;
		line_feed(vt);
	}
	vt->cell[vt->y][vt->x++] = c;
	vt->last = c;
}

static void
erase_display(struct vt *vt, int what)
{
	int y;

	for (y = 0; y < VT_HEIGHT; y++)
		if (what >= 2 || (what == 0 && y > vt->y) || (what == 1 && y < vt->y))
			blank(vt, y, 0, VT_WIDTH);
	if (what == 0)
		blank(vt, vt->y, vt->x, VT_WIDTH);
}

static void
shift(struct vt *vt, int count)
{
	char *row = vt->cell[vt->y];
	int x = within(vt->x, 0, VT_WIDTH - 1);
	int n = within(count < 0 ? -count : count, 0, VT_WIDTH - x);

	if (count > 0) {
		memmove(row + x + n, row + x, (size_t)(VT_WIDTH - x - n));
		blank(vt, vt->y, x, x + n);
	} else {
		memmove(row + x, row + x + n, (size_t)(VT_WIDTH - x - n));
		blank(vt, vt->y, VT_WIDTH - n, VT_WIDTH);
	}
}

static void
sequence(struct vt *vt, char final)
{
	int first = vt->number[0], n = first > 0 ? first : 1, i;

	vt->x = within(vt->x, 0, VT_WIDTH - 1);
	switch (final) {
	case 'A': vt->y = within(vt->y - n, 0, VT_HEIGHT - 1); break;
	case 'B': vt->y = within(vt->y + n, 0, VT_HEIGHT - 1); break;
	case 'C': vt->x = within(vt->x + n, 0, VT_WIDTH - 1); break;
	case 'D': vt->x = within(vt->x - n, 0, VT_WIDTH - 1); break;
	case 'G': vt->x = within(n - 1, 0, VT_WIDTH - 1); break;
	case 'd': vt->y = within(n - 1, 0, VT_HEIGHT - 1); break;
	case 'H':
	case 'f':
		vt->y = within(n - 1, 0, VT_HEIGHT - 1);
		vt->x = within(vt->number[1] - 1, 0, VT_WIDTH - 1);
		break;
	case 'J': erase_display(vt, first); break;
	case 'K': blank(vt, vt->y, first == 0 ? vt->x : 0, first == 1 ? vt->x + 1 : VT_WIDTH); break;
	case 'X': blank(vt, vt->y, vt->x, within(vt->x + n, 0, VT_WIDTH)); break;
	case '@': shift(vt, n); break;
	case 'P': shift(vt, -n); break;
	case 'L': scroll(vt, vt->y, -n); break;
	case 'M': scroll(vt, vt->y, n); break;
	case 'S': scroll(vt, vt->top, n); break;
	case 'T': scroll(vt, vt->top, -n); break;
	case 'b':
		for (i = 0; i < n; i++)
			put(vt, vt->last);
		break;
	case 'r':
		vt->top = within(n - 1, 0, VT_HEIGHT - 1);
		vt->bottom = vt->number[1] > 0 ? within(vt->number[1] - 1, vt->top, VT_HEIGHT - 1) : VT_HEIGHT - 1;
		vt->x = vt->y = 0;
		break;
	default: break;
	}
}

static void
plain(struct vt *vt, unsigned char c)
{
	if (c == 0x1b)
		vt->state = ESCAPE;
	else if (c == '\r')
		vt->x = 0;
	else if (c == '\n')
		line_feed(vt);
	else if (c == '\b')
		vt->x = within(vt->x - 1, 0, VT_WIDTH - 1);
	else if (c >= 0xc0)
		put(vt, '?');
	else if (c >= ' ' && c < 0x7f)
		put(vt, (char)c);
}

static void
escape(struct vt *vt, char c)
{
	vt->state = PLAIN;
	if (c == '[') {
		vt->state = SEQUENCE;
		vt->count = 0;
		memset(vt->number, 0, sizeof vt->number);
	} else if (c == ']' || c == 'P') {
		vt->state = STRING;
	} else if (c == '(' || c == ')') {
		vt->state = SKIP_ONE;
	} else if (c == 'M') {
		if (vt->y == vt->top)
			scroll(vt, vt->top, -1);
		else
			vt->y--;
	}
}

static void
in_sequence(struct vt *vt, char c)
{
	if (isdigit((unsigned char)c) && vt->number[vt->count] < 10000) {
		vt->number[vt->count] = vt->number[vt->count] * 10 + (c - '0');
	} else if (c == ';') {
		vt->count += vt->count < 7;
	} else if (c >= '@' && c <= '~') {
		sequence(vt, c);
		vt->state = PLAIN;
	}
}

void
vt_write(struct vt *vt, const char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		switch (vt->state) {
		case ESCAPE: escape(vt, bytes[i]); break;
		case SEQUENCE: in_sequence(vt, bytes[i]); break;
		case SKIP_ONE: vt->state = PLAIN; break;
		case STRING:
			if (bytes[i] == '\a')
				vt->state = PLAIN;
			else if (bytes[i] == 0x1b)
				vt->state = SKIP_ONE;
			break;
		default: plain(vt, (unsigned char)bytes[i]); break;
		}
	}
}

bool
vt_shows(const struct vt *vt, const char *text)
{
	size_t size = strlen(text), i;
	int x, y;

	for (y = 0; y < VT_HEIGHT; y++) {
		for (x = 0; x + (int)size <= VT_WIDTH; x++) {
			for (i = 0; i < size; i++)
				if (tolower((unsigned char)vt->cell[y][x + (int)i]) != tolower((unsigned char)text[i]))
					break;
			if (i == size)
				return true;
		}
	}
	return false;
}
