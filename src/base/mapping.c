#include "cmtop/mapping.h"

#include <string.h>

static bool
is_slash(char c)
{
	return c == '\\' || c == '/';
}

/* Moves the path past its next part and the slashes before it. False: there is none. */
static bool
take_part(struct span *path, struct span *out)
{
	while (path->size > 0 && is_slash(*path->at))
		*path = span_from(*path, 1);
	*out = span_part(*path, 0, 0);
	while (out->size < path->size && !is_slash(out->at[out->size]))
		out->size++;
	*path = span_from(*path, out->size);
	return out->size > 0;
}

/* "\\server\share" is another place than "\server\share", and than "server\share". */
static unsigned
slashes(struct span path)
{
	return path.size == 0 || !is_slash(path.at[0]) ? 0 : path.size == 1 || !is_slash(path.at[1]) ? 1 : 2;
}

/* ---- what the user says ---- */

/* "E:", "E:\SMSPKG", "\\server\share"; no log says "E:SMSPKG", which is what a shell makes of an unquoted one. */
static bool
is_full_path(struct span from)
{
	bool drive = from.size >= 2 && to_lower(from.at[0]) >= 'a' && to_lower(from.at[0]) <= 'z' && from.at[1] == ':';

	return slashes(from) > 0 || (drive && (from.size == 2 || is_slash(from.at[2])));
}

const char *
mappings_add(struct mappings *mappings, const char *text)
{
	struct span all = span_of(text);
	size_t equals = span_find(all, SPAN("="));
	struct mapping row = { span_part(all, 0, equals), span_from(all, equals + 1) };

	if (row.from.size == 0 || row.to.size == 0)
		return "must be FROM=TO, as 'E:\\SMSPKG=/mnt/smspkg'";
	if (!is_full_path(row.from))
		return "FROM must be a whole path, as 'E:\\SMSPKG' (quotes keep the backslash)";
	if (mappings->count == MAPPINGS_MOST)
		return "is one too many";
	mappings->row[mappings->count++] = row;
	return NULL;
}

/* ---- what a log says ---- */

/* How many parts FROM has, and what of the path comes after them; -1: it does not fit. */
static int
fit(struct span from, struct span path, struct span *rest)
{
	struct span wanted, part;
	int parts = 0;

	if (slashes(from) != slashes(path))
		return -1;
	for (; take_part(&from, &wanted); parts++)
		if (!take_part(&path, &part) || !span_is_nocase(wanted, part))
			return -1;
	*rest = path;
	return parts;
}

/*
 * A name that leads nowhere else: not "..", nor what Windows takes for it, such
 * as ".. "; no drive, no second stream of a file; nothing that ends a path early.
 */
static bool
is_name(struct span part)
{
	bool more = false;

	for (size_t i = 0; i < part.size; i++) {
		if ((unsigned char)part.at[i] < ' ' || part.at[i] == ':')
			return false;
		more |= part.at[i] != '.' && part.at[i] != ' ';
	}
	return more;
}

static bool
put(char *out, size_t size, size_t *used, struct span text)
{
	if (text.size >= size - *used)
		return false;
	memcpy(out + *used, text.at, text.size);
	*used += text.size;
	out[*used] = '\0';
	return true;
}

static size_t
join(struct span to, struct span rest, char *out, size_t size)
{
	size_t used = 0, below;
	struct span part;

	if (size == 0 || !put(out, size, &used, to))
		return 0;
	if (out[used - 1] != '/' && !put(out, size, &used, SPAN("/")))
		return 0;
	below = used;
	while (take_part(&rest, &part))
		if (!is_name(part) || (used > below && !put(out, size, &used, SPAN("/")))
		    || !put(out, size, &used, part))
			return 0;
	return used > below ? below : 0;
}

size_t
mappings_find(const struct mappings *mappings, struct span path, char *out, size_t size)
{
	struct span to = { 0, 0 }, rest = { 0, 0 };
	int longest = -1;

	for (size_t i = 0; i < mappings->count; i++) {
		struct span after;
		int parts = fit(mappings->row[i].from, path, &after);

		if (parts < 0 || parts < longest)
			continue;
		longest = parts;
		to = mappings->row[i].to;
		rest = after;
	}
	return longest < 0 ? 0 : join(to, rest, out, size);
}
