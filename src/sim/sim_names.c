/*
 * What packages and distribution points are called.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

const char *
package_title(const struct sim_package *pkg, char out[40])
{
	static const char *const products[] = {
		"Office LTSC 2024", "Windows 11 24H2 x64", "AutoCAD 2025", "Visual C++ Runtimes", "7-Zip",
		"SQL Server Tools", "Printer Drivers",     "VPN Client",   "Language Pack",       "Notepad++",
		"Java Runtime",     "Network Drivers",
	};

	snprintf(out, 40, "%s %s", products[(unsigned char)pkg->id[7] % 12], pkg->id + 6);
	return out;
}

static const char *const hosts[DPS] = {
	"CS1SITE.CONTOSO.COM", "CS1DP1.CONTOSO.COM", "CS1DP2.CONTOSO.COM", "CS1DP3.CONTOSO.COM", "CS1DP4.CONTOSO.COM",
};

const char *
dp_host(uint32_t dp)
{
	return hosts[dp];
}

void
dp_name(uint32_t dp, char out[80])
{
	snprintf(out, 80, "[\"Display=\\\\%s\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\%s\\", hosts[dp], hosts[dp]);
}
