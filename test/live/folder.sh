#!/bin/sh
# What may happen to a log's name and folder while it is followed: permissions are taken
# away and given back, the folder is unmounted and mounted again, the disk fails, and
# something that is no log stands in its place. Always a word, and nothing is lost.
#
# Run by root, the program is another user's, since root is refused nothing.
set -u
# shellcheck source=test/live/kit
. "$(dirname "$0")/kit"

as_user=
if [ "$(id -u)" = 0 ]; then
	if command -v setpriv >/dev/null && setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null; then
		as_user="setpriv --reuid=65534 --regid=65534 --clear-groups"
	fi
fi
cp "$CMTOP" "$dir/cmtop" || exit 1
chmod 755 "$dir/cmtop"
CMTOP=$dir/cmtop

due=0
# due FILE: so many times something falls due, no two alike, and each is told once
due() {
	for _ in 1 2 3; do
		due=$((due + 1))
		printf '~Created minijob to send compressed copy of package CS1%05X to site S01.  Transfer root = E:\\SMSPKG\\CS1.PCK.1.  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:%02d:%02d.%03d+000><thread=4452 (0x1164)>\r\n' \
			$due $((due / 60 % 60)) $((due % 60)) $due >>"$1"
		printf '%05X\n' $due >>"$dir/written"
	done
}

beacon() {
	printf '~Created minijob to send compressed copy of package CS2FFFFF to site S01.  Transfer root = E:\\SMSPKG\\CS2.PCK.1.  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:00:00.000+000><thread=4452 (0x1164)>\r\n' >>"$log"
	sleep 0.2
	[ -s "$dir/told" ]
}

# follow PATH: until the first word of what is written to $log
follow() {
	: >"$dir/written"
	# shellcheck disable=SC2086
	$as_user "$CMTOP" --follow --format=json "$1" >"$dir/told" 2>"$dir/said" &
	follower=$!
	started="$started $follower"
	until_true 3 beacon
	tell $? "$what: it is followed" "$(cat "$dir/said")"
}

says() {
	grep -q "\"event\": \"log-state\".*distmgr: $1" "$dir/told"
}
state() {
	until_true 8 says "$1"
	tell $? "$what: it is said that it is \"$1\"" "$(grep log-state "$dir/told" | tail -n 1) $(cat "$dir/said")"
}
forget_states() {
	before=$(wc -l <"$dir/told")
}
back() {
	until_true 12 sh -c "tail -n +$((before + 1)) '$dir/told' | grep -q 'distmgr: live'"
	tell $? "$what: it is live again" "$(grep log-state "$dir/told" | tail -n 1)"
}

told_of() {
	sed -n 's/.*"event": "due".*"package": "CS1\([0-9A-F]*\)".*/\1/p' "$dir/told"
}
all_told() {
	[ "$(told_of | wc -l)" -ge "$(wc -l <"$dir/written")" ]
}
end() {
	until_true 8 all_told
	sleep 0.3
	kill "$follower"
	{ wait "$follower"; } 2>/dev/null
	ended "$follower"
	told_of >"$dir/heard"
	cmp -s "$dir/heard" "$dir/written"
	tell $? "$what: everything is told once, in order" "$(diff "$dir/heard" "$dir/written" | tr '\n' ' ')"
	until_true 3 none_left
	tell $? "$what: no process is left"
}

# begin WHAT: a log that is followed, and something told
begin() {
	what=$1
	log=${2:-$dir/logs/distmgr.log}
	mkdir -p "$dir/logs"
	printf 'Used 0 out of 3 allowed processing threads.~  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:00:00.000+000><thread=4452 (0x1164)>\r\n' >"$log"
	follow "$log"
	due "$log"
	until_true 5 all_told
}
over() {
	end
	chmod 755 "$dir/logs"
	rm -rf "$dir/logs"
}

# ---- permissions ----

if [ "$(id -u)" = 0 ] && [ -z "$as_user" ]; then
	skip "permissions: root is refused nothing, and setpriv is not here or not allowed"
else
	begin "a log that may not be read"
	chmod 0 "$log"
	state denied
	due "$log" 2>/dev/null || :
	forget_states
	chmod 644 "$log"
	back
	due "$log"
	over

	begin "a folder that may not be entered"
	chmod 0 "$dir/logs"
	state denied
	[ -z "$as_user" ] || due "$log"
	sleep 1
	forget_states
	chmod 755 "$dir/logs"
	back
	due "$log"
	over

	begin "a folder that may not be entered while its log rolls over"
	exec 7>>"$log"
	chmod 0 "$dir/logs"
	state denied
	due /dev/fd/7
	if [ -n "$as_user" ]; then
		mv "$log" "${log%g}_"
		due "$log"
	fi
	exec 7>&-
	forget_states
	chmod 755 "$dir/logs"
	back
	due "$log"
	over

	begin "a folder that may be entered but not listed"
	chmod 711 "$dir/logs"
	due "$log"
	mv "$log" "${log%g}_"
	due "$log"
	over

	what="a log that may not be read when we come"
	mkdir -p "$dir/logs"
	printf '~Wrote 1 bytes to X at position 0  $$<SMS_LAN_SENDER><07-30-2026 12:00:00.000+000><thread=1 (0x1)>\r\n' >"$dir/logs/sender.log"
	: >"$dir/logs/distmgr.log"
	chmod 0 "$dir/logs/distmgr.log"
	log=$dir/logs/sender.log
	follow "$dir/logs"
	log=$dir/logs/distmgr.log
	due "$log" 2>/dev/null || :
	sleep 1
	forget_states
	chmod 644 "$log"
	back
	due "$log"
	over
fi

# ---- the folder goes and comes ----

begin "a folder that is renamed and comes back"
mv "$dir/logs" "$dir/elsewhere"
state waiting
due "$dir/elsewhere/distmgr.log"
forget_states
mv "$dir/elsewhere" "$dir/logs"
back
due "$log"
over

mkdir -p "$dir/disk" "$dir/logs"
if ! mount --bind "$dir/disk" "$dir/logs" 2>/dev/null; then
	skip "mounting: not allowed here"
else
	mounted="$mounted $dir/logs"
	begin "a folder that is unmounted and mounted again"
	umount -l "$dir/logs"
	state waiting
	due "$dir/disk/distmgr.log"
	mv "$dir/disk/distmgr.log" "$dir/disk/distmgr.lo_"
	due "$dir/disk/distmgr.log"
	forget_states
	mount --bind "$dir/disk" "$dir/logs"
	back
	due "$log"
	end
	umount -l "$dir/logs"

	# Another file system, so that device and inode are no longer what they were.
	if mount -t tmpfs -o mode=755 cmtop-test "$dir/logs" 2>/dev/null; then
		begin "a copy of the folder is mounted in its place"
		cp "$log" "$dir/kept"
		umount -l "$dir/logs"
		state waiting
		due "$dir/kept"
		forget_states
		mount -t tmpfs -o mode=755 cmtop-test "$dir/logs"
		cp "$dir/kept" "$dir/logs/new" && mv "$dir/logs/new" "$log"
		back
		due "$log"
		end
		umount -l "$dir/logs"
	else
		skip "a copy of the folder mounted in its place: no tmpfs"
	fi
	mounted=
	rm -rf "$dir/logs" "$dir/disk"
fi

# ---- what is no log ----

# stands_for WORDS COMMAND...: in the log's place for a while
stands_for() {
	words=$1
	shift
	mv "$log" "$dir/kept"
	"$@" || return
	state "$words"
	forget_states
	due "$dir/kept"
	rm -rf "$dir/logs/gone"
	mv "$log" "$dir/logs/gone"
	mv "$dir/kept" "$log"
	back
	due "$log"
	over
}

begin "a FIFO in its place"
stands_for "error: is a FIFO" mkfifo -m 666 "$log"
begin "a folder in its place"
stands_for "error: is a folder" mkdir "$log"
begin "a device in its place"
stands_for "error: is a device" ln -s /dev/zero "$log"
begin "a link to nothing in its place"
stands_for "waiting: symbolic link to a file that does not exist" ln -s "$dir/nothing" "$log"
if [ -r /proc/self/mem ]; then
	# Its first bytes are never there to be read: that is an error of input.
	begin "a disk that fails"
	stands_for "error: i/o error" ln -s /proc/self/mem "$log"
fi

# ---- names ----

what="a link"
mkdir "$dir/logs" "$dir/there"
log=$dir/there/distmgr.log
: >"$log"
ln -s ../there/distmgr.log "$dir/logs/distmgr.log"
follow "$dir/logs"
due "$log"
until_true 5 all_told
mv "$log" "${log%g}_"
due "$log"
until_true 8 all_told
tell $? "$what: where it leads to, a log may roll over"
end
rm -rf "$dir/logs" "$dir/there"

what="letters in another case, blanks, and what is not ASCII"
folder="$dir/Protokolle für Süd  (alt) 日本"
mkdir -p "$folder"
log="$folder/DistMgr.LOG"
: >"$log"
follow "$folder"
due "$log"
until_true 5 all_told
mv "$log" "$folder/DISTMGR.Lo_"
due "$folder/DISTMGR.Lo_"
due "$folder/distmgr.log"
end

sum
