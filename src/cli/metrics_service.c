#include "cli/metrics_service.h"

#include "cli/session.h"
#include "follow/package_lookup.h"

static void
asked_to_end(void *payload, int signum)
{
	struct session *session = payload;

	session->status.signum = signum;
	uv_stop(&session->loop);
}

static void
changed(void *payload)
{
	(void)payload;
}

static void
rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	(void)payload, (void)log, (void)gap, (void)missed;
}

struct exit_status
metrics_service_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	const struct watch_events events = { NULL, changed, rolled, NULL, package_lookup_message, NULL };
	struct session session;

	if (!session_init(&session, options, paths, asked_to_end, &session))
		return (struct exit_status){ .code = 1 };
	session.status.code = session_open(&session, demo, false, &events);
	if (!session.status.code)
		session_run(&session, history_message, NULL);
	return session_close(&session);
}
