/*
 * Files that carry a package, whole or as the difference from an older version,
 * and what is known of their sizes.
 */
#include "model/sender/package_files.h"

#include <stdlib.h>

#include "model/tables/apply.h"
#include "model/tables/places.h"
#include "model/tables/requests.h"
#include "model/records/sample_ring.h"

struct package_files *
package_files_new(uint32_t most)
{
	struct package_files *files = calloc(1, sizeof(*files));

	if (!files)
		return NULL;
	files->rows = calloc(most, sizeof(*files->rows));
	if (fifo_map_init(&files->keys, most) && files->rows)
		return files;
	package_files_free(files);
	return NULL;
}

void
package_files_free(struct package_files *files)
{
	if (!files)
		return;
	fifo_map_destroy(&files->keys);
	free(files->rows);
	free(files);
}

/* "PS100039.PCK.1", "PS100039.PCK", "PS100039.DLT.1.2" */
bool
file_content(struct span path, struct file_content *out)
{
	struct span name = span_basename(span_stored(path));
	size_t dot = span_find(name, SPAN("."));
	uint64_t a = 0, b = 0;
	bool delta;

	*out = (struct file_content){ span_trim(span_part(name, 0, dot)), 0, 0 };
	name = span_from(name, dot);
	delta = span_skip_nocase(&name, SPAN(".dlt"));
	if (out->package.size == 0 || out->package.size > 15 || (!delta && !span_skip_nocase(&name, SPAN(".pck"))))
		return false;
	if (span_skip(&name, SPAN(".")) && !span_take_uint(&name, &a))
		return false;
	if (delta && (!span_skip(&name, SPAN(".")) || !span_take_uint(&name, &b)))
		return false;
	if (name.size > 0 || a > UINT32_MAX || b > UINT32_MAX)
		return false;
	out->version = (uint32_t)(delta ? b : a);
	out->delta_from = (uint32_t)(delta ? a : 0);
	return true;
}

bool
is_replication(struct span path)
{
	return span_find_nocase(path, SPAN("\\tosend\\")) < path.size
	       || span_find_nocase(path, SPAN("/tosend/")) < path.size;
}

bool
is_instruction(struct span path)
{
	struct span name = span_basename(path);
	size_t dot = span_find_last(name, SPAN("."));

	return is_replication(path) && dot + 1 < name.size && to_lower(name.at[dot + 1]) == 'i';
}

static uint64_t
file_key(uint32_t package, uint32_t version, uint32_t from)
{
	return (uint64_t)(package & 0xffff) << 48 | (uint64_t)(version & 0xffffff) << 24 | (from & 0xffffff);
}

struct package_file *
file_at(struct model *model, uint32_t package, uint32_t version, uint32_t from)
{
	bool fresh;
	uint32_t i = fifo_map_take(&model->files->keys, file_key(package, version, from), &fresh);

	if (fresh)
		model->files->rows[i] = (struct package_file){ .kbytes = -1, .compressed = -1 };
	return &model->files->rows[i];
}

static const struct package_file *
file_find(const struct model *model, uint32_t package, uint32_t version, uint32_t from)
{
	uint32_t i = fifo_map_find(&model->files->keys, file_key(package, version, from));

	return i == NAME_NONE ? NULL : &model->files->rows[i];
}

/* How large new sends are is learnt later than that they fell due; it is booked on the five minutes in which they did. */
static void
weigh_due(struct model *model, uint64_t count, uint64_t bytes, uint32_t second)
{
	struct sample *sample = sample_of(model, (int64_t)second * WHEN_SECOND);

	if (!sample || count == 0 || bytes > (uint64_t)INT64_MAX / count / 2)
		return;
	sample->due_sized += count;
	sample->due_bytes += count * bytes;
}

void
file_due(struct model *model, uint32_t i)
{
	const struct package *package = &model->places->packages[i];
	uint32_t version = package->file_version ? package->file_version : package->version;
	uint32_t second = model->newest == WHEN_NONE ? 0 : (uint32_t)(model->newest / WHEN_SECOND);
	struct package_file *file;
	uint64_t bytes;

	/* Where the scheduler lists each request with its own size, that is better. */
	if (model->requests->active)
		return;
	if (model_size(model, i, version, package->file_from, &bytes) != SIZE_UNKNOWN) {
		weigh_due(model, 1, bytes, second);
		return;
	}
	file = file_at(model, i, version, package->file_from);
	file->unsized_due++;
	file->due_second = second;
}

static void
file_weighed(struct model *model, struct package_file *file, uint64_t bytes)
{
	weigh_due(model, file->unsized_due, bytes, file->due_second);
	file->unsized_due = 0;
}

void
file_sent(struct model *model, const struct job *job)
{
	struct package_file *file = file_at(model, job->package, job->version, job->delta_from);

	file->exact = job->position;
	file_weighed(model, file, file->exact);
}

/* A log has named the file, or nobody would have looked: its package is known. */
void
file_looked(struct model *model, const struct event *event, uint32_t component)
{
	struct file_content content;
	struct package_file *file;
	uint32_t package;

	(void)component;
	if (!file_content(event_text(event, TEXT_PATH), &content))
		return;
	package = model_package_named(model, content.package);
	if (package == NAME_NONE)
		return;
	file = file_at(model, package, content.version, content.delta_from);
	file->looked = event_has_number(event, NUMBER_BYTES) ? event->number[NUMBER_BYTES] : 0;
	if (file->looked > 0 && file->looked <= INT64_MAX)
		file_weighed(model, file, file->looked);
	else
		file->looked = 0;
}

bool
model_wants_look(const struct model *model, struct span path)
{
	const struct package_file *file;
	struct file_content content;
	uint32_t package;

	if (!file_content(path, &content))
		return false;
	package = model_package_named(model, content.package);
	if (package == NAME_NONE)
		return false;
	file = file_find(model, package, content.version, content.delta_from);
	return !file || file->exact == 0;
}

void
request_weighed(struct model *model, uint64_t bytes, uint32_t second)
{
	weigh_due(model, 1, bytes, second);
}

void
file_listed(struct model *model, uint32_t package, uint32_t version, uint64_t bytes)
{
	struct package_file *file = file_at(model, package, version, 0);

	if (bytes > file->sched)
		file->sched = bytes;
}

static int64_t
estimate(const struct package_file *file)
{
	int64_t kbytes = !file ? -1 : file->compressed >= 0 ? file->compressed : file->kbytes;

	return kbytes < 0 ? -1 : kbytes * 1024;
}

int64_t
model_source_size(const struct model *model, uint32_t package, uint32_t version)
{
	const struct package_file *file = package == NAME_NONE ? NULL : file_find(model, package, version, 0);

	return file && file->kbytes >= 0 ? file->kbytes * 1024 : -1;
}

enum size_source
model_size(const struct model *model, uint32_t package, uint32_t version, uint32_t delta_from, uint64_t *bytes)
{
	const struct package_file *file;
	int64_t estimated;

	if (package == NAME_NONE)
		return SIZE_UNKNOWN;
	file = file_find(model, package, version, delta_from);
	if (file && (file->exact > 0 || file->looked > 0)) {
		*bytes = file->exact > 0 ? file->exact : file->looked;
		return SIZE_EXACT;
	}
	if (delta_from != 0) /* how much a difference takes cannot be told from the whole */
		return SIZE_UNKNOWN;
	estimated = estimate(file);
	if (estimated < 0) /* SMS 2.0 told sizes without a version */
		estimated = estimate(file_find(model, package, 0, 0));
	/* A request does not say whether it carries the difference from an older version: much less than the source is one. */
	if (file && file->sched > 0 && (version <= 1 || estimated < 0 || file->sched >= (uint64_t)estimated / 2)) {
		*bytes = file->sched;
		return SIZE_SCHED;
	}
	if (estimated < 0)
		return SIZE_UNKNOWN;
	*bytes = (uint64_t)estimated;
	return SIZE_ESTIMATE;
}

int64_t
package_size(const struct model *model, uint32_t package, enum size_source *source)
{
	const struct package *p = &model->places->packages[package];
	uint64_t bytes = 0;

	*source = model_size(model, package, p->version, p->file_version == p->version ? p->file_from : 0, &bytes);
	return *source == SIZE_UNKNOWN ? -1 : (int64_t)bytes;
}

const char *
size_source_word(enum size_source source)
{
	static const char *const words[] = {
		[SIZE_EXACT] = "exact",
		[SIZE_SCHED] = "sched",
		[SIZE_ESTIMATE] = "estimate",
	};

	return source == SIZE_UNKNOWN ? NULL : words[source];
}
