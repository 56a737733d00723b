#include "cmtop/figures.h"
#include "cmtop/report.h"
#include "run_suite.h"
#include "simulated_site.h"

static struct simulated site;
static struct kept kept;
static const struct sink sink = { keep_bytes, &kept };

static void
set_up(void)
{
	simulated_open(&site);
}

static void
tear_down(void)
{
	simulated_close(&site);
	kept_free(&kept);
}

static const char *
metrics(void)
{
	struct scene scene = simulated_scene(&site);

	kept.size = 0;
	ck_assert(report_metrics(&scene, &sink));
	return kept.text;
}

/* The value of a sample, by all that stands before it; -1: it is not there. */
static double
sample(const char *text, const char *name)
{
	char start[128];
	const char *line;

	snprintf(start, sizeof start, "\n%s ", name);
	line = strstr(text, start);
	return line ? atof(line + strlen(start)) : -1;
}

START_TEST(the_file_ends_with_its_mark_and_nothing_comes_twice)
{
	const char *text, *line, *next;

	simulated_run(&site, 40);
	text = metrics();
	ck_assert_str_eq(text + strlen(text) - 6, "# EOF\n");
	for (line = text; *line; line = next) {
		const char *value = line + strcspn(line, "\n");
		char name[256];

		next = value + 1;
		while (*line != '#' && value > line && *value != ' ')
			value--;
		snprintf(name, sizeof name, "\n%.*s%s", (int)(value - line), line, *line == '#' ? "\n" : " ");
		ck_assert_msg(!strstr(next - 1, name), "twice: %s", name);
	}
}
END_TEST

START_TEST(sites_add_up_to_the_whole)
{
	double used = 0, done = 0, bytes = 0, limit;
	const char *text;
	size_t count;
	const struct site *sites;
	char name[128];

	simulated_run(&site, 60);
	text = metrics();
	sites = model_sites(site.model, &count);
	for (size_t i = 0; i < count; i++) {
		snprintf(name, sizeof name, "cmtop_site_sending_slots_used{site=\"%s\"}", sites[i].code);
		used += sample(text, name);
		snprintf(name, sizeof name, "cmtop_site_sends_done_total{site=\"%s\"}", sites[i].code);
		done += sample(text, name);
		snprintf(name, sizeof name, "cmtop_site_sent_bytes_total{site=\"%s\"}", sites[i].code);
		bytes += sample(text, name);
	}
	ck_assert_double_gt(done, 0);
	ck_assert_double_eq(used, sample(text, "cmtop_sending_slots_used"));
	ck_assert_double_eq(done, sample(text, "cmtop_sends_done_total"));
	ck_assert_double_eq(bytes, sample(text, "cmtop_sent_bytes_total"));
	ck_assert_double_eq(sample(text, "cmtop_sends_waiting"),
	                    (double)backlog_at(site.model, model_newest(site.model)).waiting);
	limit = sample(text, "cmtop_package_threads_limit");
	ck_assert_double_eq(limit, (double)model_distribution(site.model).capacity);
}
END_TEST

START_TEST(what_is_not_known_has_no_sample)
{
	const char *text = metrics();

	ck_assert_double_eq(sample(text, "cmtop_sends_waiting"), -1);
	ck_assert_double_eq(sample(text, "cmtop_sending_slots_limit"), -1);
	ck_assert_double_eq(sample(text, "cmtop_log_age_seconds{log=\"sender\"}"), -1);
	ck_assert_double_eq(sample(text, "cmtop_sending_slots_used"), 0);
	ck_assert_double_eq(sample(text, "cmtop_log_records_total{log=\"sender\"}"), 0);
}
END_TEST

START_TEST(two_files_of_one_log_are_two_series)
{
	strcpy(site.log[0].name, "a\"b\\");
	strcpy(site.log[1].name, "a\"b\\");
	metrics();
	ck_assert_ptr_nonnull(strstr(
		kept.text, "\ncmtop_log_readable{log=\"a\\\"b\\\\\"} 1\ncmtop_log_readable{log=\"a\\\"b\\\\-2\"} 1\n"));
}
END_TEST

START_TEST(every_metric_says_what_it_is)
{
	struct metric_words words;
	size_t count = 0;
	char line[256];

	metrics();
	for (; report_metric(count, &words); count++) {
		snprintf(line, sizeof line, "# HELP cmtop_%s %s\n# TYPE cmtop_%s %s\n", words.name, words.help,
		         words.name, words.type);
		ck_assert_msg(strstr(kept.text, line), "%s", line);
		ck_assert_msg(strcmp(words.label, "package") != 0, "there are thousands");
	}
	ck_assert_uint_gt(count, 30);
}
END_TEST

static Suite *
metrics_suite(void)
{
	Suite *s = suite_create("metrics");
	TCase *tc = tcase_create("metrics");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, the_file_ends_with_its_mark_and_nothing_comes_twice);
	tcase_add_test(tc, sites_add_up_to_the_whole);
	tcase_add_test(tc, what_is_not_known_has_no_sample);
	tcase_add_test(tc, two_files_of_one_log_are_two_series);
	tcase_add_test(tc, every_metric_says_what_it_is);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(metrics_suite());
}
