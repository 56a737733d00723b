#!/bin/sh
# The manual and the README against the program: what --help says is in the manual, and the
# other way round.
. "$(dirname "$0")/lib/suite.sh"
program

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
	printed=$(mandoc -Tlint -Wstyle man/cmtop.1 man/cmtop.5 2>/dev/null | grep -v 'referenced manual not found')
	[ -z "$printed" ]
	tell $? "mandoc finds nothing: $printed"
else
	skip 'mandoc is not here'
fi

sum
