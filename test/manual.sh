#!/bin/sh
# The manual and the README against the program: what --help says is in the manual, and the
# other way round.
set -u
cd "$(dirname "$0")/.." || exit 1
CMTOP=${CMTOP:-build/cmtop}

passed=0
failed=0
skipped=0
tell() {
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $2"
	fi
}

help=$("$CMTOP" --help) || help=
[ -n "$help" ]
tell $? "--help says something"

for option in $(echo "$help" | grep -Eo '^ +(-.,)? *--[a-z-]+' | grep -Eo '[a-z-]+$' | sed 's/^--*//'); do
	grep -Eq "^\.It .*Fl -$option( |\$)" man/cmtop.1
	tell $? "the manual has --$option"
done
in_manual=$(sed -n 's/^\.It .*Fl -\([a-z-]*\).*/\1/p' man/cmtop.1)
for option in $in_manual; do
	echo "$help" | grep -Eq -e "--$option([=[ ]|\$)"
	tell $? "--help has --$option"
done

for name in $(sed -n 's/^ *"\([a-z_]*\)": {.*/\1/p' contrib/snapshot.schema.json contrib/event.schema.json | sort -u); do
	case $name in
	items | properties) continue ;;
	esac
	grep -qw -e "$name" man/cmtop.5
	tell $? "cmtop(5) has the name $name"
done

commands=$(grep -E '^    ' README.md | head -n 2 | awk '{ print $1, $2 }' | tr '\n' ',')
[ "$commands" = "make demo,make check," ]
tell $? "the README begins with its two commands"

if command -v mandoc >/dev/null; then
	# Whether the manuals it refers to are on this machine is not its fault.
	said=$(mandoc -Tlint -Wstyle man/cmtop.1 man/cmtop.5 2>/dev/null | grep -v 'referenced manual not found')
	[ -z "$said" ]
	tell $? "mandoc finds nothing: $said"
else
	skipped=1
fi

echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", 1 skipped: mandoc is not here")"
[ "$failed" = 0 ]
