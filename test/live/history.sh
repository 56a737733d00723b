#!/bin/sh
# Logs that take a while to read: the newest state comes first, the history behind it, and
# in the end all is as if it had been read from the beginning at once.
#
#	test/live/history.sh [PROGRAM]
#
# BUILD is where the program was built.
set -u
cd "$(dirname "$0")/../.." || exit 1
CMTOP=${1:-${CMTOP:-build/cmtop}}
build=${BUILD:-build}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac

here=$(mktemp -d) || exit 1
socket=cmtop-history-$$
mux() {
	tmux -L "$socket" -f /dev/null "$@"
}
trap 'rm -f "$here/hang"; mux kill-server 2>/dev/null; rm -rf "$here"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
		[ $# -lt 3 ] || mux capture-pane -p -t 0 | grep . | sed 's/^/    | /'
	fi
}

# ---- what is needed ----

cc=${CC:-cc}
common="-std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -O2 -Iinclude -Isrc"
files=$(find src/os src/follow -name '*.c' ! -name '*_win32.c')

# shellcheck disable=SC2046,SC2086
$cc $common -Itest -o "$here/simlog" test/bench/simlog.c test/bench/site.c "$build/libcmtop.a" \
	$(pkg-config --libs libpcre2-8 libutf8proc jansson) -lm &&
$cc $common $(pkg-config --cflags libuv) -o "$here/driver" test/live/history_driver.c $files \
	"$build/libcmtop.a" $(pkg-config --libs libuv libpcre2-8 libutf8proc jansson) -lm &&
$cc -std=c11 -O2 -shared -fPIC -o "$here/slow.so" test/live/slow.c || {
	echo "0 passed, 1 failed: cannot build the driver"
	exit 1
}

# ---- the final state ----

# What only a log that is followed knows.
plain() {
	sed -e 's/"state": "\(idle\|live\|waiting\)"/"state": "read"/' -e '/"state": "read", "error": null, "bytes": 0,/d'
}

# same_in_the_end NAME FIRST: FIRST is "then" where there was a preview, "at once" where there was none
same_in_the_end() {
	"$here/driver" "$here/logs" >"$here/told" || echo "the driver ended with $?"
	grep -q "^$2\$" "$here/told"
	tell $? "$1: $2"
	"$CMTOP" --once --no-history --format=json "$here/logs" | plain >"$here/once"
	sed "1,/^$2\$/d" "$here/told" | plain >"$here/whole"
	cmp "$here/once" "$here/whole"
	tell $? "$1: the final state is that of a snapshot"
}

newest() {
	sed -n 's/^  "now": \(.*\),$/\1/p' "$1" | head -n 1
}

mkdir "$here/logs"
"$here/simlog" "$here/logs" 60000000 1 50 >"$here/truth"
same_in_the_end "60 MB" then
[ -n "$(newest "$here/once")" ] && [ "$(newest "$here/told")" = "$(newest "$here/once")" ]
tell $? "60 MB: the newest record is in what is shown first"
sed '/^then$/,$d' "$here/told" | plain | cmp -s - "$here/once"
[ $? = 1 ]
tell $? "60 MB: what is shown first is not the whole"

for log in "$here"/logs/*.log; do
	tail -n 500 "$log" >"$here/new"
	head -n -500 "$log" >"${log%.log}.lo_"
	mv "$here/new" "$log"
done
same_in_the_end "a short log and a long one before it" then

rm "$here"/logs/*
"$here/simlog" "$here/logs" 3000000 2 50 >"$here/truth"
same_in_the_end "3 MB" "at once"

rm "$here"/logs/*
"$here/simlog" "$here/logs" 60000000 1 50 >"$here/truth"
rm "$here/logs/sched.log" "$here/logs/PkgXferMgr.log" "$here/logs/distmgr.log"
same_in_the_end "the sender alone" then

# ---- on the screen ----

if ! command -v tmux >/dev/null; then
	echo "$passed passed, $failed failed, 1 skipped: tmux is not here"
	[ "$failed" = 0 ]
	exit
fi

shows() {
	mux capture-pane -p -t 0 | grep -q -e "$1"
}

# until_true COMMAND...: tries again for a minute
until_true() {
	deadline=$(($(date +%s) + 60))
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt $deadline ] || return 1
		sleep 0.03
	done
}

# newest_while_reading WHAT: it is on the screen, and the history is not read yet
newest_while_reading() {
	until_true shows "$1" && shows 'reading history'
}

whole() {
	until_true shows 'queue' && ! shows 'reading history'
}

# The first two lines tell the time, and what only concerns a log that is followed.
as_drawn() {
	mux capture-pane -p -t 0 | sed 1,2d >"$here/a"
	"$CMTOP" --no-history --draw=120x40 --keys=1 --now="$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$here/logs" | sed 1,2d >"$here/b"
	cmp -s "$here/a" "$here/b"
}

# look_at MILLISECONDS ARGUMENTS: what each quarter of a megabyte takes to read
look_at() {
	mux kill-session -t 0 2>/dev/null
	rm -rf "$here/notes"
	mkdir "$here/notes"
	mux new-session -d -s 0 -x 120 -y 40 "exec env LC_ALL=C.UTF-8 TERM=tmux-256color LD_PRELOAD='$here/slow.so' \
		SLOW_MS=$1 SLOW_HANG='$here/hang' SLOW_NOTES='$here/notes' '$CMTOP' --no-history $2"
}

reading() {
	date -u "+Checking for sending capacity.  Used $1 out of $2.~  \$\$<SMS_LAN_SENDER><%m-%d-%Y %H:%M:%S.000+000><thread=6700 (0x1A2C)>" |
		sed 's/$/\r/' >>"$here/logs/sender.log"
}

mux new-session -d -s keep -x 80 -y 24  # the server lives as long as this
rm "$here"/logs/*
"$here/simlog" "$here/logs" 60000000 1 50 >"$here/truth"
used=$(sed 's/^used \([0-9]*\) .*/\1/' "$here/truth")
reading "$used" 701

look_at 10 "'$here/logs'"
newest_while_reading "sender $used/701"
tell $? "the newest state comes first" screen
mux send-keys -t 0 '?'
until_true shows 'Drop the filter\|Move' && shows 'reading history'
tell $? "keys are answered meanwhile" screen
mux send-keys -t 0 q
reading "$used" 702
newest_while_reading "sender $used/702"
tell $? "what is written meanwhile is shown meanwhile" screen
mux send-keys -t 0 2 j j j
sleep 0.3
row=$(mux capture-pane -p -t 0 | sed -n 's/^> *\([A-Z0-9]*\) .*/\1/p')
shows 'reading history' && [ -n "$row" ]
tell $? "a site is selected meanwhile" screen
[ ! -e "$here/notes/twice" ]
tell $? "no log is asked for twice at once"
until_true whole
tell $? "the history comes to its end" screen
mux capture-pane -p -t 0 | grep -q "^> *$row "
tell $? "the cursor is still on $row" screen
mux send-keys -t 0 g
sleep 0.3
mux send-keys -t 0 1
until_true as_drawn
tell $? "the final screen is the one that is drawn of a plain reading" screen
until_true shows "sender $used/702"
tell $? "its slots too" screen

look_at 10 "--filter=site:S1 --redact '$here/logs'"
newest_while_reading "sender $used/702" && shows '\[site:S1\]' && ! shows 'CONTOSO'
tell $? "the filter holds meanwhile, and names are hidden" screen
mux send-keys -t 0 1 l
until_true shows 'Log lines of' && shows 'reading history'
tell $? "there are lines behind a row meanwhile" screen
shows 'srv-.*SMS_SITE' && ! shows 'CONTOSO'
tell $? "… without names" screen
until_true whole && shows 'Log lines of' && shows 'srv-.*SMS_SITE' && ! shows 'CONTOSO'
tell $? "… and afterwards" screen

look_at 10 "'$here/logs'"
newest_while_reading "sender $used/702"
touch "$here/hang"
until_true shows 'STALE'
tell $? "a share that hangs meanwhile is said to" screen
sleep 1
shows "sender $used/702" && shows 'reading history'
tell $? "… and the newest state stays" screen
mux send-keys -t 0 '?'
until_true shows 'Drop the filter\|Move'
tell $? "… and keys are answered" screen
mux send-keys -t 0 q
rm "$here/hang"
until_true whole
tell $? "when it comes back, the history is read to its end" screen

look_at 10 "'$here/logs'"
newest_while_reading "sender $used/702"
mv "$here/logs/sender.log" "$here/logs/sender.lo_"
reading "$used" 703
newest_while_reading "sender $used/703"
tell $? "a log that rolls over meanwhile is followed" screen
until_true whole && until_true as_drawn
tell $? "… and read to its end all the same" screen

touch "$here/hang"
look_at 10 "'$here/logs'"
until_true shows 'STALE'
tell $? "a share that hangs from the start is said to" screen
sleep 1
rm "$here/hang"
newest_while_reading "sender $used/703"
tell $? "… and shows its newest state first when it comes back" screen
until_true whole && until_true as_drawn
tell $? "… and all of it in the end" screen

touch "$here/hang"
look_at 10 "'$here/logs'"
until_true shows 'sender'
mux send-keys -t 0 q
gone() {
	! mux has-session -t 0 2>/dev/null
}
until_true gone
tell $? "q ends it at once when nothing has come yet"
rm "$here/hang"

look_at 10 "'$here/logs'"
newest_while_reading "sender $used/703"
mux send-keys -t 0 q
until_true gone
tell $? "q ends it in the middle of the history"

rm "$here"/logs/*
"$here/simlog" "$here/logs" 60000000 1 50 >"$here/truth"
reading "$used" 704
look_at 10 "'$here/logs'"
newest_while_reading "sender $used/704"
: >"$here/logs/sender.log"
until_true whole && shows 'MB lost'
tell $? "a log that is emptied meanwhile ends the preview, and what is lost is said" screen

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
