#!/bin/sh
# Half an hour of a busy site in half a minute, with everything that can happen to its logs:
# "make bench" plays the whole hour.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${BUILD:-build}
CMTOP=${CMTOP:-$build/cmtop}

if [ ! -r /proc/self/smaps_rollup ]; then
	echo '0 passed, 0 failed, 1 skipped: this system does not tell what memory a process has'
	exit 0
fi
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
make -s BUILD="$build" "$build/bench/bench" || exit 1
if XDG_STATE_HOME=$folder "$build/bench/bench" soak "$CMTOP" "$folder/logs" "${1:-30}"; then
	echo '1 passed, 0 failed'
else
	echo '0 passed, 1 failed'
	exit 1
fi
