#include <string.h>

#include "cmtop/redact.h"
#include "run_suite.h"

static struct redact *redact;

static void
set_up(void)
{
	redact = redact_new();
	ck_assert_ptr_nonnull(redact);
}

static void
tear_down(void)
{
	redact_free(redact);
}

static const char *
clean(const char *message)
{
	static char out[4096];
	struct event event = { .message = span_of(message), .raw = span_of(message) };

	const struct event *hidden = redact_event(redact, &event);

	ck_assert(span_is(hidden->message, hidden->raw));
	span_copy(hidden->message, out, sizeof out);
	return out;
}

START_TEST(no_name_of_a_server_or_an_account_is_left)
{
	/* clang-format off */
	static const struct { const char *message, *gone, *stays; } cases[] = {
		{ "Wrote 5 bytes to \\\\PS1SRV.CONTOSO.COM\\SMS_SITE\\202SQCS1.PCK at position 0", "CONTOSO", "\\SMS_SITE\\202SQCS1.PCK at position 0" },
		{ "[\"Display=\\\\PS1DP1\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\PS1DP1\\", "PS1DP1", "]MSWNET:[\"SMS_SITE=PS1\"]\\\\srv-" },
		{ "cannot connect to PS1DP1.CONTOSO.COM.", "PS1DP1", "cannot connect to srv-" },
		{ "Connecting with CONTOSO\\svc-sms now", "svc-sms", "Connecting with acct-" },
		{ "mail admin@contoso.com", "admin", "mail acct-" },
		{ "user=svc", "svc", "user=acct-" },
		{ "SID S-1-5-21-1-2-3", "S-1-5", "SID acct-" },
		{ "at 10.0.0.17 it", "10.0.0", "at srv-" },
		{ "STATMSG: ID=2301 SEV=I SYS=SITESRV01 SITE=CS1 PID=4 TID=5 ISTR0=\"Office LTSC 2024\" ISTR1=\"CS100015\" ISTR2=\"\"", "Office", "ISTR1=\"CS100015\" ISTR2=\"\"" },
		{ "STATMSG: ID=2344 ISTR0=\"Бюро\" ISTR1=\"CS100015\"", "Бюро", "ISTR1=\"CS100015\"" },
		{ "STATMSG: ID=2344 ISTR0=\"表\" ISTR1=\"3\"", "表", "ISTR1=\"3\"" },
		{ "STATMSG: ID=2344 ISTR0=\"[2024] Office\" ISTR1=\"PS1\"", "Office", "ISTR1=\"PS1\"" },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *out = clean(cases[i].message);

		ck_assert_msg(!strstr(out, cases[i].gone), "%s", out);
		ck_assert_msg(strstr(out, cases[i].stays), "%s", out);
	}
	ck_assert_ptr_null(strstr(clean("STATMSG: SYS=SITESRV01 SITE=CS1"), "SITESRV"));
}
END_TEST

START_TEST(what_is_no_name_stays)
{
	static const char *const cases[] = {
		"Package file = E:\\SMSPKG\\CS100015.PCK.1",
		"Found send request. ID: 202SQCS1, Dest Site: PS1",
		"Sending Started [E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2A.Icl]",
		"Restart time = 12/4/2014 6:14:27 AM Eastern Standard Time",
		"Used 2 out of 3 allowed processing threads.",
		"System.IO.IOException: broken",
		"Version 5.00.9078.1000",
		"",
		"text~  $$<SMS_LAN_SENDER><07-30-2026 12:03:00.000+300><thread=4321 (0x10E1)>",
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_str_eq(clean(cases[i]), cases[i]);
}
END_TEST

START_TEST(a_server_has_one_short_name_however_it_is_written)
{
	char full[64], bare[64];

	strcpy(full, strstr(clean("to \\\\Ps1Srv.contoso.com\\x"), "srv-"));
	strcpy(bare, strstr(clean("on PS1SRV we"), "srv-"));
	ck_assert_int_eq(strncmp(full, bare, 9), 0);
}
END_TEST

START_TEST(fields_of_an_event_are_hidden_like_its_message)
{
	struct event event = { .message = span_of("Package Office (CS100015) for SRV"), .raw = span_of("Office") };

	event.texts = 1u << TEXT_NAME | 1u << TEXT_SERVER | 1u << TEXT_PACKAGE;
	event.text[TEXT_NAME] = SPAN("Office");
	event.text[TEXT_SERVER] = SPAN("SRVX");
	event.text[TEXT_PACKAGE] = SPAN("CS100015");
	ck_assert_ptr_eq(redact_event(NULL, &event), &event);
	event = *redact_event(redact, &event);
	ck_assert(span_is(event.text[TEXT_PACKAGE], SPAN("CS100015")));
	ck_assert(span_is(event.text[TEXT_NAME], event.raw));
	ck_assert(span_starts_nocase(event.text[TEXT_SERVER], SPAN("srv-")));
	ck_assert_uint_eq(span_find(event.message, SPAN("Office")), event.message.size);
}
END_TEST

START_TEST(any_bytes_will_do)
{
	static char noise[70000];
	struct event event = { 0 };

	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = "\\.@a\"=9 \xff\0ISTR0"[(i * 2654435761u >> 7) % 15];
	event.raw = event.message = (struct span){ noise, sizeof noise };
	redact_event(redact, &event);
}
END_TEST

static Suite *
redact_suite(void)
{
	Suite *s = suite_create("redact");
	TCase *tc = tcase_create("redact");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, no_name_of_a_server_or_an_account_is_left);
	tcase_add_test(tc, what_is_no_name_stays);
	tcase_add_test(tc, a_server_has_one_short_name_however_it_is_written);
	tcase_add_test(tc, fields_of_an_event_are_hidden_like_its_message);
	tcase_add_test(tc, any_bytes_will_do);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(redact_suite());
}
