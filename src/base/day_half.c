/*
 * The words for the halves of the day in the languages of Windows, and the other words
 * that may stand beside a clock.
 *
 * As utf8_plain() leaves them, in small letters, and without full stops. Left out are
 * those that mean one half here and the other there ("ip."), and those that are common
 * words of another language: what is not known is not read, what is known wrongly is a
 * wrong time.
 */
#include "cmtop/text/day_half.h"

#include "cmtop/count_of.h"

#define KEY_MOST 96 /* bytes of the words beside a clock that are looked at */

/* clang-format off */
static const char *const before_noon[] = {
	"adduha", "ag", "am", "ap", "atm", "bn", "de", "dinda", "do połedniŏ", "dop", "dopołdnja", "el", "fh",
	"fm", "gh", "goizeko", "goöň", "hh", "i bikɛ̂glà", "ib", "icheheavo", "idiɓa", "isuk", "kang'ama",
	"ki", "kiroko", "kiɛmɛ́ɛm", "krn", "kíkíríg", "luma lwa k", "lwamilawu", "makeo", "maná", "mat",
	"mbaʼámbaʼ", "mbaꞌmbaꞌ", "moies", "muhi", "munkyo", "n tufat", "n'ụtụtụ", "nd", "ntɔ́ngɔ́", "od",
	"owuro", "pamilau", "paradite", "pd", "pg", "pre podne", "prepodne", "priekšp", "priekšpusdienā",
	"priešpiet", "prije podne", "qn", "rn", "rw", "rũ", "sa", "saa moya zm", "saaku", "safiya", "sf", "sn",
	"subaka", "subbaahi", "sárúwá", "taparachu", "tesiran", "tifawt", "uluchelo", "um fyr", "utuko",
	"ututu", "vm", "vorm", "wd", "wichishu", "yb", "zdat azal", "zmu", "àárɔ̀", "àárọ̀", "öö", "ĩyakwakya",
	"ŋdi", "ǁgoagas", "ɛnkakɛnyá", "πμ", "ам", "дп", "ки", "ку", "пре подне", "преподне", "претпл",
	"претпладне", "проб", "то", "тң", "түске дейін", "эи", "үө", "կա", "կեսօրից առաջ", "לפנה\"צ", "לפנה״צ",
	"פֿאַרמיטאָג", "קודם הצהריים", "بن", "ص", "صباحا", "صبح", "غم", "قبل از ظهر", "قبل الظهر", "قبل دوپہر",
	"قبلازظهر", "قظ", "پن", "چب", "چۈشتىن بۇرۇن", "܏ܩܛ", "ܩܛ", "މކ", "ߛ", "पूर्वान्ह", "पूर्वाह्न", "फुं",
	"भोर", "भ्यागा", "मध्यानपूर्व", "मपू", "विहानी", "सवेर", "নুমাং", "পুর্বাহ্ন", "পূর্বাহ্ন",
	"পূৰ্বাহ্ন", "ৰাতিপু", "ਪੂਦੁ", "ਸਵੇਰ", "ਸਵੇਰੇ", "પૂર્વ મધ્યાહ્ન", "காலை", "முற்பகல்", "పూర్వాహ్న",
	"ಪೂರ್ವಾಹ್ನ", "පෙව", "ก่อนเที่ยง", "ກ່ອນທ່ຽງ", "ເຊົ້າ", "སྔ་ཆ་", "སྔ་དྲོ", "སྔ་དྲོ་", "တၸ", "နံနက်",
	"ማለዶ", "ቀደም ሰርምዕል", "ቅቀ", "ንጉሆ ሰዓተ", "ጡዋት", "ጥዋት", "ፋዱስ ጃብ", "ᐊᒼ", "ព្រឹក", "ⵜⵉⴼⴰⵡⵜ", "上午", "凌晨", "清晨", "早上", "上晝", "午前",
	"ꂵꆪꈌꈐ", "ꎸꄑ", "ꮜꮎꮄ", "오전", "𞤢𞤰",
};

static const char *const after_noon[] = {
	"ak", "akasuba", "aluula", "anw", "arratsaldeko", "carra", "ch", "chilo", "cɛɛ́nko", "dilolo", "du",
	"ea", "eb", "ebongi", "ebyámu", "efifie", "eh", "eigulo", "em", "ep", "ew", "gd", "gm", "gn", "gosoň",
	"hwaĩ-inĩ", "i ɓugajɔp", "ichamthi", "kikiiɗe", "kingoto", "kisɛ́ndɛ", "koosk", "kugú", "kyiukonyi",
	"lk", "luma lwa p", "mbasdite", "mchochil'l", "md", "mpókwa", "muu", "n tmeddit", "n'abalị", "nachm",
	"nam", "ncwònzém", "ngəgógəle", "nm", "nomëttes", "nyiaghuo", "odp", "ot", "pamunyi", "pashamihe",
	"pl", "pm", "pn", "po podne", "po połedniu", "pop", "popiet", "popodne", "popołdnju", "poslije podne",
	"ptg", "ptm", "pēcp", "pēcpusdienā", "saa moya zn", "soir", "tadggʷat", "teipa", "tk", "tŋ", "um sein",
	"ut", "wb", "wengi", "wn", "wótp", "yamma", "yh", "ym", "zaarikay b", "zmw", "ös", "ĩyawĩoo",
	"ŋka mbɔ́t nji", "ũg", "ǃuias", "ɔ̀sán", "ɛndámâ", "ɣetrɔ", "μμ", "кк", "кх", "пм", "по подне", "попл",
	"попладне", "поподне", "пп", "слоб", "тк", "түстен кейін", "эк", "үх", "կեսօրից հետո", "կհ", "אחה\"צ",
	"אחה״צ", "אחר הצהריים", "נאָכמיטאָג", "بظ", "بعد از ظهر", "بعد الظهر", "بعد دوپہر", "بعدازظهر", "شام",
	"غو", "م", "مساء", "چك", "چۈشتىن كېيىن", "܏ܒܛ", "ܒܛ", "މފ", "ߥ", "अपरान्ह", "अपराह्न", "दपेहरा",
	"दपेहरा/संजा", "बेलासे", "बेलुकी", "मध्यानपच्यात", "मनं", "स'ञ", "संजा", "सांझ", "অপরাহ্ন", "অপৰাহ্ন",
	"আবেলি", "ਬਾਦੁ", "ਸ਼ਾਮ", "ઉત્તર મધ્યાહ્ન", "பிற்பகல்", "மாலை", "అపరాహ్న", "ಅಪರಾಹ್ನ", "පව",
	"หลังเที่ยง", "ຫຼັງທ່ຽງ", "ແລງ", "ཕྱི་ཆ་", "ཕྱི་དྲོ", "ཕྱི་དྲོ་", "ညနေ", "တလ", "ሓቆ ስርምዕል", "ቃማ",
	"ከሰዓት", "ድሕር ሰዓት", "ድቀ", "ፋዱስ ደምቢ", "ᐲᒼ", "ល្ងាច", "ḍeffir aza", "ọ̀sán", "ⵜⴰⴷⴳⴳⵯⴰⵜ", "下午", "晚上", "中午", "下晝", "午后",
	"午後", "ꁯꋒ", "ꂵꆪꈌꉈ", "ꮢꭿᏹꭲ", "오후", "𞤩𞤰",
};

/* They say that it is a clock or what a number of the date is, and nothing of the half of the day. */
static const char *const neutral[] = {
	"h", "uhr", "u", "kl", "klo", "kello", "godz", "ob", "um", "ê", "o'clock", "t", "r", "ч", "г", "р",
	"в", "о", "日", "号", "일", "ý", "klock", "ga", "नि", "ཆུ་ཚོད་",
};

/* Words with which the English names of Windows' time zones begin; all of them have " Time" in them. */
static const char *const zones[] = {
	"afghanistan", "alaskan", "aleutian", "altai", "arab", "arabian", "arabic", "argentina", "armenian",
	"astrakhan", "atlantic", "aus", "azerbaijan", "azores", "bahia", "bangladesh", "belarus",
	"bougainville", "canada", "cape", "caucasus", "cen", "central", "chatham", "china", "coordinated",
	"cuba", "dateline", "e", "easter", "eastern", "egypt", "ekaterinburg", "fiji", "fle", "georgian",
	"gmt", "greenland", "greenwich", "gtb", "haiti", "hawaiian", "india", "iran", "israel", "jerusalem",
	"jordan", "kaliningrad", "kamchatka", "korea", "libya", "line", "lord", "magadan", "malay",
	"marquesas", "mauritius", "mexico", "mid-atlantic", "middle", "montevideo", "morocco", "mountain",
	"myanmar", "n", "namibia", "nepal", "new", "newfoundland", "norfolk", "north", "omsk", "pacific",
	"pakistan", "paraguay", "qyzylorda", "romance", "russia", "russian", "sa eastern", "sa pacific",
	"sa western", "saint", "sakhalin", "samoa", "sao", "saratov", "saudi", "se", "singapore", "south",
	"sri", "sudan", "syria", "taipei", "tasmania", "tocantins", "tokyo", "tomsk", "tonga", "transbaikal",
	"turkey", "turks", "ulaanbaatar", "us", "venezuela", "vladivostok", "volgograd", "w", "west",
	"yakutsk", "yukon",
};
/* clang-format on */

struct key {
	char text[KEY_MOST];
	size_t size;
};

static struct span
key_span(const struct key *key)
{
	return (struct span){ key->text, key->size };
}

/* "p. m." is one word: where its blank stands, else `words.size`. */
static size_t
blank_within(struct span words)
{
	size_t first = span_find(words, SPAN(". ")), second;

	if (first == 0 || first > 4)
		return words.size;
	second = span_find(span_from(words, first + 2), SPAN("."));
	if (second == 0 || second > 4 || span_find(span_part(words, first + 2, second), SPAN(" ")) < second)
		return words.size;
	return first + 2 + second < words.size ? first + 1 : words.size;
}

/* Without full stops, and without the byte at `omit`. */
static struct key
make_key(struct span words, size_t omit)
{
	struct key key = { .size = 0 };

	for (size_t i = 0; i < words.size && key.size < KEY_MOST; i++)
		if (words.at[i] != '.' && i != omit)
			key.text[key.size++] = words.at[i];
	return key;
}

static bool
ends_word(struct span key, size_t at)
{
	return at == key.size || memchr(" ,;()", key.at[at], 5);
}

static bool
stands_at(struct span key, struct span word, bool behind)
{
	if (word.size > key.size)
		return false;
	if (behind)
		return span_starts_nocase(key, word) && ends_word(key, word.size);
	return span_ends_nocase(key, word)
	       && (word.size == key.size || memchr(" ,;()", key.at[key.size - word.size - 1], 5));
}

/* The longest word of the list that the key begins with, or ends with; 0: none of them. */
static size_t
longest(struct span key, const char *const *words, size_t count, bool behind)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++) {
		struct span word = span_of(words[i]);

		if (word.size > size && stands_at(key, word, behind))
			size = word.size;
	}
	return size;
}

/* One letter before a clock may as well belong to the year: "2026 م". */
static enum day_half
half_of(struct span key, bool behind)
{
	size_t am = longest(key, before_noon, COUNT_OF(before_noon), behind);
	size_t pm = longest(key, after_noon, COUNT_OF(after_noon), behind);
	size_t size = am > pm ? am : pm;
	struct span word = behind ? span_part(key, 0, size) : span_from(key, key.size - size);
	uint32_t letter;

	if (size == 0 || (!behind && utf8_take_point(&word, &letter) && word.size == 0))
		return HALF_UNKNOWN;
	return am > pm ? HALF_AM : HALF_PM;
}

/* "(UTC+01:00) Amsterdam", "Eastern Daylight Time", "UTC-02". */
static bool
is_zone(struct span key)
{
	if (span_starts_nocase(key, SPAN("(utc")) || span_starts_nocase(key, SPAN("(gmt")))
		return true;
	if ((span_starts_nocase(key, SPAN("utc")) || span_starts_nocase(key, SPAN("gmt")))
	    && (ends_word(key, 3) || memchr("+-", key.at[3], 2)))
		return true;
	return longest(key, zones, COUNT_OF(zones), true) > 0 && span_find(key, SPAN(" time")) < key.size;
}

static struct span
trim_marks(struct span words)
{
	while (words.size > 0 && memchr(" ,;", words.at[0], 3))
		words = span_from(words, 1);
	while (words.size > 0 && memchr(" ,;", words.at[words.size - 1], 3))
		words.size--;
	return words;
}

/* What is left of the key when the words that say nothing are off its end. */
static struct span
without_neutral(struct span key, bool behind)
{
	size_t size;

	key = trim_marks(key);
	while ((size = longest(key, neutral, COUNT_OF(neutral), behind)) > 0)
		key = trim_marks(behind ? span_from(key, size) : span_part(key, 0, key.size - size));
	return key;
}

static enum day_half
half_in(struct span words, size_t omit, bool behind)
{
	struct key key = make_key(words, omit);
	struct span rest = without_neutral(key_span(&key), behind);

	if (rest.size == 0 || (behind && is_zone(rest)))
		return HALF_NONE;
	return half_of(rest, behind);
}

static enum day_half
half_beside(struct span words, bool behind)
{
	enum day_half half = half_in(words, words.size, behind);
	size_t blank = blank_within(words);

	return half == HALF_UNKNOWN && blank < words.size ? half_in(words, blank, behind) : half;
}

enum day_half
half_before(struct span words)
{
	words = trim_marks(words);
	if (words.size > KEY_MOST)
		words = span_from(words, words.size - KEY_MOST);
	if (words.size > 0 && words.at[words.size - 1] == '(')
		words.size--;
	return half_beside(words, false);
}

enum day_half
half_behind(struct span words)
{
	words = trim_marks(words);
	if (words.size > 0 && words.at[0] == ')')
		words = span_from(words, 1);
	return half_beside(trim_marks(words), true);
}
