#!/bin/sh
# What only a real terminal can show: the dashboard comes and goes and leaves everything as
# it was, whatever ends it. Runs in a tmux of its own.
#
#	test/live/terminal.sh [PROGRAM]
set -u
cd "$(dirname "$0")/../.." || exit 1
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

here=$(mktemp -d) || exit 1
XDG_STATE_HOME=$here/state
export XDG_STATE_HOME
socket=cmtop-$$
mux() {
	tmux -L "$socket" -f /dev/null "$@"
}
trap 'mux kill-server 2>/dev/null; rm -rf "$here"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
		mux capture-pane -p -t 0 | grep . | sed 's/^/    | /'
	fi
}

# until COMMAND...: tries again for five seconds
until_true() {
	tries=0
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || return 1
		sleep 0.05
	done
}

shows() {
	mux capture-pane -p -t 0 | grep -q -e "$1"
}

flag() {
	[ "$(mux display-message -p -t 0 "#{$1}")" = "$2" ]
}

# Ends with Ctrl-J: after a SIGSTOP the terminal may still take Enter for something else.
type_line() {
	mux send-keys -t 0 -l "$1"
	mux send-keys -t 0 C-j
}

# A shell whose children are jobs, and a line that says how the last one ended.
fresh() {
	mux kill-session -t 0 2>/dev/null
	mux new-session -d -s 0 -x "${1:-80}" -y "${2:-24}" "env PS1='ready> ' ENV= LC_ALL=C.UTF-8 TMPDIR='$here/tmp' SMS_LOG_PATH= sh -i"
	until_true shows 'ready>'
	type_line "stty -g >'$here/before'; clear"
	until_true test -s "$here/before"
}

# run ARGUMENTS: its process id goes into the file pid
run() {
	rm -f "$here/pid" "$here/after"
	type_line "sh -c 'echo \$\$ >$here/pid; exec $CMTOP $1'"
	until_true test -s "$here/pid"
}

runs() {
	until_true flag alternate_on 1 && until_true shows 'sender'
	there=$?
	tell $there "$1: the dashboard is there"
	[ $there = 0 ] || { kill "$(cat "$here/pid")"; echo "$passed passed, $failed failed"; exit 1; }
}

gone() {
	! kill -0 "$(cat "$here/pid")"
}

# clean NAME CODE
clean() {
	until_true gone
	type_line "echo ended \$?; stty -g >'$here/after'"
	until_true shows "ended $2"
	tell $? "$1: ends with $2"
	until_true test -s "$here/after" && cmp -s "$here/before" "$here/after"
	tell $? "$1: the terminal's modes are as before"
	flag alternate_on 0 && flag cursor_flag 1 && flag keypad_flag 0 && flag keypad_cursor_flag 0
	tell $? "$1: the terminal's screen, cursor and keys are as before"
}

record() {
	printf '%s~  $$<SMS_LAN_SENDER><07-30-2026 12:03:%02d.000+300><thread=%d (0x%X)>\r\n' "$3" "$1" "$2" "$2"
}

mkdir "$here/logs" "$here/tmp"
record 1 4321 'Found send request.  ID: 202SQCS1, Dest Site: PS1' >"$here/logs/sender.log"
logs=$here/logs

mux new-session -d -s keep -x 80 -y 24  # the server lives as long as this
# ---- ways out ----

fresh
run "$logs"
runs "q"
mux send-keys -t 0 q
clean "q" 0

fresh
run "$logs"
runs "Ctrl-C"
mux send-keys -t 0 C-c
clean "Ctrl-C" 130

for signal in TERM HUP INT; do
	case $signal in HUP) code=129 ;; INT) code=130 ;; TERM) code=143 ;; esac
	fresh
	run "$logs"
	runs "SIG$signal"
	kill -$signal "$(cat "$here/pid")"
	clean "SIG$signal" $code
done

# ---- names of all scripts ----

# What the program writes, byte by byte.
fresh 130 34
mux pipe-pane -t 0 -o "cat >'$here/written'"
run "--no-history test/cases/names-of-all-scripts"
runs "names"
mux send-keys -t 0 5 z
until_true shows 'CS100019'
has_name() {
	grep -qF -e "$1" "$here/written"
}
whole=0
sed -n 's/^.*"name": "\(.*\)".*$/\1/p' test/cases/names-of-all-scripts/expect.json >"$here/names"
while read -r name; do
	[ "${name#*⚠}" = "$name" ] || name=${name%⚠*} # the look of a picture, by which terminals guess a width, is left out
	until_true has_name "$name" || { whole=1; echo "not whole: $name"; }
done <"$here/names"
tell $whole "names: each is written whole"
# Behind each name the same column: DONE is 0 everywhere, and no row was shifted.
[ "$(mux capture-pane -p -t 0 | grep -c '^[> ] CS1000.*  0    0     0    0         ?       0 B         -$')" = 20 ]
tell $? "names: what stands to the right is there"
mux send-keys -t 0 q
clean "names" 0
count() {
	grep -aoF "$(printf "$1")" "$here/written" | wc -l
}
[ "$(count '\033[8l')" = 1 ] && [ "$(count '\033[8h')" = 1 ]
tell $? "names: the terminal's own bidi is off, and on again at the end"
for control in '\342\200\252' '\342\200\253' '\342\200\255' '\342\200\256' '\342\201\246' '\342\201\247' '\342\201\250'; do
	[ "$(count "$control")" = 0 ]
	tell $? "names: no order to turn the direction is written"
done
# At the right edge too, where a terminal that gives a vowel sign a column of its own has none left.
fresh
mux pipe-pane -t 0 -o "cat >'$here/written'"
run "--no-history test/cases/names-of-all-scripts"
runs "names at the edge"
mux send-keys -t 0 3 z
until_true shows 'CS100015'
until_true has_name 'বাংলা প্যাকেজ' && until_true has_name 'தமிழ் தொகுப்பு'
tell $? "names at the edge: vowel signs are written"
[ "$(mux capture-pane -p -t 0 | sed -n '6,21p' | grep -c '^[> ] CS1000[01][0-9] ')" = 16 ]
tell $? "names at the edge: no row goes on in the next"
mux send-keys -t 0 q
clean "names at the edge" 0
[ "$(grep -aoE "$(printf '\033')\\[\\?7[lh]" "$here/written" | tail -n 1)" = "$(printf '\033[?7h')" ]
tell $? "names at the edge: what is too long for a row goes to the next again"
fresh
mux pipe-pane -t 0 -o "cat >'$here/written'"
run "$logs"
runs "bidi"
mux send-keys -t 0 C-z
until_true flag alternate_on 0
[ "$(count '\033[8h')" = 1 ]
tell $? "Ctrl-Z: the terminal's own bidi is on meanwhile"
type_line fg
until_true flag alternate_on 1
kill "$(cat "$here/pid")"
until_true gone
[ "$(count '\033[8h')" = 2 ]
tell $? "SIGTERM: it is on again"

# ---- away and back ----

fresh
run "$logs"
runs "Ctrl-Z"
mux send-keys -t 0 C-z
until_true flag alternate_on 0 && until_true shows 'ready>'
tell $? "Ctrl-Z: the shell is back"
type_line "stty -g >'$here/stopped'"
until_true test -s "$here/stopped" && cmp -s "$here/before" "$here/stopped"
tell $? "Ctrl-Z: the terminal's modes are as before"
type_line fg
runs "fg"
mux send-keys -t 0 q
until_true flag alternate_on 0
tell $? "fg: q still ends it"

fresh
run "$logs"
runs "SIGSTOP"
kill -STOP "$(cat "$here/pid")"
until_true shows 'ready>'
type_line fg
runs "SIGSTOP and fg"
mux send-keys -t 0 q
until_true flag alternate_on 0
tell $? "SIGSTOP and fg: q still ends it"

# ---- sizes ----

fresh
run "$logs"
runs "resize"
for size in '120 40' '40 10' '20 3' '1 1' '200 60' '80 24'; do
	mux resize-window -t 0 -x "${size% *}" -y "${size#* }"
	sleep 0.1
	kill -0 "$(cat "$here/pid")"
	tell $? "resize: it lives at $size"
done
until_true shows 'sender'
tell $? "resize: the picture is whole again"
i=0
while [ $i -lt 30 ]; do
	mux resize-window -t 0 -x $((40 + i * 3)) -y $((10 + i))
	i=$((i + 1))
done
mux resize-window -t 0 -x 100 -y 30
until_true shows 'sender'
tell $? "resize: it lives through a storm"
mux send-keys -t 0 q
clean "resize" 0

# ---- keyboards, terminals ----

fresh
run "$logs </dev/null"
runs "standard input elsewhere"
mux send-keys -t 0 q
clean "standard input elsewhere" 0

for term in vt100 linux xterm xterm-256color screen tmux-256color; do
	infocmp $term >/dev/null 2>&1 || continue
	fresh
	type_line "export TERM=$term"
	run "$logs"
	until_true shows 'sender'
	tell $? "TERM=$term: the dashboard is there"
	mux send-keys -t 0 q
	until_true gone
	tell $? "TERM=$term: q ends it"
done

fresh 80 60
type_line 'export TERM=dumb'
run "$logs"
until_true shows 'a snapshot instead' && until_true shows '^sender'
tell $? "TERM=dumb: a snapshot"
clean "TERM=dumb" 0

fresh
type_line 'export TERM=no-such-terminal'
run "$logs"
until_true shows 'cmtop: no-such-terminal: '
tell $? "an unknown terminal is named"
clean "an unknown terminal" 1

# ---- the demo's folder ----

for way in q C-c TERM HUP; do
	fresh
	run "--demo=5"
	runs "demo, $way"
	[ "$(ls "$here/tmp" | wc -l)" = 1 ]
	tell $? "demo, $way: there is a folder"
	case $way in
	q | C-c) mux send-keys -t 0 $way ;;
	*) kill -$way "$(cat "$here/pid")" ;;
	esac
	until_true gone
	[ "$(ls "$here/tmp" | wc -l)" = 0 ]
	tell $? "demo, $way: the folder is gone"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
