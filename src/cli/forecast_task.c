#include "cli/forecast_task.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "cmtop/figures.h"

/*
 * Sends copied in one turn of the loop: two or three milliseconds at most, between which
 * keys and files are served.
 */
#define PIECE 20000

#define GOOD_FOR       (5 * WHEN_SECOND)
#define GOOD_FOR_MOST  (60 * WHEN_SECOND)
#define SENDS_A_SECOND 20000 /* of what waits: a million may not be looked at all the time */

/* What the thread works at. It outlives us when it hangs, which nothing of it should. */
struct work {
	uv_work_t request;
	struct foretell *foretell;  /* NULL: nobody waits for it any more */
	struct forecast_plan *plan; /* NULL once it has been taken */
	bool rows_only;             /* of a forecast that is there already */
	struct forecast *forecast;  /* NULL at first, or out of memory */
	const struct model *model;  /* never looked at here: to know whose it is */
	int64_t at;
	bool what_if; /* the rows are asked for */
	size_t count;
	struct forecast_row rows[FORECAST_ROWS];
	atomic_bool stopped;
};

struct foretell {
	uv_loop_t *loop;
	uv_idle_t turn;             /* runs while something is copied */
	struct forecast_plan *plan; /* being copied, NULL: none */
	const struct model *model;  /* it is copied from */
	int64_t at;
	struct work *work;         /* under way, NULL: none */
	struct forecast *forecast; /* the newest */
	struct foretold told;      /* … as it is shown */
	bool what_if;              /* is wanted */
	void (*newer)(void *payload);
	void *payload;
};

/* ---- on the thread ---- */

static bool
is_stopped(void *payload)
{
	struct work *work = payload;

	return atomic_load_explicit(&work->stopped, memory_order_relaxed);
}

static void
work_out(uv_work_t *request)
{
	struct work *work = request->data;
	const struct forecast_stop stop = { is_stopped, work };

	if (work->rows_only)
		forecast_stop_by(work->forecast, stop);
	else
		work->forecast = forecast_run(work->plan, stop);
	work->plan = NULL;
	if (work->forecast && work->what_if)
		work->count = forecast_what_if(work->forecast, work->rows);
}

/* ---- on the loop ---- */

static void
free_work(struct work *work)
{
	forecast_plan_free(work->plan);
	if (!work->foretell || work->forecast != work->foretell->forecast)
		forecast_free(work->forecast);
	free(work);
}

/* One for which there was no memory is told as such, and tried again when it would have grown old. */
static void
take_over(struct foretell *foretell, struct work *work)
{
	const struct forecast_stop never = { NULL, NULL };

	if (foretell->forecast != work->forecast)
		forecast_free(foretell->forecast);
	foretell->forecast = work->forecast;
	if (work->forecast)
		forecast_stop_by(work->forecast, never);
	foretell->told = (struct foretold){
		.forecast = work->forecast,
		.model = work->model,
		.at = work->at,
		.what_if_known = work->what_if,
		.what_if_count = work->count,
	};
	for (size_t i = 0; i < work->count; i++)
		foretell->told.what_if[i] = work->rows[i];
}

static void
worked_out(uv_work_t *request, int status)
{
	struct work *work = request->data;
	struct foretell *foretell = work->foretell;
	bool news = foretell && status == 0;

	if (foretell)
		foretell->work = NULL;
	if (news)
		take_over(foretell, work);
	free_work(work);
	if (news)
		foretell->newer(foretell->payload);
}

/* Takes the plan; without one, the rows of the newest forecast are asked for. */
static void
begin_work(struct foretell *foretell, struct forecast_plan *plan)
{
	struct work *work = calloc(1, sizeof(*work));

	if (!work) {
		forecast_plan_free(plan);
		return;
	}
	work->request.data = work;
	work->foretell = foretell;
	work->plan = plan;
	work->rows_only = !plan;
	work->forecast = plan ? NULL : foretell->forecast;
	work->model = plan ? foretell->model : foretell->told.model;
	work->at = plan ? foretell->at : foretell->told.at;
	work->what_if = foretell->what_if;
	if (uv_queue_work(foretell->loop, &work->request, work_out, worked_out) < 0)
		free_work(work);
	else
		foretell->work = work;
}

static void
drop_plan(struct foretell *foretell)
{
	forecast_plan_free(foretell->plan);
	foretell->plan = NULL;
	uv_idle_stop(&foretell->turn);
}

static void
copy_piece(uv_idle_t *turn)
{
	struct foretell *foretell = turn->data;
	struct forecast_plan *plan = foretell->plan;

	switch (forecast_plan_copy(plan, foretell->model, PIECE)) {
	case FORECAST_MORE: return;
	case FORECAST_NO_MEMORY: drop_plan(foretell); return;
	case FORECAST_COPIED:
		foretell->plan = NULL;
		uv_idle_stop(&foretell->turn);
		begin_work(foretell, plan);
	}
}

static int64_t
good_for(const struct model *model)
{
	uint64_t more = model_sending(model).waiting / SENDS_A_SECOND;
	int64_t most = (GOOD_FOR_MOST - GOOD_FOR) / WHEN_SECOND;

	return GOOD_FOR + (more < (uint64_t)most ? (int64_t)more : most) * WHEN_SECOND;
}

/* Time that goes back, or another model, is another story. */
static bool
is_good(const struct foretell *foretell, const struct model *model, int64_t now)
{
	const struct foretold *told = &foretell->told;

	if (told->model != model || told->at == WHEN_NONE)
		return false;
	return now >= told->at && now < told->at + good_for(model);
}

bool
foretell_look(struct foretell *foretell, const struct model *model, int64_t now, bool what_if)
{
	bool good = is_good(foretell, model, now);

	foretell->what_if = what_if;
	if (foretell->plan || foretell->work)
		return good;
	if (good) {
		if (what_if && foretell->forecast && !foretell->told.what_if_known)
			begin_work(foretell, NULL);
		return true;
	}
	foretell->plan = forecast_plan_new(model, now);
	foretell->model = model;
	foretell->at = now;
	if (foretell->plan)
		uv_idle_start(&foretell->turn, copy_piece);
	return false;
}

void
foretell_forget(struct foretell *foretell, const struct model *model)
{
	if (foretell && foretell->plan && foretell->model == model)
		drop_plan(foretell);
}

const struct foretold *
foretell_told(const struct foretell *foretell)
{
	return &foretell->told;
}

/* ---- from beginning to end ---- */

int
foretell_open(struct foretell **out, uv_loop_t *loop, void (*told)(void *payload), void *payload)
{
	struct foretell *foretell = calloc(1, sizeof(*foretell));

	*out = foretell;
	if (!foretell)
		return UV_ENOMEM;
	foretell->loop = loop;
	foretell->newer = told;
	foretell->payload = payload;
	/* One of the pool's threads may wait for standard input for ever: there must be others, whatever somebody has set. */
	uv_os_unsetenv("UV_THREADPOOL_SIZE");
	uv_idle_init(loop, &foretell->turn);
	foretell->turn.data = foretell;
	return 0;
}

static void
turn_closed(uv_handle_t *turn)
{
	free(turn->data);
}

void
foretell_close(struct foretell *foretell)
{
	struct work *work;

	if (!foretell)
		return;
	work = foretell->work;
	if (work) {
		if (work->rows_only) /* whose forecast goes with it */
			foretell->forecast = NULL;
		work->foretell = NULL;
		atomic_store(&work->stopped, true);
		uv_cancel((uv_req_t *)&work->request);
	}
	drop_plan(foretell);
	forecast_free(foretell->forecast);
	uv_close((uv_handle_t *)&foretell->turn, turn_closed);
}
