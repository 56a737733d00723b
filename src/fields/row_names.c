/* Names and numbers of what a row refers to. */
#include "cmtop/fields.h"

uint32_t
site_number(const struct model *model, const struct site *site)
{
	size_t count;

	return (uint32_t)(site - model_sites(model, &count));
}

uint32_t
package_number(const struct model *model, const struct package *package)
{
	size_t count;

	return (uint32_t)(package - model_packages(model, &count));
}

const char *
site_name(const struct model *model, uint32_t site)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);

	return site < count ? sites[site].code : "";
}

const char *
package_name(const struct model *model, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(model, &count);

	return package < count ? packages[package].id : "";
}
