# shellcheck shell=sh
# What the scripts of test share. Sourced as their first command, from where they stand:
#
#	. "$(dirname "$0")/lib/suite.sh"
#
# Then the current folder is the top of the sources. A script ends with "sum".
set -u
cd "$(dirname "$0")/.." || exit 1
top=$PWD
passed=0
failed=0
skipped=

# tell CODE SENTENCE: counts; the sentence is printed when CODE is not 0
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

# skip WHAT: one thing less was tested, and why
skip() {
	skipped="${skipped:+$skipped; }$1"
	skips=$((${skips:-0} + 1))
}

sum() {
	echo "$passed passed, $failed failed${skipped:+, $skips skipped: $skipped}"
	[ "$failed" = 0 ]
}

# program [PROGRAM]: CMTOP is where it is, from whichever folder it is called
program() {
	CMTOP=${1:-${CMTOP:-build/cmtop}}
	case $CMTOP in
	/*) ;;
	*) CMTOP=$top/$CMTOP ;;
	esac
	if [ ! -x "$CMTOP" ]; then
		echo "there is no $CMTOP"
		exit 1
	fi
	unset SMS_LOG_PATH NO_COLOR
}

# $here is a folder that goes away at the end. Processes listed in $running are ended then.
temporary() {
	here=$(mktemp -d) || exit 1
	here=$(cd "$here" && pwd -P)
	running=
	trap 'for one in $running; do kill "$one" 2>/dev/null; done; chmod -R u+rwx "$here"; rm -rf "$here"' EXIT
	trap 'exit 1' HUP INT TERM
}

# Likewise, as the current folder; neither home nor state is the user's.
scratch() {
	temporary
	HOME=$here/home
	XDG_STATE_HOME=$here/state
	export HOME XDG_STATE_HOME
	cd "$here" || exit 1
}

# within SECONDS COMMAND...: tries until it is true
within() {
	tries=$(($1 * 20))
	shift
	until "$@" 2>/dev/null; do
		[ "$tries" -gt 0 ] || return 1
		tries=$((tries - 1))
		sleep 0.05
	done
}

# exits CODE NAME ARGUMENT...: runs the program, into the files printed and err; sets $name and $code
exits() {
	wanted=$1 name=$2
	shift 2
	timeout 20 "$CMTOP" "$@" >printed 2>err </dev/null
	code=$?
	[ "$code" = "$wanted" ]
	tell $? "$name (it exits with $code: $(head -n 2 err))"
}

# has FILE PATTERN [NAME]: a line of the file fits
has() {
	grep -q -e "$2" "$1"
	tell $? "${3:-$name: has $2} ($1: $(head -n 3 "$1"))"
}

# is_empty FILE [NAME]
is_empty() {
	[ ! -s "$1" ]
	tell $? "${2:-$name: is empty} ($1: $(head -n 3 "$1"))"
}

# record COMPONENT SECONDS THREAD MESSAGE: a line of a log, so many seconds after noon of
# 2026-07-30 by a clock that is four hours behind UTC
record() {
	printf '%s~  $$<%s><07-30-2026 %02d:%02d:%02d.000+240><thread=%d (0x%X)>\r\n' "$4" "$1" \
		$(((43200 + $2) / 3600)) $(((43200 + $2) / 60 % 60)) $(((43200 + $2) % 60)) "$3" "$3"
}
