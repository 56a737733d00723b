/*
 * Hostile logs: lines torn, mixed and spoiled at random, tables far too small.
 * Nothing may break, and every count must stay true after each event.
 */
#include <stdlib.h>

#include "run_suite.h"
#include "framed_log.h"

#define SENDER(message)  FRAMED("SMS_LAN_SENDER", "12:03:00.000+300", "%u (0x%X)", message)
#define SCHED(message)   FRAMED("SMS_SCHEDULER", "12:03:00.000+300", "%u (0x%X)", message)
#define DISTMGR(message) FRAMED("SMS_DISTRIBUTION_MANAGER", "12:03:00.000+300", "%u (0x%X)", message)

static const char *const lines[] = {
	SENDER("Found send request.  ID: 202SQCS1, Dest Site: PS1~"),
	SENDER("Found send request.  ID: 203SQCS1, Dest Site: PS2~"),
	SENDER("Found send request.  ID: 204SQCS1, Dest Site: PS3~"),
	SENDER("Checking for site-specific sending capacity.  Used 0 out of 3.~"),
	SENDER("Checking for site-specific sending capacity.  Used 2 out of 3.~"),
	SENDER("Checking for sending capacity. Used 1 out of 5."),
	SENDER("Checking for sending capacity. Used 4 out of 5."),
	SENDER("~Created sending thread (Thread ID = 100)"),
	SENDER("~Created sending thread (Thread ID = 104)"),
	SENDER("~Created sending thread (Thread ID = 108)"),
	SENDER("Trying the No. 1 address (out of 1)"),
	SENDER("~Package file = E:\\SMSPKG\\PS100039.PCK.1"),
	SENDER("~Package file = E:\\SMSPKG\\PS10003A.DLT.1.2"),
	SENDER("~Package file = E:\\x\\schedule.box\\tosend\\00000E2B.P12"),
	SENDER("~Created/opened the remote file \\\\PS1S\\SMS_SITE\\202SQCS1.PCK"),
	SENDER("~Sending Started [E:\\SMSPKG\\PS100039.PCK.1]"),
	SENDER("~Wrote 1024 bytes to \\\\PS1S\\SMS_SITE\\202SQCS1.PCK at position 0"),
	SENDER("~Wrote 1024 bytes to \\\\PS2S\\SMS_SITE\\203SQCS1.PCK at position 4096"),
	SENDER("~Wrote 2115 bytes to \\\\PS1S\\SMS_SITE\\202SQCS1.TMP at position 0"),
	SENDER("~Wrote 9223372036854775807 bytes to \\\\PS1S\\SMS_SITE\\202SQCS1.PCK at position 9223372036854775807"),
	SENDER("~Sending completed [E:\\SMSPKG\\PS100039.PCK.1]"),
	SENDER("~Finished sending SWD package PS100039 version 1 to site PS1"),
	SENDER("~Sending completed successfully"),
	SENDER("Restart time = 03/17/99 10:47:16 Eastern Standard Time"),
	SENDER("Cannot connect to server \\\\PS1S at remote site PS1, won't try send requests going to site PS1 for an "
	       "hour"),
	SENDER("Address to PS1S is currently under bandwidth control, therefore only one connection is allowed, "
	       "returning send request to the pool."),
	SENDER("Error, trying to write beyond the end of the file."),
	SENDER("SMS_EXECUTIVE started SMS_LAN_SENDER as thread ID 7288 (0x1C78)."),
	DISTMGR("~Created minijob to send compressed copy of package PS100039 to site PS1.  Transfer root = "
	        "E:\\X.PCK.1."),
	DISTMGR("~Created minijob to send compressed copy of package PS10003A to site PS2.  Transfer root = "
	        "E:\\X.PCK.1."),
	DISTMGR("Adding package 'PS100039' to package processing queue."),
	DISTMGR("~Started package processing thread for package 'PS100039', thread ID = 0x100 (256)"),
	DISTMGR("~Currently using 1 out of 3 allowed package processing threads."),
	DISTMGR("The size of package PS100039, version 1 is 204800 KBytes"),
	DISTMGR("~Created DP processing thread 264 for addition or update of package PS100039 on server "
	        "[\"Display=\\\\A\\\"]\\\\A\\"),
	DISTMGR("~Exiting package processing thread for package PS100039."),
	SCHED("====== Updating Send Request List ======="),
	SCHED("Send Request 202SQCS1 DestSite: PS1 State: Pending Total size: 204864k Remaining: 104864k SWD PkgID: "
	      "PS100039 SWD Pkg Version: 1"),
	SCHED("Send Request 203SQCS1 DestSite: PS2 State: Sending Total size: 99999999999999k SWD PkgID: PS10003A"),
	SCHED("Send Request 204SQCS1"),
	SCHED("DestSite: PS1 SWD PkgID: PS10003A Remaining: 77k"),
	SCHED("======== Processing Jobs ========"),
	SCHED("<Activating JOB 00000E2B>[Software Distribution for X, Package ID = PS10003A]"),
	SCHED("Destination site:  PS2, Preferred Address: *, Priority: 3"),
	SCHED("Created new send request ID:  205SQCS1~"),
	SCHED("Deleting send request with ID: 202SQCS1.~"),
	SCHED("Checking send request 203SQCS1~"),
	SCHED("Send request has successfully completed.~"),
	SCHED("There is no address defined for site PS3."),
	DISTMGR("Failed to decrypt cert PFX data"),
	DISTMGR("~A newer version (15) of package PS100039 has already arrived, delete the replication file E:\\X.PKG "
	        "for version 12 ."),
	DISTMGR("STATMSG: ID=2384 SEV=E LEV=M SOURCE=\"S\" COMP=\"C\" SYS=X SITE=PS1 PID=1 TID=256 GMTDATE=Mo "
	        "ISTR0=\"a\" ISTR1=\"b\" NUMATTRS=1 AID0=400 AVAL0=\"PS100039\""),
	SENDER("Unable to do what nobody expected, error 0x80070005"),
	"<![LOG[over\r\nlines]LOG]!><time=\"14:24:33.329+420\" date=\"06-26-2015\" component=\"SMS_LAN_SENDER\" "
	"type=\"1\" thread=\"%u\" file=\"%x\">\r\n",
	"no frame at all %u %u\r\n",
};

static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* Bytes that no text holds, or that a terminal obeys; anywhere, also in the frame. */
static size_t
insert(char *line, size_t size, uint64_t *seed)
{
	/* clang-format off */
	static const struct { const char *bytes; size_t size; } nasty[] = {
		{ "\0", 1 }, { "\0\0", 2 }, { "\033[2J", 4 }, { "\177", 1 }, { "\377", 1 }, { "\302\205", 2 }, { "\342\200\256", 3 },
		{ "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX", 40 },
	};
	/* clang-format on */
	size_t at = next(seed) % size, i = next(seed) % (sizeof(nasty) / sizeof(nasty[0]));

	memmove(line + at + nasty[i].size, line + at, size - at);
	memcpy(line + at, nasty[i].bytes, nasty[i].size);
	return size + nasty[i].size;
}

static size_t
spoil(char *line, size_t size, uint64_t *seed)
{
	switch (next(seed) % 12) {
	case 3: return insert(line, size, seed);
	case 4: line[next(seed) % size] = '\0'; break;
	case 0: line[next(seed) % size] = (char)next(seed); break;
	case 1: return next(seed) % size;
	case 2: line[next(seed) % size] = "0123456789"[next(seed) % 10]; break;
	default: break;
	}
	return size;
}

static void
read_nonsense(uint64_t seed, const struct model_limits *limits, int count)
{
	static struct framed_log s;
	char line[1024];

	framed_log_open(&s, limits);
	for (int i = 0; i < count; i++) {
		unsigned thread = 0x100 + (unsigned)(next(&seed) % 4) * 4;
		const char *format = lines[next(&seed) % (sizeof(lines) / sizeof(lines[0]))];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		size_t size = (size_t)snprintf(line, sizeof(line), format, thread, thread);
#pragma GCC diagnostic pop

		size = spoil(line, size, &seed);
		framed_log_bytes(&s, line, size);
	}
	parser_end(s.parser);
	framed_log_bytes(&s, "", 0);
	ck_assert_uint_le(parser_counts(s.parser)->unknown, parser_counts(s.parser)->records);
	framed_log_close(&s);
}

START_TEST(nonsense_keeps_every_count_true)
{
	for (uint64_t seed = 1; seed <= 40; seed++)
		read_nonsense(seed, NULL, 400);
}
END_TEST

START_TEST(nonsense_in_tiny_tables_keeps_every_count_true)
{
	struct model_limits tiny = { .jobs = 2,
		                     .sites = 2,
		                     .packages = 2,
		                     .pairs = 2,
		                     .requests = 1,
		                     .files = 1,
		                     .servers = 1,
		                     .notes = 2,
		                     .transitions = 2,
		                     .failures = 1,
		                     .threads = 2,
		                     .dps = 1 };

	for (uint64_t seed = 100; seed <= 160; seed++)
		read_nonsense(seed, &tiny, 400);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("damaged_logs");
	TCase *tcase = tcase_create("damaged_logs");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, nonsense_keeps_every_count_true);
	tcase_add_test(tcase, nonsense_in_tiny_tables_keeps_every_count_true);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
