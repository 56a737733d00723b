#include "os/code_page.h"

#include <windows.h>

bool
os_code_page_load(unsigned page, int lead, uint16_t out[256])
{
	if (!IsValidCodePage(page))
		return false;
	for (int i = 0; i < 256; i++) {
		const char bytes[2] = { (char)(lead < 0 ? i : lead), (char)i };
		WCHAR letter[4];

		out[i] = 0;
		if (MultiByteToWideChar(page, MB_ERR_INVALID_CHARS, bytes, lead < 0 ? 1 : 2, letter, 4) == 1)
			out[i] = letter[0];
	}
	return true;
}

/* A server that writes UTF-8 has logs of before, which do not tell their page by this. */
unsigned
os_code_page(void)
{
	return GetACP() == CP_UTF8 ? 0 : GetACP();
}
