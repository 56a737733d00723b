#!/bin/sh
# Whole screens against expected text. A test/screens/*.screen begins with the command, the
# rest is the picture; the command runs in test/screens.
#
#	test/screens.sh [--write]     --write takes what is drawn now for what is expected
set -u
cd "$(dirname "$0")/.." || exit 1
CMTOP=${CMTOP:-build/cmtop}
case $CMTOP in
/*) ;;
*) CMTOP=$PWD/$CMTOP ;;
esac
if [ ! -x "$CMTOP" ]; then
	echo "there is no $CMTOP"
	exit 1
fi
cd test/screens || exit 1
unset SMS_LOG_PATH NO_COLOR
LC_ALL=C.UTF-8
XDG_STATE_HOME=/nonexistent  # no past but that of the logs
export LC_ALL XDG_STATE_HOME

drawn=$(mktemp) || exit 1
trap 'rm -f "$drawn"' EXIT
trap 'exit 1' HUP INT TERM

cmtop() {
	"$CMTOP" "$@" </dev/null
}

passed=0
failed=0
for screen in *.screen; do
	command=$(sed -n '1s/^\$ //p' "$screen")
	{
		echo "\$ $command"
		eval "$command" 2>&1
	} >"$drawn"
	if [ "${1:-}" = --write ]; then
		cp "$drawn" "$screen"
	fi
	if diff -u "$screen" "$drawn"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
