/*
 * A day's log in every code page that Windows servers have, and in UTF-16, tells what its
 * twin in UTF-8 tells, however the bytes were cut.
 */
#include <stdlib.h>

#include "cmtop/count_of.h"
#include "cmtop/parser.h"
#include "cmtop/utf8.h"
#include "os/code_page.h"
#include "run_suite.h"

#define ROOM 65536

struct country {
	unsigned page;
	const char *names[4];
	const char *zone;
};

/* clang-format off */
static const struct country countries[] = {
	{ 874, { "อัปเดตความปลอดภัย", "โปรแกรมบัญชี", "รถ", "ไดรเวอร์เครื่องพิมพ์" }, "เวลามาตรฐาน" },
	{ 932, { "表計算ソフト", "ミドルウェア ゾーン能", "ﾃｽﾄ 更新", "セキュリティ更新" }, "東京 (標準時)" },
	{ 936, { "办公软件更新", "财务系统", "打印机驱动程序", "乗刏" }, "中国标准时间" },
	{ 949, { "표준 품목 푸시", "보안 업데이트", "푸", "회계 프로그램" }, "대한민국 표준시" },
	{ 950, { "功能更新", "會計系統", "許功蓋", "印表機驅動程式" }, "台北標準時間" },
	{ 1250, { "Příliš žluťoučký kůň", "Zálohování serverů", "Łódź", "Účtárna" }, "Střední Evropa (běžný čas)" },
	{ 1251, { "Обновление антивируса", "Офисные программы", "Бухгалтерия", "Драйверы принтеров" }, "Московское время" },
	{ 1252, { "Büro-Änderung für Größe", "Déploiement été", "Señal 10 €", "Überwachung" }, "Westeuropäische Sommerzeit" },
	{ 1253, { "Ενημέρωση ασφαλείας", "Λογιστήριο", "Μισθοδοσία", "Ώρα" }, "Θερινή ώρα" },
	{ 1254, { "Güncelleme İçin Şifre ığş", "Yazıcı sürücüleri", "Öğrenci", "Muhasebe yazılımı" }, "Türkiye Yaz Saati" },
	{ 1255, { "עדכון אבטחה", "הנהלת חשבונות", "תוכנת שכר", "גיבוי" }, "שעון ירושלים" },
	{ 1256, { "تحديث البرامج", "برنامج المحاسبة", "تعريفات الطابعات", "الرياض" }, "التوقيت العربي" },
	{ 1257, { "Saugos naujinimas – įrenginiai", "Buhalterinė apskaita", "Lietotāju pārvaldība", "Ķekava" }, "Baltijos laikas" },
	{ 1258, { "Cập nhật bảo mật", "Phần mềm kế toán", "Đà Nẵng", "Ứng dụng văn phòng" }, "Giờ Đông Dương" },
};
/* clang-format on */

/* ---- logs ---- */

struct bytes {
	char at[ROOM];
	size_t size;
};

static void
add(struct bytes *log, const char *text)
{
	size_t size = strlen(text);

	ck_assert_uint_lt(log->size + size, sizeof(log->at));
	memcpy(log->at + log->size, text, size);
	log->size += size;
}

/* What may stand in a log in the server's language, and plain records around it. */
static struct bytes
day_of(const struct country *country)
{
	static const char frame[] =
		"  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:0%zu:00.000-180><thread=5800 (0x16A8)>\r\n";
	struct bytes log = { .size = 0 };
	char line[1024], end[128];

	for (size_t i = 0; i < 4; i++) {
		const char *name = country->names[i];

		snprintf(end, sizeof(end), frame, i);
		snprintf(line, sizeof(line),
		         "STATMSG: ID=2300 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=PS1 "
		         "SITE=PS1 PID=1 TID=2 GMTDATE=x ISTR0=\"CS10001%zu\" ISTR1=\"%s\" ISTR2=\"\" NUMATTRS=0%s",
		         i, name, end);
		add(&log, line);
		snprintf(line, sizeof(line),
		         "Taking package snapshot for package CS10001%zu from source \\\\PS1\\%s~%s", i, name, end);
		add(&log, line);
		snprintf(line, sizeof(line), "~%s [E:\\%s\\CS100015.PCK.1]  ~%s", name, name, end);
		add(&log, line);
		snprintf(line, sizeof(line),
		         "~Wrote 1024 bytes to \\\\X\\%s\\202SQCS1.PCK at position 0  $$<SMS_LAN_SENDER><07-30-2026 "
		         "12:03:00.000-180><thread=4321 (0x10E1)>\r\n",
		         i % 2 ? "SMS_SITE" : name);
		add(&log, line);
		snprintf(line, sizeof(line),
		         "%s\r\n\r\n%s $$<SMS_X><Fri Oct 15 17:09:46.507 1999 %s><thread=225 (0xE1)>\r\n", name, name,
		         country->zone);
		add(&log, line);
		snprintf(line, sizeof(line), "one%.*s two%.*s\r\n", (int)strlen(end) - 2, end, (int)strlen(end) - 2,
		         end);
		add(&log, line);
	}
	return log;
}

static const uint32_t tones[] = { 0x300, 0x301, 0x303, 0x309, 0x323 };

/* The bytes of a code point in the page, 0: it has none. */
static size_t
put_in_page(unsigned page, uint32_t point, char *out)
{
	static uint16_t letters[257][256];
	static unsigned loaded;

	if (loaded != page) {
		for (int lead = -1; lead < 256; lead++)
			ck_assert(os_code_page_load(page, lead, letters[lead + 1]));
		loaded = page;
	}
	for (int byte = 0; byte < 256; byte++)
		if (letters[0][byte] == point && (point || !byte)) {
			out[0] = (char)byte;
			return 1;
		}
	for (int lead = 0x81; lead < 0xFF && page < 1000; lead++)
		for (int byte = 0x40; byte < 256; byte++)
			if (letters[lead + 1][byte] == point) {
				out[0] = (char)lead;
				out[1] = (char)byte;
				return 2;
			}
	return 0;
}

static size_t
put_letter(unsigned page, uint32_t point, char *out)
{
	size_t size = put_in_page(page, point, out);

	for (uint32_t base = 'A'; !size && page == 1258 && base < 0x1B1; base++)
		for (size_t i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
			if (utf8_joined(base, tones[i]) == point && put_in_page(page, base, out))
				return put_in_page(page, tones[i], out + 1) + 1;
	ck_assert_msg(size > 0, "U+%04X is not in %u", point, page);
	return size;
}

static struct bytes
in_page(const struct bytes *log, unsigned page)
{
	struct span rest = { log->at, log->size };
	struct bytes out = { .size = 0 };
	uint32_t point;

	while (utf8_take_point(&rest, &point)) {
		if (point < 0x80)
			out.at[out.size++] = (char)point;
		else
			out.size += put_letter(page, point, out.at + out.size);
	}
	return out;
}

static void
put_unit(struct bytes *out, unsigned unit, bool big)
{
	out->at[out->size++] = (char)(big ? unit >> 8 : unit & 255);
	out->at[out->size++] = (char)(big ? unit & 255 : unit >> 8);
}

static struct bytes
in_utf16(const struct bytes *log, bool big, bool mark)
{
	struct span rest = { log->at, log->size };
	struct bytes out = { .size = 0 };
	uint32_t point;

	if (mark)
		put_unit(&out, 0xFEFF, big);
	while (utf8_take_point(&rest, &point)) {
		if (point >= 0x10000)
			put_unit(&out, 0xD800 + ((point - 0x10000) >> 10), big);
		put_unit(&out, point >= 0x10000 ? 0xDC00 + (point & 0x3FF) : point, big);
	}
	return out;
}

/* ---- what they tell ---- */

struct told {
	char text[4 * ROOM];
	size_t size;
	struct parser_counts counts;
	uint64_t last; /* offset of the last record */
};

static void
tell(struct told *told, const struct event *e)
{
	told->size += (size_t)snprintf(told->text + told->size, sizeof(told->text) - told->size,
	                               "%s %lld %u %.*s [%.*s] [%.*s] <%.*s> <%.*s>\n", event_kind_word(e->kind),
	                               (long long)e->at, e->thread, (int)e->component.size, e->component.at,
	                               (int)e->message.size, e->message.at, (int)e->raw.size, e->raw.at,
	                               (int)event_text(e, TEXT_NAME).size, event_text(e, TEXT_NAME).at,
	                               (int)event_text(e, TEXT_PATH).size, event_text(e, TEXT_PATH).at);
	ck_assert_uint_lt(told->size, sizeof(told->text));
	ck_assert_uint_le(e->offset, e->end);
	ck_assert_uint_ge(e->offset, told->last);
	told->last = e->offset;
}

/* In pieces of random lengths, the average of which is `piece`. */
static void
read_log(const struct bytes *log, struct server_text *text, size_t piece, struct told *told)
{
	struct parser *parser = parser_new(0);
	struct event event;
	size_t at = 0;

	told->size = told->last = 0;
	told->text[0] = '\0';
	parser_read_text(parser, text);
	while (at < log->size) {
		size_t size = 1 + (size_t)rand() % (2 * piece);
		char *copy;

		size = size < log->size - at ? size : log->size - at;
		copy = malloc(size);
		memcpy(copy, log->at + at, size);
		parser_feed(parser, copy, size);
		while (parser_next(parser, &event))
			tell(told, &event);
		free(copy);
		at += size;
	}
	parser_end(parser);
	while (parser_next(parser, &event))
		tell(told, &event);
	told->counts = *parser_counts(parser);
	parser_free(parser);
}

static struct told twin, other;

static void
check_same(const char *what, unsigned page, size_t piece)
{
	ck_assert_msg(!strcmp(twin.text, other.text), "%s %u in pieces of %zu:\n%s\n---\n%s", what, page, piece,
	              twin.text, other.text);
	ck_assert_uint_eq(twin.counts.records, other.counts.records);
	ck_assert_uint_eq(twin.counts.damaged, other.counts.damaged);
}

static const size_t pieces[] = { 1, 2, 7, 50, 1000, ROOM };

START_TEST(a_log_in_any_code_page_tells_what_its_twin_in_utf8_tells)
{
	const struct country *country = &countries[_i];
	const struct bytes day = day_of(country), bytes = in_page(&day, country->page);

	read_log(&day, NULL, ROOM, &twin);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct server_text *text = server_text_new(country->page, os_code_page_load);

		read_log(&bytes, text, pieces[i], &other);
		check_same("code page", country->page, pieces[i]);
		ck_assert_int_eq(other.counts.text, LOG_TEXT_PAGE);
		ck_assert_uint_eq(other.counts.page, country->page);
		ck_assert(!other.counts.guessed);
		server_text_free(text);
	}
}
END_TEST

START_TEST(the_code_page_of_four_names_is_guessed_and_read_again_if_it_was_too_soon)
{
	const struct country *country = &countries[_i];
	const struct bytes day = day_of(country), bytes = in_page(&day, country->page);
	struct server_text *text = server_text_new(PAGE_GUESSED, os_code_page_load);

	read_log(&day, NULL, ROOM, &twin);
	read_log(&bytes, text, 10, &other);
	if (server_text_read_too_soon(text))
		read_log(&bytes, text, 10, &other);
	check_same("guessed", country->page, 10);
	ck_assert(other.counts.guessed);
	ck_assert_uint_eq(server_text_page(text), country->page);
	ck_assert(!server_text_read_too_soon(text));
	server_text_free(text);
}
END_TEST

START_TEST(a_name_in_capitals_or_with_two_letters_in_a_row_is_enough_for_a_guess)
{
	static const struct country lone[] = {
		{ 1251, { "БУХГАЛТЕРИЯ" }, NULL }, { 1253, { "ΓΡΑΦΕΙΟ" }, NULL },     { 1250, { "Książka" }, NULL },
		{ 1257, { "Ķīmija" }, NULL },      { 949, { "OneDrive회계" }, NULL }, { 932, { "Office更新" }, NULL },
	};

	for (size_t i = 0; i < COUNT_OF(lone); i++) {
		struct server_text *text = server_text_new(PAGE_GUESSED, os_code_page_load);
		struct bytes log = { .size = 0 };

		add(&log, lone[i].names[0]);
		add(&log, "  $$<SMS_X><07-30-2026 12:03:00.000-180><thread=5800 (0x16A8)>\r\n");
		log = in_page(&log, lone[i].page);
		read_log(&log, text, ROOM, &other);
		ck_assert_uint_eq(server_text_page(text), lone[i].page);
		server_text_free(text);
	}
}
END_TEST

START_TEST(a_log_in_utf16_tells_what_its_twin_in_utf8_tells)
{
	const struct bytes day = day_of(&countries[_i]);

	read_log(&day, NULL, ROOM, &twin);
	for (size_t i = 0; i < 4 * sizeof(pieces) / sizeof(pieces[0]); i++) {
		bool big = i & 1, mark = i & 2;
		const struct bytes bytes = in_utf16(&day, big, mark);

		read_log(&bytes, NULL, pieces[i / 4], &other);
		check_same(big ? "UTF-16BE" : "UTF-16LE", mark, pieces[i / 4]);
		ck_assert_int_eq(other.counts.text, big ? LOG_TEXT_UTF16BE : LOG_TEXT_UTF16LE);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("code pages");
	TCase *tests = tcase_create("code pages");
	int count = sizeof(countries) / sizeof(countries[0]);

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, a_log_in_any_code_page_tells_what_its_twin_in_utf8_tells, 0, count);
	tcase_add_loop_test(tests, the_code_page_of_four_names_is_guessed_and_read_again_if_it_was_too_soon, 0, count);
	tcase_add_test(tests, a_name_in_capitals_or_with_two_letters_in_a_row_is_enough_for_a_guess);
	tcase_add_loop_test(tests, a_log_in_utf16_tells_what_its_twin_in_utf8_tells, 0, count);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
