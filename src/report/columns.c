#include "report/columns.h"

#include <math.h>
#include <stdio.h>

#include "cmtop/errors.h"

#define _(id, name, says) { name, says },
static const struct column log_columns[] = { LOG_COLUMNS(_) };
static const struct column job_columns[] = { JOB_COLUMNS(_) };
static const struct column site_columns[] = { SITE_COLUMNS(_) };
static const struct column package_columns[] = { PACKAGE_COLUMNS(_) };
static const struct column thread_columns[] = { THREAD_COLUMNS(_) };
static const struct column dp_columns[] = { DP_COLUMNS(_) };
static const struct column transfer_columns[] = { TRANSFER_COLUMNS(_) };
static const struct column failure_columns[] = { FAILURE_COLUMNS(_) };
static const struct column advice_columns[] = { ADVICE_COLUMNS(_) };
#undef _

/* clang-format off */
const struct table report_tables[REPORT_TABLES] = {
	[REPORT_JOBS]      = { "jobs",      job_columns,      JOB_COLUMN_COUNT },
	[REPORT_SITES]     = { "sites",     site_columns,     SITE_COLUMN_COUNT },
	[REPORT_PACKAGES]  = { "packages",  package_columns,  PACKAGE_COLUMN_COUNT },
	[REPORT_THREADS]   = { "threads",   thread_columns,   THREAD_COLUMN_COUNT },
	[REPORT_DPS]       = { "dps",       dp_columns,       DP_COLUMN_COUNT },
	[REPORT_TRANSFERS] = { "transfers", transfer_columns, TRANSFER_COLUMN_COUNT },
	[REPORT_FAILURES]  = { "failures",  failure_columns,  FAILURE_COLUMN_COUNT },
	[REPORT_ADVICE]    = { "advice",    advice_columns,   ADVICE_COLUMN_COUNT },
	[REPORT_LOGS]      = { "logs",      log_columns,      LOG_COLUMN_COUNT },
};
/* clang-format on */

_Static_assert(JOB_COLUMN_COUNT <= COLUMNS_MOST && TRANSFER_COLUMN_COUNT <= COLUMNS_MOST,
               "the widest table fits a row of cells");

const char *
report_table_word(enum report_table table)
{
	return report_tables[table].word;
}

bool
report_column(enum report_table table, size_t i, const char **name, const char **says)
{
	if (i >= report_tables[table].count)
		return false;
	*name = report_tables[table].columns[i].name;
	*says = report_tables[table].columns[i].says;
	return true;
}

/* ---- values ---- */

static struct cell
text(const char *text)
{
	return text && *text ? (struct cell){ .kind = CELL_TEXT, .text = text } : (struct cell){ 0 };
}

/* Negative: unknown. */
static struct cell
known(int64_t number)
{
	return number < 0 ? (struct cell){ 0 } : (struct cell){ .kind = CELL_NUMBER, .number = number };
}

static struct cell
count(uint64_t number)
{
	return known(number > INT64_MAX ? INT64_MAX : (int64_t)number);
}

static struct cell
nonzero(uint64_t number)
{
	return number ? count(number) : (struct cell){ 0 };
}

static struct cell
flag(bool is)
{
	return (struct cell){ .kind = CELL_FLAG, .number = is };
}

/* A figure past what an integer holds is as unknown as one that is no number. */
static struct cell
rounded(double number)
{
	return known(number >= 0 && number < 9e18 ? llround(number) : -1);
}

static struct cell
at(int64_t time, bool zoned)
{
	return time == WHEN_NONE ? (struct cell){ 0 }
	                         : (struct cell){ .kind = CELL_TIME, .number = time, .zoned = zoned };
}

/* What waits, and what is left of it, is known only where something says what falls due. */
static struct cell
waiting(const struct rows *rows, uint64_t sends)
{
	return rows->backlog.known ? count(sends) : (struct cell){ 0 };
}

static const char *
kind_word(const struct job *job)
{
	switch (job->kind) {
	case KIND_PACKAGE: return "package";
	case KIND_REPLICATION: return "replication";
	default: return NULL;
	}
}

/* ---- rows ---- */

static void
fill_log(struct cell *cells, const struct log_status *log)
{
	cells[COLUMN_LOG_NAME] = text(log->name);
	cells[COLUMN_LOG_PATH] = text(log->path);
	cells[COLUMN_LOG_STATE] = text(log_state_word(log->state));
	cells[COLUMN_LOG_ERROR] = text(log->error);
	cells[COLUMN_LOG_BYTES] = count(log->bytes);
	cells[COLUMN_LOG_RECORDS] = count(log->records);
	cells[COLUMN_LOG_UNKNOWN] = count(log->unknown);
	cells[COLUMN_LOG_DAMAGED] = count(log->damaged);
	cells[COLUMN_LOG_ROLLOVERS] = count(log->rollovers);
	cells[COLUMN_LOG_MISSED] = count(log->missed);
	cells[COLUMN_LOG_NEWEST] = at(log->newest, log->zoned);
}

static void
fill_job(struct cell *cells, const struct scene *scene, const struct job *job)
{
	const struct model *model = scene->model;
	bool zoned = model_zoned(model);
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = job_size(model, job, &source);

	cells[COLUMN_JOB_REQUEST] = text(job->request);
	cells[COLUMN_JOB_SITE] = text(site_name(model, job->site));
	cells[COLUMN_JOB_PACKAGE] = text(package_name(model, job->package));
	cells[COLUMN_JOB_VERSION] = nonzero(job->version);
	cells[COLUMN_JOB_KIND] = text(kind_word(job));
	cells[COLUMN_JOB_COMPONENT] = text(model_component(model, job->component));
	cells[COLUMN_JOB_THREAD] = count(job->thread);
	cells[COLUMN_JOB_STATE] = text(job_state_word(job->state));
	cells[COLUMN_JOB_ATTEMPT] = count(job->attempt);
	cells[COLUMN_JOB_POSITION] = job->wrote ? count(job->position) : (struct cell){ 0 };
	cells[COLUMN_JOB_SIZE] = known(size);
	cells[COLUMN_JOB_SIZE_SOURCE] = text(size < 0 ? NULL : size_source_word(source));
	cells[COLUMN_JOB_RATE] = rounded(job_rate_told(job, scene->now));
	cells[COLUMN_JOB_ETA] = known(whole_seconds(job_eta_told(model, job, scene->now)));
	cells[COLUMN_JOB_STARTED] = at(job->started, zoned);
	cells[COLUMN_JOB_LAST] = at(job->last, zoned);
	cells[COLUMN_JOB_STALLED] = flag(job_stalled(job, scene->now));
	cells[COLUMN_JOB_ERROR] = text(job->error);
	cells[COLUMN_JOB_THROTTLED] = flag(job_throttled(job));
}

static void
fill_site(struct cell *cells, const struct scene *scene, const struct rows *rows, const struct site *site)
{
	const struct model *model = scene->model;
	uint32_t number = site_number(scene, site);
	bool zoned = model_zoned(model);

	cells[COLUMN_SITE_CODE] = text(site->code);
	cells[COLUMN_SITE_USED] = count(site_slots(site));
	cells[COLUMN_SITE_CAPACITY] = known(site->capacity);
	cells[COLUMN_SITE_WAITING] = waiting(rows, site_waiting(site));
	cells[COLUMN_SITE_DONE] = count(site->done);
	cells[COLUMN_SITE_FAILED] = count(site->failed);
	cells[COLUMN_SITE_BYTES] = count(site->bytes);
	cells[COLUMN_SITE_RATE] = rounded(site_rate(model, number, scene->now));
	cells[COLUMN_SITE_LAST_DONE] = at(site->last_done, zoned);
	cells[COLUMN_SITE_STATE] = text(site_state_word(site_state(model, number, scene->now)));
	cells[COLUMN_SITE_UNTIL] = at(site->blocked_until, zoned);
	cells[COLUMN_SITE_AHEAD] =
		known(site_state(model, number, scene->now) == SITE_QUEUED ? site_ahead(model, number) : -1);
}

/* Sends that nothing gets through for leave nobody to tell when. */
static struct cell
package_eta(const struct rows *rows, const struct package *package, uint32_t number)
{
	struct forecast_package told = forecast_package(rows->forecast, number);

	if (package->waiting + package->running == 0)
		return known(0);
	return told.left_out > 0 ? (struct cell){ 0 } : known(whole_seconds(told.done.likely));
}

static void
fill_package(struct cell *cells, const struct scene *scene, const struct rows *rows, const struct package *package)
{
	uint32_t number = package_number(scene, package);
	enum size_source source;

	cells[COLUMN_PACKAGE_ID] = text(package->id);
	cells[COLUMN_PACKAGE_NAME] = text(package->name);
	cells[COLUMN_PACKAGE_VERSION] = nonzero(package->version);
	cells[COLUMN_PACKAGE_SIZE] = known(package_size(scene->model, number, &source));
	cells[COLUMN_PACKAGE_WAITING] = waiting(rows, package->waiting);
	cells[COLUMN_PACKAGE_RUNNING] = count(package->running);
	cells[COLUMN_PACKAGE_DONE] = count(package->done);
	cells[COLUMN_PACKAGE_FAILED] = count(package->failed);
	cells[COLUMN_PACKAGE_BYTES_LEFT] =
		rows->backlog.known ? known(package_bytes_left(scene->model, number)) : (struct cell){ 0 };
	cells[COLUMN_PACKAGE_ETA] = rows->backlog.known ? package_eta(rows, package, number) : (struct cell){ 0 };
}

static void
fill_thread(struct cell *cells, const struct scene *scene, const struct package_thread *thread)
{
	const struct model *model = scene->model;
	uint64_t dps[] = { [DP_RUNNING] = 0, [DP_DONE] = 0, [DP_ENDED] = 0, [DP_FAILED] = 0 };

	for (const struct dp *dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next))
		dps[dp->state]++;
	cells[COLUMN_THREAD_ID] = count(thread->thread);
	cells[COLUMN_THREAD_PACKAGE] = text(package_name(model, thread->package));
	cells[COLUMN_THREAD_VERSION] = nonzero(thread->version);
	cells[COLUMN_THREAD_PHASE] = text(phase_word(thread->phase));
	cells[COLUMN_THREAD_SINCE] = at(thread->since, model_zoned(model));
	cells[COLUMN_THREAD_LAST] = at(thread->last, model_zoned(model));
	cells[COLUMN_THREAD_STALLED] = flag(thread_stalled(model, thread, scene->now));
	cells[COLUMN_THREAD_ERROR] = text(thread->error);
	cells[COLUMN_THREAD_DPS_RUNNING] = count(dps[DP_RUNNING]);
	cells[COLUMN_THREAD_DPS_DONE] = count(dps[DP_DONE]);
	cells[COLUMN_THREAD_DPS_ENDED] = count(dps[DP_ENDED]);
	cells[COLUMN_THREAD_DPS_FAILED] = count(dps[DP_FAILED]);
}

static void
fill_dp(struct cell *cells, const struct model *model, const struct dp_row *row)
{
	cells[COLUMN_DP_THREAD] = nonzero(row->dp->thread);
	cells[COLUMN_DP_DP] = text(model_server(model, row->dp->server));
	cells[COLUMN_DP_STATE] = text(dp_state_word((enum dp_state)row->dp->state));
	cells[COLUMN_DP_TEXT] = text(row->dp->text);
	cells[COLUMN_DP_PACKAGE] = text(package_name(model, row->thread->package));
	cells[COLUMN_DP_VERSION] = nonzero(row->thread->version);
	cells[COLUMN_DP_PACKAGE_THREAD] = count(row->thread->thread);
}

static void
fill_transfer(struct cell *cells, const struct scene *scene, const struct transfer *transfer)
{
	const struct model *model = scene->model;
	int64_t restart = transfer_restart(model, transfer);

	cells[COLUMN_TRANSFER_JOB] = count(transfer->job);
	cells[COLUMN_TRANSFER_PACKAGE] = text(package_name(model, transfer->package));
	cells[COLUMN_TRANSFER_VERSION] = nonzero(transfer->version);
	cells[COLUMN_TRANSFER_DP] = text(model_server(model, transfer->dp));
	cells[COLUMN_TRANSFER_THREADS] =
		(struct cell){ .kind = CELL_NUMBERS,
		               .numbers = transfer->thread,
		               .number = transfer->threads < TRANSFER_THREADS ? transfer->threads : TRANSFER_THREADS };
	cells[COLUMN_TRANSFER_STATE] = text(transfer_state_word((enum transfer_state)transfer->state));
	cells[COLUMN_TRANSFER_BYTES] = count(transfer->bytes);
	cells[COLUMN_TRANSFER_SIZE] = known(transfer_size(model, transfer));
	cells[COLUMN_TRANSFER_RATE] = rounded(transfer_rate(transfer, scene->now));
	cells[COLUMN_TRANSFER_ATTEMPTS] = count(transfer->attempts);
	cells[COLUMN_TRANSFER_FAILURES] = count(transfer->failures);
	cells[COLUMN_TRANSFER_RESTART] = at(restart, model_zoned(model));
	cells[COLUMN_TRANSFER_RESTART_TEXT] = text(restart == WHEN_NONE ? transfer->restart : NULL);
	cells[COLUMN_TRANSFER_PRIORITY] = nonzero(transfer->priority);
	cells[COLUMN_TRANSFER_PULL] = flag(transfer->pull);
	cells[COLUMN_TRANSFER_THROTTLED] = flag(transfer->throttled);
	cells[COLUMN_TRANSFER_LIMIT_PERCENT] = nonzero(transfer->limit_percent);
	cells[COLUMN_TRANSFER_STALLED] = flag(transfer_stalled(transfer, scene->now));
	cells[COLUMN_TRANSFER_ERROR] = text(transfer->error);
	cells[COLUMN_TRANSFER_LAST] = at(transfer->last, model_zoned(model));
}

static void
fill_failure(struct cell *cells, const struct scene *scene, const struct failure *failure)
{
	const struct model *model = scene->model;
	const struct transition *what = &failure->what;
	int64_t retry = failure_retry(model, failure);

	cells[COLUMN_FAILURE_TIME] = at(what->at, what->zoned);
	cells[COLUMN_FAILURE_LOG] = text(failure->log < scene->log_count ? scene->logs[failure->log].name : NULL);
	cells[COLUMN_FAILURE_KIND] = text(failure_kind_word((enum failure_kind)failure->kind));
	cells[COLUMN_FAILURE_SITE] = text(site_name(model, what->site));
	cells[COLUMN_FAILURE_PACKAGE] = text(package_name(model, what->package));
	cells[COLUMN_FAILURE_VERSION] = nonzero(what->version);
	cells[COLUMN_FAILURE_DP] = text(model_server(model, what->dp));
	cells[COLUMN_FAILURE_REQUEST] = text(what->request);
	cells[COLUMN_FAILURE_THREAD] = nonzero(what->thread);
	cells[COLUMN_FAILURE_ATTEMPT] = nonzero(what->attempt);
	cells[COLUMN_FAILURE_CODE] =
		failure->coded ? (struct cell){ .kind = CELL_CODE, .number = failure->code } : (struct cell){ 0 };
	cells[COLUMN_FAILURE_MEANING] = text(failure->coded ? failure_meaning(failure->code) : NULL);
	cells[COLUMN_FAILURE_TEXT] = text(what->text);
	cells[COLUMN_FAILURE_RETRY] = at(retry, model_zoned(model));
	cells[COLUMN_FAILURE_RETRY_TEXT] = text(retry == WHEN_NONE ? failure->retry : NULL);
}

static void
fill_advice(struct cell *cells, const struct advice *advice)
{
	cells[COLUMN_ADVICE_CODE] = text(advice_word(advice->code));
	cells[COLUMN_ADVICE_TEXT] = text(advice->text);
	cells[COLUMN_ADVICE_SETTING] = text(advice->today);
	cells[COLUMN_ADVICE_BEFORE] = text(advice->before);
}

size_t
columns_rows(enum report_table table, const struct scene *scene, const struct rows *rows)
{
	switch (table) {
	case REPORT_JOBS: return rows->job_count;
	case REPORT_SITES: return rows->site_count;
	case REPORT_PACKAGES: return rows->package_count;
	case REPORT_THREADS: return rows->thread_count;
	case REPORT_DPS: return rows->dp_count;
	case REPORT_TRANSFERS: return rows->transfer_count;
	case REPORT_FAILURES: return rows->failure_count;
	case REPORT_ADVICE: return rows->advice_count;
	case REPORT_LOGS: return scene->log_count;
	default: return 0;
	}
}

void
columns_fill(enum report_table table, const struct scene *scene, const struct rows *rows, size_t row,
             struct cell cells[COLUMNS_MOST])
{
	switch (table) {
	case REPORT_JOBS: fill_job(cells, scene, rows->jobs[row]); break;
	case REPORT_SITES: fill_site(cells, scene, rows, rows->sites[row]); break;
	case REPORT_PACKAGES: fill_package(cells, scene, rows, rows->packages[row]); break;
	case REPORT_THREADS: fill_thread(cells, scene, rows->threads[row]); break;
	case REPORT_DPS: fill_dp(cells, scene->model, &rows->dps[row]); break;
	case REPORT_TRANSFERS: fill_transfer(cells, scene, rows->transfers[row]); break;
	case REPORT_FAILURES: fill_failure(cells, scene, rows->failures[row]); break;
	case REPORT_ADVICE: fill_advice(cells, &rows->advice[row]); break;
	case REPORT_LOGS: fill_log(cells, &scene->logs[row]); break;
	default: break;
	}
}
