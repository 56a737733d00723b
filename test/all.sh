#!/bin/sh
# Runs suites and adds up what they say: one more at a time than there are processors, since
# some of them mostly wait. Those that take longest are best named first.
#
#	test/all.sh SUITE...
#
# A suite is a program or a script; its last line is "N passed, N failed", perhaps with
# ", N skipped" and why. One that ends otherwise counts as one failure, one that fails
# shows all it printed. BUILD and CMTOP are handed on to the suites; JOBS=1 runs one at a time.
set -u

# one SUITE RESULTS: what the suite says and its sum, as files named after it
one() {
	suite=$1
	name=$(basename "$suite" .sh)
	case $suite in
	*/*) ;;
	*) suite=./$suite ;;
	esac
	XDG_STATE_HOME=$2/$name.state  # what programs keep between two runs is not the user's, and no other suite's
	export XDG_STATE_HOME
	mkdir "$XDG_STATE_HOME"
	start=$(date +%s)
	"$suite" >"$2/$name.printed" 2>&1 </dev/null
	code=$?
	tail=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$2/$name.printed" | tail -n 1)
	if [ -z "$tail" ]; then
		tail="0 passed, 1 failed: ended with $code and without its sum"
	fi
	read -r p f s <<-END
		$(echo "$tail" | awk '{ print $1, $3, $6 ~ /^skipped/ ? $5 : 0 }')
	END
	if [ "$code" -ne 0 ] && [ "$f" = 0 ]; then
		f=1
		tail="$tail, but ended with $code"
	fi
	echo "$p $f $s" >"$2/$name.sum"
	printf '%-24s %3d s  %s\n' "$name" $(($(date +%s) - start)) "$tail"
	[ "$f" = 0 ] || sed 's/^/    /' "$2/$name.printed"
}

if [ "${1:-}" = --one ]; then
	one "$3" "$2" >"$2/$(basename "$3" .sh).line"
	cat "$2/$(basename "$3" .sh).line"
	exit 0
fi

results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT
trap 'exit 1' HUP INT TERM

began=$(date +%s)
jobs=${JOBS:-$(($(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1))}
printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" "$0" --one "$results"
cat "$results"/*.sum | awk -v suites=$# -v seconds=$(($(date +%s) - began)) '
	{ p += $1; f += $2; s += $3 }
	END {
		if (NR < suites)
			f += suites - NR  # one that was ended before it could say anything
		print suites " suites, " seconds " s"
		print p + 0 " passed, " f + 0 " failed" (s ? ", " s " skipped" : "")
		exit f > 0
	}'
