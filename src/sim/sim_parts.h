/*
 * The functions that the parts of the simulated site call of each other. The files, each using only
 * those above it: chance, names, agenda, record; outbox, sending, transfer, connection,
 * sender; scheduler; copies, copier_end, copier_files, copier, pkgxfer; dp,
 * package_queue, package, odd_packages, distmgr; work; sim. A part that has to wake one
 * further down this list adds a step to the agenda.
 */
#ifndef SIM_SIM_PARTS_H
#define SIM_SIM_PARTS_H

#include "sim/sim_world.h"

#define _(kind, function) void function(struct sim *sim, uint32_t which, uint32_t serial);
TURNS(_)
#undef _

/* sim_chance.c */
int64_t some_ms(struct sim *sim, uint64_t low, uint64_t high); /* by chance, both included */
bool odd_package(struct sim *sim, uint64_t n); /* true once in `n` times where odd_packages is asked for */

/* sim_names.c */
const char *package_title(const struct sim_package *pkg, char out[40]);
const char *dp_host(uint32_t dp);
void dp_name(uint32_t dp, char out[80]);

/* sim_agenda.c */
void agenda_add(struct sim *sim, int64_t delay, enum turn_kind kind, uint32_t which, uint32_t serial);
bool agenda_take(struct sim *sim, int64_t until, struct turn *out);
void sender_wake(struct sim *sim, int64_t delay);
void scheduler_order(struct sim *sim, uint32_t request, int64_t delay); /* its minijob is there after a while */
void outbox_later(struct sim *sim, uint32_t request, int64_t delay);    /* outbox_return() after a while */
void distmgr_wake(struct sim *sim, int64_t delay);
void package_again(struct sim *sim, uint32_t package); /* one that failed is notified anew */
void processing_go_on(struct sim *sim, struct processing *processing, int64_t delay);
void pkgxfer_wake(struct sim *sim, int64_t delay);
void copy_again(struct sim *sim, struct copy *copy, int64_t delay); /* it wants a thread after a while */

/* sim_record.c */
void writer_begin(struct sim *sim, struct writer *writer, enum sim_log log);
void writer_end(struct sim *sim, struct writer *writer);
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void
log_line(struct sim *sim, struct writer *writer, const char *format, ...);
void log_status(struct sim *sim, struct writer *writer, unsigned id, char severity, const char *first,
                const char *second, const char *package);
void log_status_dp(struct sim *sim, struct writer *writer, unsigned id, const char *package,
                   const char *dp); /* an error about both */
void log_block(struct sim *sim, struct sending *sending, const char *verb, uint64_t position);
void log_restart_time(struct sim *sim, struct writer *writer, int64_t at);
void restart_text(const struct sim *sim, int64_t at, char out[64]); /* a time as the server's people write it */

/* sim_outbox.c */
uint32_t request_add(struct sim *sim, uint32_t site, uint32_t package); /* NOBODY: too many */
void request_delete(struct sim *sim, uint32_t request);
void request_text(const struct request *request, char id[9], char job[16]);
void request_file(const struct sim *sim, const struct request *request, char out[48]);
void list_add(struct sim *sim, uint32_t request);  /* it waits, as sched.log tells it, */
void list_take(struct sim *sim, uint32_t request); /* … and waits no more */
void request_queue_add(struct sim *sim, struct request_queue *queue, uint32_t request);
void scheduler_notice(struct sim *sim, uint32_t request); /* it was sent whole */
void outbox_add(struct sim *sim, uint32_t request);
void outbox_return(struct sim *sim, uint32_t request); /* before all others of its priority */
uint32_t outbox_take(struct sim *sim);                 /* NOBODY: nothing may be sent now */

/* sim_sending.c */
struct sending *sending_free(struct sim *sim);
void sending_named(struct sim *sim, struct sending *sending);         /* a reader knows now what it carries */
void sending_writes(struct sim *sim, struct sending *sending);        /* takes its share of the lines, */
void sending_stops_writing(struct sim *sim, struct sending *sending); /* and gives it back */
void sending_end(struct sim *sim, struct sending *sending, bool waits_again);
int64_t sending_done(struct sim *sim, struct sending *sending);
int64_t sending_failed(struct sim *sim, struct sending *sending, int64_t retry);
void sending_interrupt(struct sim *sim, struct sending *sending);
struct request *sending_request(struct sim *sim, const struct sending *sending);
struct destination *sending_site(struct sim *sim, const struct sending *sending);
struct sim_package *sending_package(struct sim *sim, const struct sending *sending); /* NULL: replication */

/* sim_transfer.c */
int64_t transfer_begin(struct sim *sim, struct sending *sending);

/* sim_connection.c */
void sending_begin(struct sim *sim, struct sending *sending, uint32_t request);

/* sim_sender.c */
void sender_begin(struct sim *sim);
void sender_stop(struct sim *sim);

/* sim_scheduler.c */
void scheduler_begin(struct sim *sim);
void scheduler_restart(struct sim *sim);

/* sim_copies.c */
void copy_order(struct sim *sim, uint32_t package, uint32_t dp);
bool copy_report(struct sim *sim,
                 const struct copy *about); /* another job will report that the pull DP has it; false: no room */

/* sim_copier_end.c: a step that ends the thread answers DONE */
struct copy *copy_of(struct sim *sim, const struct copier *copier);
const char *copy_package(const struct sim *sim, const struct copier *copier);
void log_sent_status(struct sim *sim, struct copier *copier, unsigned status);
void copier_close(struct sim *sim, struct copier *copier);
int64_t copier_leave(struct sim *sim, struct copier *copier);
int64_t copier_finish(struct sim *sim, struct copier *copier);
int64_t copier_fail(struct sim *sim, struct copier *copier, const char *what);
int64_t copier_defer(struct sim *sim, struct copier *copier);
int64_t copier_break_off(struct sim *sim, struct copier *copier);
int64_t copier_send_failed(struct sim *sim, struct copier *copier);

/* sim_copier_files.c */
int64_t copier_next_file(struct sim *sim, struct copier *copier);

/* sim_copier.c */
void copier_begin(struct sim *sim, struct copy *copy, bool leads, bool excess);
void copier_stop(struct sim *sim, struct copier *copier); /* the component has stopped, and the thread with it */

/* sim_pkgxfer.c */
void pkgxfer_begin(struct sim *sim);
void pkgxfer_restart(struct sim *sim);

/* sim_dp.c */
void dp_start(struct sim *sim, struct processing *processing, uint32_t dp);
void dps_wait(struct sim *sim, struct processing *processing); /* all have been started */
void dp_interrupted(struct sim *sim, const struct dp_work *dp);

/* sim_package_queue.c */
void distmgr_reading(struct sim *sim); /* says how many package threads are in use */
void log_package_notified(struct sim *sim, uint32_t package);
void package_notify(struct sim *sim, uint32_t package);
uint32_t package_queue_take(struct sim *sim); /* NOBODY: none may begin now */

/* sim_package.c */
void processing_begin(struct sim *sim, struct processing *processing, uint32_t package);
int64_t processing_first(struct sim *sim, struct processing *processing); /* its first step now; how long that takes */
void processing_interrupted(struct sim *sim, struct processing *processing);

/* sim_odd_packages.c */
void odd_packages_begin(struct sim *sim);
void odd_packages_restart(struct sim *sim);

/* sim_distmgr.c */
void distmgr_begin(struct sim *sim);
void distmgr_restart(struct sim *sim);

/* sim_work.c */
void work_plan(struct sim *sim);  /* the sites, and the packages of the first minutes */
void work_begin(struct sim *sim); /* what comes again and again */
uint32_t work_package_bound(const struct sim_options *options);

#endif
