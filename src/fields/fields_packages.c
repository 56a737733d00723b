/* Packages over all sites. */
#include "fields/values.h"

#define PACKAGE(name, ...) VALUE(name, struct package, package, __VA_ARGS__)

static uint32_t
number_of(const struct field_context *of, const struct package *package)
{
	return package_number(of->model, package);
}

static int64_t
size_of(const struct field_context *of, const struct package *package, bool *estimate)
{
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = package_size(of->model, number_of(of, package), &source);

	*estimate = size >= 0 && source == SIZE_ESTIMATE;
	return size;
}

static struct value
size(const struct field_context *of, const void *row)
{
	bool estimate;
	int64_t bytes = size_of(of, row, &estimate);

	return value_estimate(value_known(bytes), estimate);
}

static struct value
bytes_left(const struct field_context *of, const void *row)
{
	int64_t left = package_bytes_left(of->model, number_of(of, row));
	bool estimate;

	size_of(of, row, &estimate);
	return value_where(of->backlog.known, value_estimate(value_known(left), estimate && left > 0));
}

/* Sends that nothing gets through for leave nobody to tell when. */
static struct value
eta(const struct field_context *of, const void *row)
{
	const struct package *package = row;
	struct forecast_package told;

	if (!of->forecast || !of->backlog.known)
		return value_unknown();
	if (package->waiting + package->running == 0)
		return value_known(0);
	told = forecast_package(of->forecast, number_of(of, package));
	return value_where(told.left_out == 0, value_estimate(value_left(told.done.likely), true));
}

PACKAGE(id, value_of_text(package->id))
PACKAGE(name, value_of_text(package->name))
PACKAGE(version, value_nonzero(package->version))
PACKAGE(waiting, value_where(of->backlog.known, value_count(package->waiting)))
PACKAGE(running, value_count(package->running))
PACKAGE(done, value_count(package->done))
PACKAGE(failed, value_count(package->failed))
PACKAGE(left, value_count(package->waiting + package->running))

/* clang-format off */
static const struct field rows[] = {
	{ "package", "PACKAGE", UNIT_TEXT, FIELD_ROW, "package id", .value = id, SORTED(2, "package id") },
	{ "name", "NAME", UNIT_TEXT, FIELD_ROW, "name of the package", .value = name, SORTED(3, "package name") },
	{ "version", NULL, UNIT_NUMBER, FIELD_ROW, "newest version in the logs", .value = version },
	{ "size", "SIZE", UNIT_BYTES, FIELD_ROW, "bytes of one send of that version",
	  .value = size, .filter = "size", SORTED_DOWN(8, "size of one send") },
	{ "waiting", "WAIT", UNIT_COUNT, FIELD_ROW, "sends that are due and have no thread yet",
	  .value = waiting, SORTED_DOWN(4, "sends that wait") },
	{ "running", "SEND", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "running sends",
	  .value = running, SORTED_DOWN(5, "sends that run") },
	{ "done", "DONE", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "sends that were done",
	  .value = done, SORTED_DOWN(6, "sends done") },
	{ "failed", "FAIL", UNIT_COUNT, FIELD_ROW | FIELD_KNOWN, "sends that failed",
	  .value = failed, SORTED_DOWN(7, "sends failed") },
	{ "bytes_left", "LEFT", UNIT_BYTES, FIELD_ROW, "bytes of the sends that wait or run",
	  .value = bytes_left, SORTED_DOWN(9, "bytes that are left to send") },
	{ "eta", "DONE IN", UNIT_SECONDS, FIELD_ROW, "seconds until all sites have it; null if not known", .value = eta },
	/* In orders alone. */
	{ "left", NULL, UNIT_COUNT, FIELD_KNOWN, "sends that wait or run", .value = left, SORTED_DOWN(1, "sends that wait or run") },
};
/* clang-format on */

const struct field_list fields_packages = { "packages", "package", "A package over all sites.", rows, COUNT_OF(rows) };
