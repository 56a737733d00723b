/*
 * Words and codes: which messages report a failure, which code a text names, and
 * what it means.
 */
#include "cmtop/errors.h"
#include "parse/classifier.h"
#include "run_suite.h"

static const char *const failing[] = {
	"Failed to decrypt cert PFX data",
	"Unable to open the file",
	"Access is denied.",
	"ACCESS DENIED",
	"I can't go on",
	"The file cannot be found",
	"The operation was aborted",
	"Aborting the copy",
	"Something returned 0x80070005",
	"The provider returned 0x80041002.",
	"ErrorCode = 1722",
	"Win32 last error = 1326.",
	"System error 64 has occurred.",
	"Error: something",
	"ERROR!",
	"1 error",
	"3 errors, 0 warnings",
	"5 succeeded, 2 failed",
	"2 of 12 packages failed",
	"0 warnings, but the copy failed at the end",
	"Failed to add the file error.log",
	"Could not do it, error -2147024891",
	"UPDATE fails.",
	"Error because the list of packages is not there",
	"Failure 3 of 10",
	"The copy of \"Tool\" failed, 0 bytes were written",
	"SQL error (class 16): the login failed",
	"Failed to send, failed 3 times",
	"Cannot compress the package file, return code = 4865",
	"CopyFile E:\\a, rc = 5: Zugriff verweigert",
	"GetLastError() = 53",
	"GetLastError = 53 (Le chemin r\xc3\xa9seau n'a pas \xc3\xa9t\xc3\xa9 trouv\xc3\xa9)",
	"DeleteFile err=32",
};

static const char *const harmless[] = {
	"",
	"All is well",
	"0 errors",
	"0 error(s), 0 warning(s)",
	"Finished with 0 errors and 0 warnings",
	"Errors: 0",
	"Error count = 0",
	"error = 0",
	"Win32 error = 0",
	"Win32 last error = 0x0",
	"There is no existing connection, Win32 error = 0",
	"error 0x00000000",
	"Error code: 0",
	"Error code (0)",
	"GetLastError() = 0",
	"rc = 0",
	"rc = 1",
	"rc = 259",
	"rc = 3010",
	"GET /a rc=200",
	"err=0",
	"ErrorCode=0",
	"HRESULT = 0x00000000",
	"No errors found",
	"no error",
	"Completed without errors",
	"Completed without any error",
	"Completed without an error",
	"0 failed, 7 succeeded",
	"7 succeeded, 0 failed",
	"0 packages failed",
	"0 of 12 failed",
	"0 of 12 packages failed",
	"Failures: none",
	"failed = 0",
	"Failure count = 0/30",
	"Retry failed jobs",
	"Retrying all failed packages",
	"Checking for failed distributions",
	"Number of failed jobs: 0",
	"It will be tried again if it fails",
	"If the copy cannot be made it is left out",
	"The package did not fail",
	"Failover to the second node",
	"Fail-safe defaults are used",
	"FailureRetryInterval = 30",
	"MaxRetryOnFailure = 5",
	"Logging an event for the error.",
	"Error reporting is on",
	"Adding error.log file in content",
	"Sending file '\\\\S\\Error Logs\\denied.txt'",
	"C:\\Program Files\\Failed\\x",
	"CHandler::Error::Log called",
	"Terrors and derrored things",
	"Thread Handle = 0x2345",
};

START_TEST(a_message_that_reports_a_failure_is_known_by_its_words)
{
	for (size_t i = 0; i < COUNT_OF(failing); i++)
		ck_assert_msg(message_fails(span_of(failing[i])), "taken for harmless: %s", failing[i]);
}
END_TEST

START_TEST(a_message_that_denies_a_failure_is_none)
{
	for (size_t i = 0; i < COUNT_OF(harmless); i++)
		ck_assert_msg(!message_fails(span_of(harmless[i])), "taken for a failure: %s", harmless[i]);
}
END_TEST

START_TEST(a_warning_is_less_than_an_error)
{
	ck_assert_int_eq(message_level(SPAN("WARNING: little space is left")), LEVEL_WARNING);
	ck_assert_int_eq(message_level(SPAN("WARNING: Failed to find it")), LEVEL_ERROR);
	ck_assert_int_eq(message_level(SPAN("0 errors, 0 warned")), LEVEL_WARNING);
	ck_assert_int_eq(message_level(SPAN("as usual")), LEVEL_INFO);
}
END_TEST

START_TEST(a_code_is_found_in_each_form)
{
	static const struct {
		const char *text;
		uint32_t code;
	} codes[] = {
		{ "Cannot create/open the remote file \\\\S\\SMS_SITE\\A.PCK, Win32 error = 32.", 32 },
		{ "CContentBundle::AddContentToBundle failed; 0x800704d3", 0x800704d3 },
		{ "Failed to make a network connection to \\\\S\\ADMIN$ (0x35).", 53 },
		{ "Error during WNetAddConnection2 to \\\\S\\SMS_SITE (1326)", 1326 },
		{ "Failed to open to WMI namespace '\\\\.\\root\\ccm' (80004002)", 0x80004002 },
		{ "Cannot establish connection to X. Error = 53", 53 },
		{ "Could not do it, error -2147024891", 0x80070005 },
		{ "failed with error code 0xFFFFFFFF80070005", 0x80070005 },
		{ "error code: 5, Restart time = 12/4/2014 6:14:27 AM", 5 },
		{ "Cannot compress the package file, return code = 4865", 4865 },
		{ "WARNING: Caught exception (Exception from HRESULT: 0x80070070)", 0x80070070 },
		{ "Error 32: Der Prozess kann nicht auf die Datei zugreifen, da sie von 1 anderen verwendet wird.",
		  32 },
		{ "Error 0x20: Le processus ne peut pas acc\xc3\xa9"
		  "der au fichier",
		  32 },
		{ "CopyFile, rc = 5 Zugriff verweigert", 5 },
		{ "Zugriff verweigert (error 5)", 5 },
		{ "GetLastError = 53", 53 },
		{ "GetLastError() returned 53, \xe3\x83\x8d", 53 },
		{ "Failed to copy: Zugriff verweigert. (5)", 5 },
		{ "Failed, error [67]", 67 },
		{ "net use failed - 1219", 1219 },
		{ "\xd0\x9e\xd1\x82\xd0\xba\xd0\xb0\xd0\xb7\xd0\xb0\xd0\xbd\xd0\xbe (0x80070005)", 0x80070005 },
	};
	static const char *const none[] = {
		"A newer version (15) of package CEN000B6 has already arrived",
		"Restart time = 12/4/2014 6:14:27 AM",
		"error = 0",
		"failed; 0x0",
		"Failed to copy version (3)",
		"Error: 1,024 files are left",
		"Failed at 10:47:16",
		"Used 3 out of 5",
		"error = 99999999999999999999",
	};
	uint32_t code;

	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		code = 0;
		ck_assert_msg(error_code(span_of(codes[i].text), &code), "no code in: %s", codes[i].text);
		ck_assert_msg(code == codes[i].code, "%u in: %s", (unsigned)code, codes[i].text);
	}
	for (size_t i = 0; i < COUNT_OF(none); i++)
		ck_assert_msg(!error_code(span_of(none[i]), &code), "a code in: %s", none[i]);
}
END_TEST

START_TEST(a_code_has_a_meaning)
{
	char text[12];

	ck_assert_str_eq(failure_meaning(53), "network path not found");
	ck_assert_str_eq(failure_meaning(0x80070035), "network path not found");
	ck_assert_str_eq(failure_meaning(5), failure_meaning(0x80070005));
	ck_assert_ptr_nonnull(strstr(failure_meaning(0x800704d3), "aborted"));
	ck_assert_ptr_nonnull(strstr(failure_meaning(0x80041002), "not found"));
	ck_assert_ptr_null(failure_meaning(0));
	ck_assert_ptr_null(failure_meaning(123456));
	for (uint32_t code = 1; code < 20000; code++)
		if (failure_meaning(code))
			ck_assert_uint_gt(strlen(failure_meaning(code)), 3);
	error_code_text(53, text);
	ck_assert_str_eq(text, "53");
	error_code_text(0x800704d3, text);
	ck_assert_str_eq(text, "0x800704d3");
}
END_TEST

/* The codes that the logs of this product mostly name. */
START_TEST(the_usual_codes_are_all_known)
{
	static const uint32_t usual[] = { 2,          3,          5,          32,         51,         53,
		                          59,         64,         67,         80,         112,        121,
		                          123,        170,        183,        206,        487,        1219,
		                          1265,       1311,       1326,       1385,       1396,       1450,
		                          1722,       1731,       0x800704d3, 0x80070005, 0x8007007b, 0x80070020,
		                          0x800706ba, 0x80041002, 0x8007052e, 0x80070003, 0x80070070, 0x80041013 };

	for (size_t i = 0; i < COUNT_OF(usual); i++)
		ck_assert_msg(failure_meaning(usual[i]) != NULL, "%u (0x%x) has no meaning", (unsigned)usual[i],
		              (unsigned)usual[i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("errors");
	TCase *tcase = tcase_create("errors");

	tcase_add_test(tcase, a_message_that_reports_a_failure_is_known_by_its_words);
	tcase_add_test(tcase, a_message_that_denies_a_failure_is_none);
	tcase_add_test(tcase, a_warning_is_less_than_an_error);
	tcase_add_test(tcase, a_code_is_found_in_each_form);
	tcase_add_test(tcase, a_code_has_a_meaning);
	tcase_add_test(tcase, the_usual_codes_are_all_known);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
