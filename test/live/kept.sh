#!/bin/sh
# Points that outlive the screen, where it takes a terminal or a home that hangs: the
# dashboard keeps them whatever ends it, shows them after a reconnect, and waits for nobody.
#
#	test/live/kept.sh [PROGRAM]
set -u
cd "$(dirname "$0")/../.." || exit 1
top=$PWD
CMTOP=${1:-${CMTOP:-build/cmtop}}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac
if [ ! -x "$CMTOP" ]; then
	echo "there is no $CMTOP"
	exit 1
fi
if ! command -v tmux >/dev/null; then
	echo "0 passed, 0 failed, 1 skipped: tmux is not here"
	exit 0
fi
unset SMS_LOG_PATH NO_COLOR XDG_STATE_HOME

here=$(mktemp -d) || exit 1
socket=cmtop-$$
unmount=$(command -v fusermount3 || command -v fusermount)
mux() {
	tmux -L "$socket" -f /dev/null "$@"
}
tidy() {
	if [ -s "$here/server.pid" ]; then
		kill -CONT "$(cat "$here/server.pid")" 2>/dev/null
	fi
	mux kill-server 2>/dev/null
	if [ -d "$here/near" ]; then
		"$unmount" -uz "$here/near" 2>/dev/null
	fi
	rm -rf "$here"
}
trap tidy EXIT
trap 'exit 1' HUP INT TERM
cd "$here" || exit 1

passed=0
failed=0
skipped=
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
		mux capture-pane -p -t shown: 2>/dev/null | grep . | sed 's/^/    | /'
	fi
}

until_true() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || return 1
		sleep 0.05
	done
}

shows() {
	mux capture-pane -p -t shown: | grep -q -e "$1"
}

# dashboard STATE_HOME ARGUMENT...: on a screen of its own; its process is in the file pid
dashboard() {
	state=$1
	shift
	mux kill-session -t shown 2>/dev/null
	mux new-session -d -s shown -x 200 -y 60 "echo \$\$ >pid; exec env LC_ALL=C.UTF-8 XDG_STATE_HOME='$state' '$CMTOP' $*"
	until_true shows 'Waiting sends'
}

# tmux may take its time to bury it.
gone() {
	! ps -o stat= -p "$(cat pid)" | grep -q '^[^Z]'
}

points() {
	cat state/cmtop/*.points | grep -c '^2026'
}

small() {
	rm -rf logs
	mkdir logs
	cp "$top"/test/screens/small/*.log logs
}

mux new-session -d -s keep -x 80 -y 24  # the server lives as long as this
small

# ---- whatever ends it ----

for end in 'send-keys -t shown: q' 'send-keys -t shown: C-c' 'kill-session -t shown' term; do
	rm -rf state
	dashboard "$here/state" logs
	tell $? "$end: the dashboard is there"
	rm -rf state
	printf 'A new line.~  $$<SMS_LAN_SENDER><07-30-2026 12:04:00.000+240><thread=1 (0x1)>\r\n' >>logs/sender.log
	until_true shows 'of 121 lines'
	case $end in
	term) kill "$(cat pid)" ;;
	# shellcheck disable=SC2086
	*) mux $end ;;
	esac
	until_true gone
	tell $? "$end: it ends"
	until_true test -d state/cmtop && [ "$(points)" -ge 20 ] && [ "$(ls -A state/cmtop | wc -l)" = 1 ]
	tell $? "$end: the points are kept: $(ls -A state/cmtop)"
	small
done

# ---- after a reconnect ----

dashboard "$here/state" logs
mux capture-pane -p -t shown: | sed -n 's/.*Waiting sends.* \([^ ]* *[0-9]*:[0-9]*\) to .*/\1/p' >before
for log in sender distmgr; do
	tail -n 7 "$top/test/screens/small/$log.log" >"logs/$log.log"
done
dashboard "$here/state" --no-history logs
tell $? 'without history it is there'
mux capture-pane -p -t shown: | sed -n 's/.*Waiting sends.* \([^ ]* *[0-9]*:[0-9]*\) to .*/\1/p' >without
dashboard "$here/state" logs
since() {
	mux capture-pane -p -t shown: | sed -n 's/.*Waiting sends.* \([^ ]* *[0-9]*:[0-9]*\) to .*/\1/p' >since
	cmp -s since "$1"
}
until_true since before && ! cmp -s before without
tell $? "after a reconnect the trend begins where it began: $(cat before), not $(cat without)"

# ---- in its place ----

: >file
dashboard "$here/file" logs
until_true shows 'history is not saved: not a directory'
tell $? 'what is wrong is said on the screen'
mux send-keys -t shown: q
until_true gone
tell $? 'and it is no end'

# ---- a home that hangs ----

for server in /usr/lib/openssh/sftp-server /usr/libexec/openssh/sftp-server /usr/lib/ssh/sftp-server; do
	[ -x "$server" ] && break
done
if ! command -v sshfs >/dev/null || [ ! -x "$server" ] || [ -z "$unmount" ] || [ ! -w /dev/fuse ]; then
	skipped=', 1 skipped: sshfs, its server or /dev/fuse is missing'
else
	mkdir far near
	printf '#!/bin/sh\necho $$ >%s/server.pid\nexec %s\n' "$here" "$server" >ssh
	chmod +x ssh
	if ! sshfs -o ssh_command="$here/ssh" "here:$here/far" near; then
		skipped=', 1 skipped: FUSE may not be used here'
	fi
fi
if [ -z "$skipped" ]; then
	dashboard "$here/near" logs
	mux send-keys -t shown: q
	until_true gone && [ "$(ls -A far/cmtop | wc -l)" = 1 ]
	tell $? 'a home on a share: the points are kept there'

	kill -STOP "$(cat server.pid)"
	timeout 3 env XDG_STATE_HOME="$here/near" "$CMTOP" --once logs >said
	tell $? 'a home that hangs: a snapshot is taken'
	dashboard "$here/near" logs
	tell $? 'a home that hangs: the dashboard is there'
	mux send-keys -t shown: '?'
	until_true shows 'this help'
	tell $? 'a home that hangs: keys are answered'
	mux send-keys -t shown: q
	mux send-keys -t shown: q
	began=$(date +%s)
	until_true gone && [ $(($(date +%s) - began)) -le 3 ]
	tell $? 'a home that hangs: it ends'
	kill -CONT "$(cat server.pid)"
fi

echo "$passed passed, $failed failed$skipped"
[ "$failed" = 0 ]
