#include "cli/forecast_task.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "cmtop/figures.h"

/*
 * Sends copied in one iteration of the loop: two or three milliseconds at most, between which
 * keys and files are served.
 */
#define PIECE 20000

#define GOOD_FOR       (5 * WHEN_SECOND)
#define GOOD_FOR_MOST  (60 * WHEN_SECOND)
#define SENDS_A_SECOND 20000 /* of what waits: a million may not be looked at all the time */

/* What the thread works at. It outlives us when it hangs, which nothing of it should. */
struct work {
	uv_work_t request;
	struct forecast_task *task; /* NULL: nobody waits for it any more */
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

struct forecast_task {
	uv_loop_t *loop;
	uv_idle_t idle;             /* runs while something is copied */
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
	if (!work->task || work->forecast != work->task->forecast)
		forecast_free(work->forecast);
	free(work);
}

/* One for which there was no memory is told as such, and tried again when it would have grown old. */
static void
take_over(struct forecast_task *task, struct work *work)
{
	const struct forecast_stop never = { NULL, NULL };

	if (task->forecast != work->forecast)
		forecast_free(task->forecast);
	task->forecast = work->forecast;
	if (work->forecast)
		forecast_stop_by(work->forecast, never);
	task->told = (struct foretold){
		.forecast = work->forecast,
		.model = work->model,
		.at = work->at,
		.what_if_known = work->what_if,
		.what_if_count = work->count,
	};
	for (size_t i = 0; i < work->count; i++)
		task->told.what_if[i] = work->rows[i];
}

static void
worked_out(uv_work_t *request, int status)
{
	struct work *work = request->data;
	struct forecast_task *task = work->task;
	bool news = task && status == 0;

	if (task)
		task->work = NULL;
	if (news)
		take_over(task, work);
	free_work(work);
	if (news)
		task->newer(task->payload);
}

/* Takes the plan; without one, the rows of the newest forecast are asked for. */
static void
begin_work(struct forecast_task *task, struct forecast_plan *plan)
{
	struct work *work = calloc(1, sizeof(*work));

	if (!work) {
		forecast_plan_free(plan);
		return;
	}
	work->request.data = work;
	work->task = task;
	work->plan = plan;
	work->rows_only = !plan;
	work->forecast = plan ? NULL : task->forecast;
	work->model = plan ? task->model : task->told.model;
	work->at = plan ? task->at : task->told.at;
	work->what_if = task->what_if;
	if (uv_queue_work(task->loop, &work->request, work_out, worked_out) < 0)
		free_work(work);
	else
		task->work = work;
}

static void
drop_plan(struct forecast_task *task)
{
	forecast_plan_free(task->plan);
	task->plan = NULL;
	uv_idle_stop(&task->idle);
}

static void
copy_piece(uv_idle_t *idle)
{
	struct forecast_task *task = idle->data;
	struct forecast_plan *plan = task->plan;

	switch (forecast_plan_copy(plan, task->model, PIECE)) {
	case FORECAST_MORE: return;
	case FORECAST_NO_MEMORY: drop_plan(task); return;
	case FORECAST_COPIED:
		task->plan = NULL;
		uv_idle_stop(&task->idle);
		begin_work(task, plan);
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
is_good(const struct forecast_task *task, const struct model *model, int64_t now)
{
	const struct foretold *told = &task->told;

	if (told->model != model || told->at == WHEN_NONE)
		return false;
	return now >= told->at && now < told->at + good_for(model);
}

bool
forecast_task_refresh(struct forecast_task *task, const struct model *model, int64_t now, bool what_if)
{
	bool good = is_good(task, model, now);

	task->what_if = what_if;
	if (task->plan || task->work)
		return good;
	if (good) {
		if (what_if && task->forecast && !task->told.what_if_known)
			begin_work(task, NULL);
		return true;
	}
	task->plan = forecast_plan_new(model, now);
	task->model = model;
	task->at = now;
	if (task->plan)
		uv_idle_start(&task->idle, copy_piece);
	return false;
}

void
forecast_task_forget(struct forecast_task *task, const struct model *model)
{
	if (task && task->plan && task->model == model)
		drop_plan(task);
}

const struct foretold *
forecast_task_newest(const struct forecast_task *task)
{
	return &task->told;
}

/* ---- from beginning to end ---- */

int
forecast_task_open(struct forecast_task **out, uv_loop_t *loop, void (*told)(void *payload), void *payload)
{
	struct forecast_task *task = calloc(1, sizeof(*task));

	*out = task;
	if (!task)
		return UV_ENOMEM;
	task->loop = loop;
	task->newer = told;
	task->payload = payload;
	/* One of the pool's threads may wait for standard input for ever: there must be others, whatever somebody has set. */
	uv_os_unsetenv("UV_THREADPOOL_SIZE");
	uv_idle_init(loop, &task->idle);
	task->idle.data = task;
	return 0;
}

static void
idle_closed(uv_handle_t *idle)
{
	free(idle->data);
}

void
forecast_task_close(struct forecast_task *task)
{
	struct work *work;

	if (!task)
		return;
	work = task->work;
	if (work) {
		if (work->rows_only) /* whose forecast goes with it */
			task->forecast = NULL;
		work->task = NULL;
		atomic_store(&work->stopped, true);
		uv_cancel((uv_req_t *)&work->request);
	}
	drop_plan(task);
	forecast_free(task->forecast);
	uv_close((uv_handle_t *)&task->idle, idle_closed);
}
