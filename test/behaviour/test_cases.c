/*
 * Folders of logs, each with the values that must be shown: test/cases/README tells of their
 * files. The real program reads them, as a user would have it read them.
 */
#define _XOPEN_SOURCE 700 /* popen() and folders */

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmtop/pattern.h"
#include "cmtop/span.h"
#include "run_suite.h"

#define CASES        "test/cases"
#define CASES_MOST   512
#define COMMAND_MOST 4096

static char *names[CASES_MOST];
static int name_count;

/* ---- a part of a snapshot against the whole ---- */

static void holds(const json_t *wanted, const json_t *got, const char *way);

static const char *
dump(const json_t *value)
{
	static char text[512];
	char *all = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS) : NULL;

	snprintf(text, sizeof(text), "%s", all ? all : "nothing");
	free(all);
	return text;
}

/* "/…/" is a pattern that the text must fit. */
static bool
is_pattern(const char *text)
{
	size_t size = strlen(text);

	return size > 2 && text[0] == '/' && text[size - 1] == '/';
}

static void
holds_pattern(const char *wanted, const json_t *got, const char *way)
{
	struct pattern_error error;
	struct pattern *pattern = pattern_new((struct span){ wanted + 1, strlen(wanted) - 2 }, &error);

	ck_assert_msg(pattern != NULL, "%s: %s is no pattern", way, wanted);
	ck_assert_msg(json_is_string(got) && pattern_try(pattern, span_of(json_string_value(got))) == PATTERN_HIT,
	              "%s: %s does not fit %s", way, dump(got), wanted);
	pattern_free(pattern);
}

static void
holds_object(const json_t *wanted, const json_t *got, const char *way)
{
	const char *name;
	json_t *member;
	char to[512];

	ck_assert_msg(json_is_object(got), "%s: an object is wanted, there is %s", way, dump(got));
	json_object_foreach((json_t *)wanted, name, member)
	{
		snprintf(to, sizeof(to), "%s.%s", way, name);
		holds(member, json_object_get(got, name), to);
	}
}

static bool
fits_object(const json_t *wanted, const json_t *got)
{
	const char *name;
	json_t *member;

	json_object_foreach((json_t *)wanted, name, member)
	{
		const json_t *value = json_object_get(got, name);
		struct pattern_error error;
		struct pattern *pattern;
		bool hit;

		if (!json_is_string(member) || !is_pattern(json_string_value(member))) {
			if (!value || !json_equal(member, (json_t *)value))
				return false;
			continue;
		}
		pattern = pattern_new((struct span){ json_string_value(member) + 1, json_string_length(member) - 2 },
		                      &error);
		hit = pattern && json_is_string(value)
		      && pattern_try(pattern, span_of(json_string_value(value))) == PATTERN_HIT;
		pattern_free(pattern);
		if (!hit)
			return false;
	}
	return true;
}

static size_t
count_fitting(const json_t *wanted, const json_t *list)
{
	size_t i, count = 0;
	json_t *entry;

	json_array_foreach(list, i, entry) count += fits_object(wanted, entry);
	return count;
}

/* A list has exactly these entries; one that begins with "has" or "lacks" has these among others, or none of these. */
static void
holds_list(const json_t *wanted, const json_t *got, const char *way)
{
	const char *word = json_string_value(json_array_get(wanted, 0));
	bool has = word && !strcmp(word, "has"), lacks = word && !strcmp(word, "lacks");
	char to[512], list[512];
	size_t i;
	json_t *entry;

	snprintf(list, sizeof(list), "%s", dump(got));
	ck_assert_msg(json_is_array(got), "%s: a list is wanted, there is %s", way, dump(got));
	if (!has && !lacks)
		ck_assert_msg(json_array_size(wanted) == json_array_size(got),
		              "%s: %zu entries are wanted, there is %s", way, json_array_size(wanted), dump(got));
	json_array_foreach(wanted, i, entry)
	{
		snprintf(to, sizeof(to), "%s[%zu]", way, i);
		if (!has && !lacks)
			holds(entry, json_array_get(got, i), to);
		else if (i > 0)
			ck_assert_msg((count_fitting(entry, got) > 0) == has, "%s: %s %s, there is %s", way,
			              has ? "lacks" : "has", dump(entry), list);
	}
}

static void
holds(const json_t *wanted, const json_t *got, const char *way)
{
	if (json_is_object(wanted)) {
		holds_object(wanted, got, way);
	} else if (json_is_array(wanted)) {
		holds_list(wanted, got, way);
	} else if (json_is_string(wanted) && is_pattern(json_string_value(wanted))) {
		holds_pattern(json_string_value(wanted), got, way);
	} else if (json_is_number(wanted) && json_is_number(got)) {
		ck_assert_msg(json_number_value(wanted) == json_number_value(got), "%s: %g is wanted, there is %g", way,
		              json_number_value(wanted), json_number_value(got));
	} else {
		char text[512];

		snprintf(text, sizeof(text), "%s", dump(wanted));
		ck_assert_msg(got && json_equal(wanted, got), "%s: %s is wanted, there is %s", way, text, dump(got));
	}
}

/* ---- the program ---- */

static char *
run_program(const char *command)
{
	size_t size = 0, room = 1u << 16, got;
	char *text = malloc(room);
	FILE *pipe = popen(command, "r");

	ck_assert_ptr_nonnull(text);
	ck_assert_ptr_nonnull(pipe);
	while ((got = fread(text + size, 1, room - size - 1, pipe)) > 0) {
		size += got;
		if (room - size < 2)
			text = realloc(text, room *= 2);
	}
	text[size] = '\0';
	ck_assert_msg(pclose(pipe) == 0, "failed: %s", command);
	return text;
}

/* The first line of a file of the case; "" where there is none. */
static void
first_line(const char *name, const char *file, char line[1024])
{
	char path[512];
	FILE *in;

	snprintf(path, sizeof(path), CASES "/%s/%s", name, file);
	in = fopen(path, "r");
	line[0] = '\0';
	if (!in)
		return;
	if (!fgets(line, 1024, in))
		line[0] = '\0';
	fclose(in);
	line[strcspn(line, "\n")] = '\0';
}

/* The folder, or those of its files that are named in `files`. */
static void
command_of(const char *name, const char *options, char command[COMMAND_MOST])
{
	const char *program = getenv("CMTOP");
	char args[1024], files[1024], *file = files;
	size_t used;

	first_line(name, "args", args);
	first_line(name, "files", files);
	used = (size_t)snprintf(command, COMMAND_MOST, "LC_ALL=C.UTF-8 '%s' --no-history %s %s",
	                        program ? program : "build/cmtop", options, args);
	do {
		size_t size = strcspn(file, " ");

		used += (size_t)snprintf(command + used, COMMAND_MOST - used, " '" CASES "/%s/%.*s'", name, (int)size,
		                         file);
		file += size + (file[size] == ' ');
	} while (*file);
	snprintf(command + used, COMMAND_MOST - used, " </dev/null");
}

START_TEST(test_case_has_its_values)
{
	const char *name = names[_i];
	char path[512], command[COMMAND_MOST], *text;
	json_error_t error;
	json_t *wanted, *got;

	snprintf(path, sizeof(path), CASES "/%s/expect.json", name);
	wanted = json_load_file(path, 0, &error);
	ck_assert_msg(wanted != NULL, "%s: %s (line %d)", path, error.text, error.line);
	command_of(name, "--once --format=json", command);
	text = run_program(command);
	got = json_loads(text, 0, &error);
	ck_assert_msg(got != NULL, "%s: its snapshot is no JSON: %s", name, error.text);
	holds(wanted, got, name);
	json_decref(wanted);
	json_decref(got);
	free(text);
}
END_TEST

/* Each line of the file `screen` must stand on the screen; after "! ", must not. */
START_TEST(test_case_has_its_screen)
{
	char path[512], line[1024], command[COMMAND_MOST], *text;
	FILE *in;

	snprintf(path, sizeof(path), CASES "/%s/screen", names[_i]);
	in = fopen(path, "r");
	if (!in)
		return;
	command_of(names[_i], "--draw=120x40", command);
	text = run_program(command);
	while (fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '!' && line[1] == ' ')
			ck_assert_msg(!strstr(text, line + 2), "%s: on the screen stands: %s\n%.3000s", names[_i],
			              line + 2, text);
		else if (line[0])
			ck_assert_msg(strstr(text, line) != NULL, "%s: on the screen does not stand: %s\n%.3000s",
			              names[_i], line, text);
	}
	fclose(in);
	free(text);
}
END_TEST

/* The page of text, too, fits 80 columns; a letter of several bytes counts once. */
START_TEST(test_case_has_a_page_of_80_columns)
{
	char command[COMMAND_MOST], *text;
	int columns = 0;

	command_of(names[_i], "--once", command);
	text = run_program(command);
	for (const char *at = text; *at; at++) {
		columns = *at == '\n' ? 0 : columns + (((unsigned char)*at & 0xc0) != 0x80);
		ck_assert_msg(columns <= 80, "%s: a line of its page is too long; it ends before: %.60s", names[_i],
		              at);
	}
	free(text);
}
END_TEST

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
find_cases(void)
{
	DIR *dir = opendir(CASES);
	struct dirent *entry;
	char path[512];
	struct stat at;

	while (dir && (entry = readdir(dir)) && name_count < CASES_MOST) {
		size_t size = strlen(entry->d_name) + 1;

		snprintf(path, sizeof(path), CASES "/%s", entry->d_name);
		if (entry->d_name[0] == '.' || stat(path, &at) != 0 || !S_ISDIR(at.st_mode))
			continue;
		names[name_count] = malloc(size);
		memcpy(names[name_count++], entry->d_name, size);
	}
	if (dir)
		closedir(dir);
	qsort(names, (size_t)name_count, sizeof(*names), by_name);
}

int
main(void)
{
	Suite *s = suite_create("cases");
	TCase *c = tcase_create("cases");

	find_cases();
	tcase_set_timeout(c, 20);
	tcase_add_loop_test(c, test_case_has_its_values, 0, name_count);
	tcase_add_loop_test(c, test_case_has_its_screen, 0, name_count);
	tcase_add_loop_test(c, test_case_has_a_page_of_80_columns, 0, name_count);
	suite_add_tcase(s, c);
	return run_suite(s);
}
