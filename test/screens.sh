#!/bin/sh
# Whole screens against expected text. A .screen begins with the command, the rest is the
# picture; the command runs in test/screens.
#
#	test/screens.sh [--write]     --write takes what is drawn now for what is expected
#
#	test/screens/columns   each pane alone, narrow and wide: compared as they are
#	test/screens/layout    what is where: the cells of tables are hidden (test/lib/layout.awk)
#	test/screens/pages     what has no table of a pane: details, log lines, help, questions
. "$(dirname "$0")/lib/suite.sh"
program
temporary
cd test/screens || exit 1
LC_ALL=C.UTF-8
XDG_STATE_HOME=/nonexistent  # no past but that of the logs
export LC_ALL XDG_STATE_HOME

cmtop() {
	"$CMTOP" "$@" </dev/null
}

# filter FOLDER: what is compared of a screen there
filter() {
	if [ "$1" = layout ]; then
		LC_ALL=C awk -f "$top/test/lib/layout.awk"
	else
		cat
	fi
}

for screen in */*.screen; do
	command=$(sed -n '1s/^\$ //p' "$screen")
	eval "$command" >"$here/drawn" 2>&1
	{
		echo "\$ $command"
		filter "$(dirname "$screen")" <"$here/drawn"
	} >"$here/screen"
	if [ "${1:-}" = --write ]; then
		cp "$here/screen" "$screen"
	fi
	diff -u "$screen" "$here/screen"
	tell $? "$screen is drawn as ever"
	case $command in
	LC_ALL=C* | *--ascii*)
		! LC_ALL=C grep -q '[^ -~]' "$here/drawn"
		tell $? "$screen has only ASCII" ;;
	esac
done
sum
