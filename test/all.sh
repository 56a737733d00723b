#!/bin/sh
# Runs suites, one after the other, and adds up what they say.
#
#	test/all.sh SUITE...
#
# A suite is a program or a script; its last line is "N passed, N failed", perhaps with
# ", N skipped" and why. One that ends otherwise counts as one failure, one that fails
# shows all it said. BUILD and CMTOP are handed on to the suites.
set -u

said=$(mktemp) || exit 1
XDG_STATE_HOME=$(mktemp -d) || exit 1  # what programs keep between two runs is not the user's here
export XDG_STATE_HOME
trap 'rm -rf "$said" "$XDG_STATE_HOME"' EXIT
trap 'exit 1' HUP INT TERM

passed=0
failed=0
skipped=0
began=$(date +%s)
for suite in "$@"; do
	name=$(basename "$suite" .sh)
	case $suite in
	*/*) ;;
	*) suite=./$suite ;;
	esac
	start=$(date +%s)
	"$suite" >"$said" 2>&1 </dev/null
	code=$?
	tail=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$said" | tail -n 1)
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
	if [ "$f" -gt 0 ]; then
		sed 's/^/    /' "$said"
	fi
	printf '%-20s %3d s  %s\n' "$name" $(($(date +%s) - start)) "$tail"
	passed=$((passed + p))
	failed=$((failed + f))
	skipped=$((skipped + s))
done

echo "$# suites, $(($(date +%s) - began)) s"
echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
[ "$failed" = 0 ]
