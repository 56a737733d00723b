#!/bin/sh
# The real program, exactly once: a simulated site server writes four logs that roll over,
# sender.log at 64 kB and 1.5 MB/s, and "cmtop --follow" tells of every finished send.
#
#	test/live/sends.sh [SECONDS [WAY...]]
#
# SECONDS are those of each way; the figures of each are printed when SECONDS are given.
set -u
# shellcheck source=test/live/kit
. "$(dirname "$0")/kit"
seconds=${1:-5}
verbose=${1:-}
[ $# -gt 0 ] && shift
helper sends

# told NAME OPTION...: with a folder of its own
told() {
	name=$1
	shift
	mkdir "$dir/logs"
	said=$("$dir/sends" "$@" "$dir/logs" "$seconds" 2>&1)
	tell $? "$name" "$said"
	[ -z "$verbose" ] || echo "$said"
	rm -rf "$dir/logs"
}

for way in "${@:-append rename late later copy delete truncate text}"; do
	for one in $way; do
		case $one in
		# Where the log is away for a moment, it is a second's worth of lines that rolls it.
		later)  told 'a new file that comes two seconds later' -l 2000 -r 100000 "$CMTOP" later ;;
		delete) told 'deleted, and created half a second later' -l 500 -r 100000 "$CMTOP" delete ;;
		late)   told 'late writes to the old file' -l 8 "$CMTOP" late ;;
		text)   told 'told as text' -t "$CMTOP" rename ;;
		*)      told "$one" "$CMTOP" "$one" ;;
		esac
	done
done
sum
