/* Whether the network link of the server is the bottleneck, and not the slots. */
#include "advice/finding.h"

#include <stdio.h>

/*
 * The slope comes out nearer to 0 than it is, as the number of those that write at
 * once is known only roughly: -0.1 to 0.1 where the slots are the bottleneck, -0.2
 * to -0.8 where the link is.
 */
#define WINDOWS_LEAST 20.0 /* ten minutes */
#define SLIGHT        -0.05
#define DOUBTFUL      -0.18
#define SHARED        -0.3
#define SURELY        -0.15

/* What has been seen speaks for it: then the slots are not said to be what is scarce. */
bool
link_is_full(const struct known *known)
{
	struct uplink_share share = model_uplink_share(known->model);

	return share.windows >= WINDOWS_LEAST && share.slope < SLIGHT && share.slope - 2 * share.error < DOUBTFUL;
}

/* What has been seen speaks against it. Where the number of those that write hardly changes, or blocks come too slowly, neither does. */
bool
link_has_room(const struct known *known)
{
	struct uplink_share share = model_uplink_share(known->model);

	return share.windows >= WINDOWS_LEAST && share.slope - 2 * share.error >= DOUBTFUL;
}

/* And so clearly that chance does not explain it. */
bool
find_link_full(const struct known *known, char *text, size_t size)
{
	struct uplink_share share = model_uplink_share(known->model);
	double rate = sending_rate(known->model, known->now);
	char together[FMT_TEXT] = "?";

	if (share.windows < WINDOWS_LEAST || share.slope > SHARED || share.slope + 2 * share.error > SURELY
	    || known->backlog.waiting == 0 || known->sending.used < 2)
		return false;
	if (rate >= 0)
		fmt_rate(rate, FMT_BYTES, together);
	snprintf(text, size,
	         "Sends get slower when more of them write at once (%.1f on average, %s together). The network link is "
	         "full: more slots bring no more bytes",
	         share.writers, together);
	return true;
}
