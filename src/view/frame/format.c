#include "view/frame/format.h"

int64_t
view_age(const struct view *view, int64_t since)
{
	if (since == WHEN_NONE || view->now == WHEN_NONE)
		return -1;
	return view->now > since ? view->now - since : 0;
}

int64_t
view_local(const struct view *view, int64_t at)
{
	return model_zoned(view->model) ? at - model_bias(view->model) * WHEN_MINUTE : at;
}

const char *
view_when(const struct view *view, int64_t at)
{
	struct civil then, today;

	if (at == WHEN_NONE)
		return "?";
	then = when_civil(view_local(view, at));
	today = when_civil(view_local(view, view->now == WHEN_NONE ? at : view->now));
	if (then.year == today.year && then.month == today.month && then.day == today.day)
		return arena_format(view->arena, "%02d:%02d:%02d", then.hour, then.minute, then.second);
	return arena_format(view->arena, "%02d-%02d %02d:%02d", then.month, then.day, then.hour, then.minute);
}

const char *
view_when_again(const struct view *view, const struct announced *announced)
{
	int64_t local = announced_local(announced);
	struct civil then = when_civil(local),
		     today = when_civil(view->now == WHEN_NONE ? local : view_local(view, view->now));
	const char *day = then.year == today.year && then.month == today.month && then.day == today.day
	                          ? ""
	                          : arena_format(view->arena, "%02d-%02d ", then.month, then.day);

	return arena_format(view->arena, "%s%02d:%02d:%02d", day, then.hour, then.minute, then.second);
}

const char *
view_when_fine(const struct view *view, int64_t at, bool zoned)
{
	struct civil time;

	if (at == WHEN_NONE)
		return "?";
	time = when_civil(zoned ? at - model_bias(view->model) * WHEN_MINUTE : at);
	return arena_format(view->arena, "%02d:%02d:%02d.%03d", time.hour, time.minute, time.second, time.milli);
}

const char *
view_duration(const struct view *view, int64_t milliseconds)
{
	char text[FMT_TEXT];

	if (milliseconds < 0)
		return "-";
	fmt_duration(milliseconds, text);
	return arena_format(view->arena, "%s", text);
}

const char *
view_eta(const struct view *view, int64_t milliseconds)
{
	return view_duration(view, milliseconds < 0 ? -1 : rounded_seconds(milliseconds) * WHEN_SECOND);
}

const char *
view_size(const struct view *view, int64_t bytes)
{
	char text[FMT_TEXT];

	if (bytes < 0)
		return "?";
	fmt_size((uint64_t)bytes, view->ui->units, text);
	return arena_format(view->arena, "%s", text);
}

const char *
view_rate(const struct view *view, double rate)
{
	char text[FMT_TEXT];

	fmt_rate(rate, view->ui->units, text);
	return arena_format(view->arena, "%s", text);
}

uint8_t
view_weight(enum state_weight weight)
{
	/* clang-format off */
	static const uint8_t styles[] = {
		[STATE_PLAIN] = STYLE_NORMAL, [STATE_GOOD] = STYLE_GOOD, [STATE_WARNS] = STYLE_WARN, [STATE_BAD] = STYLE_BAD,
	};
	/* clang-format on */

	return styles[weight];
}
const char *
view_limit(const struct view *view, int64_t capacity)
{
	return capacity < 0 ? "?" : arena_format(view->arena, "%lld", (long long)capacity);
}
