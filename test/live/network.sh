#!/bin/sh
# The real program and a real network file system, whose server is the test's own, on
# loopback, with logs that are written on the far side. The share hangs, breaks and is
# mounted again; keys, clock, other logs and the way out must not notice.
#
#	test/live/network.sh [HANG_SECONDS]
#
# SHARE is sshfs or smb.
set -u
# shellcheck source=test/live/kit
. "$(dirname "$0")/kit"
# shellcheck source=test/live/kit-sshfs
. "$(dirname "$0")/kit-${SHARE:=sshfs}"
hang=${1:-20}

if ! missing=$(share_possible); then
	skip "$missing"
	sum
fi
helper sends
helper eyes
if ! start_server || ! mount_share; then
	skip "$SHARE may not be used here: $(tail -n 1 "$dir/mount.said" 2>/dev/null)"
	sum
fi

# send_over WAY SECONDS [OPTION...]: in the background, its word into the file said
send_over() {
	way=$1 seconds=$2
	shift 2
	"$dir/sends" -f "$dir/far" "$@" "$CMTOP" "$way" "$near" "$seconds" >"$dir/said" 2>&1 &
	sends=$!
	started="$started $sends"
}
all_told() {
	wait "$sends"
	tell $? "$1: every send is told once" "$(cat "$dir/said")"
	ended "$sends"
}

# ---- rolling over, on the far side ----

for way in rename late later copy delete; do
	send_over $way 8 -r 500000 -s 1200000 -l 300 -a 2500 -w 2500
	all_told "$way on a share"
done

# ---- it hangs, with sends under way ----

send_over rename $((hang + 6)) -r 100000 -s $((hang * 120000)) -a $((hang * 1000 + 3000)) -w 0
sleep 4
share_stops
sleep "$hang"
share_goes_on
all_told "a share that hung for $hang s"

# ---- it breaks, and is mounted again ----

send_over rename 14 -r 100000 -s 1000000 -a 9000 -w 0
sleep 5
share_breaks
sleep 3
unmount_share
sleep 2
mount_share
tell $? "the share can be mounted again" "$(tail -n 1 "$dir/mount.said")"
all_told "a share that broke and was mounted again"

# ---- in front of the dashboard ----

reading() {
	printf 'Checking for sending capacity.  Used 0 out of %d.~  $$<SMS_LAN_SENDER><%s.000+000><thread=6700 (0x1A2C)>\r\n' \
		"$1" "$(date -u '+%m-%d-%Y %H:%M:%S')"
}
package_reading() {
	printf 'Used 0 out of %d allowed processing threads.~  $$<SMS_DISTRIBUTION_MANAGER><%s.000+000><thread=4452 (0x1164)>\r\n' \
		"$1" "$(date -u '+%m-%d-%Y %H:%M:%S')"
}

# One log on the share, the other on this machine.
fresh() {
	rm -rf "$dir/far/"* "$dir/local"
	mkdir -p "$dir/local"
	reading 5 >"$dir/far/sender.log"
	package_reading 3 >"$dir/local/distmgr.log"
}
watch_both() {
	fresh
	look_at "$near/sender.log" "$dir/local/distmgr.log"
	ask shows 10 'sender 0/5' && ask shows 5 'distmgr 0/3'
	tell $? "$1: both logs are read" "$answer"
}

rm -rf "$dir/far/"*
watch_both "a share"
share_stops
ask shows 9 STALE
tell $? "STALE is said of the log" "$answer"
stale=${answer#yes }
[ "${stale%.*}" -ge 4 ]
tell $? "… and not before it hung for 5 s" "$answer"
ask keys 60 20
tell $? "keys answer within 20 ms while the share hangs" "$answer"
keys=$answer
ask clock 3
tell $? "the clock goes on" "$answer"
package_reading 7 >>"$dir/local/distmgr.log"
ask shows 2 'distmgr 0/7'
tell $? "the other log goes on" "$answer"
ask size 100 30 && ask shows 1 'sender 0/5' && ask size 120 40 && ask shows 1 'sender 0/5'
tell $? "the window may be resized" "$answer"
reading 6 >>"$dir/far/sender.log"
reading 8 >>"$dir/far/sender.log"
sleep "$((hang > 10 ? hang - 10 : 0))"
share_goes_on
ask shows 3 'sender 0/8'
tell $? "it goes on with the share" "$answer"
ask hides 1 STALE
tell $? "STALE is taken back" "$answer"
ask end q
tell $? "q ends it" "$answer"
look_away

# ---- quitting while it hangs ----

for how in q C-c TERM HUP; do
	watch_both "$how"
	share_stops
	sleep 2
	ask end $how
	tell $? "$how ends it while the share hangs" "$answer"
	look_away
	share_goes_on
	until_true 5 none_left
	tell $? "$how: no process is left once the share is back" "$(of_cmtop | tr '\n' ' ')"
done

# ---- hanging from the start ----

fresh
share_stops
look_at "$near/sender.log" "$dir/local/distmgr.log"
ask shows 12 'distmgr 0/3'
tell $? "a share that hangs from the start: the other log is shown" "$answer"
ask keys 20 20
tell $? "… and keys answer" "$answer"
ask end q
tell $? "… and q ends it" "$answer"
look_away
share_goes_on
until_true 5 none_left
tell $? "… and no process is left"

fresh
share_stops
look_at "$near"
ask shows 12 'sender.log STALE'
tell $? "a folder that hangs from the start is said to" "$answer"
share_goes_on
ask shows 5 'sender 0/5'
tell $? "… and is read when it comes back" "$answer"
ask end q
look_away

# ---- gone, and never back ----

watch_both "a share that breaks"
share_is_gone
ask shows 40 WAIT || ask shows 1 ERROR
tell $? "a share that is gone is no longer LIVE" "$answer"
ask keys 20 20
tell $? "… and keys answer" "$answer"
ask end q
tell $? "… and q ends it" "$answer"
look_away
until_true 5 none_left
tell $? "… and no process is left"

echo "keys while the share hangs: ${keys#yes }"
sum
