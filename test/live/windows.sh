#!/bin/bash
# The folders that use no outside library, built for Windows: without a warning, and under wine
# they tell of the same logs what they tell here. What of the system layer can be compiled is.
set -u
cd "$(dirname "$0")/../.." || exit 1
compiler=${MINGW:-x86_64-w64-mingw32-gcc}

if ! command -v "$compiler" >/dev/null; then
	echo "0 passed, 0 failed, 1 skipped: $compiler is not here"
	exit 0
fi
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
skipped=
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

warn=(-std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wundef -Wvla -Wwrite-strings
	-Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes -Werror -D__USE_MINGW_ANSI_STDIO=1)
# Without the files whose libraries are not here; ascii_text.c stands for two of them.
sources=$(printf '%s\n' contrib/windows/ascii_text.c src/base/*.c src/event/*.c src/parse/*.c src/parse/*/*.c src/rotate/*.c src/model/*.c src/model/*/*.c src/figures/*.c src/sim/*.c | grep -v -e /pattern.c -e /utf8.c -e /utf8_plain.c -e /ascii_sink.c)

# shellcheck disable=SC2086
{
	"$compiler" "${warn[@]}" -O1 -static -Iinclude -Isrc -o "$here/replay.exe" contrib/windows/replay.c $sources 2>"$here/said"
	tell $? "the folders are built for Windows without a warning: $(head -n 3 "$here/said")"
	"${CC:-cc}" -std=c11 -O1 -Iinclude -Isrc -o "$here/replay" contrib/windows/replay.c $sources -lm 2>"$here/said"
	tell $? "and here: $(head -n 3 "$here/said")"
}

# libuv's header has its part for Windows, also where it is installed for another system.
uv=$(pkg-config --variable=includedir libuv 2>/dev/null)
if [ -f "${uv:-/usr/include}/uv/win.h" ]; then
	mkdir "$here/include" && cp -r "${uv:-/usr/include}/uv.h" "${uv:-/usr/include}/uv" "$here/include/"
	for file in src/*/*_win32.c src/os/file_calls.c src/os/open_file.c; do
		"$compiler" "${warn[@]}" -isystem "$here/include" -Iinclude -Isrc -c -o "$here/x.o" "$file" 2>"$here/said"
		tell $? "$file compiles: $(head -n 3 "$here/said")"
	done
else
	skipped=', 1 skipped: libuv for Windows is not here'
fi

wine=$(command -v wine64 || command -v wine || ls /usr/lib/wine/wine64 2>/dev/null)
if [ -n "$wine" ] && [ -x "$here/replay.exe" ]; then
	export WINEPREFIX=$here/prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml='
	# same NAME ARGUMENT...
	same() {
		local name=$1
		shift
		"$here/replay" "$@" >"$here/here.txt"
		timeout 120 "$wine" "$here/replay.exe" "$@" >"$here/there.txt" 2>"$here/said"
		[ -s "$here/here.txt" ] && cmp -s "$here/here.txt" "$here/there.txt"
		tell $? "under wine the same: $name: $(diff "$here/here.txt" "$here/there.txt" | head -n 3) $(tail -n 1 "$here/said")"
	}
	same 'a simulated site' --sim 90
	for log in test/screens/*/*.log; do
		same "$log" "$log"
	done
	wineserver -k 2>/dev/null || /usr/lib/wine/wineserver -k 2>/dev/null || /usr/lib/wine/wineserver64 -k 2>/dev/null
else
	skipped=', 1 skipped: wine is not here'
fi

echo "$passed passed, $failed failed$skipped"
[ "$failed" = 0 ]
