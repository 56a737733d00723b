#!/bin/sh
# The figures of logs on a share whose server is the bench's own: sshfs, then SMB.
#
#	test/bench/share.sh [sshfs | smb]
set -u
LIVE=$(dirname "$0")/../live
if [ $# -eq 0 ]; then
	"$0" sshfs
	"$0" smb
	exit
fi
# shellcheck source=test/live/kit
. "$LIVE/kit"
# shellcheck source=test/live/kit-sshfs
. "$LIVE/kit-$1"

if ! missing=$(share_possible); then
	echo "$1: skipped, $missing"
	exit 0
fi
helper eyes
if ! start_server || ! mount_share; then
	echo "$1: skipped, it may not be used here"
	exit 0
fi
"$BUILD/bench/bench" share "$1" "$CMTOP" "$BUILD/bench/simlog" "$near" "$dir/far" || exit 1
look_at "$near"
ask shows 10 'sender '
share_stops
ask shows 10 STALE && ask keys 60 20
answer=${answer#* }
printf '  key to terminal while it hangs       %s; aim 20\n' "$answer"
share_goes_on
ask end q
look_away
